"""The small arithmetic of the figures: counts by legal gender, shares, medians. Pure, in whole numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from participants.enums import Gender

TENTH = Decimal("0.1")
DAYS_PER_WEEK = 7


@dataclass(frozen=True, slots=True)
class Count:
    """How many, by legal gender."""

    girls: int = 0
    boys: int = 0

    @property
    def total(self) -> int:
        """Girls and boys together."""
        return self.girls + self.boys

    @property
    def girls_percent(self) -> Decimal | None:
        """The girls' share in per cent with one decimal; None where nobody is counted."""
        return percent_of(self.girls, self.total)

    @classmethod
    def of(cls, genders: Iterable[str]) -> "Count":
        """Count one person for each gender given."""
        genders = list(genders)
        girls = sum(gender == Gender.FEMALE for gender in genders)
        return cls(girls, len(genders) - girls)


def percent_of(part: int, whole: int) -> Decimal | None:
    """Return part / whole in per cent, one decimal, rounded half up; None where the whole is nothing.

    489 of 693 is 70.6. Always from whole numbers, never from parts already rounded.
    """
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(TENTH, ROUND_HALF_UP)


def median(values: Sequence) -> Decimal | None:
    """Return the middle value, or the mean of the two in the middle; None without values."""
    ordered = sorted(values)
    if not ordered:
        return None
    half = len(ordered) // 2
    if len(ordered) % 2:
        return Decimal(ordered[half])
    return (Decimal(ordered[half - 1]) + Decimal(ordered[half])) / 2


def percentile(values: Sequence, per_cent: int) -> Decimal | None:
    """Return the smallest value that at least so many per cent of the values do not exceed.

    The nearest-rank method: always one of the values, nothing is interpolated. None without values.
    """
    ordered = sorted(values)
    if not ordered:
        return None
    rank = max(-(-len(ordered) * per_cent // 100), 1)
    return Decimal(ordered[rank - 1])


def mean(values: Sequence) -> Decimal | None:
    """Return the mean; None without values."""
    return Decimal(sum(values)) / len(values) if values else None


def weeks(days: Decimal | None) -> Decimal | None:
    """Return days as weeks with one decimal, rounded half up."""
    return None if days is None else (days / DAYS_PER_WEEK).quantize(TENTH, ROUND_HALF_UP)
