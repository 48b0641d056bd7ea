"""Which sessions a day has, which wait to be closed, and how far each has come."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from accounts.roles import Scope
from casework.models import ActivityLeader, Attendance, AttendanceStatus, Session, SessionStatus
from casework.rollcall.roster import Counts

# As many as somebody can take in; the oldest first.
MOST = 50
PRESENT, ABSENT, EXPECTED = (
    AttendanceStatus.PRESENT,
    AttendanceStatus.ABSENT,
    AttendanceStatus.EXPECTED,
)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session with its counts, of the people the user sees."""

    session: Session
    counts: Counts
    is_mine: bool

    @property
    def remains(self) -> bool:
        """Whether it is closed although somebody the user sees is still expected."""
        return self.session.status == SessionStatus.HELD and self.counts.expected > 0

    @property
    def leaders(self) -> list[str]:
        """Who leads it."""
        return [str(each) for each in self.session.activity.leaders.all()]


def of_day(user, day: date) -> list[SessionLine]:
    """Return the day's sessions, the user's own first. Four queries."""
    lines = _lines(user, _for_list().filter(held_on=day).order_by("starts_at", "pk"))
    return sorted(lines, key=lambda line: not line.is_mine)


def to_close(user, day: date) -> list[SessionLine]:
    """Return what is not finished before a day, the oldest first: sessions to close, and those closed
    with somebody the user sees still expected.

    Own ones and those that nobody here leads; for those who see every file, everybody's. Four queries.
    """
    open_ones = Session.objects.filter(status=SessionStatus.PLANNED, held_on__lt=day)
    if user.scope != Scope.ALL:
        open_ones = open_ones.filter(_led_by(user) | ~_led_by_anybody())
    expected = Attendance.objects.visible_to(user).filter(status=EXPECTED)
    remaining = Q(status=SessionStatus.HELD, pk__in=expected.values("session"))
    wanted = Q(pk__in=open_ones.values("pk")) | remaining
    sessions = _for_list().filter(wanted, held_on__lte=day)
    return _lines(user, sessions.order_by("held_on", "starts_at", "pk")[:MOST])


def _for_list():
    return Session.objects.select_related("activity").prefetch_related("activity__leaders__user")


def _led_by_anybody():
    return Exists(ActivityLeader.objects.filter(activity=OuterRef("activity"), user__isnull=False))


def _led_by(user):
    return Exists(ActivityLeader.objects.filter(activity=OuterRef("activity"), user=user))


def _lines(user, sessions) -> list[SessionLine]:
    sessions = list(sessions)
    counted = _counts(user, sessions)
    return [
        SessionLine(
            session,
            counted.get(session.pk, Counts(0, 0, 0, 0, 0)),
            any(leader.user_id == user.pk for leader in session.activity.leaders.all()),
        )
        for session in sessions
    ]


def _counts(user, sessions) -> dict[int, Counts]:
    rows = Attendance.objects.visible_to(user).filter(session__in=sessions).order_by()
    found = rows.values("session").annotate(
        here=Count("pk", filter=Q(status=PRESENT)),
        absent=Count("pk", filter=Q(status=ABSENT)),
        expected=Count("pk", filter=Q(status=EXPECTED)),
        signed=Count("pk", filter=Q(status=PRESENT, attestation__isnull=False)),
        no_reason=Count("pk", filter=Q(status=ABSENT, absence_reason="")),
    )
    return {each.pop("session"): Counts(**each) for each in found}
