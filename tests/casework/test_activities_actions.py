"""What can be done with activities and sessions, as rules."""

from datetime import date, time
from decimal import Decimal

import pytest

from casework.activities import actions
from casework.activities.actions import Occasion, Outside
from casework.models import (
    Activity,
    ActivityTemplate,
    Attendance,
    AttendanceStatus,
    Session,
    SessionStatus,
)
from participants.errors import Refused, StaleEdit
from tests.casework.activities_world import (
    MORNING,
    NINE,
    NOON,
    THREE,
    course,
    enrolled,
    held,
    in_days,
    session,
    signed_up,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(db):
    return course()


def change(activity, version=1, **facts):
    return actions.change_activity(activity=activity, version=version, by=None, **facts)


def test_an_activity_has_leaders_from_inside_and_outside(pedagogue):
    outside = Outside("Kim Ek", "Ungdomsföreningen")
    made = course(leaders=[pedagogue, outside, outside])
    assert [(str(each), each.organisation) for each in made.leaders.all()] == [
        ("Anna Berg", ""), ("Kim Ek", "Ungdomsföreningen"),
    ]  # fmt: skip


def test_two_activities_never_have_the_same_name(activity):
    with pytest.raises(Refused, match="heter så"):
        course()
    other = course("Simning")
    with pytest.raises(Refused, match="heter så"):
        change(other, name="CV-verkstad")


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(activity):
    change(activity, place="Sal 2")
    with pytest.raises(StaleEdit) as stale:
        change(activity, place="Sal 3")
    assert stale.value.current.place == "Sal 2"


def test_an_activity_is_put_away_when_nothing_is_planned(activity):
    planned = session(activity)
    with pytest.raises(Refused, match="planerade tillfällen"):
        actions.archive(activity=activity, by=None)
    actions.cancel_session(session=planned, reason="Sjukdom", by=None)
    actions.archive(activity=activity, by=None)
    assert not Activity.objects.current().filter(pk=activity.pk).exists()
    with pytest.raises(Refused, match="undanlagd"):
        session(activity)
    actions.bring_back(activity=activity, by=None)
    assert session(activity, in_days(8)).status == SessionStatus.PLANNED


def test_a_session_is_planned_once_at_a_time(activity):
    session(activity)
    with pytest.raises(Refused, match="redan ett tillfälle"):
        session(activity)
    assert session(activity, starts_at=NOON, ends_at=THREE).starts_at == NOON


@pytest.mark.parametrize(
    "facts",
    [{"ends_at": NINE}, {"planned_hours": Decimal("3.25")}, {"planned_hours": Decimal(0)}],
)
def test_times_and_hours_go_together(activity, facts):
    with pytest.raises(Refused):
        session(activity, **facts)


def test_a_series_is_made_whole_or_not_at_all(activity):
    session(activity, in_days(8))
    occasions = [Occasion(in_days(days), **MORNING) for days in (7, 8)]
    with pytest.raises(Refused, match="redan ett tillfälle"):
        actions.make_series(activity=activity, occasions=occasions, by=None)
    assert activity.sessions.count() == 1


def test_a_series_needs_something_to_make(activity):
    skipped = Occasion(in_days(7), **MORNING, skipped="Julafton")
    with pytest.raises(Refused, match="minst ett"):
        actions.make_series(activity=activity, occasions=[skipped], by=None)


def test_those_with_a_place_are_expected_in_what_is_planned_later(activity):
    person = enrolled()
    signed_up(activity, person, from_day=in_days(7))
    session(activity, in_days(6))
    session(activity, in_days(7))
    assert [(each.held_on, each.status, each.hours) for each in person.attendance.all()] == [
        (in_days(7), "expected", 0)
    ]


def test_a_session_that_is_moved_takes_its_roster_along(activity):
    person = enrolled()
    signed_up(activity, person)
    moved = session(activity)
    actions.change_session(session=moved, version=1, by=None, held_on=in_days(9))
    assert person.attendance.get().held_on == in_days(9)


def test_a_stale_change_of_a_session_is_refused(activity):
    planned = session(activity)
    actions.change_session(session=planned, version=1, by=None, theme="Cv")
    with pytest.raises(StaleEdit):
        actions.change_session(session=planned, version=1, by=None, theme="Brev")


def noted(planned, person, status=AttendanceStatus.ABSENT):
    Attendance.objects.filter(session=planned, participant=person).update(status=status)


def test_noted_attendance_holds_the_session_where_it_is(activity):
    person, planned = enrolled(), session(activity)
    signed_up(activity, person)
    noted(planned, person)
    with pytest.raises(Refused, match="redan noterad"):
        actions.change_session(session=planned, version=1, by=None, held_on=in_days(9))
    with pytest.raises(Refused, match="redan noterad"):
        actions.cancel_session(session=planned, reason="Sjukdom", by=None)
    with pytest.raises(Refused, match="redan noterad"):
        actions.remove_session(session=planned, by=None)
    actions.change_session(session=planned, version=1, by=None, theme="Cv")
    assert Session.objects.get().theme == "Cv"


def test_nobody_is_expected_where_it_is_cancelled_until_it_is_planned_again(activity, pedagogue):
    person, planned = enrolled(), session(activity)
    signed_up(activity, person)
    actions.cancel_session(session=planned, reason="Sjukdom", by=pedagogue)
    planned.refresh_from_db()
    assert (planned.status, planned.cancel_reason) == ("cancelled", "Sjukdom")
    assert not person.attendance.exists()
    assert planned.steps.get().by == pedagogue
    with pytest.raises(Refused, match="inställt"):
        actions.cancel_session(session=planned, reason="Igen", by=pedagogue)
    actions.restore_session(session=planned, by=pedagogue)
    assert person.attendance.get().status == "expected"


def test_a_session_from_a_file_is_closed_and_stays(activity):
    closed = held(activity, in_days(-3))
    for action, facts in (
        (actions.remove_session, {}),
        (actions.cancel_session, {"reason": "Sjukdom"}),
        (actions.change_session, {"version": 1}),
    ):
        with pytest.raises(Refused):
            action(session=closed, by=None, **facts)


def test_a_planned_session_can_be_removed(activity):
    signed_up(activity, enrolled())
    actions.remove_session(session=session(activity), by=None)
    assert not Session.objects.exists() and not Attendance.objects.exists()


@pytest.fixture
def seven20(db):
    return ActivityTemplate.objects.get(name="7TJUGO")


def make(template, monday=date(2027, 1, 4), **facts):
    facts = {"name": "7TJUGO v. 1 2027", "weeks": 8, "leaders": [], "by": None} | facts
    return actions.make_from_template(template=template, first_monday=monday, **facts)


def test_7tjugo_is_made_without_holidays(seven20, pedagogue):
    made = make(seven20, leaders=[pedagogue], place="Allaktivitetshuset")
    days = set(made.sessions.values_list("held_on", flat=True))
    assert date(2027, 1, 6) not in days and date(2027, 1, 7) in days
    assert made.sessions.count() == seven20.sessions.count() - 1
    assert (made.capacity, made.place, made.type) == (15, "Allaktivitetshuset", "7tjugo")
    first = made.sessions.first()
    assert (first.starts_at, first.ends_at, first.planned_hours) == (time(9), time(15), 5)


def test_7tjugo_can_be_shorter_and_without_some_days(seven20):
    occasions = actions.occasions_of(seven20, date(2027, 2, 1), 2)
    made = make(seven20, date(2027, 2, 1), weeks=2, keep={each.key for each in occasions[:3]})
    assert list(made.sessions.values_list("held_on", flat=True)) == [
        date(2027, 2, 1), date(2027, 2, 2), date(2027, 2, 3),
    ]  # fmt: skip


def test_7tjugo_starts_on_a_monday(seven20):
    with pytest.raises(Refused, match="måndag"):
        make(seven20, date(2027, 1, 5))


def test_a_talk_is_booked_in_the_users_own_activity(pedagogue, other_pedagogue):
    person, other = enrolled(), enrolled()
    when = MORNING | {"held_on": in_days(2), "by": pedagogue}
    booked = actions.book_talk(participants=[person], **when)
    assert booked.activity.name == "Samtal med Anna Berg"
    assert booked.activity.leaders.get().user == pedagogue
    assert person.attendance.get().status == "expected"
    again = actions.book_talk(participants=[other], **(when | {"held_on": in_days(3)}))
    assert again.activity == booked.activity
    theirs = actions.book_talk(participants=[other], **(when | {"by": other_pedagogue}))
    assert theirs.activity.name == "Samtal med Olle Dahl"


def test_a_talk_that_is_cancelled_is_still_theirs_when_it_is_planned_again(pedagogue):
    person = enrolled()
    booked = actions.book_talk(participants=[person], held_on=in_days(2), by=pedagogue, **MORNING)
    actions.cancel_session(session=booked, reason="Sjukdom", by=pedagogue)
    actions.restore_session(session=booked, by=pedagogue)
    assert person.attendance.get().session == booked


def test_the_kind_stays_once_somebody_counts_on_it(activity):
    change(activity, kind="individual")
    change(activity, 2, kind="group")
    signed_up(activity, enrolled())
    with pytest.raises(Refused, match="Slaget"):
        change(activity, 3, kind="individual")


def test_a_talk_is_not_booked_in_a_group(activity, pedagogue):
    with pytest.raises(Refused, match="individuell"):
        actions.book_talk(
            participants=[enrolled()],
            activity=activity,
            held_on=in_days(1),
            by=pedagogue,
            **MORNING,
        )
