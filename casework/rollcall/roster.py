"""The roster as its page shows it: lines with their buttons, and how many of each. No query."""

from dataclasses import dataclass

from django.urls import reverse

from casework.models import AbsenceReason, Attendance, AttendanceStatus, Session, SessionStatus
from casework.rollcall.hours import quarters
from casework.rollcall.taps import shown_hours
from casework.sums import hours
from core.swedish import iso_date


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in the way of a tap, on its own row, and the tap to do it anyway."""

    text: str
    tap: str = ""
    label: str = ""
    asks_reason: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the roster."""

    row: Attendance
    session: Session
    note: Note | None = None

    @property
    def name(self) -> str:
        """The name as lists show it."""
        return self.row.participant.list_name

    @property
    def is_open(self) -> bool:
        """Whether the row can be changed; also after the session is closed, to correct it."""
        return self.session.status != SessionStatus.CANCELLED

    @property
    def is_expected(self) -> bool:
        """Whether nobody has marked the row."""
        return self.row.status == AttendanceStatus.EXPECTED

    @property
    def is_present(self) -> bool:
        """Whether they were there."""
        return self.row.status == AttendanceStatus.PRESENT

    @property
    def lacks_reason(self) -> bool:
        """Whether they are absent and nobody has said why."""
        return self.row.status == AttendanceStatus.ABSENT and not self.row.absence_reason

    @property
    def lacks_signature(self) -> bool:
        """Whether there are hours that nobody has signed for."""
        return self.is_present and self.row.attestation_id is None

    @property
    def words(self) -> str:
        """The state in words: Närvarande 2,5 timmar; Frånvarande: Sjuk."""
        if self.is_present:
            return f"Här {hours(self.row.hours)} h"
        if self.row.absence_reason:
            return f"Frånvarande: {self.row.get_absence_reason_display()}"
        return self.row.look.label

    @property
    def times(self) -> str:
        """When they came or went, where that is known: kom 09:15, gick 11:30."""
        row = self.row
        said = [
            f"{word} {moment:%H:%M}"
            for word, moment in (("kom", row.arrived_at), ("gick", row.left_at))
            if moment
        ]
        return ", ".join(said)

    @property
    def hours(self) -> str:
        """What stands in the field of hours."""
        value = shown_hours(self.row)
        return hours(value) if value is not None else ""

    @property
    def quarters(self) -> list:
        """The quarters of an hour to choose among."""
        return quarters(self.session)

    @property
    def reasons(self) -> list:
        """Why somebody did not come, with the key of the keyboard for each."""
        return list(enumerate(AbsenceReason, start=1))

    @property
    def broken(self) -> str:
        """What became of a signature that no longer holds; empty when there is none, or a new one."""
        breaks = list(self.row.breaks.all())
        if not breaks or self.row.attestation_id:
            return ""
        last = breaks[-1]
        who = last.broken_by.name if last.broken_by else "någon annan"
        return (
            f"Underskriften gäller inte längre: {last.before} ändrades till {last.after} av {who}"
            f" {iso_date(last.broken_at)} ({last.reason})"
        )

    @property
    def sign_url(self) -> str:
        """Where the person signs for the row."""
        return reverse("rollcall:sign_row", args=[self.row.pk])


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of the people the user sees are what."""

    here: int
    absent: int
    expected: int
    signed: int
    no_reason: int

    @property
    def all(self) -> int:
        """Everybody on the roster."""
        return self.here + self.absent + self.expected

    @property
    def unsigned(self) -> int:
        """Those who were there and have not signed."""
        return self.here - self.signed


def counts(rows) -> Counts:
    """Count rows. Pure."""
    rows = list(rows)
    here = [row for row in rows if row.status == AttendanceStatus.PRESENT]
    absent = [row for row in rows if row.status == AttendanceStatus.ABSENT]
    return Counts(
        here=len(here),
        absent=len(absent),
        expected=len(rows) - len(here) - len(absent),
        signed=sum(row.attestation_id is not None for row in here),
        no_reason=sum(not row.absence_reason for row in absent),
    )
