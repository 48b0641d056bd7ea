"""Keeping what is being written: a few seconds after the last key, and never over other words."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from casework.models import CaseNote, NoteDraft
from casework.notes import words
from participants import access_log
from participants.models import Participant


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the words are now. `forked`: in a draft of their own, since another tab had written.

    `signed` is the note, when the draft had already become one that says the same.
    """

    draft: NoteDraft
    forked: bool = False
    signed: CaseNote | None = None


@transaction.atomic
def keep(*, draft_id, by, typed: dict, revision: int, participant=None, corrects=None) -> Kept:
    """Keep the words of one page; the first keeping makes the draft.

    `revision` is the one the page knows. With an older one, other words and another page, the words
    become a draft of their own, always the same one for that page. Raises Http404 for somebody else's
    draft, and for one that is not there when `participant` is None.
    """
    draft = NoteDraft.objects.select_for_update(of=("self",)).filter(pk=draft_id).first()
    if draft is None:
        return Kept(_begin(draft_id, by, typed, participant, corrects))
    if draft.user_id != by.pk:
        raise Http404
    if draft.note_id:
        return _after_signing(draft, by, typed)
    ours = revision == draft.revision or draft.typed.get("page") == typed.get("page")
    if ours or words.same(draft.typed, typed):
        return Kept(_write(draft, typed))
    return _fork(draft, by, typed)


def _begin(draft_id, by, typed, participant, corrects) -> NoteDraft:
    if participant is None:
        raise Http404
    draft = NoteDraft.objects.create(
        pk=draft_id, user=by, participant=participant, corrects=corrects, typed=typed, revision=1
    )
    access_log.changed(participant, by=by, what="begin_note")
    return draft


def _write(draft, typed) -> NoteDraft:
    if draft.typed != typed:
        draft.typed = typed
        draft.revision += 1
        draft.changed_at = timezone.now()
        draft.save(update_fields=["typed", "revision", "changed_at"])
    return draft


def _after_signing(draft, by, typed) -> Kept:
    """The draft was signed in the meantime: the same words are the note's, others are kept apart."""
    note = draft.note
    if typed.get("text", "").strip() == note.text:
        return Kept(draft, signed=note)
    return _fork(draft, by, typed)


def _fork(draft, by, typed) -> Kept:
    own = uuid.uuid5(draft.pk, typed.get("page") or "")
    there_is = NoteDraft.objects.select_for_update(of=("self",)).filter(pk=own).first()
    if there_is and there_is.note_id:
        own, there_is = uuid.uuid4(), None
    if there_is:
        return Kept(_write(there_is, typed), forked=True)
    return Kept(_begin(own, by, typed, draft.participant, draft.corrects), forked=True)


@transaction.atomic
def discard(*, draft: NoteDraft, by) -> None:
    """Throw away what was being written; only the writer can."""
    access_log.changed(draft.participant, by=by, what="discard_note_draft")
    draft.delete()


def own_of(user, participant):
    """What the user has begun about one person and not signed, the latest first. One query."""
    return NoteDraft.objects.unsigned_of(user).filter(participant=participant)


def own_visible(user):
    """All that the user has begun and not signed, about people the user may see. One query."""
    people = Participant.objects.visible_to(user)
    return NoteDraft.objects.unsigned_of(user).filter(participant__in=people)
