"""What other pages tell of notes: the timeline, the home page, an exit, how long since somebody was met."""

from datetime import date, datetime, time, timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from casework.models import Audience, CaseNote
from casework.models.notes import REMIND_AFTER
from casework.notes import drafts
from core.registry import Event, OpenQuestion
from core.swedish import counted
from participants import access_log
from participants.enums import Category

FIRST = 200
ON_HOME = 6
RESTRICTED = "Spärrad anteckning"


def events(participant, user) -> list[Event]:
    """The notes the user may know of. Two queries.

    Never a restricted one's words, not even for those who may read it: a timeline stands on the wall
    at the weekly review. There, with the eyes of the room (review/room.py), no authority's own stand either.
    """
    notes = CaseNote.objects.filter(participant=participant).known_to(user)
    if getattr(user, "is_the_room", False):
        notes = notes.exclude(audience=Audience.AUTHORITY)
        if not participant.consent_covers(user, Category.NOTES):
            notes = notes.exclude(audience=Audience.RESTRICTED)
    return [_event(note) for note in notes.select_related("author")]


def _event(note) -> Event:
    day, url, by = timezone.localdate(note.happened_at), note.get_absolute_url(), note.author.name
    if note.audience == Audience.RESTRICTED:
        text = f"Fråga {by} eller huvudkontakten."
        return Event(day, RESTRICTED, text, "lock", url=url, by=by, at=note.happened_at)
    title = f"{note.get_kind_display()}, {note.get_channel_display().lower()}"
    return Event(day, title, beginning(note.text), "note", "info", url, by, at=note.happened_at)


def beginning(text: str) -> str:
    """Return the first words of a text, cut between two words."""
    if len(text) <= FIRST:
        return text
    return f"{text[:FIRST].rsplit(None, 1)[0]} …"


def home_card(request) -> dict | None:
    """The user's own unsigned notes; logs the people shown. Four queries, or None without any."""
    found = list(
        drafts.own_visible(request.user)
        .select_related("participant")
        .prefetch_related("participant__protections")
    )
    if not found:
        return None
    shown = found[:ON_HOME]
    people = [draft.participant for draft in shown]
    access_log.shown(request, people, access_log.Action.LISTED, what="home:unsigned_notes")
    limit = timezone.now() - REMIND_AFTER
    return {"rows": [(each, each.changed_at < limit) for each in shown], "total": len(found)}


def unsigned(enrolment, user, day) -> list[OpenQuestion]:
    """The user's own unsigned notes about somebody who is to leave. One query."""
    count = drafts.own_of(user, enrolment.participant_id).count()
    if not count:
        return []
    words = counted(count, "osignerad anteckning", "osignerade anteckningar")
    url = reverse("notes:list", args=[enrolment.participant_id])
    return [OpenQuestion(f"Du har {words} om deltagaren.", url, "Läs och signera")]


def last_contacts(participants, day: date) -> dict[int, date]:
    """The last day a note says that the participant took part. One query."""
    ids = [getattr(each, "pk", each) for each in participants]
    tomorrow = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    met = CaseNote.objects.filter(
        participant__in=ids, with_participant=True, happened_at__lt=tomorrow
    )
    rows = met.order_by().values_list("participant").annotate(last=Max("happened_at"))
    return {pk: timezone.localdate(last) for pk, last in rows}
