"""How long somebody was there: from when they came and went to hours. Pure."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

QUARTER = timedelta(minutes=15)
CENT = Decimal("0.01")


def planned_hours(session) -> Decimal | None:
    """Return what somebody who is there all the time gets; None when only the day is known."""
    return session.planned_hours


def hours_between(session, arrived: time | None, left: time | None) -> Decimal:
    """Return the planned hours less what was missed, never less than 0.

    Planned hours are less than the time between where there is a break, so somebody who misses the
    break too loses more than they should; the leader then types the hours. Needs the session's times.
    """
    missed = _minutes(session.starts_at, arrived) + _minutes(left, session.ends_at)
    hours = planned_hours(session) - Decimal(missed) / 60
    return max(hours, Decimal(0)).quantize(CENT)


def _minutes(start: time | None, end: time | None) -> int:
    """Return the minutes from one time of day to a later one; 0 when one is unknown or they are turned."""
    if start is None or end is None or end <= start:
        return 0
    return (_at(end) - _at(start)).seconds // 60


def quarters(session) -> list[time]:
    """Return each quarter of an hour inside the session's times, for one tap."""
    if session.starts_at is None:
        return []
    found, each = [], _at(session.starts_at) + QUARTER
    while each < _at(session.ends_at):
        found.append(each.time())
        each += QUARTER
    return found


def _at(moment: time) -> datetime:
    return datetime.combine(date.min, moment)
