"""A participant's week: what is planned, what they took part in, what was cancelled."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.db.models import Q

from casework.activities.calendar import holiday_name
from casework.models import (
    Attendance,
    AttendanceStatus,
    Session,
    SessionStatus,
    SignUp,
    SignUpStatus,
)
from core.swedish import number
from participants.pages import Look


@dataclass(frozen=True, slots=True)
class Item:
    """One session of the person's week, and how it went."""

    session: Session
    look: Look
    note: str = ""

    @property
    def at(self) -> tuple:
        """What items are sorted by: those without times last."""
        return (self.session.starts_at or time.max, self.session.pk)


@dataclass(slots=True)
class Day:
    """A day of the week, with its holiday's name if it has one."""

    on: date
    holiday: str
    items: list[Item] = field(default_factory=list)


def days_of(participant, monday: date, today: date) -> list[Day]:
    """Return the seven days from a Monday. Three queries."""
    days = [monday + timedelta(days=later) for later in range(7)]
    found = {day: Day(day, holiday_name(day)) for day in days}
    rows = Attendance.objects.filter(participant=participant, held_on__range=(days[0], days[-1]))
    rows = list(rows.select_related("session__activity"))
    items = [_item(row, today) for row in rows if row.session.status != SessionStatus.CANCELLED]
    items += [
        Item(each, _cancelled(), each.cancel_reason) for each in _missed(participant, rows, days)
    ]
    for item in items:
        found[item.session.held_on].items.append(item)
    for day in found.values():
        day.items.sort(key=lambda item: item.at)
    return list(found.values())


def _missed(participant, rows, days):
    """Cancelled sessions: of activities the person had a place in, and those they still stand on."""
    theirs = SignUp.objects.filter(participant=participant).exclude(status=SignUpStatus.WAITING)
    from_day = dict(theirs.values_list("activity", "from_day"))
    cancelled = Session.objects.filter(
        status=SessionStatus.CANCELLED, held_on__range=(days[0], days[-1])
    ).filter(Q(activity__in=from_day) | Q(pk__in=[row.session_id for row in rows]))
    return [
        each
        for each in cancelled.select_related("activity")
        if from_day.get(each.activity_id, each.held_on) <= each.held_on
    ]


def _cancelled() -> Look:
    status = SessionStatus.CANCELLED
    return Look(status.label, "warn", status.icon)


def _item(row: Attendance, today: date) -> Item:
    look = row.look
    if row.status == AttendanceStatus.PRESENT:
        return Item(
            row.session, Look(f"{number(row.hours.normalize())} timmar", look.tone, look.icon)
        )
    if row.status == AttendanceStatus.ABSENT:
        return Item(
            row.session, Look(look.label, look.tone, look.icon), row.get_absence_reason_display()
        )
    if row.session.held_on < today:
        return Item(row.session, Look("Inte noterat", "neutral", "circle"))
    return Item(row.session, Look("Planerat", "info", "calendar"))


def clashes(participant, session: Session) -> list[Session]:
    """Return what else the person is expected at while a session goes on. One query."""
    rows = Attendance.objects.filter(
        participant=participant,
        held_on=session.held_on,
        session__status=SessionStatus.PLANNED,
        session__starts_at__lt=session.ends_at,
        session__ends_at__gt=session.starts_at,
    ).exclude(session=session)
    return [row.session for row in rows.select_related("session__activity")]
