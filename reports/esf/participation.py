"""Who a month's file holds, and what each row says (reporting.md 2, rules 1 to 6): pure.

One participation per person and project. It starts with the first enrolment; it has ended when nobody
is enrolled at the end of the month, and a return takes the end away. What happens after a month is not
in that month's report.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.identity_numbers import format_number
from core.periods import Month
from participants.enums import Gender
from reports.esf.facts import NOTHING, EsfFacts, Person, Stay, Sums
from reports.measures import Count

# E-mail and phone were asked for up to this month (rule 6).
LAST_WITH_CONTACT = Month(2019, 7)
UNKNOWN = "okänt"
# Stands for both names of somebody with protected identity.
PROTECTED = "Skyddad"


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One participation as the file tells it. `person` is a key, `gender` is for the counts."""

    person: int
    number: str
    last_name: str
    first_name: str
    email: str
    phone: str
    starts_on: date | None
    ended_on: date | None
    hours: Decimal
    gender: str = ""
    is_coded: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """A person's hours of the month that do not count, and how many of those are signed all the same."""

    person: int
    hours: Decimal
    signed: Decimal


@dataclass(frozen=True, slots=True)
class MonthRows:
    """A month as it stands in the register now."""

    month: Month
    rows: tuple[MonthRow, ...]
    lost: tuple[Lost, ...]
    attested_hours: Decimal
    lost_hours: Decimal
    participants: Count
    counted: Count

    @property
    def sha256(self) -> str:
        """The hash of what is compared with the version that was locked."""
        return digest(
            (row.person, row.number, row.starts_on, row.ended_on, row.hours) for row in self.rows
        )


def digest(rows: Iterable[tuple]) -> str:
    """Return the SHA-256 of rows: (person, number, start, end, hours) each, in any order. Pure.

    Names, e-mail and phone are left out: a new phone must not send three years again.
    """
    lines = sorted(
        [person, number, str(start or ""), str(end or ""), f"{hours:.2f}"]
        for person, number, start, end, hours in rows
    )
    text = json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def all_months(facts: EsfFacts, months: Iterable[Month]) -> dict[Month, MonthRows]:
    """Compute several months from the same facts in one pass over the people."""
    starting, ending = defaultdict(set), defaultdict(set)
    for person, stays in facts.stays.items():
        starting[Month.of(stays[0].starts_on)].add(person)
        for stay in stays:
            if stay.ended_on:
                ending[Month.of(stay.ended_on)].add(person)
    return {month: _month(facts, month, starting[month], ending[month]) for month in months}


def _month(facts: EsfFacts, month: Month, starting: set[int], ending: set[int]) -> MonthRows:
    sums = facts.sums.get(month, {})
    ended = {person for person in ending if end_as_of(facts.stays[person], month)}
    worked = {person for person, each in sums.items() if each.counting}
    rows = [
        _row(facts, month, person, sums.get(person, Sums())) for person in starting | ended | worked
    ]
    rows.sort(key=lambda row: (row.number, row.person))
    lost = [
        Lost(who, each.lost, each.attested - each.counting)
        for who, each in sums.items()
        if each.lost
    ]
    signed = {person for person, each in sums.items() if each.attested}
    return MonthRows(
        month=month,
        rows=tuple(rows),
        lost=tuple(sorted(lost, key=lambda each: (-each.hours, each.person))),
        attested_hours=sum((each.counting for each in sums.values()), NOTHING),
        lost_hours=sum((each.lost for each in sums.values()), NOTHING),
        participants=Count.of(row.gender for row in rows),
        counted=Count.of(facts.people[person].gender for person in starting & signed),
    )


def end_as_of(stays: tuple[Stay, ...], month: Month) -> date | None:
    """Return the participation's end as it was when the month ended; None while enrolled then."""
    last = month.last
    begun = [stay for stay in stays if stay.starts_on <= last]
    if not begun or any(stay.ended_on is None or stay.ended_on > last for stay in begun):
        return None
    return max(stay.ended_on for stay in begun)


def _row(facts: EsfFacts, month: Month, key: int, sums: Sums) -> MonthRow:
    person, stays = facts.people[key], facts.stays.get(key, ())
    email, phone = contact(person, month)
    names = (PROTECTED, PROTECTED) if person.is_protected else (person.last_name, person.first_name)
    return MonthRow(
        key,
        reported_number(person, facts.project_on(month.last)),
        *names,
        email,
        phone,
        stays[0].starts_on if stays else None,
        end_as_of(stays, month),
        sums.counting,
        person.gender,
        person.is_protected,
    )


def reported_number(person: Person, project) -> str:
    """Return the number as the file has it: of a protected person the birth date and the project's code.

    The code is the project's as it holds at the end of the month; outside any project the usual one.
    """
    if not person.is_protected:
        return format_number(person.number) if person.number else ""
    return f"{person.birth_date:%Y%m%d}-{protected_code(person.gender, project)}"


def protected_code(gender: str, project) -> str:
    """Return what stands in place of a protected person's last four digits (rule 5)."""
    if gender == Gender.FEMALE:
        return project.code_female if project else "Tf29"
    return project.code_male if project else "Tf19"


def contact(person: Person, month: Month) -> tuple[str, str]:
    """Return e-mail and phone as the file has them: asked for until July 2019, never of the protected."""
    if person.is_protected or month > LAST_WITH_CONTACT:
        return UNKNOWN, UNKNOWN
    return person.email, person.phone
