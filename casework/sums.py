"""A person's attendance, month by month, with its sums and the state of each signature."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from casework.models import Attendance, AttendanceStatus, EsfProject, SessionStatus
from casework.signature_state import State, state_of
from core.periods import Month
from core.swedish import counted, number

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sums:
    """Hours, attested and not; and how many times somebody was absent or nobody has said."""

    attested: Decimal
    unattested: Decimal
    absences: int = 0
    unmarked: int = 0

    @property
    def words(self) -> str:
        """All of it: 5 timmar, varav 2 utan underskrift, 1 frånvaro."""
        parts = [f"{hours(self.attested + self.unattested)} timmar"]
        if self.unattested:
            parts.append(f"varav {hours(self.unattested)} utan underskrift")
        if self.absences:
            parts.append(counted(self.absences, "frånvaro", "frånvaron"))
        if self.unmarked:
            parts.append(f"{self.unmarked} inte avprickade")
        return ", ".join(parts)


def hours(value: Decimal) -> str:
    """Write hours without needless decimals: 1,5."""
    return number(value.normalize())


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the page shows it."""

    row: Attendance
    signature: State | None

    @property
    def hours(self) -> str:
        """The hours in words; empty for who was not there."""
        return hours(self.row.hours) if self.was_there else ""

    @property
    def was_there(self) -> bool:
        """Whether the person came."""
        return self.row.status == AttendanceStatus.PRESENT

    @property
    def presence(self) -> State:
        """Whether the person came, in a word."""
        if self.row.status == AttendanceStatus.EXPECTED:
            return State("Inte avprickad", "warn", "circle")
        look = self.row.look
        return State(look.label, look.tone, look.icon)

    @property
    def note(self) -> str:
        """Late, early, why absent: kom 09:20, gick 11:30."""
        parts = [
            self.row.get_absence_reason_display(),
            f"kom {self.row.arrived_at:%H:%M}" if self.row.arrived_at else "",
            f"gick {self.row.left_at:%H:%M}" if self.row.left_at else "",
            "kom utan anmälan" if self.row.is_walk_in else "",
        ]
        return ", ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class MonthOfAttendance:
    """One month's rows, the latest first, and their sums."""

    month: Month
    lines: list[Line]
    sums: Sums

    @property
    def title(self) -> str:
        """The month and its hours in words."""
        return f"{self.month.label.capitalize()}: {self.sums.words}"

    @property
    def has_hours(self) -> bool:
        """Whether there is anything for a certificate to say."""
        return bool(self.sums.attested or self.sums.unattested)


def by_month(participant, today: date | None = None) -> list[MonthOfAttendance]:
    """Return the months with attendance, the latest first. Three queries.

    What is expected is in `coming`, unless its day has come and nobody has marked it.
    """
    rows = _rows(participant)
    if today:
        rows = rows.exclude(status=AttendanceStatus.EXPECTED, held_on__gt=today)
    projects = list(EsfProject.objects.all())
    return [
        _month(month, [Line(row, state_of(row, projects)) for row in found])
        for month, found in groupby(rows, key=lambda row: Month.of(row.held_on))
    ]


def coming(participant, today: date) -> list[Attendance]:
    """Return what the person is expected at after today, the first first. One query."""
    rows = Attendance.objects.filter(participant=participant, status=AttendanceStatus.EXPECTED)
    rows = rows.filter(held_on__gt=today, session__status=SessionStatus.PLANNED)
    return list(rows.select_related("session__activity").order_by("held_on", "session__starts_at"))


def total(months: Iterable[MonthOfAttendance]) -> Sums:
    """Return the sums of all months."""
    each = [month.sums for month in months]
    return Sums(
        sum((sums.attested for sums in each), ZERO),
        sum((sums.unattested for sums in each), ZERO),
        sum(sums.absences for sums in each),
        sum(sums.unmarked for sums in each),
    )


def _rows(participant):
    rows = Attendance.objects.filter(participant=participant).for_list()
    rows = rows.prefetch_related("breaks")
    return rows.exclude(status=AttendanceStatus.EXPECTED, session__status=SessionStatus.CANCELLED)


def _month(month: Month, lines: list[Line]) -> MonthOfAttendance:
    there = [line.row for line in lines if line.was_there]
    attested = sum((row.hours for row in there if row.attestation_id), ZERO)
    unattested = sum((row.hours for row in there), ZERO) - attested
    status = [line.row.status for line in lines]
    absences = status.count(AttendanceStatus.ABSENT)
    unmarked = status.count(AttendanceStatus.EXPECTED)
    return MonthOfAttendance(month, lines, Sums(attested, unattested, absences, unmarked))
