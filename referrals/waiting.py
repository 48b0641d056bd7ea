"""How long a referral has waited, in words and in a quiet colour: pure functions."""

from dataclasses import dataclass

from core.swedish import counted

# Days from the referral: after a week somebody should have taken it, after two it should be answered.
WARN_AFTER_DAYS = 7
LATE_AFTER_DAYS = 14


@dataclass(frozen=True, slots=True)
class Look:
    """A word with its tone and icon, for `{% status_tag %}`."""

    label: str
    tone: str = "neutral"
    icon: str = "clock"


def wait_look(days: int) -> Look:
    """Return how a wait of so many days looks: neutral, a warning from 7, late from 14."""
    label = counted(days, "dag", "dagar") if days else "i dag"
    if days >= LATE_AFTER_DAYS:
        return Look(label, "bad", "hourglass")
    if days >= WARN_AFTER_DAYS:
        return Look(label, "warn", "hourglass")
    return Look(label)
