"""What the list and the page of an activity show. Counts and names are those the user may see, no others."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Count, F, OuterRef, Subquery

from casework.activities.calendar import monday_of
from casework.models import Activity, Attendance, Session, SessionStatus, SignUp, SignUpStatus
from core.swedish import WEEKDAYS

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list."""

    activity: Activity
    next: Session | None
    places: int


def in_order(activities, day: date):
    """Activities by their next session, those without one last, in order of name."""
    coming = Session.objects.filter(
        activity=OuterRef("pk"), status=SessionStatus.PLANNED, held_on__gte=day
    ).order_by("held_on", "starts_at", "pk")
    return activities.annotate(
        next_on=Subquery(coming.values("held_on")[:1]), next_pk=Subquery(coming.values("pk")[:1])
    ).order_by(F("next_on").asc(nulls_last=True), "name", "pk")


def rows(activities, user) -> list[Row]:
    """Return the lines of a page of `in_order`. Two queries."""
    activities = list(activities)
    sessions = Session.objects.in_bulk([each.next_pk for each in activities if each.next_pk])
    taken = (
        SignUp.objects.visible_to(user)
        .filter(activity__in=activities, status=SignUpStatus.PLACE)
        .order_by()
        .values_list("activity")
        .annotate(count=Count("pk"))
    )
    places = dict(taken)
    return [Row(each, sessions.get(each.next_pk), places.get(each.pk, 0)) for each in activities]


@dataclass(frozen=True, slots=True)
class Roll:
    """Who has a place and who waits for one, in the order they came; only those the user may see."""

    places: list[SignUp]
    waiting: list[SignUp]

    @property
    def people(self) -> list[int]:
        """Everybody shown, for the access log."""
        return [each.participant_id for each in (*self.places, *self.waiting)]


def roll_of(activity: Activity, user) -> Roll:
    """Return who is signed up. Two queries."""
    sign_ups = SignUp.objects.visible_to(user).filter(activity=activity).open()
    found = list(
        sign_ups.select_related("participant").prefetch_related("participant__protections")
    )
    by_name = sorted(found, key=lambda each: each.participant.sort_name)
    return Roll(
        [each for each in by_name if each.status == SignUpStatus.PLACE],
        [each for each in found if each.status == SignUpStatus.WAITING],
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A session as the page of its activity shows it; of a talk, who is to come."""

    session: Session
    participants: list = field(default_factory=list)

    @property
    def weekday(self) -> str:
        """The day of the week: Måndag."""
        return WEEKDAYS[self.session.held_on.weekday()].capitalize()


@dataclass(frozen=True, slots=True)
class Week:
    """The sessions of a week."""

    monday: date
    lines: list[Line]


def weeks(lines: list[Line]) -> list[Week]:
    """Group lines, in order of day, by week. Pure."""
    by_week = groupby(lines, key=lambda line: monday_of(line.session.held_on))
    return [Week(monday, list(group)) for monday, group in by_week]


def lines(sessions, user, *, named: bool) -> list[Line]:
    """Return sessions as lines; `named` with those on their rosters. Two queries more when named."""
    sessions = list(sessions)
    people = _people(sessions, user) if named else {}
    return [Line(each, people.get(each.pk, [])) for each in sessions]


def _people(sessions, user) -> dict[int, list]:
    rows = Attendance.objects.visible_to(user).filter(session__in=sessions)
    rows = rows.select_related("participant").prefetch_related("participant__protections")
    found: dict[int, list] = {}
    for row in rows.order_by("participant__sort_name", "pk"):
        found.setdefault(row.session_id, []).append(row.participant)
    return found
