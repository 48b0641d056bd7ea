"""A leader's own calendar: what it holds, and for how long its address works."""

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from casework.activities import actions, feed
from casework.models import ActivityKind, CalendarFeed
from tests.casework.activities_world import (
    MORNING,
    course,
    enrolled,
    held,
    in_days,
    session,
    signed_up,
)
from tests.cast import sign_in

pytestmark = pytest.mark.django_db


def fetch(client, token):
    return client.get(reverse("activities:feed", args=[token]))


def events(client, user):
    answer = fetch(client, feed.make_feed(by=user))
    assert answer["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_the_feed_has_what_the_user_leads_and_nothing_else(client, pedagogue):
    mine, other = course(leaders=[pedagogue], place="Sal 1"), course("Annat")
    session(mine, in_days(3), theme="Skriva cv")
    session(other)
    held(mine, in_days(-2))
    session(mine, in_days(-31))
    session(mine, in_days(366))
    (event,) = events(client, pedagogue)
    assert (event["summary"], event["location"], event["description"], event["status"]) == (
        "CV-verkstad", "Sal 1", "Skriva cv", "CONFIRMED",
    )  # fmt: skip
    start = event["dtstart"].dt
    assert (start.date(), start.hour, start.tzinfo.key) == (in_days(3), 9, "Europe/Stockholm")


def test_what_is_cancelled_says_so(client, pedagogue):
    planned = session(course(leaders=[pedagogue]))
    actions.cancel_session(session=planned, reason="Sjukdom", by=pedagogue)
    (event,) = events(client, pedagogue)
    assert (event["status"], event["summary"]) == ("CANCELLED", "Inställt: CV-verkstad")


def test_no_participant_is_named_anywhere(client, pedagogue):
    person = enrolled("Xantippa", last_name="Hemlingsson")
    group = course(leaders=[pedagogue])
    signed_up(group, person)
    session(group)
    talks = course("Samtal med Xantippa", kind=ActivityKind.INDIVIDUAL, leaders=[pedagogue])
    when = MORNING | {"held_on": in_days(4), "theme": "Xantippas cv"}
    actions.book_talk(participants=[person], activity=talks, by=pedagogue, **when)
    text = fetch(client, feed.make_feed(by=pedagogue)).content.decode()
    assert "Individuellt samtal" in text
    assert "antippa" not in text and "Hemlingsson" not in text and person.code not in text


def test_the_address_is_shown_once_and_only_its_hash_is_kept(client, pedagogue):
    client = sign_in(client, pedagogue)
    address = reverse("activities:calendar")
    text = client.post(address).content.decode()
    token = text.split("/kalender/")[1].split(".ics")[0]
    stored = CalendarFeed.objects.get()
    assert stored.token_sha256 == feed.hash_of(token) and token not in str(vars(stored))
    assert token not in client.get(address).content.decode()
    client.logout()
    assert fetch(client, token).status_code == 200


def test_a_new_address_ends_the_old_one_and_it_can_be_turned_off(client, pedagogue):
    old = feed.make_feed(by=pedagogue)
    new = feed.make_feed(by=pedagogue)
    assert (fetch(client, old).status_code, fetch(client, new).status_code) == (404, 200)
    sign_in(client, pedagogue).post(reverse("activities:calendar"), {"end": "1"})
    assert fetch(client, new).status_code == 404


def test_the_address_of_a_deactivated_user_is_gone(client, pedagogue):
    token = feed.make_feed(by=pedagogue)
    pedagogue.is_active = False
    pedagogue.save()
    assert fetch(client, token).status_code == fetch(client, "fel").status_code == 404


def test_times_stay_at_the_clock_when_summer_begins(pedagogue):
    planned = session(course(leaders=[pedagogue]), timezone.datetime(2027, 3, 29).date())
    content = feed.as_calendar([planned], host="basun.example", now=timezone.now()).decode()
    assert "DTSTART;TZID=Europe/Stockholm:20270329T090000" in content
    assert "BEGIN:VTIMEZONE" in content
