"""What is nearest in time: for the top of the calendar, the home page and the reminders."""

from dataclasses import dataclass
from decimal import Decimal

from core.swedish import counted, number
from reports.esf.calendar import Calendar, CalendarMonth
from reports.esf.changes import hours
from reports.esf.facts import NOTHING

SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Overview:
    """The month that is due next, and how much waits. No persons."""

    next_due: CalendarMonth | None
    lost_hours: Decimal
    to_lock: int
    to_send: int
    again: int

    @property
    def lost(self) -> str:
        """The hours of unlocked months that do not count, in words."""
        return hours(self.lost_hours)

    @property
    def deadline(self) -> str:
        """How long it is to the deadline, in words."""
        return days_in_words(self.next_due.days_left) if self.next_due else ""

    @property
    def tone(self) -> str:
        """How urgent it is."""
        if self.next_due is None:
            return "good"
        if self.next_due.days_left < 0:
            return "bad"
        return "warn" if self.next_due.days_left <= SOON_DAYS else "neutral"


def overview_of(calendar: Calendar) -> Overview:
    """Return what is nearest. Pure."""
    unsent = [each for each in calendar.months if each.is_unsent]
    return Overview(
        next_due=min(unsent, key=lambda each: each.month, default=None),
        lost_hours=sum((each.now.lost_hours for each in calendar.to_lock), NOTHING),
        to_lock=len(calendar.to_lock),
        to_send=len(calendar.to_send),
        again=len(calendar.chain),
    )


def days_of(days: int) -> tuple[str, str, str]:
    """Return a deadline as a figure: the days, what they are, and how urgent it is."""
    if days < 0:
        return number(-days), "dag försenad" if days == -1 else "dagar försenad", "bad"
    return (
        number(days),
        "dag kvar" if days == 1 else "dagar kvar",
        "warn" if days <= SOON_DAYS else "neutral",
    )


def days_in_words(days: int) -> str:
    """Say how long it is to a deadline: 3 dagar kvar, sista dagen i dag, 5 dagar försenad."""
    if days == 0:
        return "sista dagen i dag"
    if days < 0:
        return f"{counted(-days, 'dag', 'dagar')} försenad"
    return f"{counted(days, 'dag', 'dagar')} kvar"
