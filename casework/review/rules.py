"""Why somebody is talked about at the weekly review: each reason a pure rule from facts to a signal, or None.

Words name days and never count them: they are kept with the agenda and read some days later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.registry import Phase, ReviewSignal
from core.swedish import iso_date, listed
from participants.enums import Category
from participants.review_weights import Weight

NO_CONTACT_DAYS = 14
# Everybody at least every fourth week.
AT_LEAST_EVERY = timedelta(weeks=4)
UNSIGNED_DAYS = 14
# The last day to send a month draws near.
DEADLINE_DAYS = 7
MOST_WORDS = 60


def new(starts_on: date, discussed_on: date | None, day: date) -> ReviewSignal | None:
    """Somebody enrolled within four weeks whom the team has not talked about yet."""
    if not starts_on <= day < starts_on + AT_LEAST_EVERY or _since(starts_on, discussed_on):
        return None
    return ReviewSignal(
        f"Ny: inskriven {iso_date(starts_on)}", Weight.NEW, starts_on, "info", "star"
    )


def every_fourth_week(starts_on: date, discussed_on: date | None, day: date) -> ReviewSignal | None:
    """Four weeks since the person was talked about, or since they came, if never."""
    discussed_on = _since(starts_on, discussed_on)
    if day < (discussed_on or starts_on) + AT_LEAST_EVERY:
        return None
    if discussed_on is None:
        text = f"Aldrig genomgången, inskriven {iso_date(starts_on)}"
        return ReviewSignal(text, Weight.NEVER_DISCUSSED, starts_on, "warn", "eye")
    text = f"Senast genomgången {iso_date(discussed_on)}"
    return ReviewSignal(text, Weight.FOURTH_WEEK, discussed_on, "neutral", "refresh")


def _since(starts_on, discussed_on) -> date | None:
    """When they were talked about in this enrolment."""
    return discussed_on if discussed_on and discussed_on >= starts_on else None


def no_contact(starts_on: date, contact_on: date | None, day: date) -> ReviewSignal | None:
    """Two weeks without anybody having met or reached the person, counted from the enrolment at the earliest."""
    since = max(contact_on or starts_on, starts_on)
    if (day - since).days < NO_CONTACT_DAYS:
        return None
    had = contact_on is not None and contact_on >= starts_on
    text = f"Ingen kontakt sedan {iso_date(since)}" if had else "Ingen kontakt sedan inskrivningen"
    return ReviewSignal(text, Weight.NO_CONTACT, since, "bad", "phone")


def unsigned(hours: str, oldest: date, days_to_next: int | None, day: date) -> ReviewSignal | None:
    """Hours that nobody signed for: older than two weeks, or the month is soon to be sent."""
    near = days_to_next is not None and 0 <= days_to_next <= DEADLINE_DAYS
    if (day - oldest).days <= UNSIGNED_DAYS and not near:
        return None
    return ReviewSignal(
        f"{hours} h utan underskrift sedan {iso_date(oldest)}",
        Weight.UNATTESTED, oldest, "warn", "edit", Category.ATTENDANCE.value,
    )  # fmt: skip


def stuck(phase: Phase, day: date) -> ReviewSignal | None:
    """Longer in one phase than it should take."""
    if phase.stuck_after is None or (day - phase.since).days <= phase.stuck_after:
        return None
    text = f"{phase.label} sedan {iso_date(phase.since)}"
    return ReviewSignal(text, Weight.STUCK, phase.since, "warn", "hourglass")


@dataclass(frozen=True, slots=True)
class Undone:
    """A decision of an earlier review whose task is open past its day."""

    text: str
    due_on: date


def not_done(decisions: Sequence[Undone]) -> ReviewSignal | None:
    """What was decided and did not happen: the one that has waited longest, and how many more."""
    if not decisions:
        return None
    first = min(decisions, key=lambda each: each.due_on)
    more = f" och {len(decisions) - 1} till" if len(decisions) > 1 else ""
    text = (
        f"Inte gjort: ”{shortened(first.text)}”, skulle varit klart {iso_date(first.due_on)}{more}"
    )
    return ReviewSignal(text, Weight.NOT_DONE, first.due_on, "bad", "stop")


def left_over(state: str, held_on: date) -> ReviewSignal | None:
    """What became of the person last time: postponed, or not reached. A meeting that was never held reached nobody."""
    if state == "postponed":
        text = f"Uppskjuten {iso_date(held_on)}"
        return ReviewSignal(text, Weight.POSTPONED, held_on, "warn", "pause")
    if state in ("not_reached", "waiting"):
        text = f"Hanns inte med {iso_date(held_on)}"
        return ReviewSignal(text, Weight.NOT_REACHED, held_on, "warn", "clock")
    return None


@dataclass(frozen=True, slots=True)
class Wish:
    """A colleague's wish that somebody is taken up."""

    name: str
    reason: str
    asked_on: date


def asked(wishes: Sequence[Wish], *, words: bool) -> ReviewSignal | None:
    """Colleagues have asked for it. Without `words` it is told who asked, but not why."""
    if not wishes:
        return None
    first = min(wish.asked_on for wish in wishes)
    if not words:
        text = f"{listed(wish.name for wish in wishes)} ber om det"
        return ReviewSignal(text, Weight.ASKED, first, "accent", "message")
    text = "; ".join(f"{wish.name} ber: {wish.reason}" for wish in wishes)
    category = Category.NOTES.value
    return ReviewSignal(text, Weight.ASKED, first, "accent", "message", category)


def shortened(text: str) -> str:
    """Return the beginning of a long text, cut between words."""
    if len(text) <= MOST_WORDS:
        return text
    return text[:MOST_WORDS].rsplit(" ", 1)[0].rstrip(" ,.;:") + " …"
