"""Which period a page is about: one of the usual ones, or any months from and to."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from core.periods import Month, Period
from reports.overview import project_to_date

# A series longer than this is a slip of the finger, and a slow page.
MOST_MONTHS = 240
TOO_LONG = "Välj högst tjugo år åt gången."


@dataclass(frozen=True, slots=True)
class Preset:
    """One of the usual periods, as a link."""

    label: str
    period: Period
    current: bool

    @property
    def url(self) -> str:
        """The address's question."""
        return "?" + query(self.period)


@dataclass(frozen=True, slots=True)
class Choice:
    """The period that was chosen, the usual ones, and what was wrong with the months given, if anything."""

    period: Period
    presets: tuple[Preset, ...]
    error: str = ""

    @property
    def query(self) -> str:
        """The period as it stands in an address."""
        return query(self.period)


def query(period: Period) -> str:
    """Write a period as it stands in an address."""
    return urlencode({"from": period.start, "to": period.end})


def choose(given, today: date) -> Choice:
    """Read `from` and `to` from an address; this month where nothing (or nonsense) is given. One query."""
    month = Month.of(today)
    usual = _usual(month)
    period, error = month.period, ""
    if given.get("from") or given.get("to"):
        try:
            period = parse(given.get("from", ""), given.get("to", ""))
        except ValueError as problem:
            error = str(problem)
    presets = tuple(Preset(label, each, each == period) for label, each in usual)
    return Choice(period, presets, error)


def parse(start: str, end: str) -> Period:
    """Read two months; raises ValueError with a Swedish sentence, also for more than twenty years."""
    period = Period.parse(start, end)
    if period.start + MOST_MONTHS <= period.end:
        raise ValueError(TOO_LONG)
    return period


def _usual(month: Month) -> tuple[tuple[str, Period], ...]:
    return (
        ("Den här månaden", month.period),
        ("Förra månaden", (month + -1).period),
        ("I år", Period(Month(month.year, 1), month)),
        ("Hela projektet", project_to_date(month)),
    )
