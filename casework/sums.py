"""A person's attendance, month by month, with its sums."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from casework.models import Attendance
from core.periods import Month
from core.swedish import number


@dataclass(frozen=True, slots=True)
class Sums:
    """Hours, attested and not."""

    attested: Decimal
    unattested: Decimal

    @property
    def words(self) -> str:
        """All hours, and how many of them nobody has signed for: 5 timmar, varav 2 utan underskrift."""
        text = f"{hours(self.attested + self.unattested)} timmar"
        if not self.unattested:
            return text
        return f"{text}, varav {hours(self.unattested)} utan underskrift"


def hours(value: Decimal) -> str:
    """Write hours without needless decimals: 1,5."""
    return number(value.normalize())


@dataclass(frozen=True, slots=True)
class MonthOfAttendance:
    """One month's rows, the latest first, and their sums."""

    month: Month
    rows: list[Attendance]
    sums: Sums

    @property
    def title(self) -> str:
        """The month and its hours in words."""
        return f"{self.month.label.capitalize()}: {self.sums.words}"

    @property
    def lines(self) -> list[tuple[Attendance, str]]:
        """The rows with their hours in words."""
        return [(row, hours(row.hours)) for row in self.rows]


def by_month(participant) -> list[MonthOfAttendance]:
    """Return the months with attendance, the latest first. One query."""
    rows = Attendance.objects.taken_part().filter(participant=participant).for_list()
    return [
        MonthOfAttendance(month, each := list(found), _sums(each))
        for month, found in groupby(rows, key=lambda row: Month.of(row.held_on))
    ]


def total(months: list[MonthOfAttendance]) -> Sums:
    """Return the sums of all months."""
    return Sums(
        sum((month.sums.attested for month in months), Decimal(0)),
        sum((month.sums.unattested for month in months), Decimal(0)),
    )


def _sums(rows) -> Sums:
    attested = sum((row.hours for row in rows if row.attestation_id), Decimal(0))
    return Sums(attested, sum((row.hours for row in rows), Decimal(0)) - attested)
