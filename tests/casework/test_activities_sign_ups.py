"""Signing up, waiting, leaving: who gets the place, and who is expected where."""

import pytest

from casework.activities import actions, rosters
from casework.models import ActivityKind, Attendance, SignUp
from core.models import AccessLogEntry
from participants.errors import Refused
from tests.casework.activities_world import course, enrolled, held, in_days, session, signed_up
from tests.cast import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(db):
    return course(capacity=1)


def statuses():
    return list(SignUp.objects.order_by("pk").values_list("status", flat=True))


def test_a_place_is_expected_in_every_planned_session_from_its_day(activity):
    for days in (1, 5, 9):
        session(activity, in_days(days))
    held(activity, in_days(-1))
    person = enrolled()
    signed_up(activity, person, from_day=in_days(5))
    assert [row.held_on for row in person.attendance.all()] == [in_days(5), in_days(9)]


def test_the_last_place_goes_to_one_and_the_other_waits(activity):
    session(activity)
    first, second = enrolled(), enrolled()
    assert signed_up(activity, first).status == "place"
    assert signed_up(activity, second).status == "waiting"
    assert Attendance.objects.get().participant == first


def test_who_leaves_gives_the_place_to_the_first_in_the_queue(activity):
    session(activity)
    first, second, third = enrolled(), enrolled(), enrolled()
    place = signed_up(activity, first)
    signed_up(activity, second)
    signed_up(activity, third)
    (lucky,) = actions.leave(sign_up=place, by=None)
    assert lucky.participant == second
    assert statuses() == ["left", "place", "waiting"]
    assert Attendance.objects.get().participant == second


def test_who_leaves_the_queue_gives_nobody_a_place(activity):
    signed_up(activity, enrolled())
    waiting = signed_up(activity, enrolled())
    assert actions.leave(sign_up=waiting, by=None) == []


def test_leaving_takes_away_what_is_to_come_and_keeps_what_was_noted(activity):
    person = enrolled()
    place = signed_up(activity, person, from_day=in_days(-9))
    past, noted, coming = (session(activity, in_days(days)) for days in (-2, 1, 7))
    Attendance.objects.filter(session=noted).update(status="present", hours=3)
    actions.leave(sign_up=place, by=None)
    assert {row.session_id for row in person.attendance.all()} == {past.pk, noted.pk}
    assert coming.attendance.count() == 0


def test_more_places_let_the_queue_in_in_order(activity):
    people = [enrolled() for _ in range(4)]
    for person in people:
        signed_up(activity, person)
    lucky = actions.change_activity(activity=activity, version=1, by=None, capacity=3)
    assert [each.participant for each in lucky] == people[1:3]
    assert statuses() == ["place", "place", "place", "waiting"]


def test_no_limit_lets_everybody_in(activity):
    for _ in range(3):
        signed_up(activity, enrolled())
    actions.change_activity(activity=activity, version=1, by=None, capacity=None)
    assert statuses() == ["place"] * 3


def test_fewer_places_throw_nobody_out(activity):
    big = course("Simning", capacity=2)
    for _ in range(2):
        signed_up(big, enrolled())
    actions.change_activity(activity=big, version=1, by=None, capacity=1)
    assert statuses() == ["place", "place"]
    assert signed_up(big, enrolled()).status == "waiting"


def test_signing_up_twice_is_refused_kindly(activity):
    person, waiting = enrolled(), enrolled()
    signed_up(activity, person)
    signed_up(activity, waiting)
    with pytest.raises(Refused, match="redan en plats"):
        signed_up(activity, person)
    with pytest.raises(Refused, match="redan på väntelistan"):
        signed_up(activity, waiting)


def test_who_left_can_come_back(activity):
    person = enrolled()
    actions.leave(sign_up=signed_up(activity, person), by=None)
    assert signed_up(activity, person).status == "place"


def test_leaving_twice_is_refused(activity):
    place = signed_up(activity, enrolled())
    actions.leave(sign_up=place, by=None)
    with pytest.raises(Refused, match="redan avanmäld"):
        actions.leave(sign_up=place, by=None)


def test_only_the_enrolled_are_signed_up(activity):
    with pytest.raises(Refused, match="inskriven"):
        signed_up(activity, make_person())


def test_nobody_is_signed_up_for_talks(db):
    with pytest.raises(Refused, match="individuell"):
        signed_up(course("Samtal", kind=ActivityKind.INDIVIDUAL), enrolled())


def test_several_are_signed_up_in_order_and_those_there_are_passed_over(activity, pedagogue):
    there, first, second = enrolled(), enrolled(), enrolled()
    two = course("Simning", capacity=2)
    signed_up(two, there)
    facts = {"activity": two, "by": pedagogue, "from_day": in_days(0)}
    made = actions.sign_up_many(participants=[there, first, second], **facts)
    assert [(each.participant, each.status) for each in made] == [
        (first, "place"), (second, "waiting"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="redan anmälda"):
        actions.sign_up_many(participants=[there, first], **facts)


def test_a_protected_person_takes_a_place_like_everybody_else(activity, pedagogue):
    signed_up(activity, enrolled(protected=True))
    assert signed_up(activity, enrolled(), by=pedagogue).status == "waiting"


def test_a_place_is_logged_under_who_gave_it_and_the_queue_under_the_system(activity, pedagogue):
    place = signed_up(activity, enrolled(), by=pedagogue)
    hidden = enrolled(protected=True)
    signed_up(activity, hidden)
    actions.leave(sign_up=place, by=pedagogue)
    rows = AccessLogEntry.objects.filter(what="activities:let_in")
    assert [(row.person_id, row.actor_id) for row in rows] == [(hidden.pk, None)]


def test_those_who_have_left_the_programme_leave_their_activities(activity):
    session(activity)
    gone, stays = enrolled(), enrolled()
    signed_up(activity, gone)
    signed_up(activity, stays)
    gone.enrolments.update(ended_on=in_days(-1), exit_reason="work", exited_at="2026-01-01T00:00Z")
    assert actions.leave_those_exited(in_days(0)) == 1
    assert actions.leave_those_exited(in_days(0)) == 0
    assert statuses() == ["left", "place"]
    assert Attendance.objects.get().participant == stays


def test_expecting_somebody_twice_changes_nothing(activity):
    person, planned = enrolled(), session(activity)
    rosters.expect(planned, [person.pk])
    Attendance.objects.update(status="present", hours=3)
    rosters.expect(planned, [person.pk])
    assert Attendance.objects.get().status == "present"


def test_nobody_is_expected_in_what_is_closed(activity):
    rosters.expect(held(activity, in_days(-1)), [enrolled().pk])
    assert not Attendance.objects.exists()
