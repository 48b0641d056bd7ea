"""What hours are worth: facts in, frozen results out. Pure, in decimals.

An hour is worth the rate of what the person lived on, at the age they had, on the day of the hour.
The exact products of one person and one month are added and then rounded once, half up, to whole öre;
larger sums add those rounded ones. The sums by kind of benefit are rounded on their own.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from core.periods import Month
from referrals.target_group import age_on

ZERO = Decimal(0)
ORE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of one person on one day; `counts` says whether they are attested so that they count."""

    person: int
    born: date
    on: date
    hours: Decimal
    counts: bool


@dataclass(frozen=True, slots=True)
class Benefit:
    """What a person lived on, from a day to a day (included)."""

    person: int
    kind: str
    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Say whether it held on the day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class HourlyRate:
    """Kronor an hour for a kind of benefit and an age band, from a day to a day (included)."""

    kind: str
    age_from: int
    age_to: int
    amount: Decimal
    first: date
    last: date | None = None

    def fits(self, kind: str, age: int, day: date) -> bool:
        """Say whether it is the rate of that benefit, age and day."""
        in_time = self.first <= day and (self.last is None or day <= self.last)
        return in_time and self.kind == kind and self.age_from <= age <= self.age_to


@dataclass(frozen=True, slots=True)
class KindSum:
    """The hours of a kind of benefit, how many of them have a rate, and what those are worth."""

    hours: Decimal = ZERO
    valued: Decimal = ZERO
    value: Decimal = ZERO

    @property
    def without_rate(self) -> Decimal:
        """Hours of the kind that no rate fits."""
        return self.hours - self.valued


@dataclass(frozen=True, slots=True)
class Sum:
    """Hours and their worth. `hours` is all of them; `valued` those with a rate."""

    hours: Decimal = ZERO
    valued: Decimal = ZERO
    value: Decimal = ZERO
    without_benefit: Decimal = ZERO
    without_rate: Decimal = ZERO

    @property
    def without_value(self) -> Decimal:
        """Hours that stay hours."""
        return self.without_benefit + self.without_rate

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(
            self.hours + other.hours,
            self.valued + other.valued,
            self.value + other.value,
            self.without_benefit + other.without_benefit,
            self.without_rate + other.without_rate,
        )


@dataclass(frozen=True, slots=True)
class PersonValue:
    """One person's hours: those that count, and those that are lost unless they are attested."""

    earned: Sum = Sum()
    lost: Sum = Sum()


@dataclass(frozen=True, slots=True)
class Financing:
    """The worth of a period's hours: in all, by person, and by kind of benefit."""

    earned: Sum = Sum()
    lost: Sum = Sum()
    people: dict[int, PersonValue] = field(default_factory=dict)
    by_kind: dict[str, KindSum] = field(default_factory=dict)

    def of(self, person: int) -> PersonValue:
        """Return one person's worth; zeros for somebody without hours."""
        return self.people.get(person, PersonValue())


def value(
    hours: Iterable[Hours], benefits: Iterable[Benefit], rates: Iterable[HourlyRate]
) -> Financing:
    """Return what the hours are worth."""
    lived_on, rates = _by_person(benefits), list(rates)
    months: dict[tuple, list] = defaultdict(list)
    for each in hours:
        kind, rate = _worth(each, lived_on[each.person], rates)
        months[each.person, each.counts, Month.of(each.on)].append((each.hours, kind, rate))
    people: dict[int, PersonValue] = {}
    for (person, counts, _), rows in months.items():
        people[person] = _with(people.get(person, PersonValue()), counts, _sum(rows))
    return Financing(
        sum((each.earned for each in people.values()), Sum()),
        sum((each.lost for each in people.values()), Sum()),
        people,
        _kinds(rows for (_, counts, _), rows in months.items() if counts),
    )


def _by_person(benefits):
    found = defaultdict(list)
    for each in benefits:
        found[each.person].append(each)
    return found


def _worth(each: Hours, lived_on, rates) -> tuple[str | None, Decimal | None]:
    """Return the kind of benefit and the rate of an hour; None where one is not known."""
    kind = next((benefit.kind for benefit in lived_on if benefit.holds(each.on)), None)
    if kind is None:
        return None, None
    age = age_on(each.born, each.on)
    return kind, next((rate.amount for rate in rates if rate.fits(kind, age, each.on)), None)


def _sum(rows) -> Sum:
    """Add one person's month; the only place where kronor are rounded to öre."""
    exact = sum((hours * rate for hours, _, rate in rows if rate is not None), ZERO)
    return Sum(
        _hours(rows, lambda kind, rate: True),
        _hours(rows, lambda kind, rate: rate is not None),
        exact.quantize(ORE, rounding=ROUND_HALF_UP),
        _hours(rows, lambda kind, rate: kind is None),
        _hours(rows, lambda kind, rate: kind is not None and rate is None),
    )


def _hours(rows, condition) -> Decimal:
    return sum((hours for hours, kind, rate in rows if condition(kind, rate)), ZERO)


def _with(person: PersonValue, counts: bool, more: Sum) -> PersonValue:
    if counts:
        return PersonValue(person.earned + more, person.lost)
    return PersonValue(person.earned, person.lost + more)


def _kinds(groups) -> dict[str, KindSum]:
    found: dict[str, list] = defaultdict(list)
    for rows in groups:
        for row in rows:
            if row[1] is not None:
                found[row[1]].append(row)
    return {kind: _kind_sum(rows) for kind, rows in found.items()}


def _kind_sum(rows) -> KindSum:
    each = _sum(rows)
    return KindSum(each.hours, each.valued, each.value)
