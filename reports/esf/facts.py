"""What the months are made of, read from the database once and kept flat.

Six queries, however many people, rows of attendance and months: a calendar of three years costs as much
as one month. Everybody is read, also people with protected identity: the report is about all of them,
and what of a person may stand in a file or on a page is decided where it is written.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import CharField, Max, Min, Q, Sum
from django.db.models.functions import Cast, Substr

from casework.models import Attendance, EsfProject
from core.periods import Month
from participants.models import Enrolment, NumberRecord, Participant, Protection

HUNDREDTH = Decimal("0.01")
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Person:
    """Who a row is about. `number` is twelve digits, or "" when there is none."""

    pk: int
    first_name: str
    last_name: str
    email: str
    phone: str
    birth_date: date
    gender: str
    number: str = ""
    is_protected: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """One enrolment, as days."""

    starts_on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """A person's hours of one month: those that count, those attested in any way, and all of them."""

    counting: Decimal = NOTHING
    attested: Decimal = NOTHING
    every: Decimal = NOTHING
    first_counting: date | None = None
    last_counting: date | None = None

    @property
    def lost(self) -> Decimal:
        """Hours the ESF does not pay for, as things stand."""
        return self.every - self.counting


@dataclass(frozen=True)
class EsfFacts:
    """Everything the months are computed from; stays are in order of start."""

    people: dict[int, Person] = field(default_factory=dict)
    stays: dict[int, tuple[Stay, ...]] = field(default_factory=dict)
    sums: dict[Month, dict[int, Sums]] = field(default_factory=dict)
    projects: tuple[EsfProject, ...] = ()

    def project_on(self, day: date) -> EsfProject | None:
        """Return the project's rules that hold on a day, or None. No query."""
        for each in reversed(self.projects):
            if each.valid_from <= day and (each.valid_until is None or day <= each.valid_until):
                return each
        return None


def load_facts() -> EsfFacts:
    """Read everything. Six queries."""
    projects = tuple(EsfProject.objects.order_by("valid_from", "pk"))
    return EsfFacts(_people(), _stays(), _sums(projects), projects)


def _people() -> dict[int, Person]:
    numbers = dict(
        NumberRecord.objects.filter(is_current=True).values_list("participant", "number")
    )
    protected = set(Protection.objects.filter(ended_at=None).values_list("participant", flat=True))
    fields = ("pk", "first_name", "last_name", "email", "phone", "birth_date", "legal_gender")
    return {
        row[0]: Person(*row, numbers.get(row[0], ""), row[0] in protected)
        for row in Participant.objects.order_by().values_list(*fields)
    }


def _stays() -> dict[int, tuple[Stay, ...]]:
    found = defaultdict(list)
    rows = Enrolment.objects.order_by("starts_on", "pk")
    for person, starts_on, ended_on in rows.values_list("participant", "starts_on", "ended_on"):
        found[person].append(Stay(starts_on, ended_on))
    return {person: tuple(stays) for person, stays in found.items()}


def _sums(projects) -> dict[Month, dict[int, Sums]]:
    # The beginning of the date, 2019-03, as in reports.facts: TruncMonth is slow on SQLite. What counts is
    # a condition and not `counting()`, which would read the rows twice.
    month = Substr(Cast("held_on", CharField()), 1, 7)
    counts = reduce(or_, (project.counts() for project in projects), Q(pk__in=[]))
    rows = (
        Attendance.objects.taken_part()
        .order_by()
        .annotate(month=month)
        .values_list("participant_id", "month")
        .annotate(
            counting=Sum("hours", filter=counts),
            attested=Sum("hours", filter=Q(attestation__isnull=False)),
            every=Sum("hours"),
            first_counting=Min("held_on", filter=counts),
            last_counting=Max("held_on", filter=counts),
        )
    )
    found: dict[str, dict[int, Sums]] = defaultdict(dict)
    for person, text, counting, attested, every, first, last in rows:
        sums = Sums(_hours(counting), _hours(attested), _hours(every), first, last)
        found[text][person] = sums
    return {Month.parse(text): people for text, people in found.items()}


def _hours(value) -> Decimal:
    # SQLite sums decimals as floats; hours have two decimals.
    return value.quantize(HUNDREDTH) if value else NOTHING
