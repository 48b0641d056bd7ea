"""When somebody leaves: what must be answered for first, and what is ended with the enrolment."""

from datetime import date, timedelta
from itertools import groupby

from django.db.models import Q
from django.urls import reverse

from accounts.permissions import Permission
from casework.activities import actions, rosters
from casework.models import Attendance, AttendanceStatus, SessionStatus, SignUp
from casework.sums import hours
from casework.ways import ways_to_sign
from core.periods import Month
from core.registry import OpenQuestion
from core.swedish import counted, listed

OCCASIONS = ("tillfälle", "tillfällen")
# So many sessions are led to from the page; the sentence tells of all.
MOST_WAYS = 4
ONE_DAY = timedelta(days=1)


def unattested(enrolment, user, day: date) -> list[OpenQuestion]:
    """Hours up to the last day that nobody has signed for, by month: lost to the ESF. One query."""
    rows = Attendance.objects.unattested().filter(_within(enrolment, day))
    found = rows.order_by("held_on").values_list("held_on", "hours")
    months = {
        month: [value for _, value in each]
        for month, each in groupby(found, key=lambda row: Month.of(row[0]))
    }
    if not months:
        return []
    words = listed(_month_words(month, values) for month, values in months.items())
    ways = ways_to_sign(enrolment.participant_id, user, months)
    return [OpenQuestion(f"Underskrift saknas för {words}.", needs_reason=True, ways=ways)]


def _month_words(month: Month, values) -> str:
    return f"{hours(sum(values))} timmar i {month.label} ({counted(len(values), *OCCASIONS)})"


def unmarked(enrolment, user, day: date) -> list[OpenQuestion]:
    """Occasions up to the last day where nobody has noted whether the person came. One query."""
    rows = Attendance.objects.filter(_within(enrolment, day), status=AttendanceStatus.EXPECTED)
    rows = rows.exclude(session__status=SessionStatus.CANCELLED).order_by("held_on", "pk")
    found = list(rows.values_list("session", "held_on"))
    if not found:
        return []
    words = "är inte avprickat" if len(found) == 1 else "är inte avprickade"
    days = ", ".join(f"{on}" for _, on in found)
    ways = ()
    if user and user.may(Permission.TAKE_ATTENDANCE):
        ways = tuple(
            (f"Pricka av {on}", reverse("rollcall:roster", args=[session]))
            for session, on in found[:MOST_WAYS]
        )
    text = f"{counted(len(found), *OCCASIONS)} {words}: {days}."
    return [OpenQuestion(text, needs_reason=True, ways=ways)]


def later(enrolment, user, day: date) -> list[OpenQuestion]:
    """Hours after the day that is to be the last one: the ESF takes none of them. One query."""
    rows = Attendance.objects.taken_part().filter(
        participant=enrolment.participant_id, held_on__gt=day
    )
    found = list(rows.order_by("held_on").values_list("held_on", "hours"))
    if not found:
        return []
    total = hours(sum(value for _, value in found))
    text = f"Närvaro efter sista dagen: {total} timmar, senast {found[-1][0]}."
    return [
        OpenQuestion(f"{text} Välj en senare sista dag, eller rätta närvaron.", needs_reason=True)
    ]


def end_plans(enrolment, by) -> None:
    """End what is planned after the last day: places, queues, and what the person is expected at.

    The freed places go to those who wait.
    """
    for each in SignUp.objects.open().filter(participant=enrolment.participant_id):
        actions.leave(sign_up=each, by=by, day=enrolment.ended_on + ONE_DAY)
    coming = rosters.expected().filter(
        participant=enrolment.participant_id, held_on__gt=enrolment.ended_on
    )
    coming.delete()


def _within(enrolment, day) -> Q:
    return Q(
        participant=enrolment.participant_id, held_on__gte=enrolment.starts_on, held_on__lte=day
    )
