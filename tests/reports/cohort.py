"""Small invented cohorts, written so that the figures can be counted by hand."""

from datetime import date
from decimal import Decimal

from core.periods import Month, Period
from participants.enums import Area, CountsAs, ExitReason
from referrals.enums import Source
from reports.facts import Facts, Hours, Spell, arrange

MARCH = Month(2019, 3).period
SPRING = Period(Month(2019, 3), Month(2019, 5))
YEARS = Period(Month(2018, 1), Month(2020, 12))
GIRL, BOY = "F", "M"
_keys = iter(range(1, 1_000_000))


def spell(
    person: int,
    starts_on: str,
    ended_on: str | None = None,
    reason: ExitReason = ExitReason.OTHER,
    *,
    gender: str = GIRL,
    source: Source | None = Source.EMPLOYMENT_SERVICE,
    area: Area | None = Area.ALBY,
    referred_on: str | None = None,
    met_on: str | None = None,
) -> Spell:
    """One enrolment of a person, with days as text."""
    return Spell(
        pk=next(_keys),
        person=person,
        gender=gender,
        starts_on=date.fromisoformat(starts_on),
        ended_on=day(ended_on),
        counts_as=reason.counts_as if ended_on else None,
        source=source,
        area=area,
        referred_on=day(referred_on),
        met_on=day(met_on),
    )


def day(text: str | None) -> date | None:
    """Read a day, or nothing."""
    return date.fromisoformat(text) if text else None


def hours(person: int, month: str, amount: str, *, attested: bool = True) -> Hours:
    """A person's hours of a month."""
    return Hours(person, Month.parse(month), attested, Decimal(amount))


def facts(*rows, follow_ups=()) -> Facts:
    """Arrange spells and hours as they would come from the database, for the years 2018 to 2020."""
    spells = [row for row in rows if isinstance(row, Spell)]
    return arrange(YEARS, spells, [row for row in rows if isinstance(row, Hours)], follow_ups)


__all__ = ["BOY", "CountsAs", "GIRL", "MARCH", "SPRING", "YEARS", "day", "facts", "hours", "spell"]
