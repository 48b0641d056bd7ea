"""Meetings booked, moved, cancelled, held; the calendar file and every letter without names; reminders once."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from casework.models import BookingStatus, MeetingBooking, PlanningMeeting, Task
from casework.plans import bookings, letters, on_other_pages, reviews
from core import gateway, jobs
from core.errors import Refused
from core.models import AccessLogEntry, Job
from tests.casework.plans_world import (
    agreed,
    lay_table,
    person_with_staff,
    put_forward,
    today,
)
from tests.cast import enrol, make_person, protect, sign_in

pytestmark = pytest.mark.django_db

PLACE = "Jobbcenter, Tumba torg"
PHONE = "070-174 06 05"


@pytest.fixture(autouse=True)
def empty_outbox():
    gateway.outbox.clear()


@pytest.fixture
def alva(pedagogue, officer):
    return person_with_staff(pedagogue, officer, phone=PHONE)


def at(days=1, hour=13):
    return timezone.make_aware(datetime.combine(today() + timedelta(days=days), time(hour)))


def booked(enrolment, by, days=1, hour=13):
    return bookings.book(
        enrolment=enrolment, starts_at=at(days, hour), minutes=60, place=PLACE, by=by
    )


def address(person, name="book"):
    return reverse(f"plans:{name}", args=[person.pk])


def form(days=1, hour=13, **more):
    day = today() + timedelta(days=days)
    return {"day": str(day), "at": f"{hour}:00", "minutes": "60", "place": PLACE} | more


def run(kind):
    for job in Job.objects.filter(kind=kind):
        jobs.run(job.pk)


def sent() -> list[str]:
    found = [sms.text for sms in gateway.outbox]
    for each in mail.outbox:
        found += [each.subject, each.body, *(str(part[1]) for part in each.attachments)]
    return found


def test_a_meeting_is_booked_and_the_next_step_says_the_time(client, alva, pedagogue):
    person, _ = alva
    page = sign_in(client, pedagogue).get(person.get_absolute_url()).content.decode()
    assert "Boka trepartssamtal." in page and address(person) in page
    assert client.post(address(person), form()).url == address(person)
    page = client.get(person.get_absolute_url()).content.decode()
    assert f"Trepartssamtal bokat {today() + timedelta(days=1)} kl. 13:00." in page
    assert "Boka trepartssamtal." not in page


def test_no_two_meetings_are_booked_at_once_and_none_in_the_past(alva, pedagogue):
    booked(alva[1], pedagogue)
    with pytest.raises(Refused, match="redan ett bokat"):
        booked(alva[1], pedagogue, days=2)
    with pytest.raises(Refused, match="har redan varit"):
        booked(enrol(make_person(), contact=pedagogue), pedagogue, days=-1)


def test_who_is_busy_then_is_said_without_whom_they_meet(client, alva, pedagogue):
    booked(alva[1], pedagogue)
    other = make_person("Bosse", "Annansson")
    enrol(other, contact=pedagogue)
    answer = sign_in(client, pedagogue).post(address(other), form())
    page = answer.content.decode()
    assert answer.status_code == 422 and "har redan ett trepartssamtal kl. 13:00–14:00" in page
    assert "Planlund" not in page and "Boka ändå" in page
    assert client.post(address(other), form(anyway="on")).status_code == 302
    assert client.post(address(other), form(hour=15)).status_code in {200, 302}


def test_without_consent_it_is_said_that_the_officer_is_not_there(client, pedagogue, officer):
    person, enrolment = person_with_staff(pedagogue, officer, consent=())
    page = sign_in(client, pedagogue).get(address(person)).content.decode()
    assert "hålls utan Arbetsförmedlingen" in page
    booked(enrolment, pedagogue)
    run(bookings.INVITE)
    assert [each.to for each in mail.outbox] == [[pedagogue.email]]


def test_moving_makes_a_higher_sequence_and_reminds_of_the_new_time(alva, pedagogue):
    booking = booked(alva[1], pedagogue)
    letters.order_reminders(today())
    moved = bookings.move(
        booking=booking, starts_at=at(3), minutes=45, place=PLACE, version=1, by=pedagogue
    )
    assert (moved.sequence, moved.reminded_at) == (1, None)
    with pytest.raises(Refused, match="ändrats av någon annan"):
        bookings.move(
            booking=booking, starts_at=at(4), minutes=45, place=PLACE, version=1, by=pedagogue
        )
    run(letters.REMIND)
    assert sent() == []  # those that were ordered were of a time that no longer is


def test_a_cancelled_meeting_has_a_reason_and_leaves_the_calendars(client, alva, pedagogue):
    person, enrolment = alva
    booking = booked(enrolment, pedagogue)
    page = address(person, "cancel")
    assert sign_in(client, pedagogue).post(page, {"reason": "", "version": 1}).status_code == 422
    assert client.post(page, {"reason": "Alva är sjuk", "version": 1}).status_code == 302
    booking.refresh_from_db()
    assert booking.status == BookingStatus.CANCELLED
    event = Calendar.from_ical(client.get(address(person, "calendar")).content).walk("VEVENT")[0]
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)


def test_the_calendar_file_names_nobody_and_is_logged(client, alva, pedagogue, officer):
    person, enrolment = alva
    booking = booked(enrolment, pedagogue)
    answer = sign_in(client, pedagogue).get(address(person, "calendar"))
    text = answer.content.decode()
    event = Calendar.from_ical(text).walk("VEVENT")[0]
    assert event["summary"] == "Planeringssamtal, BASUN" and str(booking.uid) in event["uid"]
    assert event.decoded("dtstart") == booking.starts_at and event["location"] == PLACE
    for word in ("Alva", "Planlund", person.code, pedagogue.last_name, officer.last_name):
        assert word not in text and word not in answer["Content-Disposition"]
    assert AccessLogEntry.objects.filter(what="plans:calendar", person_id=person.pk).count() == 1


def test_staff_get_the_file_by_mail_without_names(alva, pedagogue, officer):
    person, enrolment = alva
    booked(enrolment, pedagogue)
    run(bookings.INVITE)
    assert sorted(each.to[0] for each in mail.outbox) == sorted([pedagogue.email, officer.email])
    assert any("BEGIN:VCALENDAR" in text for text in sent())
    for word in ("Alva", "Planlund", person.code):
        assert all(word not in text for text in sent())


def test_the_day_before_everybody_is_reminded_once(alva, pedagogue, officer):
    booked(alva[1], pedagogue)
    assert letters.order_reminders(today()) == 1
    assert letters.order_reminders(today()) == 0
    for _ in range(2):
        run(letters.REMIND)
    (sms,) = gateway.outbox
    assert "13:00" in sms.text and PLACE in sms.text and "Alva" not in sms.text
    reminded = [each.to[0] for each in mail.outbox]
    assert sorted(reminded) == sorted([pedagogue.email, officer.email])


def test_a_reminder_that_may_have_been_sent_is_not_sent_again(alva, pedagogue):
    booked(alva[1], pedagogue)
    letters.order_reminders(today())
    Job.objects.filter(kind=letters.REMIND).update(attempts=1)  # a worker took it, and died
    run(letters.REMIND)
    assert sent() == []


def test_a_reminder_is_not_for_next_week(alva, pedagogue):
    booked(alva[1], pedagogue, days=5)
    assert letters.order_reminders(today()) == 0


def test_the_mail_stops_when_the_officer_may_no_longer_see_the_plan(alva, pedagogue, officer):
    booked(alva[1], pedagogue)
    letters.order_reminders(today())
    now = timezone.now()
    alva[0].consents.update(withdrawn_at=now, withdrawn_by=pedagogue)
    run(letters.REMIND)
    assert [each.to for each in mail.outbox] == [[pedagogue.email]]


def test_todays_meeting_is_the_one_that_was_held_when_the_next_is_booked(client, alva, pedagogue):
    person, enrolment = alva
    MeetingBooking.objects.create(
        enrolment=enrolment, starts_at=timezone.now(), place=PLACE, booked_by=pedagogue
    )
    answer = sign_in(client, pedagogue).post(address(person), form(days=14, till="redigera"))
    assert answer.url == address(person, "edit")
    assert [each.status for each in MeetingBooking.objects.order_by("pk")] == ["held", "booked"]
    assert PlanningMeeting.objects.get().held_on == today()


def test_the_day_lists_the_meetings_of_those_who_take_part(alva, pedagogue, other_pedagogue):
    booked(alva[1], pedagogue)
    tomorrow = today() + timedelta(days=1)
    (entry,) = on_other_pages.today(pedagogue, tomorrow)
    assert entry.person == alva[0] and "Alva Planlund" in entry.title
    assert on_other_pages.today(other_pedagogue, tomorrow) == []
    protect(alva[0], [pedagogue])
    (entry,) = on_other_pages.today(pedagogue, tomorrow)
    assert alva[0].code in entry.title and "Planlund" not in entry.title


def test_leaving_cancels_what_is_booked_and_tells_of_a_proposal(alva, pedagogue):
    _, enrolment = alva
    booking = booked(enrolment, pedagogue)
    lay_table(enrolment, pedagogue)
    put_forward(enrolment, pedagogue)
    (line,) = on_other_pages.waiting_proposal(enrolment, pedagogue, today())
    assert "väntar på" in line.text and not line.needs_reason
    bookings.cancel_coming(enrolment, pedagogue)
    booking.refresh_from_db()
    assert booking.status == BookingStatus.CANCELLED and booking.cancel_reason


def test_phases_go_from_mapping_to_focus_when_the_first_plan_holds(alva, pedagogue):
    person, enrolment = alva
    phase = on_other_pages.phases([person], pedagogue, today())[person.pk]
    assert (phase.label, phase.since) == ("Kartläggning", enrolment.starts_on)
    agreed(enrolment, pedagogue)
    phase = on_other_pages.phases([person], pedagogue, today())[person.pk]
    assert (phase.label, phase.since) == ("Individuellt fokus", today())


def test_signals_and_steps_cost_the_same_for_one_as_for_many(pedagogue, django_assert_num_queries):
    people = []
    for _ in range(3):
        person = make_person()
        enrol(person, contact=pedagogue)
        people.append(person)
        lay_table(person.enrolments.get(), pedagogue)
        put_forward(person.enrolments.get(), pedagogue)
    found = list(type(people[0]).objects.for_list())
    with django_assert_num_queries(3):
        steps = reviews.next_steps(found, pedagogue, today())
    assert len(steps) == 3 and "Planen väntar på" in next(iter(steps.values())).text


def test_a_plan_to_be_reviewed_within_the_week_is_one_task(alva, pedagogue):
    version = agreed(alva[1], pedagogue)
    day = version.review_on - timedelta(days=7)
    assert reviews.give_tasks(day - timedelta(days=1)) == 0
    for _ in range(2):
        reviews.give_tasks(day)
    task = Task.objects.get(source="due")
    assert (task.assigned_to, task.due_on) == (pedagogue, version.review_on)


def test_the_persons_page_shows_how_it_goes_with_the_steps(client, alva, pedagogue):
    agreed(alva[1], pedagogue, due_on=f"{today() - timedelta(days=1)}")
    page = sign_in(client, pedagogue).get(alva[0].get_absolute_url()).content.decode()
    assert "0 av 1" in page and "Ring verkstaden" in page
    assert "1 försenat steg" in page.replace("\N{NO-BREAK SPACE}", " ")
