"""Which days a course falls on: weekdays in a span, without holidays and chosen weeks. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

# A series is at most a year long, whatever was asked for.
LONGEST = timedelta(days=366)
# Free by habit and by most agreements, though no public holidays in law.
EVES = {(12, 24): "Julafton", (12, 31): "Nyårsafton"}
MIDSUMMER_EVE = "Midsommarafton"
WEEK = re.compile(r"(?:(\d{4})-?)?(?:v\.?|w)?\s*(\d{1,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A day a series falls on, and why it is skipped: "" when it is not."""

    on: date
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class Without:
    """What a series leaves out besides holidays: days, and weeks as (year or None, number)."""

    days: frozenset[date] = frozenset()
    weeks: frozenset[tuple[int | None, int]] = frozenset()

    def reason(self, day: date) -> str:
        """Say why the day is left out; "" when it is not."""
        year, week, _ = day.isocalendar()
        if day in self.days:
            return "valt bort"
        if {(None, week), (year, week)} & self.weeks:
            return f"vecka {week} är vald bort"
        return ""


NOTHING = Without()


def holiday_name(day: date) -> str:
    """Return the name of a day nobody works: "Trettondedag jul"; "" for other days, Sundays too.

    Midsommarafton, julafton and nyårsafton are no public holidays in law, but nobody works on them, so
    they count here.
    """
    return _holidays(day.year).get(day) or EVES.get((day.month, day.day), "")


@lru_cache(maxsize=50)
def _holidays(year: int) -> dict[date, str]:
    found = dict(holidays.country_holidays("SE", years=year, language="sv"))
    midsummer = next(
        day for day in found if day.month == 6 and day.day >= 20 and day.weekday() == 5
    )
    return found | {midsummer - timedelta(days=1): MIDSUMMER_EVE}


def series(
    weekdays: Collection[int],
    from_day: date,
    *,
    to_day: date | None = None,
    times: int | None = None,
    without: Without = NOTHING,
) -> Iterator[Day]:
    """Yield the days of a series in order, those that are skipped too, each with its reason.

    Ends with `to_day`, or when so many days (`times`) were not skipped; after a year in any case.
    """
    last = min(to_day or date.max, from_day + LONGEST)
    made, day = 0, from_day
    while day <= last and (times is None or made < times):
        if day.weekday() in weekdays:
            found = Day(day, why_skipped(day, without))
            made += not found.skipped
            yield found
        day += timedelta(days=1)


def why_skipped(day: date, without: Without = NOTHING) -> str:
    """Say why nothing is planned on the day: a holiday's name, or that it was left out."""
    return holiday_name(day) or without.reason(day)


def days_of_series(weekdays, from_day, **options) -> list[date]:
    """Return the days of a series that are not skipped; arguments as those of `series`."""
    return [day.on for day in series(weekdays, from_day, **options) if not day.skipped]


def read_without(text: str) -> Without:
    """Read "v. 8, 2027-W44, 2027-04-02" into weeks and days; ValueError names what isn't understood."""
    words = [word.strip() for word in re.split(r"[,;\n]|\boch\b", text)]
    days = {word for word in words if word.count("-") == 2}
    weeks = {word for word in words if word} - days
    return Without(frozenset(map(_day, days)), frozenset(map(_week, weeks)))


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise ValueError(word) from None


def _week(word: str) -> tuple[int | None, int]:
    found = WEEK.fullmatch(word)
    if not found or not 1 <= int(found[2]) <= 53:
        raise ValueError(word)
    return (int(found[1]) if found[1] else None, int(found[2]))


def monday_of(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def week_code(day: date) -> str:
    """Write the week as an address does: 2026-W48."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def read_week(text: str) -> date | None:
    """Return the Monday of 2026-W48; None for anything else."""
    found = re.fullmatch(r"(\d{4})-W(\d{2})", text)
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        return None


def template_name(name: str, monday: date) -> str:
    """Return a name for what is made from a template: 7TJUGO v. 3 2027."""
    year, week, _ = monday.isocalendar()
    return f"{name} v. {week} {year}"
