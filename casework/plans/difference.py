"""What changed from one version of a plan to the next, to be read by people. Pure.

Words are marked one by one; goals and steps are known by their keys, so one that was moved or reworded is
still the same.
"""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from casework.models import PlanField
from casework.plans.content import EMPTY, kind_label

SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, that were there before and after, or only in one of them."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A text, goal or step: what happened to it in a few words (none: nothing), and its words marked."""

    label: str
    marks: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    facts: tuple[str, ...] = ()
    steps: tuple["Line", ...] = field(default=())

    @property
    def is_changed(self) -> bool:
        """Whether anything about it, or a step of it, is new."""
        return bool(self.marks) or any(step.is_changed for step in self.steps)


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that two versions say, with what changed marked."""

    texts: tuple[Line, ...]
    goals: tuple[Line, ...]
    others: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the two say the same."""
        return not any(line.is_changed for line in (*self.texts, *self.goals, *self.others))


def between(before: dict | None, after: dict) -> Difference:
    """Return what changed from one content to another; `before` None is a first version."""
    before = before or EMPTY
    texts = [_text(each, before.get(each, ""), after.get(each, "")) for each in PlanField]
    others = [
        _fact("Nästa samtal", before.get("next_meeting", ""), after.get("next_meeting", "")),
        _fact("Följs upp senast", before.get("review_on", ""), after.get("review_on", "")),
    ]
    return Difference(
        tuple(line for line in texts if line.pieces),
        tuple(_matched(before["goals"], after["goals"], _goal)),
        tuple(line for line in others if line.pieces),
    )


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return the words of two texts as one, with those that came and went marked."""
    if before == after:
        return (Piece(SAME, after),) if after else ()
    old, new = _words(before), _words(after)
    found = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece(SAME, "".join(new[c:d])))
            continue
        found += [Piece(REMOVED, "".join(old[a:b]))] if b > a else []
        found += [Piece(ADDED, "".join(new[c:d]))] if d > c else []
    return tuple(found)


def _words(text: str) -> list[str]:
    """Split a text into words, each with the space after it, so that joined they are the text."""
    return re.findall(r"\s+|\S+\s*", text)


def _text(which, before, after) -> Line:
    mark = "" if before == after else "Ny text" if not before else "Borttagen text" if not after else "Ändrad text"  # fmt: skip
    return Line(which.label, (mark,) if mark else (), pieces(before, after))


def _fact(label, before, after) -> Line:
    mark = "" if before == after else "Nytt" if not before else "Borttaget" if not after else "Ändrat datum"  # fmt: skip
    return Line(label, (mark,) if mark else (), _whole(before, after))


def _whole(before, after) -> tuple[Piece, ...]:
    """Mark two dates or names as wholes: half a date marked tells nobody anything."""
    if before == after:
        return (Piece(SAME, after),) if after else ()
    found = (Piece(REMOVED, before), Piece(ADDED, after))
    return tuple(each for each in found if each.text)


def _matched(before, after, describe):
    """Yield a line for each of `after`, and for those of `before` that are gone, last."""
    old = {each["id"]: each for each in before}
    for each in after:
        yield describe(old.pop(each["id"], None), each)
    for each in old.values():
        yield describe(each, None)


def _goal(before, after) -> Line:
    one = after or before
    marks = _came_or_went(before, after, "Nytt mål", "Borttaget mål")
    if before and after:
        marks += ["Ändrat mål"] if before["text"] != after["text"] else []
        if before["kind"] != after["kind"]:
            marks.append(f"Ändrat slag: {kind_label(before['kind'])} → {kind_label(after['kind'])}")
    steps = _matched((before or {}).get("steps", []), (after or {}).get("steps", []), _step)
    words = pieces((before or {}).get("text", ""), (after or {}).get("text", ""))
    return Line(kind_label(one["kind"]), tuple(marks), words, steps=tuple(steps))


def _step(before, after) -> Line:
    one = after or before
    marks = _came_or_went(before, after, "Nytt steg", "Borttaget steg")
    if before and after:
        marks += ["Ändrat steg"] if before["text"] != after["text"] else []
        if before["who"] != after["who"]:
            marks.append(f"Ändrat vem: {before['who']} → {after['who']}")
        if before["by"] != after["by"]:
            marks.append(f"Ändrat datum: {before['by'] or 'inget'} → {after['by'] or 'inget'}")
    facts = (one["who"], f"senast {one['by']}" if one["by"] else "")
    words = pieces((before or {}).get("text", ""), (after or {}).get("text", ""))
    return Line("Steg", tuple(marks), words, tuple(each for each in facts if each))


def _came_or_went(before, after, new: str, gone: str) -> list[str]:
    if before is None:
        return [new]
    return [gone] if after is None else []
