"""A session with a roster, as the tests of the roll call need it."""

from datetime import time
from decimal import Decimal

from django.utils import timezone

from casework.models import (
    Activity,
    ActivityKind,
    ActivityLeader,
    Attendance,
    AttendanceStatus,
    Session,
    SessionStatus,
)
from tests.cast import enrol, make_person

SIGNATURE = "[[[0.1, 0.1], [0.3, 0.2], [0.5, 0.1]]]"


def make_session(leader=None, *, name="CV-verkstad", held_on=None, **facts) -> Session:
    """Create a planned session, 09 to 12, of an activity that the user leads."""
    activity, _ = Activity.objects.get_or_create(name=name, kind=ActivityKind.GROUP)
    if leader:
        ActivityLeader.objects.get_or_create(activity=activity, user=leader)
    facts = {
        "starts_at": time(9),
        "ends_at": time(12),
        "planned_hours": Decimal(3),
        "status": SessionStatus.PLANNED,
    } | facts
    return Session.objects.create(
        activity=activity, held_on=held_on or timezone.localdate(), **facts
    )


def expect(session, person=None, *, contact=None, **facts) -> Attendance:
    """Put somebody on the roster, by default as expected; enrol them if they are not."""
    person = person or make_person()
    if contact and person.current_enrolment is None:
        enrol(person, contact=contact)
    facts = {"status": AttendanceStatus.EXPECTED, "hours": 0} | facts
    return Attendance.objects.create(
        session=session, participant=person, held_on=session.held_on, **facts
    )


def present(session, person=None, *, hours=3, **facts) -> Attendance:
    """Put somebody on the roster as there."""
    return expect(session, person, status=AttendanceStatus.PRESENT, hours=hours, **facts)
