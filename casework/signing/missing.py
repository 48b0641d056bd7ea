"""Who must still sign: hours at risk per participant, with the days that are left to save them.

    rows = rows_for(user, day)                  # everybody the user may see, the most urgent first

One aggregated query whatever the number of people and rows, and a fixed number of others.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import BooleanField, Count, ExpressionWrapper, Min, Q, Sum, TextField
from django.db.models.functions import Cast, Substr

from accounts.models import User
from casework.models import Attendance, Attestation, AttestationMethod, EsfProject
from casework.models.project import due_on
from casework.signing.when import Look, days_left, deadline_look, last_sunday
from casework.sums import hours as in_words
from core.periods import Month
from participants.enums import Category, Function
from participants.models import Assignment, Participant

NOTHING = Decimal(0)
# The month of a day, as 2026-11: alike on both databases, and quicker than Django's own on SQLite.
IN_MONTH = Substr(Cast("held_on", TextField()), 1, 7)
SIGNED_BESIDE = ExpressionWrapper(
    Q(attestation__countersignature__isnull=False), output_field=BooleanField()
)


@dataclass(slots=True)
class MonthOfMissing:
    """A person's hours in one month: those nobody signed for, and digital ones that don't count yet."""

    month: Month
    hours: Decimal = NOTHING
    occasions: int = 0
    oldest: date | None = None
    # Signed on a screen, but the responsible person has not signed beside it.
    to_countersign: Decimal = NOTHING
    # Signed in a way that the project's rules do not count.
    not_counting: Decimal = NOTHING


@dataclass(slots=True)
class Row:
    """One participant who must still sign, or whose signature does not count yet."""

    participant_id: int
    day: date
    months: list[MonthOfMissing] = field(default_factory=list)
    contact: User | None = None

    @property
    def hours(self) -> Decimal:
        """Hours that nobody has signed for."""
        return sum((each.hours for each in self.months), NOTHING)

    @property
    def occasions(self) -> int:
        """On how many occasions."""
        return sum(each.occasions for each in self.months)

    @property
    def oldest(self) -> date:
        """The oldest of those days."""
        return min(each.oldest for each in self.months)

    @property
    def days_left(self) -> int:
        """Days until the month of the oldest day is due; negative when that has passed."""
        return days_left(self.oldest, self.day)

    @property
    def days_to_next(self) -> int | None:
        """Days until the first deadline that can still be met; None when all have passed."""
        ahead = (days_left(each.oldest, self.day) for each in self.months)
        return min((days for days in ahead if days >= 0), default=None)

    @property
    def has_passed(self) -> bool:
        """Whether the oldest month was due already, so that it must be sent anew."""
        return self.days_left < 0

    @property
    def deadline(self) -> Look:
        """The first deadline that can still be met, or that all have passed, as a tag."""
        return deadline_look(self.days_left if self.days_to_next is None else self.days_to_next)

    @property
    def in_words(self) -> str:
        """The hours in words."""
        return in_words(self.hours)

    @property
    def flags(self) -> list[str]:
        """What was signed on a screen and does not count yet, in words."""
        waits = sum((each.to_countersign for each in self.months), NOTHING)
        other = sum((each.not_counting for each in self.months), NOTHING)
        found = [f"{in_words(waits)} h väntar på kontrasignatur"] if waits else []
        return found + ([f"{in_words(other)} h är digitalt och räknas inte"] if other else [])

    @property
    def order(self) -> tuple:
        """What can still be saved comes first, the fewest days before; then the most hours."""
        days = self.days_to_next
        return days is None, days or 0, -self.hours, self.participant_id


def rows_for(user, day: date, *, people: Iterable | None = None) -> list[Row]:
    """Return everybody the user may see who had not signed by the end of last week, in order.

    `people` (a queryset or keys) narrows whom it asks about. Six queries at most.
    """
    visible = Participant.objects.visible_to(user, Category.ATTENDANCE, day=day)
    if people is not None:
        visible = visible.filter(pk__in=people)
    found = _unsigned(visible, day)
    _add_not_counting(found, visible, day)
    contacts = _contacts(user, found, day)
    rows = [
        Row(person, day, sorted(months.values(), key=lambda each: each.month), contacts.get(person))
        for person, months in found.items()
    ]
    return sorted(rows, key=lambda row: row.order)


def own_ids(user, day: date) -> set[int]:
    """Return the keys of those the user is assigned to. One query."""
    own = Assignment.objects.current_on(day).filter(user=user)
    return set(own.values_list("enrolment__participant", flat=True))


def contact_of(user, day: date) -> set[int]:
    """Return the keys of those the user is main contact of. One query."""
    own = Assignment.objects.current_on(day).filter(user=user, function=Function.MAIN_CONTACT)
    return set(own.values_list("enrolment__participant", flat=True))


def of_month(rows: list[Row], month: Month) -> list[Row]:
    """Return the rows with nothing but one month in them, in order. No query."""
    narrowed = [
        Row(row.participant_id, row.day, kept, row.contact)
        for row in rows
        if (kept := [each for each in row.months if each.month == month])
    ]
    return sorted(narrowed, key=lambda row: row.order)


@dataclass(frozen=True, slots=True)
class Total:
    """Hours at risk in one month, of how many people, and when it is due."""

    month: Month
    hours: Decimal
    people: int
    day: date

    @property
    def due_on(self) -> date:
        """The last day to send the month."""
        return due_on(self.month)

    @property
    def deadline(self) -> Look:
        """The days left, as a tag."""
        return deadline_look((self.due_on - self.day).days)

    @property
    def has_passed(self) -> bool:
        """Whether the month can only be sent anew."""
        return self.due_on < self.day

    @property
    def in_words(self) -> str:
        """The hours in words."""
        return in_words(self.hours)


def totals(rows: list[Row], day: date) -> list[Total]:
    """Return the hours at risk month by month, the earliest first. No query."""
    by_month: dict[Month, list[Decimal]] = {}
    for row in rows:
        for each in row.months:
            if each.hours:
                by_month.setdefault(each.month, []).append(each.hours)
    return [Total(month, sum(found), len(found), day) for month, found in sorted(by_month.items())]


@dataclass(frozen=True, slots=True)
class OfContact:
    """What one main contact's participants have not signed."""

    contact: User | None
    people: int
    hours: Decimal
    deadline: Look

    @property
    def in_words(self) -> str:
        """The hours in words."""
        return in_words(self.hours)


def by_contact(rows: list[Row]) -> list[OfContact]:
    """Return the rows summed by main contact, the most urgent first. No query."""
    groups: dict[int | None, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.contact.pk if row.contact else None, []).append(row)
    return [
        OfContact(
            found[0].contact,
            len(found),
            sum((row.hours for row in found), NOTHING),
            found[0].deadline,
        )
        for found in groups.values()
    ]


def _unsigned(visible, day) -> dict[int, dict[Month, MonthOfMissing]]:
    """The one query over attendance: what nobody signed for, by person and month."""
    rows = Attendance.objects.unattested().filter(
        held_on__lte=last_sunday(day), participant__in=visible
    )
    found: dict[int, dict[Month, MonthOfMissing]] = {}
    for person, month, hours, occasions, oldest in (
        rows.values("participant", month=IN_MONTH)
        .annotate(sum=Sum("hours"), count=Count("pk"), oldest=Min("held_on"))
        .order_by()
        .values_list("participant", "month", "sum", "count", "oldest")
    ):
        month = Month.parse(month)
        found.setdefault(person, {})[month] = MonthOfMissing(month, exact(hours), occasions, oldest)
    return found


def _add_not_counting(found, visible, day) -> None:
    """Add what was signed on a screen and does not count by the projects' rules. Two or three queries."""
    projects = list(EsfProject.objects.all())
    # As a list of keys first: most of what is signed is signed on paper.
    digital = Attestation.objects.exclude(method=AttestationMethod.PAPER).values("pk")
    rows = Attendance.objects.taken_part().filter(
        held_on__lte=last_sunday(day), participant__in=visible, attestation__in=digital
    )
    signed = _by_method(rows)
    counting = _by_method(rows.counting(projects)) if signed else {}
    current = next((each for each in projects if _holds(each, day)), None)
    counted = set(current.methods) if current and current.needs_countersignature else set()
    for key, (hours, oldest) in signed.items():
        person, month, method, countersigned = key
        rest = hours - counting.get(key, (NOTHING, None))[0]
        if not rest:
            continue
        kept = found.setdefault(person, {}).setdefault(month, MonthOfMissing(month))
        kept.oldest = min(filter(None, (kept.oldest, oldest)))
        if method in counted and not countersigned:
            kept.to_countersign += rest
        else:
            kept.not_counting += rest


def _holds(project, day) -> bool:
    return project.valid_from <= day and (project.valid_until is None or day <= project.valid_until)


def _by_method(rows) -> dict[tuple, tuple[Decimal, date]]:
    grouped = (
        rows.values(
            "participant",
            "attestation__method",
            is_signed=SIGNED_BESIDE,
            month=IN_MONTH,
        )
        .annotate(sum=Sum("hours"), oldest=Min("held_on"))
        .order_by()
    )
    return {
        (
            each["participant"],
            Month.parse(each["month"]),
            each["attestation__method"],
            each["is_signed"],
        ): (exact(each["sum"]), each["oldest"])
        for each in grouped
    }


def _contacts(user, found, day) -> dict[int, User]:
    """Return each person's main contact on the day, where the plan may be seen. Two queries."""
    people = Participant.objects.visible_to(user, Category.PLAN, day=day)
    contacts = Assignment.objects.current_on(day).filter(
        function=Function.MAIN_CONTACT, enrolment__participant__in=people
    )
    contacts = contacts.order_by("enrolment__starts_on", "pk")
    latest = dict(contacts.values_list("enrolment__participant", "user"))
    latest = {person: contact for person, contact in latest.items() if person in found}
    users = User.objects.in_bulk(set(latest.values()))
    return {person: users[contact] for person, contact in latest.items()}


def exact(hours) -> Decimal:
    """Return a sum as the decimal it is: SQLite sums decimals as floats."""
    return Decimal(str(hours)).quantize(Decimal("0.01"))
