"""How BASUN writes numbers, days and lists in Swedish: pure functions, used by screen, PDF and charts."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

NBSP = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


def number(value, decimals: int | None = None) -> str:
    """Write a number with decimal comma and no-break thousands: 1 234,5. A dash when there is none.

    Without `decimals` whole numbers stay whole and others keep the decimals they have.
    """
    if value is None or value == "":
        return DASH
    exact = Decimal(str(value))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{exact:,f}"
    return text.replace(",", NBSP).replace(".", ",").replace("-", "\N{MINUS SIGN}")


def percent(share, decimals: int = 1) -> str:
    """Write a share between 0 and 1 as per cent: 0.705 becomes 70,5 %. A dash when there is none."""
    if share is None or share == "":
        return DASH
    return f"{number(Decimal(str(share)) * 100, decimals)}{NBSP}%"


def iso_date(value: date | datetime | None) -> str:
    """Write a day as 2026-03-09, in local time; a dash when there is none."""
    day = as_day(value)
    return day.isoformat() if day else DASH


def iso_moment(value: datetime | None) -> str:
    """Write a moment as 2026-03-09 14:05, in local time; a dash when there is none."""
    if value is None:
        return DASH
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%Y-%m-%d %H:%M}"


def week(value: date | datetime | None) -> str:
    """Write the ISO week: v. 13. A dash when there is no day."""
    day = as_day(value)
    return f"v.{NBSP}{day.isocalendar().week}" if day else DASH


def month(value: date | datetime | None) -> str:
    """Write the month in words: mars 2026. A dash when there is no day."""
    day = as_day(value)
    return f"{MONTHS[day.month - 1]} {day.year}" if day else DASH


def long_day(value: date | datetime | None) -> str:
    """Write the day in words: måndag 9 mars 2026. A dash when there is no day."""
    day = as_day(value)
    if day is None:
        return DASH
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def relative_day(value: date | datetime | None, today: date | None = None) -> str:
    """Say how far away a day is: i dag, om 3 dagar, för 2 veckor sedan. A dash when there is no day."""
    day = as_day(value)
    if day is None:
        return DASH
    days = (day - (today or timezone.localdate())).days
    near = {0: "i dag", 1: "i morgon", -1: "i går"}
    if days in near:
        return near[days]
    length = _length(abs(days))
    return f"om {length}" if days > 0 else f"för {length} sedan"


def counted(count: int, one: str, many: str) -> str:
    """Write a count with its noun: 1 deltagare, 1 234 dagar."""
    return f"{number(count)}{NBSP}{one if count == 1 else many}"


def listed(words) -> str:
    """Join words as one says them: a, b och c."""
    words = [str(word) for word in words]
    return " och ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def as_day(value) -> date | None:
    """Return the local calendar day of a date or a moment; None for nothing."""
    if not value:
        return None
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def _length(days: int) -> str:
    """Return a span of days in the coarsest words that still tell: dagar, veckor, månader, år."""
    if days < 14:
        return counted(days, "dag", "dagar")
    if days < 61:
        return counted(days // 7, "vecka", "veckor")
    if days < 730:
        return counted(round(days / 30.44), "månad", "månader")
    return counted(days // 365, "år", "år")
