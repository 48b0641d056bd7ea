"""A participant's week, talks and sign-ups from their page, and their timeline."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.activities import actions
from casework.activities.calendar import monday_of, week_code
from casework.activities.week import days_of
from casework.models import Attendance, SignUp
from tests.casework.activities_world import (
    NINE,
    NOON,
    course,
    enrolled,
    held,
    in_days,
    session,
    signed_up,
)
from tests.cast import enrol, make_person, sign_in

pytestmark = pytest.mark.django_db
MONDAY = monday_of(timezone.localdate()) + timedelta(weeks=1)


@pytest.fixture
def person(pedagogue):
    return enrolled("Åsa", contact=pedagogue)


@pytest.fixture
def activity(db):
    return course()


def week(person, monday=MONDAY, today=MONDAY):
    return [
        [(item.session.activity.name, item.look.label, item.note) for item in day.items]
        for day in days_of(person, monday, today)
    ]


def test_a_week_has_seven_days_and_the_sessions_in_order_of_time(person, activity):
    signed_up(activity, person)
    session(activity, MONDAY, starts_at=NOON.replace(hour=13), ends_at=NOON.replace(hour=16))
    session(activity, MONDAY)
    held(activity, MONDAY + timedelta(days=7))
    days = days_of(person, MONDAY, MONDAY)
    assert len(days) == 7 and [item.session.starts_at.hour for item in days[0].items] == [9, 13]


def test_a_week_tells_how_each_session_went(person, activity):
    signed_up(activity, person)
    planned = [session(activity, MONDAY + timedelta(days=number)) for number in range(5)]
    Attendance.objects.filter(session=planned[0]).update(status="present", hours="2.50")
    Attendance.objects.filter(session=planned[1]).update(status="absent", absence_reason="ill")
    actions.cancel_session(session=planned[3], reason="Ledaren är sjuk", by=None)
    labels = [items[0][1:] for items in week(person, today=MONDAY + timedelta(days=4))[:5]]
    assert labels == [
        ("2,5 timmar", ""),
        ("Frånvarande", "Sjuk"),
        ("Inte noterat", ""),
        ("Inställt", "Ledaren är sjuk"),
        ("Planerat", ""),
    ]


def test_a_talk_that_is_cancelled_stands_in_the_week(person, pedagogue):
    times = {"starts_at": NINE, "ends_at": NOON, "planned_hours": 3}
    talk = actions.book_talk(participants=[person], held_on=MONDAY, by=pedagogue, **times)
    actions.cancel_session(session=talk, reason="Sjukdom", by=pedagogue)
    assert week(person)[0] == [("Samtal med Anna Berg", "Inställt", "Sjukdom")]


def test_what_others_do_is_not_in_the_week(person, activity):
    signed_up(activity, enrolled())
    cancelled = session(activity, MONDAY)
    session(activity, MONDAY + timedelta(days=1))
    actions.cancel_session(session=cancelled, reason="Sjukdom", by=None)
    assert week(person) == [[]] * 7


def test_what_was_cancelled_before_one_began_is_not_in_the_week(person, activity):
    signed_up(activity, person, from_day=MONDAY + timedelta(days=1))
    actions.cancel_session(session=session(activity, MONDAY), reason="Sjukdom", by=None)
    assert week(person) == [[]] * 7


def test_the_page_shows_the_week_asked_for(client, pedagogue, person, activity):
    signed_up(activity, person)
    session(activity, MONDAY, theme="Skriva brev")
    address = reverse("activities:week", args=[person.pk])
    client = sign_in(client, pedagogue)
    assert "Skriva brev" not in client.get(address).content.decode()
    asked = client.get(address, {"vecka": week_code(MONDAY)}).content.decode()
    assert "Skriva brev" in asked and "Planerat" in asked and "Anna Berg" in asked
    assert client.get(address, {"vecka": "strunt"}).status_code == 200


def test_the_week_needs_a_consent_of_its_own(client, officer):
    for consent, status in ((["plan"], 404), (["attendance"], 200)):
        person = make_person(consent=consent)
        enrol(person, officer=officer)
        answer = sign_in(client, officer).get(reverse("activities:week", args=[person.pk]))
        assert answer.status_code == status


def book(client, person, **changes):
    data = {"held_on": str(MONDAY), "starts_at": "09:00", "ends_at": "10:00"} | changes
    return client.post(reverse("activities:talk", args=[person.pk]), data)


def test_a_talk_is_booked_and_stands_in_the_week(client, pedagogue, person):
    answer = book(sign_in(client, pedagogue), person)
    assert week_code(MONDAY) in answer.url
    text = client.get(answer.url).content.decode()
    assert "Samtal med Anna Berg" in text and "09:00\N{EN DASH}10:00" in text


def test_a_talk_at_a_time_that_is_taken_is_refused_or_told(client, pedagogue, person, activity):
    signed_up(activity, person)
    session(activity, MONDAY, starts_at=NINE, ends_at=NOON)
    text = client.get(book(sign_in(client, pedagogue), person).url).content.decode()
    assert "Tiden krockar med CV-verkstad 09:00" in text
    again = book(client, enrolled())
    assert again.status_code == 422 and "redan ett tillfälle" in again.content.decode()


def join(client, person, activity):
    data = {"activity": activity.pk, "from_day": str(in_days(0))}
    return client.post(reverse("activities:join", args=[person.pk]), data)


def test_a_person_is_signed_up_from_their_own_page(client, pedagogue, person, activity):
    assert join(sign_in(client, pedagogue), person, activity).status_code == 302
    assert SignUp.objects.get().status == "place"
    again = join(client, person, activity)
    assert again.status_code == 422  # no longer among what one can choose


def test_who_is_not_enrolled_is_offered_neither(client, pedagogue):
    person = make_person()
    client = sign_in(client, pedagogue)
    for name in ("join", "talk"):
        assert client.get(reverse(f"activities:{name}", args=[person.pk])).status_code == 404


def test_the_persons_page_offers_both_and_tells_of_sign_ups(client, pedagogue, person, activity):
    actions.leave(sign_up=signed_up(activity, person, by=pedagogue), by=pedagogue)
    text = sign_in(client, pedagogue).get(person.get_absolute_url()).content.decode()
    assert "Anmäld till CV-verkstad" in text and "Slutade i CV-verkstad" in text
    for name in ("join", "talk", "week"):
        assert reverse(f"activities:{name}", args=[person.pk]) in text


def test_sign_ups_in_the_timeline_need_the_attendance_consent(client, officer, activity):
    person = make_person(consent=["plan"])
    enrol(person, officer=officer)
    signed_up(activity, person)
    assert (
        "Anmäld till"
        not in sign_in(client, officer).get(person.get_absolute_url()).content.decode()
    )
