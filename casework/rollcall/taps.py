"""What a tap in the roster means: from a button and the fields of its row to a mark. No query.

A button says `present` (with what the fields say), `here`, `absent`, `absent|ill`, `late|09:15`,
`left|11:30` or `expected`; `present|2.50|09:15|` is a whole mark, for doing it anyway.
"""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal, InvalidOperation

from casework.models import AbsenceReason, AttendanceStatus
from casework.rollcall.hours import CENT, hours_between, planned_hours
from casework.sums import hours as in_words
from core.errors import Refused

NOBODY_THERE = (
    "Med de tiderna blir det ingen närvaro. Välj Frånvarande i stället, eller skriv timmarna."
)
HOURS = "Skriv timmarna så här: 2,5. De ska vara mer än 0 och högst 24."
TIME = "Skriv tiden så här: 09:15."
ORDER = "Tiden då någon gick ska vara efter den då hen kom. Kontrollera tiderna."
NO_HOURS = "Tillfället har inga tider. Skriv hur många timmar det blev."


@dataclass(frozen=True, slots=True)
class Mark:
    """What a row is to say. Hours are 0 unless present."""

    status: AttendanceStatus
    hours: Decimal = Decimal(0)
    absence_reason: str = ""
    arrived_at: time | None = None
    left_at: time | None = None

    @property
    def code(self) -> str:
        """The mark as a button says it."""
        if self.status == AttendanceStatus.PRESENT:
            times = (f"{each:%H:%M}" if each else "" for each in (self.arrived_at, self.left_at))
            return "|".join(["present", f"{self.hours:.2f}", *times])
        return "|".join(filter(None, [self.status.value, self.absence_reason]))

    @property
    def words(self) -> str:
        """The mark in words: närvarande 2,5 timmar."""
        if self.status == AttendanceStatus.PRESENT:
            return f"närvarande {in_words(self.hours)} timmar"
        reason = AbsenceReason(self.absence_reason).label if self.absence_reason else ""
        return (
            f"{self.status.label.lower()} ({reason.lower()})"
            if reason
            else self.status.label.lower()
        )


def mark_of(row) -> Mark:
    """Return what a row says now."""
    return Mark(
        AttendanceStatus(row.status),
        row.hours,
        row.absence_reason,
        row.arrived_at,
        row.left_at,
    )


def read(data, row) -> Mark:
    """Return the mark that a button and the row's fields ask for; Refused when they make no sense."""
    word, *more = data.get("do", "").split("|")
    reading = READINGS.get(word)
    if reading is None:
        raise Refused("Välj vad som ska stå på raden.")
    return reading(data, row, more)


def present(session, *, hours=None, arrived_at=None, left_at=None) -> Mark:
    """Return a mark of presence: the hours given, or worked out from the session and the times."""
    if arrived_at and left_at and left_at <= arrived_at:
        raise Refused(ORDER)
    if hours is None and planned_hours(session) is None:
        raise Refused(NO_HOURS)
    if hours is None:
        hours = hours_between(session, arrived_at, left_at)
        if hours <= 0:
            raise Refused(NOBODY_THERE)
    if not 0 < hours <= 24:
        raise Refused(HOURS)
    hours = Decimal(hours).quantize(CENT)
    return Mark(AttendanceStatus.PRESENT, hours, "", arrived_at, left_at)


def shown_hours(row) -> Decimal | None:
    """Return the hours that stand in the row's field: its own, or the planned ones."""
    return row.hours if row.status == AttendanceStatus.PRESENT else planned_hours(row.session)


def _present(data, row, more) -> Mark:
    if more:
        hours, arrived, left = (more + ["", "", ""])[:3]
        return present(
            row.session, hours=_hours(hours), arrived_at=_time(arrived), left_at=_time(left)
        )
    hours = _hours(data.get("hours", ""))
    arrived, left = _time(data.get("arrived_at", "")), _time(data.get("left_at", ""))
    new_times = (arrived, left) != (row.arrived_at, row.left_at)
    if new_times and hours == shown_hours(row):
        hours = None
    return present(row.session, hours=hours, arrived_at=arrived, left_at=left)


def _here(data, row, more) -> Mark:
    return present(row.session)


def _late(data, row, more) -> Mark:
    return present(row.session, arrived_at=_time("".join(more)), left_at=row.left_at)


def _left(data, row, more) -> Mark:
    return present(row.session, arrived_at=row.arrived_at, left_at=_time("".join(more)))


def _absent(data, row, more) -> Mark:
    reason = "".join(more)
    if reason and reason not in AbsenceReason.values:
        raise Refused("Välj en av orsakerna.")
    return Mark(AttendanceStatus.ABSENT, absence_reason=reason)


def _expected(data, row, more) -> Mark:
    return Mark(AttendanceStatus.EXPECTED)


READINGS = {
    "present": _present,
    "here": _here,
    "late": _late,
    "left": _left,
    "absent": _absent,
    "expected": _expected,
}


def _hours(text: str) -> Decimal | None:
    text = text.strip().replace(",", ".")
    if not text:
        return None
    try:
        hours = Decimal(text).quantize(CENT)
    except InvalidOperation:
        raise Refused(HOURS) from None
    if not hours.is_finite():
        raise Refused(HOURS)
    return hours


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise Refused(TIME) from None
