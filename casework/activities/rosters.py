"""Who is expected where: a place in an activity puts an expected row in each planned session.

The rows follow from sign-ups, so they are not logged one by one; the sign-up is. The caller holds the
lock of the activity and its transaction.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from casework.models import (
    Attendance,
    AttendanceStatus,
    Session,
    SessionStatus,
    SignUp,
    SignUpStatus,
)

BATCH = 500


def expect(session: Session, participant_ids: Iterable[int]) -> None:
    """Put people on a planned session's roster; those who are there already stay as they are. One query."""
    expect_all((session, pk) for pk in participant_ids)


def expect_all(pairs: Iterable[tuple[Session, int]]) -> None:
    """Put people on the rosters of several sessions: (session, participant id). One query for 500 rows."""
    rows = [
        Attendance(
            session=session,
            participant_id=pk,
            held_on=session.held_on,
            status=AttendanceStatus.EXPECTED,
            hours=Decimal(0),
        )
        for session, pk in pairs
        if session.status == SessionStatus.PLANNED
    ]
    Attendance.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def fill(sessions: Iterable[Session]) -> None:
    """Put everybody with a place on the rosters of sessions of one activity. Two queries."""
    sessions = list(sessions)
    places = SignUp.objects.filter(
        activity__in={each.activity_id for each in sessions}, status=SignUpStatus.PLACE
    )
    from_days = list(places.values_list("activity", "participant", "from_day"))
    expect_all(
        (session, person)
        for session in sessions
        for activity, person, from_day in from_days
        if activity == session.activity_id and from_day <= session.held_on
    )


def fill_for(sign_ups: Iterable[SignUp]) -> None:
    """Put people who just got a place, in one activity, on all its planned rosters. Two queries."""
    sign_ups = list(sign_ups)
    planned = Session.objects.filter(
        activity__in={each.activity_id for each in sign_ups}, status=SessionStatus.PLANNED
    )
    expect_all(
        (session, each.participant_id)
        for session in planned
        for each in sign_ups
        if each.from_day <= session.held_on
    )


def forget(sign_up: SignUp, from_day: date) -> None:
    """Take somebody off the activity's rosters from a day on; what has been noted stays."""
    coming(sign_up, from_day).delete()


def coming(sign_up: SignUp, from_day: date):
    """The rows in which somebody is expected in planned sessions from a day on."""
    return expected().filter(
        session__activity=sign_up.activity_id,
        session__status=SessionStatus.PLANNED,
        participant=sign_up.participant_id,
        held_on__gte=from_day,
    )


def expected():
    """Rows that nobody has noted anything on, and that no paper or broken signature points at."""
    return Attendance.objects.filter(status=AttendanceStatus.EXPECTED, sheet_rows=None, breaks=None)


def has_been_taken(session: Session) -> bool:
    """Whether anybody was noted as there or absent. One query."""
    return session.attendance.exclude(status=AttendanceStatus.EXPECTED).exists()
