"""Where a row of the attendance sheet lands among sessions and rosters that are there already."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import F

from casework.models import ActivityType, Attendance, AttendanceStatus, Session, SessionStatus

# What a new activity is, by a word in its name; the first that fits.
TYPES = {
    "7tjugo": ActivityType.SEVEN20,
    "verkstad": ActivityType.WORKSHOP,
    "föreläsning": ActivityType.LECTURE,
    "studiebesök": ActivityType.VISIT,
    "samtal": ActivityType.TALK,
}
# Of several rows a person has the same day, one is meant by the file: the surest kind first.
SUREST = {AttendanceStatus.PRESENT: 0, AttendanceStatus.EXPECTED: 1, AttendanceStatus.ABSENT: 2}

Occasion = tuple[int, date]  # the activity's key and the day


def type_of(name: str) -> ActivityType:
    """Guess what an activity is from its folded name."""
    return next((kind for word, kind in TYPES.items() if word in name), ActivityType.OTHER)


def occasions(activities: Collection[int], days: Collection[date]) -> dict[int, Occasion]:
    """Return activity and day by session, the first to land on first: without times, then the earliest.

    Cancelled ones take no rows. One query.
    """
    sessions = Session.objects.filter(activity__in=activities, held_on__in=days)
    sessions = sessions.exclude(status=SessionStatus.CANCELLED)
    found = sessions.order_by(F("starts_at").asc(nulls_first=True), "pk")
    return {
        pk: (activity, held_on)
        for pk, activity, held_on in found.values_list("pk", "activity", "held_on")
    }


def landings(occasions: dict[int, Occasion]) -> dict[Occasion, int]:
    """Return the session that a new row lands on, by activity and day. Pure."""
    return {occasion: session for session, occasion in reversed(occasions.items())}


def rows(occasions: dict[int, Occasion], people: Collection[int], last: int) -> dict:
    """Return lists of the rows up to key `last`, by (activity, day, person), the surest first. One query."""
    if not last:
        return {}
    there = Attendance.objects.filter(
        pk__lte=last, session__in=list(occasions), participant__in=people
    )
    order = {session: place for place, session in enumerate(occasions)}
    found: dict[tuple, list[Attendance]] = {}
    for each in sorted(there, key=lambda row: (SUREST[row.status], order[row.session_id])):
        key = (*occasions[each.session_id], each.participant_id)
        found.setdefault(key, []).append(each)
    return found


def meant(rows: list[Attendance], hours: Decimal) -> Attendance:
    """Return the row a line of the file means: one with the same hours, else the surest. Pure."""
    return next((each for each in rows if each.hours == hours), rows[0])
