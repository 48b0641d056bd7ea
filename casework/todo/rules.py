"""When a task is due, in words and groups, and when nobody holds it. Pure: days come in as arguments."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from core.swedish import WEEKDAYS, counted, iso_date, relative_day

FRIDAY, SUNDAY = 4, 6


class Due(StrEnum):
    """The groups of a list, in their order."""

    LATE = "late", "Försenade", "bad", "warning"
    TODAY = "today", "I dag", "warn", "clock"
    WEEK = "week", "Den här veckan", "info", "calendar"
    LATER = "later", "Senare", "neutral", "calendar"
    NEVER = "never", "Utan datum", "neutral", "circle"

    def __new__(cls, value, label, tone, icon):
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.tone, member.icon = label, tone, icon
        return member


def due_group(due_on: date | None, day: date) -> Due:
    """Say in which group a task stands on a day; the week ends on Sunday."""
    if due_on is None:
        return Due.NEVER
    if due_on < day:
        return Due.LATE
    if due_on == day:
        return Due.TODAY
    return Due.WEEK if due_on <= day + timedelta(days=SUNDAY - day.weekday()) else Due.LATER


def due_words(due_on: date | None, day: date) -> str:
    """Say when a task is due: Försenad 3 dagar, I dag, I morgon, På fredag, 2026-12-04."""
    if due_on is None:
        return "Utan datum"
    days = (due_on - day).days
    if days < 0:
        return f"Försenad {counted(-days, 'dag', 'dagar')}"
    if days < 2:
        return relative_day(due_on, day).capitalize()
    if due_group(due_on, day) == Due.WEEK:
        return f"På {WEEKDAYS[due_on.weekday()]}"
    return iso_date(due_on)


@dataclass(frozen=True, slots=True)
class Choice:
    """A day offered with one tap."""

    label: str
    day: date


def days_to_choose(day: date) -> list[Choice]:
    """The days one mostly means: in the morning, by Friday, next week. Never the same day twice."""
    monday = day + timedelta(days=7 - day.weekday())
    offered = []
    if day.weekday() < FRIDAY:
        offered.append(Choice("I morgon", day + timedelta(days=1)))
        offered.append(Choice("På fredag", day + timedelta(days=FRIDAY - day.weekday())))
    offered.append(Choice("På måndag" if day.weekday() >= FRIDAY else "Nästa vecka", monday))
    if day.weekday() >= FRIDAY:
        offered.append(Choice("Nästa fredag", monday + timedelta(days=FRIDAY)))
    offered.append(Choice("Om två veckor", day + timedelta(days=14)))
    days: dict[date, Choice] = {}
    for each in offered:
        days.setdefault(each.day, each)
    return list(days.values())


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of a list that are due alike."""

    due: Due
    lines: list


def in_groups(lines) -> list[Group]:
    """Group lines that have `due`, and stand in its order already."""
    return [Group(due, list(found)) for due, found in groupby(lines, key=lambda line: line.due)]


def why_nobody(*, holder: str = "", works_here=True, may=True, sees=True, role_has=True) -> str:
    """Say why nobody will do a task, or "" when somebody can.

    `holder` is the name of the one who has it, empty when a function has it.
    """
    if not holder:
        return "" if role_has else "Ingen arbetar i den funktionen nu"
    if not works_here:
        return f"{holder} arbetar inte här längre"
    if not may:
        return f"{holder} har ingen roll med uppgifter längre"
    return "" if sees else f"{holder} ser inte deltagaren"
