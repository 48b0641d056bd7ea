"""Whom to write about: the user's own participants, and those noted lately."""

from django.db.models import Q
from django.utils import timezone

from casework.models import CaseNote, NoteDraft
from participants.models import Assignment, Participant

LATELY = 6
LOOK_BACK = 40


def at_hand(user):
    """Return those whose file the user may open without giving a reason first."""
    day = timezone.localdate()
    own = Assignment.objects.current_on(day).filter(user=user).values("enrolment__participant")
    still_open = Participant.objects.open_files(day).values("pk")
    return Participant.objects.visible_to(user).filter(Q(pk__in=own) | Q(pk__in=still_open))


def lately(user) -> list[Participant]:
    """Return the last few the user has written about, the latest first. At most four queries."""
    drafts = NoteDraft.objects.filter(user=user).order_by("-changed_at")
    notes = CaseNote.objects.filter(author=user).order_by("-signed_at")
    moments = [
        *drafts.values_list("changed_at", "participant")[:LOOK_BACK],
        *notes.values_list("signed_at", "participant")[:LOOK_BACK],
    ]
    keys = list(dict.fromkeys(pk for _, pk in sorted(moments, reverse=True)))
    people = at_hand(user).prefetch_related("protections").in_bulk(keys)
    return [people[pk] for pk in keys if pk in people][:LATELY]


def own(user) -> list[Participant]:
    """Return the user's own participants, in Swedish order. Two queries."""
    mine = Assignment.objects.current_on(timezone.localdate()).filter(
        user=user, enrolment__ended_on=None
    )
    people = Participant.objects.visible_to(user).filter(
        pk__in=mine.values("enrolment__participant")
    )
    return list(people.prefetch_related("protections").order_by("sort_name", "pk"))
