"""What a correction changed, word by word, so that it can be read."""

import difflib
import re
from dataclasses import dataclass

from django.utils import timezone

from casework.models import CaseNoteVersion, NoteChannel, TalkKind, WithWhom
from core.swedish import DASH, counted, iso_moment, listed


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed ("same"), came ("added") or went ("gone")."""

    text: str
    how: str = "same"


@dataclass(frozen=True, slots=True)
class Step:
    """One version: itself, what differs from the one before in words, and in facts (label, before, after)."""

    version: CaseNoteVersion
    text: list[Piece]
    agreed: list[Piece]
    facts: list[tuple[str, str, str]]


def steps(versions: list[CaseNoteVersion]) -> list[Step]:
    """Return every version after the first with what it changed, the latest first. No query."""
    pairs = zip(versions, versions[1:], strict=False)
    return [
        Step(
            new,
            difference(old.text, new.text),
            difference(old.agreed, new.agreed),
            _facts(old, new),
        )
        for old, new in reversed(list(pairs))
    ]


def difference(old: str, new: str) -> list[Piece]:
    """Return both texts as one, in pieces; an empty list when they are alike."""
    if old == new:
        return []
    before, after = _words(old), _words(new)
    pieces = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("".join(before[i1:i2])))
            continue
        gone, added = "".join(before[i1:i2]), "".join(after[j1:j2])
        pieces += [Piece(gone, "gone")] if gone else []
        pieces += [Piece(added, "added")] if added else []
    return pieces


def _words(text):
    """Words with the space after them, so that a difference is read as words and not as letters."""
    return re.findall(r"\n|[^\s]+[^\S\n]*|[^\S\n]+", text)


def facts_of(note) -> list[tuple[str, str]]:
    """Return what a note or a version says beside its text."""
    return [
        ("När", iso_moment(note.happened_at)),
        ("Hur länge", counted(note.minutes, "minut", "minuter") if note.minutes else DASH),
        ("Hur", NoteChannel(note.channel).label),
        ("Slags samtal", TalkKind(note.kind).label),
        ("Med vem", with_words(note) or DASH),
    ]


def with_words(note) -> str:
    """Return with whom, in words."""
    known = {each.value: each.label for each in WithWhom}
    who = listed([known[value].lower() for value in note.with_whom if value in known])
    return f"{who} ({note.with_text})" if who and note.with_text else who or note.with_text


def _facts(old, new):
    pairs = zip(facts_of(old), facts_of(new), strict=True)
    return [(label, before, after) for (label, before), (_, after) in pairs if before != after]


def when(note) -> str:
    """Return the day and hour of a note, in local time."""
    return f"{timezone.localtime(note.happened_at):%Y-%m-%d kl. %H:%M}"
