"""What a new contact needs to know of a participant, gathered from every part on one page."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import F
from django.utils import timezone

from casework.models import (
    Intervention,
    MeetingBooking,
    NoteDraft,
    Session,
    SessionStatus,
    SignUp,
    SignUpStatus,
    Task,
)
from casework.plans.reading import current_versions, own_words
from casework.signing import missing
from core import registry
from participants.contacts import last_contacts
from participants.enums import Category
from participants.models import Extension
from participants.next_steps import next_for
from participants.pages import consent_summary, enrolment_facts
from participants.permissions import categories_for

MOST = 4


@dataclass(slots=True)
class Overview:
    """One participant, as somebody who takes over reads them."""

    facts: list
    step: object = None
    phase: object = None
    last_contact: date | None = None
    words: list = field(default_factory=list)
    plan: object = None
    tasks: list = field(default_factory=list)
    booking: object = None
    sessions: list = field(default_factory=list)
    unsigned: object = None
    drafts: int = 0
    extension: object = None
    interventions: list = field(default_factory=list)


def overview(handover, participant, user) -> Overview:
    """Gather it, by what the user may see of the person. A fixed number of queries."""
    day = timezone.localdate()
    one, seen = [participant], categories_for(user, participant)
    version = current_versions(one).get(participant.pk)
    facts = enrolment_facts(participant, day)
    facts.append(("Samtycke till AF", consent_summary(participant, day)))
    found = Overview(
        facts,
        step=next_for(one, user, day).get(participant.pk),
        phase=_phase(one, user, day),
        last_contact=last_contacts(one, day).get(participant.pk),
        plan=version,
        words=own_words(version.content) if version else [],
        tasks=_tasks(participant, user),
        booking=_booking(participant, user),
        extension=_extension(participant),
        interventions=list(
            Intervention.objects.visible_to(user).going_on(day).filter(participant=participant)
        ),
        drafts=NoteDraft.objects.unsigned_of(handover.move.from_user)
        .filter(participant=participant)
        .count(),
    )
    if Category.ATTENDANCE in seen:
        found.sessions = _sessions(participant, user, day)
        found.unsigned = next(iter(missing.rows_for(user, day, people=[participant.pk])), None)
    return found


def _phase(one, user, day):
    """Where in the chain, by the rule of the highest order that says something."""
    found = None
    for rule in registry.phases:
        found = rule.find(one, user, day).get(one[0].pk) or found
    return found


def _tasks(participant, user) -> list:
    tasks = Task.objects.visible_to(user).open().filter(participant=participant)
    return list(
        tasks.select_related("assigned_to").order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def _booking(participant, user):
    bookings = MeetingBooking.objects.visible_to(user).coming(timezone.now())
    return bookings.filter(enrolment__participant=participant).order_by("starts_at").first()


def _extension(participant):
    return Extension.objects.filter(
        decided_at=None, enrolment__participant=participant, enrolment__ended_on=None
    ).first()


def _sessions(participant, user, day) -> list:
    places = SignUp.objects.visible_to(user).filter(
        participant=participant, status=SignUpStatus.PLACE
    )
    sessions = Session.objects.filter(
        activity__in=places.values("activity"), status=SessionStatus.PLANNED, held_on__gte=day
    )
    return list(sessions.select_related("activity").order_by("held_on", "starts_at", "pk")[:MOST])
