"""Who and what each figure counts (reporting.md 1): pure, and the same for a number and for its rows.

Each function returns spells in order of start and key. A function "per person" returns one spell for
each: the one that decides how the person is split.
"""

from decimal import Decimal

from core.periods import Period
from participants.enums import CountsAs
from reports.facts import Facts, Spell


def enrolments(facts: Facts, period: Period) -> list[Spell]:
    """Enrolments that start in the period; somebody who returns has several."""
    return [spell for month in period.months() for spell in facts.started.get(month, ())]


def entered(facts: Facts, period: Period) -> list[Spell]:
    """Per person with an enrolment that starts in the period: the first such enrolment."""
    return _first_each(enrolments(facts, period))


def exits(facts: Facts, period: Period) -> list[Spell]:
    """Enrolments that end in the period."""
    ended = [spell for month in period.months() for spell in facts.ended.get(month, ())]
    return sorted(ended, key=lambda spell: (spell.starts_on, spell.pk))


def left(facts: Facts, period: Period) -> list[Spell]:
    """Per person with an exit in the period: the enrolment of the last such exit."""
    last: dict[int, Spell] = {}
    for spell in sorted(exits(facts, period), key=lambda spell: (spell.ended_on, spell.pk)):
        last[spell.person] = spell
    return sorted(last.values(), key=lambda spell: (spell.starts_on, spell.pk))


def left_to(facts: Facts, period: Period, outcome: CountsAs) -> list[Spell]:
    """Of those who left: the ones whose last exit counts as this outcome."""
    return [spell for spell in left(facts, period) if spell.counts_as == outcome]


def active(facts: Facts, period: Period) -> list[Spell]:
    """Per person enrolled at the end of the last day: started by then, and not ended or ended later."""
    day = period.last
    return _first_each(
        spell
        for spell in facts.spells
        if spell.starts_on <= day and (spell.ended_on is None or spell.ended_on > day)
    )


def newcomers(facts: Facts, period: Period) -> list[Spell]:
    """Per person whose very first enrolment starts in the period: that enrolment."""
    return [
        spell
        for spell in enrolments(facts, period)
        if facts.first_start[spell.person] == spell.starts_on
    ]


def counted(facts: Facts, period: Period) -> list[Spell]:
    """Of the newcomers: those with at least one attested attendance dated in the period."""
    attested = attested_people(facts, period)
    return [spell for spell in newcomers(facts, period) if spell.person in attested]


def not_yet_counted(facts: Facts, period: Period) -> list[Spell]:
    """The rest of the newcomers."""
    attested = attested_people(facts, period)
    return [spell for spell in newcomers(facts, period) if spell.person not in attested]


def attested_people(facts: Facts, period: Period) -> set[int]:
    """People with at least one attested attendance dated in the period."""
    return set().union(*(facts.attested_people.get(month, ()) for month in period.months()))


def first_meetings(facts: Facts, period: Period) -> list[Spell]:
    """Enrolments whose first planning meeting after the referral was held in the period."""
    met = [spell for month in period.months() for spell in facts.met.get(month, ())]
    return sorted(met, key=lambda spell: (spell.starts_on, spell.pk))


def hours_in_all(facts: Facts, period: Period, *, attested: bool) -> Decimal:
    """The sum of attested, or of not attested, hours in the period, whoever they belong to."""
    sums = (facts.hour_sums.get((month, attested), Decimal(0)) for month in period.months())
    return sum(sums, Decimal(0))


def hours_by_person(facts: Facts, period: Period, *, attested: bool) -> dict[int, Decimal]:
    """Each person's sum of attested, or of not attested, hours in the period."""
    sums: dict[int, Decimal] = {}
    for month in period.months():
        for row in facts.hours.get(month, ()):
            if row.is_attested == attested:
                sums[row.person] = sums.get(row.person, Decimal(0)) + row.hours
    return sums


def _first_each(spells) -> list[Spell]:
    first: dict[int, Spell] = {}
    for spell in spells:
        first.setdefault(spell.person, spell)
    return list(first.values())
