"""What has moved in a month since it was locked: pure, from frozen rows and the rows as they are now."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models

from core.swedish import DASH, listed, number
from reports.esf.participation import MonthRow


class What(models.TextChoices):
    """What of a row moved, in words."""

    ADDED = "added", "rapporteras nu"
    GONE = "gone", "rapporteras inte längre"
    NUMBER = "number", "personnumret"
    START = "start", "startdatum"
    END = "end", "slutdatum"
    HOURS = "hours", "timmar"


@dataclass(frozen=True, slots=True)
class Frozen:
    """A row of a locked version, with what is compared."""

    person: int
    number: str
    starts_on: date
    ended_on: date | None
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that moved. Words only of days and hours: a number could be a protected person's."""

    person: int
    what: What
    before: str = ""
    after: str = ""

    @property
    def words(self) -> str:
        """The change in a sentence without the person: startdatum 2017-03-06 → 2017-03-01."""
        if not (self.before or self.after):
            return "personnumret är ändrat" if self.what == What.NUMBER else self.what.label
        return f"{self.what.label} {self.before} \N{RIGHTWARDS ARROW} {self.after}"

    def as_json(self) -> dict:
        """Return the change as it is kept on a version."""
        return {"person": self.person, "what": self.what.value} | {
            "before": self.before,
            "after": self.after,
        }


def from_json(kept: dict) -> Change:
    """Read a change that was kept on a version."""
    return Change(kept["person"], What(kept["what"]), kept["before"], kept["after"])


def compare(frozen: Iterable[Frozen], now: Iterable[MonthRow]) -> tuple[Change, ...]:
    """Return what moved from the locked rows to those of now, by person."""
    before = {row.person: row for row in frozen}
    after = {row.person: row for row in now}
    changes = []
    for person in sorted(before.keys() | after.keys()):
        changes += _of_person(person, before.get(person), after.get(person))
    return tuple(changes)


def _of_person(person: int, before, after) -> list[Change]:
    if before is None:
        return [Change(person, What.ADDED)]
    if after is None:
        return [Change(person, What.GONE)]
    moved = [
        (What.START, day(before.starts_on), day(after.starts_on)),
        (What.END, day(before.ended_on), day(after.ended_on)),
        (What.HOURS, hours(before.hours), hours(after.hours)),
    ]
    found = [Change(person, what, old, new) for what, old, new in moved if old != new]
    return found + [Change(person, What.NUMBER)] * (before.number != after.number)


def day(value: date | None) -> str:
    """Write a day, or a dash."""
    return value.isoformat() if value else DASH


def hours(value: Decimal) -> str:
    """Write hours with their unit: 2,5 h."""
    return f"{number(value.quantize(1) if value == value.to_integral() else value.normalize())} h"


def summary(changes: Iterable[Change]) -> str:
    """Say without persons what moved: 2 startdatum och 1 ändring av timmar."""
    counts = Counter(change.what for change in changes)
    return listed(
        f"{WORDS[what][counts[what] != 1].format(counts[what])}" for what in What if counts[what]
    )


WORDS = {
    What.ADDED: ("{} deltagare till", "{} deltagare till"),
    What.GONE: ("{} deltagare färre", "{} deltagare färre"),
    What.NUMBER: ("{} ändrat personnummer", "{} ändrade personnummer"),
    What.START: ("{} ändrat startdatum", "{} ändrade startdatum"),
    What.END: ("{} ändrat slutdatum", "{} ändrade slutdatum"),
    What.HOURS: ("timmar ändrade för {} deltagare", "timmar ändrade för {} deltagare"),
}
