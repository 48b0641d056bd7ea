"""Two people at the same moment, each with a connection of their own."""

import pytest

from casework.activities import actions
from casework.models import Attendance, SignUp
from tests.casework.activities_world import course, enrolled, in_days, session, signed_up
from tests.referrals.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_the_last_place_goes_to_one_and_the_other_waits():
    activity = course(capacity=1)
    session(activity)
    first, second = enrolled(), enrolled()
    at_once(lambda: signed_up(activity, first), lambda: signed_up(activity, second))
    assert sorted(SignUp.objects.values_list("status", flat=True)) == ["place", "waiting"]
    assert Attendance.objects.count() == 1


def test_the_same_person_is_signed_up_once():
    activity, person = course(), enrolled()
    refusals = at_once(*[lambda: signed_up(activity, person)] * 2)
    assert len([each for each in refusals if each]) == 1 and SignUp.objects.count() == 1


def test_who_gets_a_place_is_on_the_roster_of_what_is_planned_meanwhile():
    activity, person = course(), enrolled()
    at_once(lambda: signed_up(activity, person), lambda: session(activity, in_days(3)))
    assert Attendance.objects.get().participant == person


def test_a_place_that_two_leave_goes_to_one_in_the_queue():
    activity = course(capacity=1)
    place = signed_up(activity, enrolled())
    for _ in range(2):
        signed_up(activity, enrolled())
    refusals = at_once(*[lambda: actions.leave(sign_up=place, by=None)] * 2)
    assert len([each for each in refusals if each]) == 1
    assert sorted(SignUp.objects.values_list("status", flat=True)) == ["left", "place", "waiting"]
