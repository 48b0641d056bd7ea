from datetime import timedelta

import pytest
from django.utils import timezone

from referrals import actions, on_other_pages
from referrals.presenters import buttons
from referrals.waiting import wait_look
from tests.cast import make_person
from tests.referrals.conftest import make_referral


@pytest.mark.parametrize(
    ("days", "tone"), [(0, "neutral"), (6, "neutral"), (7, "warn"), (13, "warn"), (14, "bad")]
)
def test_a_wait_changes_colour_after_7_and_14_days(days, tone):
    assert wait_look(days).tone == tone


def test_a_wait_is_said_in_words():
    assert [wait_look(days).label for days in (0, 1, 9)] == [
        "i dag", "1\N{NO-BREAK SPACE}dag", "9\N{NO-BREAK SPACE}dagar",
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_next_step_says_how_long_the_referral_has_waited(pedagogue, officer):
    referral, other = make_referral(days_ago=9), make_person()
    people, today = [referral.participant, other], timezone.localdate()

    steps = on_other_pages.next_steps(people, pedagogue, today)

    assert steps[referral.participant_id].text == (
        "Remiss väntar på svar sedan 9\N{NO-BREAK SPACE}dagar."
    )
    assert list(steps) == [referral.participant_id]
    assert on_other_pages.next_steps(people, officer, today) == {}


@pytest.mark.django_db
def test_the_next_step_costs_one_query(pedagogue, django_assert_num_queries):
    people = [make_referral().participant for _ in range(5)]
    assert pedagogue.roles

    with django_assert_num_queries(1):
        on_other_pages.next_steps(people, pedagogue, timezone.localdate())


@pytest.mark.django_db
def test_the_timeline_tells_each_step_to_those_who_may_see_referrals(declined, pedagogue, officer):
    titles = [event.title for event in on_other_pages.events(declined.participant, pedagogue)]

    assert titles == ["Remissen avböjdes", "Remiss från Arbetsförmedlingen"]
    assert on_other_pages.events(declined.participant, officer) == []


@pytest.mark.django_db
def test_buttons_follow_the_table_of_steps_and_the_permissions(
    referral, pedagogue, other_pedagogue, administrator, declined
):
    other = make_referral()
    started = actions.start_assessment(referral=other, by=pedagogue)

    def labels(record, user):
        return [button.label for button in buttons(record, user)]

    assert "Ta hand om" in labels(make_referral(), administrator)
    assert "Avböj" not in labels(make_referral(), administrator)
    assert "Ta hand om" not in labels(started, pedagogue)
    assert "Ta över" in labels(started, other_pedagogue)
    assert labels(declined, pedagogue) == []


@pytest.mark.django_db
def test_the_wait_stops_on_the_day_of_the_decision(lead):
    referral = make_referral(days_ago=10)
    actions.decline(referral=referral, reason="age", by=lead)
    referral.refresh_from_db()

    assert referral.days_waited(timezone.localdate() + timedelta(days=30)) == 10
