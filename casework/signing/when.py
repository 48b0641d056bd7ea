"""How long ago, how long left, and which weeks are over: pure functions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casework.models.project import due_on
from core.periods import Month
from core.swedish import counted, relative_day

# A deadline this near is shown as a warning.
SOON_DAYS = 7
PASSED = "sista dagen har passerat"
RESEND = "Sista dagen har passerat: månaden måste sändas om."


@dataclass(frozen=True, slots=True)
class Look:
    """A word with its tone and icon, for `{% status_tag %}`."""

    label: str
    tone: str = "neutral"
    icon: str = "clock"


def last_sunday(day: date) -> date:
    """Return the last day of the week before: what is older is missing from the day after."""
    return day - timedelta(days=day.isoweekday())


def monday_of(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def days_left(oldest: date, day: date) -> int:
    """Return the days until the month of the oldest row is due; negative when that has passed."""
    return (due_on(Month.of(oldest)) - day).days


def left_in_words(days: int) -> str:
    """Write the days that are left: 9 dagar kvar."""
    if days < 0:
        return PASSED
    return "sista dagen i dag" if days == 0 else f"{counted(days, 'dag', 'dagar')} kvar"


def deadline_look(days: int) -> Look:
    """Return how a deadline looks: late, near, or far away."""
    words = left_in_words(days).capitalize()
    if days < 0:
        return Look(words, "bad", "stop")
    return Look(words, "warn", "hourglass") if days <= SOON_DAYS else Look(words)


def ago(moment: datetime, now: datetime) -> str:
    """Write how long ago: nyss, för 12 minuter sedan, för 3 timmar sedan, i går, för 3 dagar sedan."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return "nyss"
    if minutes < 60:
        return f"för {counted(minutes, 'minut', 'minuter')} sedan"
    if minutes < 24 * 60:
        return f"för {counted(minutes // 60, 'timme', 'timmar')} sedan"
    return relative_day(moment)
