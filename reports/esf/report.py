"""One month as it is reported: its rows, what the checks say of them, and what the lost hours are worth."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.periods import Month
from reports.esf.calendar import Calendar
from reports.esf.checks import Case, Finding, Reported, check, errors
from reports.esf.facts import EsfFacts
from reports.esf.models import EsfRow, Rate
from reports.esf.participation import MonthRows, reported_number
from reports.financing.loading import value_of


@dataclass(frozen=True, slots=True)
class MonthReport:
    """Everything the page and the files of a month show.

    `values` are kronor of lost hours by person, where rates tell them.
    """

    now: MonthRows
    findings: tuple[Finding, ...]
    facts: EsfFacts
    values: dict[int, Decimal]

    @property
    def month(self) -> Month:
        """The month."""
        return self.now.month

    @property
    def project(self) -> str:
        """The project's name, as it stands in the file's name."""
        project = self.facts.project_on(self.month.last)
        return project.name if project else "BASUN"

    @property
    def errors(self) -> list[Finding]:
        """What stops the lock."""
        return errors(self.findings)

    @property
    def lost_value(self) -> Decimal | None:
        """What the lost hours are worth in kronor, as far as it is known; None when nothing is."""
        return sum(self.values.values(), Decimal(0)) if self.values else None

    def number_of(self, person: int) -> str:
        """Return a person's number as it is reported."""
        return reported_number(self.facts.people[person], self.facts.project_on(self.month.last))


def load_report(
    calendar: Calendar, month: Month, *, remade_from: Month | None = None
) -> MonthReport:
    """Check a month of the calendar. Two queries, and five more when there are rates.

    `remade_from` is the first month of a chain that is being made: what was locked from there on is
    about to be replaced, and is not held against the month.
    """
    each = calendar.get(month)
    case = _case(calendar, month, remade_from)
    return MonthReport(each.now, check(case), calendar.facts, _values(month))


def _case(calendar: Calendar, month: Month, remade_from: Month | None) -> Case:
    facts, rows = calendar.facts, calendar.get(month).now.rows
    first, last = _days_with_hours(facts, month)
    before = remade_from or month
    stale = next((each.month for each in calendar.chain if each.month < before), None)
    unlocked = calendar.unlocked_before.get(before)
    return Case(
        month=month,
        rows=rows,
        project_starts_on=facts.projects[0].valid_from if facts.projects else None,
        unlocked_before=unlocked,
        stale_before=stale,
        births={row.person: facts.people[row.person].birth_date for row in rows},
        first_hours=first,
        last_hours=last,
        reported=_reported(calendar, {row.person for row in rows}, before),
    )


def _days_with_hours(facts: EsfFacts, month: Month) -> tuple[dict[int, date], dict[int, date]]:
    first: dict[int, date] = {}
    last: dict[int, date] = {}
    for each in sorted(facts.sums):
        if each > month:
            break
        for person, sums in facts.sums[each].items():
            if sums.last_counting:
                first.setdefault(person, sums.first_counting)
                last[person] = sums.last_counting
    return first, last


def _reported(calendar: Calendar, people: set[int], before: Month) -> dict[int, list[Reported]]:
    versions = [each.version.pk for each in calendar.months if each.version and each.month < before]
    found = defaultdict(list)
    if not versions:
        return found
    rows = EsfRow.objects.filter(version__in=versions).order_by("version__month")
    fields = ("participant", "version__month", "number", "starts_on", "ended_on", "hours")
    for person, month, *facts in rows.values_list(*fields):
        if person in people:
            found[person].append(Reported(Month.parse(month), *facts))
    return found


def _values(month: Month) -> dict[int, Decimal]:
    if not Rate.objects.exists():
        return {}
    financing = value_of(month.period)
    return {person: each.lost.value for person, each in financing.people.items() if each.lost.value}
