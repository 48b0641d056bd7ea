"""Signing: a draft becomes a note, or the next version of one. Keyword-only, atomic, `by` a user."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from casework.models import (
    Audience,
    CaseNote,
    CaseNoteVersion,
    NoteDraft,
    TalkKind,
    TaskSource,
    WithWhom,
)
from casework.notes.agreed import Line
from casework.todo.actions import create_task
from core.errors import Refused
from core.text import fold
from participants import access_log

CONTENT = ("happened_at", "minutes", "channel", "kind", "with_whom", "with_text", "text", "agreed")
MOVED_ON = (
    "Anteckningen har rättats sedan du började. Läs den nya versionen, och rätta den i stället."
)
UNCHANGED = "Ingenting är ändrat. Ändra det som är fel, eller släng utkastet."
THROWN_AWAY = "Utkastet har slängts i en annan flik."
NOT_YOURS = "Bara den som har skrivit anteckningen kan rätta den."


@dataclass(frozen=True, slots=True)
class Content:
    """What a note says, checked, and who may read it."""

    happened_at: datetime
    minutes: int | None
    channel: str
    kind: str
    with_whom: list[str]
    with_text: str
    text: str
    agreed: str
    audience: str
    restricted_reason: str

    @classmethod
    def of(cls, facts: dict, lines: list[Line] | None = None):
        """Take it from a form's cleaned data; `lines` become what was agreed."""
        own = {name: facts[name] for name in cls.__slots__}
        if lines is not None:
            own["agreed"] = "\n".join(line.words for line in lines)
        return cls(**own)

    @property
    def columns(self) -> dict:
        """The columns a note and its versions share."""
        return {name: getattr(self, name) for name in CONTENT}


@transaction.atomic
def sign(*, draft: NoteDraft, by, content: Content, lines: list[Line]) -> CaseNote:
    """Make the note, its first version and its tasks, and wipe the draft.

    A draft that is signed already gives the note it became.
    """
    draft = _lock(draft)
    if draft.note_id:
        return draft.note
    participant = draft.participant
    note = CaseNote.objects.create(
        participant=participant,
        enrolment=_enrolment_on(participant, content),
        author=by,
        author_authority=by.authority,
        **content.columns,
        **_derived(content),
    )
    _version(note, by)
    for line in lines:
        if line.is_task:
            create_task(
                text=line.text,
                by=by,
                participant=participant,
                assigned_to=line.user,
                to_role=line.role,
                due_on=line.due,
                source=TaskSource.NOTE,
                note=note,
            )
    _wipe(draft, note)
    access_log.changed(participant, by=by, what="sign_note", action=access_log.Action.CREATED)
    return note


@transaction.atomic
def correct(*, draft: NoteDraft, by, content: Content, why: str, base: int) -> CaseNote:
    """Make the next version of the author's own note, with a reason; the ones before stay as they are.

    Raises Refused when somebody (the author in another tab) has corrected version `base` already, or
    nothing differs.
    """
    draft = _lock(draft)
    if draft.note_id:
        return draft.note
    note = CaseNote.objects.select_for_update(of=("self",)).get(pk=draft.corrects_id)
    if note.author_id != by.pk:
        raise Refused(NOT_YOURS)
    if note.number != base:
        raise Refused(MOVED_ON)
    note.happened_at = note.happened_at.replace(second=0, microsecond=0)  # as the page shows it
    changed = {name for name, value in content.columns.items() if getattr(note, name) != value}
    before = Audience(note.audience)
    if not changed and (note.audience, note.restricted_reason) == _audience(content):
        raise Refused(UNCHANGED)
    for name, value in (content.columns | _derived(content)).items():
        setattr(note, name, value)
    note.enrolment = _enrolment_on(draft.participant, content)
    note.number += 1
    note.signed_at = timezone.now()
    note.save()
    _version(note, by, _why(why, before, Audience(content.audience)))
    _wipe(draft, note)
    access_log.changed(draft.participant, by=by, what="correct_note")
    return note


def _lock(draft) -> NoteDraft:
    # The note is not joined: on PostgreSQL it would be the one from before the wait for the lock.
    drafts = NoteDraft.objects.select_related("participant")
    found = drafts.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if found is None:
        raise Refused(THROWN_AWAY)
    return found


def _derived(content) -> dict:
    audience, reason = _audience(content)
    return {
        "audience": audience,
        "restricted_reason": reason,
        "with_participant": WithWhom.PARTICIPANT in content.with_whom,
        "search_text": searchable(content),
    }


def _audience(content) -> tuple[str, str]:
    return content.audience, content.restricted_reason


def searchable(note) -> str:
    """Return what a note is searched in, folded: its words and the name of its kind."""
    parts = (note.text, note.agreed, note.with_text, TalkKind(note.kind).label)
    return fold(" ".join(parts))


def _enrolment_on(participant, content):
    """The enrolment of the day it happened, if there was one."""
    day = timezone.localdate(content.happened_at)
    current = Q(ended_on=None) | Q(ended_on__gte=day)
    return participant.enrolments.filter(current, starts_on__lte=day).order_by("-starts_on").first()


def _version(note, by, why="") -> None:
    columns = {name: getattr(note, name) for name in CONTENT}
    CaseNoteVersion.objects.create(
        note=note, number=note.number, why=why, signed_by=by, signed_at=note.signed_at, **columns
    )


def _why(why, before, after) -> str:
    """The reason as the version keeps it; a new audience stands in it, since versions have no column for it."""
    if before == after:
        return why
    return f"Får läsas av: {_short(before)} → {_short(after)}. {why}"


def _short(audience) -> str:
    return audience.label.split(":")[0].lower()


def _wipe(draft, note) -> None:
    draft.typed, draft.note = {}, note
    draft.changed_at = timezone.now()
    draft.save(update_fields=["typed", "note", "changed_at"])
