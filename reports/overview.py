"""A period seen in full: its figures, its months, the year and the project so far, and the goals."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Min, QuerySet

from core.periods import Month, Period
from participants.models import Enrolment, Participant
from reports.facts import Facts, load_facts
from reports.goals import Goals, goals_on
from reports.key_figures import KeyFigures, key_figures, month_series

# A chart of fewer months says nothing; a short period is shown with the months that led up to it.
SHORT = 6
TREND_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything a page or a document about a period shows; `facts` are for the rows behind it."""

    facts: Facts
    figures: KeyFigures
    months: tuple[KeyFigures, ...]
    trend: tuple[KeyFigures, ...]
    year: KeyFigures
    project: KeyFigures
    goals: Goals

    @property
    def period(self) -> Period:
        """The period it is about."""
        return self.figures.period

    @property
    def volume_goal(self) -> Decimal | None:
        """The goal for counted participants: of the period where it is monthly, else of the project."""
        if self.goals.counted is None or not self.goals.counted_is_monthly:
            return self.goals.counted
        return self.goals.counted * len(self.months)

    def of_project(self) -> "Overview":
        """The same seen for the whole project up to the period's end, from the same facts. No query."""
        return overview(self.facts, self.project.period, self.project.period, self.goals)


def load_overview(participants: QuerySet[Participant], period: Period) -> Overview:
    """Read and compute everything about a period. Six queries, however many rows and months."""
    year = Period(Month(period.end.year, 1), period.end)
    project = project_to_date(period.end)
    start = min(period.start, year.start, project.start)
    facts = load_facts(participants, Period(start, period.end))
    return overview(facts, period, project, goals_on(period.last))


def overview(facts: Facts, period: Period, project: Period, goals: Goals) -> Overview:
    """Compute everything about a period. Pure."""
    months = month_series(facts, period)
    return Overview(
        facts=facts,
        figures=key_figures(facts, period),
        months=months,
        trend=months if len(months) >= SHORT else month_series(facts, _trend(period, project)),
        year=key_figures(facts, Period(Month(period.end.year, 1), period.end)),
        project=key_figures(facts, project),
        goals=goals,
    )


def project_to_date(end: Month) -> Period:
    """Return the months from the very first enrolment to this one. One query."""
    return Period(min(first_month() or end, end), end)


def first_month() -> Month | None:
    """Return the month of the very first enrolment; None before there is one. One query."""
    first = Enrolment.objects.aggregate(first=Min("starts_on"))["first"]
    return Month.of(first) if first else None


def _trend(period: Period, project: Period) -> Period:
    start = max(period.end + (1 - TREND_MONTHS), project.start)
    return Period(min(start, period.start), period.end)
