"""A person's attendance, month by month, with its sums."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from casework.models import Attendance
from core.periods import Month


@dataclass(frozen=True, slots=True)
class Sums:
    """Hours, attested and not."""

    attested: Decimal
    unattested: Decimal

    @property
    def hours(self) -> Decimal:
        """All hours."""
        return self.attested + self.unattested


@dataclass(frozen=True, slots=True)
class MonthOfAttendance:
    """One month's rows, the latest first, and their sums."""

    month: Month
    rows: list[Attendance]
    sums: Sums


def by_month(participant) -> list[MonthOfAttendance]:
    """Return the months with attendance, the latest first. One query."""
    rows = Attendance.objects.filter(participant=participant).for_list()
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
