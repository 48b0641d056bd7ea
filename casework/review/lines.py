"""A decision in one line: what, who, when. Pure.

    read("Ring Försäkringskassan @Anna fredag", facts)
    read("boka studiebesök, Johan, 12/12", facts)

A person stands after @, or alone between commas; a day stands last, first, or alone between commas.
Without a person the main contact does it, without a day it is to be done before the next review.
What can be understood in two ways is asked about: each choice is a whole line that says it plainly.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from unicodedata import combining, normalize

from accounts.roles import Role
from casework.review import days
from casework.review.days import Question
from core.swedish import long_day
from core.text import fold

__all__ = ["Colleague", "Facts", "Line", "Question", "read"]

LONGEST = 300
NOTHING = "Skriv vad som ska göras, till exempel: Ring Försäkringskassan @Anna fredag"
TOO_LONG = "Beslutet är för långt. Högst 300 tecken."
NOBODY = "Det finns ingen huvudkontakt. Skriv vem som gör det, till exempel @Anna."
CONTACT = "huvudkontakten"
# What one says for a function. The first word stands in the lines that choices make.
WORDS: dict[str, tuple[str, ...]] = {
    CONTACT: ("huvudkontakten", "huvudkontakt", "pedagogen", "pedagog", "coachen", "coach"),
    Role.COUNSELLOR: (
        "SYV", "syven", "studievägledaren", "studievägledare", "vägledaren",
        "studie- och yrkesvägledaren", "studie- och yrkesvägledare",
    ),
    Role.SIUS_CONSULTANT: ("SIUS", "sius-konsulenten", "sius-konsulent", "siuskonsulenten"),
    Role.EMPLOYMENT_OFFICER: (
        "arbetsförmedlaren", "arbetsförmedlare", "handläggaren", "handläggare", "AF",
        "arbetsförmedlingen",
    ),
    Role.EMPLOYER_COORDINATOR: (
        "arbetsgivarkoordinatorn", "arbetsgivarkoordinator", "koordinatorn", "koordinator", "AGK",
    ),
    Role.PROJECT_LEAD: ("projektledaren", "projektledare"),
}  # fmt: skip
FUNCTION_OF = {fold(word): function for function, words in WORDS.items() for word in words}
MOST_WORDS = max(len(word.split()) for word in FUNCTION_OF)
AT = re.compile(r"(?<!\S)@\s?(?=\S)")
EDGES = " ,;.:–-"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the staff whom a line may name."""

    pk: int
    first_name: str
    last_name: str

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        """The first letters of the names: AB, or ABS of Anna Berg-Sten."""
        words = re.split(r"[\s-]+", self.name)
        return "".join(word[0] for word in words if word).upper()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a line is read against. `holders` are those who have a function for this participant."""

    today: date
    default_due: date
    colleagues: tuple[Colleague, ...]
    contact: Colleague | None = None
    holders: dict[str, Colleague] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A decision understood: somebody (`who`) or a function (`to_role`), and a day."""

    text: str
    due_on: date
    who: Colleague | None = None
    to_role: str = ""
    assumed_who: bool = False
    assumed_day: bool = False

    @property
    def whom(self) -> str:
        """Who is to do it, in words."""
        return self.who.name if self.who else Role(self.to_role).label

    @property
    def words(self) -> str:
        """The whole in words: Anna Berg · fredag 27 november 2026 · Ring Försäkringskassan."""
        return f"{self.whom} · {long_day(self.due_on)} · {self.text}"


def read(line: str, facts: Facts) -> Line | Question:
    """Return what a line says, or what has to be asked about it."""
    line = " ".join(line.split())
    if not line:
        return Question(NOTHING)
    try:
        return _read(line, facts)
    except Question.Asked as asked:
        return asked.question


def _read(line: str, facts: Facts) -> Line:
    parts, doers = _mentions(line, facts)
    pieces, doers = _pieces(parts, doers, facts)
    pieces, due = _day(pieces, line, facts)
    text = _joined(pieces)
    if not text:
        raise Question.Asked(NOTHING)
    if len(text) > LONGEST:
        raise Question.Asked(TOO_LONG)
    if not doers:
        _ask_for_name_at_end(text, line, facts)
    doer = _one_of(doers, text, due, facts)
    who, role = _who(doer, facts)
    return Line(
        text=text[0].upper() + text[1:],
        due_on=due or facts.default_due,
        who=who,
        to_role=role,
        assumed_who=not doers,
        assumed_day=due is None,
    )


# --- who -----------------------------------------------------------------------------------------


def _mentions(line: str, facts: Facts) -> tuple[list[str], list]:
    """Return the parts of the line between the @-names, and those who were named."""
    parts, doers, start = [], [], 0
    for mark in AT.finditer(line):
        if mark.start() < start:
            continue
        found, length = _name_after(line, mark, facts)
        parts.append(line[start : mark.start()])
        doers.append(found)
        start = mark.end() + length
    return [*parts, line[start:]], doers


def _name_after(line: str, mark, facts: Facts):
    """Return who is named after an @, and how many characters the name takes: the longest that somebody has."""
    rest = line[mark.end() :]
    ends = [found.end() for found in re.finditer(r"[^\s,;]+", rest)]
    for end in reversed(ends[: max(MOST_WORDS, 5)]):
        name = rest[:end]
        if any(word in days.DAYS for word in name.split()[1:]):
            continue  # @Maj fredag: a day, unless it is written as a name
        for length in (len(name), len(name.rstrip(".:!?"))):
            if found := _called(name[:length], facts):
                return _only(found, name[:length], line, mark, facts), length
    word = re.match(r"[^\s,;]*", rest).group()
    raise Question.Asked(f"Ingen kollega heter ”{word}”.", _like(word, line, mark, facts))


def _only(found: list, name: str, line: str, mark, facts: Facts):
    if len(found) == 1:
        return found[0]
    end = mark.end() + len(name)
    raise Question.Asked(
        f"Vilken ”{name}” menar du?",
        tuple(
            (_label(each), f"{line[: mark.start()]}@{_word(each)}{line[end:]}") for each in found
        ),
    )


def _like(word: str, line: str, mark, facts: Facts) -> tuple:
    """Return lines with the colleagues whose names begin like a word that nobody is called."""
    begun = _bare(word)
    if not begun:
        return ()
    near = [
        each
        for each in facts.colleagues
        if any(_bare(name).startswith(begun) for name in (each.first_name, each.last_name))
    ]
    end = mark.end() + len(word)
    return tuple(
        (each.name, f"{line[: mark.start()]}@{each.name}{line[end:]}") for each in near[:6]
    )


def _bare(name: str) -> str:
    """Return a name without dots and accents, as one types in a hurry: asa for Åsa."""
    return "".join(each for each in normalize("NFD", fold(name)) if not combining(each))


def _called(name: str, facts: Facts) -> list:
    """Return everybody and every function that a name may stand for."""
    wanted = fold(name)
    whole = [each for each in facts.colleagues if fold(each.name) == wanted]
    if whole:
        return _distinct(whole)
    function = FUNCTION_OF.get(wanted)
    named = [
        each
        for each in facts.colleagues
        if wanted in (fold(each.first_name), fold(each.last_name), _first_and_letter(each, wanted))
    ]
    short = [each for each in facts.colleagues if name.isupper() and each.initials == name]
    return _distinct([*([function] if function else []), *named, *short])


def _first_and_letter(each: Colleague, wanted: str) -> str:
    """Return the name as first name and the beginning of the last, if that is what is written: anna b."""
    first = fold(each.first_name)
    begun = wanted.removeprefix(f"{first} ").rstrip(".")
    if not wanted.startswith(f"{first} ") or not begun:
        return first
    last = fold(each.last_name)
    return wanted if len(begun) <= 2 and last.startswith(begun) else first


def _distinct(found: list) -> list:
    return list(dict.fromkeys(found))


def _pieces(parts: list[str], doers: list, facts: Facts) -> tuple[list[str], list]:
    """Return what is left when names that stand alone between commas are taken out."""
    pieces, doers = [], list(doers)
    for part in parts:
        for piece in _between_commas(part):
            found = _alone(piece, facts)
            if len(found) > 1:
                _ask_which(found, piece, parts, facts)
            doers += found
            if not found:
                pieces.append(piece)
    return pieces, doers


def _between_commas(part: str) -> list[str]:
    """Split at commas, but not inside a number."""
    return [each.strip() for each in re.split(r"[,;](?!\d)", part) if each.strip()]


def _alone(piece: str, facts: Facts) -> list:
    """Return whom a piece between commas names; a name needs its capital letter, a function does not."""
    piece = piece.rstrip(".!")
    found = _called(piece, facts)
    if piece[:1].isupper():
        return found
    return [each for each in found if isinstance(each, str)]


def _ask_which(found: list, piece: str, parts: list[str], facts: Facts) -> None:
    rest = ", ".join(each for part in parts for each in _between_commas(part) if each != piece)
    raise Question.Asked(
        f"Vilken ”{piece}” menar du?",
        tuple((_label(each), f"{rest} @{_word(each)}") for each in found),
    )


def _ask_for_name_at_end(text: str, line: str, facts: Facts) -> None:
    """Ask when the last word is a colleague's name: do they do it, or is it about them?"""
    last = text.rsplit(" ", 1)[-1].rstrip(EDGES)
    if not last[:1].isupper() or " " not in text:
        return
    found = [each for each in _called(last, facts) if isinstance(each, Colleague)]
    if not found:
        return
    start = line.rindex(last)
    choices = [
        (
            f"{each.name} gör det",
            f"{line[:start].rstrip(EDGES)} @{each.name}{line[start + len(last) :]}",
        )
        for each in found
    ]
    if facts.contact:
        choices.append((f"{facts.contact.name} gör det", f"{line}, @{CONTACT}"))
    raise Question.Asked(f"Ska {last} göra det, eller handlar det om {last}?", tuple(choices))


def _one_of(doers: list, text: str, due: date | None, facts: Facts):
    """Return the one who does it; a decision has one."""
    distinct = _distinct(doers)
    if len(distinct) <= 1:
        return distinct[0] if distinct else CONTACT
    day = f" {due}" if due else ""
    raise Question.Asked(
        "Ett beslut har en som gör det. Vem är det?",
        tuple((_label(each), f"{text} @{_word(each)}{day}") for each in distinct),
    )


def _who(doer, facts: Facts) -> tuple[Colleague | None, str]:
    if isinstance(doer, Colleague):
        return doer, ""
    if doer == CONTACT:
        if facts.contact is None:
            raise Question.Asked(NOBODY)
        return facts.contact, ""
    holder = facts.holders.get(doer)
    return (holder, "") if holder else (None, Role(doer).value)


def _label(found) -> str:
    return found.name if isinstance(found, Colleague) else WORDS[found][0]


_word = _label


# --- when ----------------------------------------------------------------------------------------


def _day(pieces: list[str], line: str, facts: Facts) -> tuple[list[str], date | None]:
    """Return what is left when the day is taken out, and the day."""
    found: list[days.Found] = []
    left = []
    for piece in pieces:
        before, day, after = _split(piece, line, facts)
        found += [day] if day else []
        left += [each for each in (before, after) if each]
    distinct = {day.on for day in found}
    if len(distinct) > 1:
        text = _joined(left)
        who = "".join(f" {mark}" for mark in _ats(line, facts))
        raise Question.Asked(
            "Det står två dagar. Vilken gäller?",
            tuple((long_day(day), f"{text}{who} {day}") for day in sorted(distinct)),
        )
    return left, found[0].on if found else None


def _split(piece: str, line: str, facts: Facts):
    """Take the day out of a piece; one that is unclear becomes a question with the day written out."""
    try:
        return days.split(piece, facts.today)
    except days.Unclear as unclear:
        start = line.rindex(unclear.phrase)
        before, after = line[:start], line[start + len(unclear.phrase) :]
        choices = tuple((long_day(day), f"{before}{day}{after}") for day in unclear.choices)
        raise Question.Asked(unclear.text, choices) from None


def _ats(line: str, facts: Facts) -> Iterable[str]:
    parts, doers = _mentions(line, facts)
    _, doers = _pieces(parts, doers, facts)
    return [f"@{_word(doer)}" for doer in _distinct(doers)]


def _joined(pieces: list[str]) -> str:
    return ", ".join(filter(None, (each.strip(EDGES) for each in pieces)))
