"""The key figures: pure, from facts and a period to a frozen dataclass (reporting.md 1).

What each figure means stands in `reports.definitions` and is shown beside the number; what it counts
stands in `reports.selections`. Shares are properties, so every format shows the same number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.periods import Period, add_months
from participants.enums import NORTH, SOUTH, Area, CountsAs, Gender
from referrals.enums import Source
from reports import selections
from reports.facts import Facts, Spell
from reports.measures import Count, mean, median, percent_of, percentile, weeks

# The sources that the report always names; another one stands there only when somebody came by it.
ALWAYS_NAMED = [source for source in Source if source != Source.PARENT]
FOLLOWED_UP_AFTER = (3, 6, 12)
GENDERS = ((Gender.FEMALE.value, "Flickor och kvinnor"), (Gender.MALE.value, "Pojkar och män"))
PARTS = (
    ("norra", "Norra", NORTH),
    ("sodra", "Södra", SOUTH),
    ("ovriga", "Övriga och okända", frozenset({Area.OTHER, None})),
)


@dataclass(frozen=True, slots=True)
class Split:
    """One line of a figure that is split: `key` for an address, `label` for people."""

    key: str
    label: str
    count: Count


@dataclass(frozen=True, slots=True)
class Waiting:
    """Days from referral to the first planning meeting."""

    meetings: int
    median: Decimal | None
    ninetieth: Decimal | None


@dataclass(frozen=True, slots=True)
class Stay:
    """Weeks from enrolment to exit, for a group of exits; `narrowed_by` is the group in an address."""

    narrowed_by: str
    label: str
    exits: int
    median: Decimal | None
    mean: Decimal | None


@dataclass(frozen=True, slots=True)
class StillThere:
    """Of placements followed up so many months after they began: how many were still there."""

    months: int
    reached: int
    still_there: int

    @property
    def percent(self) -> Decimal | None:
        """The share still at work or in studies; None where nobody was reached."""
        return percent_of(self.still_there, self.reached)


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """All key figures of one period."""

    period: Period
    enrolments: int
    participants: Count
    by_source: tuple[Split, ...]
    by_area: tuple[Split, ...]
    by_part: tuple[Split, ...]
    left: Count
    to_work: Count
    to_studies: Count
    active: Count
    counted: Count
    not_yet_counted: Count
    hours_attested: Decimal
    hours_unattested: Decimal
    waiting: Waiting
    stays: tuple[Stay, ...]
    still_there: tuple[StillThere, ...]

    @property
    def share_percent(self) -> Decimal | None:
        """Of those who left, to work or studies, in per cent; None where nobody left."""
        return percent_of(self.to_work.total + self.to_studies.total, self.left.total)

    @property
    def girls_percent(self) -> Decimal | None:
        """Girls and women among those enrolled, in per cent; None where nobody was."""
        return self.participants.girls_percent


def key_figures(facts: Facts, period: Period) -> KeyFigures:
    """Compute every figure of a period. Pure; raises ValueError for a period the facts don't cover."""
    _check_covered(facts, period)
    entered = selections.entered(facts, period)
    return KeyFigures(
        period=period,
        enrolments=len(selections.enrolments(facts, period)),
        participants=_count(entered),
        by_source=_by_source(entered),
        by_area=_by_area(entered),
        by_part=_by_part(entered),
        left=_count(selections.left(facts, period)),
        to_work=_count(selections.left_to(facts, period, CountsAs.WORK)),
        to_studies=_count(selections.left_to(facts, period, CountsAs.STUDIES)),
        active=_count(selections.active(facts, period)),
        counted=_count(selections.counted(facts, period)),
        not_yet_counted=_count(selections.not_yet_counted(facts, period)),
        hours_attested=selections.hours_in_all(facts, period, attested=True),
        hours_unattested=selections.hours_in_all(facts, period, attested=False),
        waiting=_waiting(selections.first_meetings(facts, period)),
        stays=_stays(selections.exits(facts, period)),
        still_there=_still_there(facts, period),
    )


def month_series(facts: Facts, period: Period) -> tuple[KeyFigures, ...]:
    """Compute the figures of each month of the period, from the same facts."""
    return tuple(key_figures(facts, month.period) for month in period.months())


def _check_covered(facts: Facts, period: Period) -> None:
    if period.start < facts.period.start or facts.period.end < period.end:
        raise ValueError(f"The facts cover {facts.period.label}, not {period.label}.")


def _count(spells: Iterable[Spell]) -> Count:
    return Count.of(spell.gender for spell in spells)


def _split(spells: list[Spell], key: str, label: str, belongs) -> Split:
    return Split(key, label, _count(spell for spell in spells if belongs(spell)))


def _by_source(spells: list[Spell]) -> tuple[Split, ...]:
    lines = [_split(spells, each.value, each.label, _has("source", each)) for each in Source]
    lines.append(_split(spells, "utan", "Utan remiss", _has("source", None)))
    return tuple(line for line in lines if line.count.total or line.key in ALWAYS_NAMED)


def _by_area(spells: list[Spell]) -> tuple[Split, ...]:
    lines = [_split(spells, each.value, each.label, _has("area", each)) for each in Area]
    lines.append(_split(spells, "okand", "Okänd", _has("area", None)))
    return tuple(line for line in lines if line.count.total or line.key in list(Area))


def _has(field: str, value):
    return lambda spell: getattr(spell, field) == value


def part_of(area: Area | None) -> str:
    """Return the key of the half of the municipality an area lies in."""
    return next(key for key, _, areas in PARTS if area in areas)


def _by_part(spells: list[Spell]) -> tuple[Split, ...]:
    return tuple(
        _split(spells, key, label, lambda spell, areas=areas: spell.area in areas)
        for key, label, areas in PARTS
    )


def _waiting(spells: list[Spell]) -> Waiting:
    days = [spell.days_to_meeting for spell in spells]
    return Waiting(len(days), median(days), percentile(days, 90))


def _stays(spells: list[Spell]) -> tuple[Stay, ...]:
    groups = [("", "Alla", spells)]
    for gender, label in GENDERS:
        groups.append((f"kon={gender}", label, [each for each in spells if each.gender == gender]))
    for key, label, areas in PARTS:
        groups.append((f"del={key}", label, [each for each in spells if each.area in areas]))
    for area in Area:
        inside = [each for each in spells if each.area == area]
        groups.append((f"kommundel={area.value}", area.label, inside))
    return tuple(_stay(*group) for group in groups)


def _stay(narrowed_by: str, label: str, spells: list[Spell]) -> Stay:
    days = [spell.days for spell in spells]
    return Stay(narrowed_by, label, len(days), weeks(median(days)), weeks(mean(days)))


def _still_there(facts: Facts, period: Period) -> tuple[StillThere, ...]:
    lines = []
    for months in FOLLOWED_UP_AFTER:
        asked = [
            each
            for each in facts.follow_ups
            if each.months_after == months and add_months(each.began_on, months) <= period.last
        ]
        lines.append(StillThere(months, len(asked), sum(each.is_still_there for each in asked)))
    return tuple(lines)
