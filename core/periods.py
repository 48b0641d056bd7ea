"""Whole calendar months, as reports count them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december".split()
)


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """One calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `2019-03`; raises ValueError with a Swedish sentence."""
        match = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
        if not match or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1900:
            raise ValueError(f"”{text}” är ingen månad. Skriv år och månad, till exempel 2019-03.")
        return cls(int(match[1]), int(match[2]))

    def __add__(self, months: int) -> "Month":
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return (self + 1).first - timedelta(days=1)

    @property
    def label(self) -> str:
        """The month in words: mars 2019."""
        return f"{MONTHS[self.number - 1]} {self.year}"

    @property
    def period(self) -> "Period":
        """The month as a period."""
        return Period(self, self)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months from the first to the last, both included; raises ValueError when turned round."""

    start: Month
    end: Month

    def __post_init__(self):
        if self.end < self.start:
            raise ValueError("Perioden slutar före den börjar. Byt plats på månaderna.")

    @classmethod
    def parse(cls, start: str, end: str) -> "Period":
        """Read two `YYYY-MM`; raises ValueError with a Swedish sentence."""
        return cls(Month.parse(start), Month.parse(end))

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    @property
    def first(self) -> date:
        """The first day."""
        return self.start.first

    @property
    def last(self) -> date:
        """The last day."""
        return self.end.last

    @property
    def label(self) -> str:
        """The period in words: mars 2019, or oktober 2016–juli 2019."""
        if self.start == self.end:
            return self.start.label
        return f"{self.start.label}\N{EN DASH}{self.end.label}"

    def months(self) -> Iterator[Month]:
        """Yield each month in order."""
        month = self.start
        while month <= self.end:
            yield month
            month += 1


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last day when it is shorter."""
    month = Month.of(day) + months
    return month.first.replace(day=min(day.day, month.last.day))
