"""The morning letter: once a day, no names, and caught up when the machine was off."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from casework.models import MeetingBooking, MorningLetter, NoteDraft
from casework.todo import letter, tasks
from core import gateway, jobs
from core.gateway import GatewayError
from core.models import Job
from tests.casework.todo_world import enrolled, make_task
from tests.cast import protect

pytestmark = pytest.mark.django_db
# A Tuesday without a holiday.
WORKING_DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def a_working_day(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: WORKING_DAY)


def task_for(user, days=0, **facts):
    return make_task(user, due_on=WORKING_DAY + timedelta(days=days), **facts)


def by_the_clock():
    """Let the schedule come, and the workers do what it orders."""
    tasks.send_morning_letters()
    for job in Job.objects.open():
        jobs.run(job.pk)


def test_it_tells_how_much_there_is_and_where(pedagogue):
    person = enrolled(pedagogue)
    task_for(pedagogue, person=person, text="Ring mamman")
    task_for(pedagogue, -3)
    task_for(pedagogue, 5)
    by_the_clock()
    (sent,) = mail.outbox
    assert sent.to == [pedagogue.email]
    assert "1\u00a0uppgift i dag och 1\u00a0försenad uppgift." in sent.body
    assert "http://localhost:8000/uppgifter/" in sent.body
    for word in ("Ring", person.first_name, person.last_name, person.code):
        assert word not in sent.subject + sent.body


def test_it_comes_once_a_day_however_often_the_clock_does(pedagogue):
    task_for(pedagogue)
    by_the_clock(), by_the_clock()
    assert len(mail.outbox) == 1


def test_two_workers_with_the_same_letter_send_one(pedagogue):
    task_for(pedagogue)
    day = WORKING_DAY.isoformat()
    assert [letter.send(pedagogue.pk, day), letter.send(pedagogue.pk, day)] == [True, False]
    assert len(mail.outbox) == 1


def test_a_letter_of_another_day_is_not_sent(pedagogue):
    task_for(pedagogue)
    assert not letter.send(pedagogue.pk, "2026-11-23")
    assert not MorningLetter.objects.exists()


def test_a_refused_mail_is_tried_again_the_next_hour(pedagogue, monkeypatch):
    task_for(pedagogue)
    send = gateway.send_mail

    def refuse(*args):
        raise GatewayError(gateway.NO_MAIL)

    monkeypatch.setattr(gateway, "send_mail", refuse)
    by_the_clock()
    assert mail.outbox == [] and not MorningLetter.objects.exists()
    monkeypatch.setattr(gateway, "send_mail", send)
    by_the_clock()
    assert len(mail.outbox) == 1


def test_those_with_nothing_hear_nothing_and_those_without_tasks_are_never_asked(
    pedagogue, administrator
):
    by_the_clock()
    assert mail.outbox == []
    assert list(MorningLetter.objects.values_list("user", flat=True)) == [pedagogue.pk]


def test_nothing_on_a_saturday(pedagogue, monkeypatch):
    task_for(pedagogue)
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: date(2026, 11, 28))
    by_the_clock()
    assert not Job.objects.exists()


def test_what_one_may_not_see_is_not_counted_either(pedagogue, officer, lead):
    person = enrolled(pedagogue, officer)
    task_for(officer, by=pedagogue, person=person)
    hidden = enrolled(pedagogue)
    task_for(pedagogue, person=hidden)
    NoteDraft.objects.create(
        user=pedagogue, participant=hidden, changed_at=timezone.now() - timedelta(days=2)
    )
    protect(hidden, [lead])
    assert letter.letter_for(officer, WORKING_DAY) is None
    assert letter.letter_for(pedagogue, WORKING_DAY) is None


def test_a_note_left_unsigned_since_yesterday_is_told(pedagogue):
    person, now = enrolled(pedagogue), timezone.now()
    for hours in (1, 30):
        NoteDraft.objects.create(
            user=pedagogue, participant=person, changed_at=now - timedelta(hours=hours)
        )
    assert letter.letter_for(pedagogue, WORKING_DAY) == letter.Letter(unsigned=1)


def test_todays_meetings_with_ones_own_are_counted(pedagogue, other_pedagogue):
    person = enrolled(pedagogue)
    at = timezone.make_aware(datetime(2026, 11, 24, 10, 0))
    MeetingBooking.objects.create(
        enrolment=person.current_enrolment, starts_at=at, place="Rum 3", booked_by=pedagogue
    )
    assert letter.letter_for(pedagogue, WORKING_DAY) == letter.Letter(meetings=1)
    assert letter.letter_for(other_pedagogue, WORKING_DAY) is None
