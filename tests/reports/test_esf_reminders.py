"""The mails before a deadline: when, to whom, once, and without names."""

from datetime import date

import pytest

from core.gateway import GatewayError
from reports.esf import actions, reminders
from reports.esf.models import EsfReminder
from reports.tasks import remind_of_esf_months
from tests.cast import enrol, make_person
from tests.reports.esf_world import BORN, at_noon, attend, lock_all, without_printing

pytestmark = pytest.mark.django_db
# March 2017 is due on 2017-04-28.


@pytest.fixture(autouse=True)
def mira(lead, administrator, pedagogue):
    person = make_person(
        "Mira", "Öberg", birth_date=BORN, email="mira@exempel.se", phone="070-1740605"
    )
    enrol(person, starts_on=date(2017, 3, 6), contact=pedagogue)
    attend(person, "2017-03-08", "2", signed=None)
    return person


def morning(day: str) -> None:
    with at_noon(day):
        remind_of_esf_months()


@pytest.mark.parametrize(
    ("days_left", "step"),
    [(15, None), (14, 14), (8, 14), (7, 7), (4, 7), (3, 3), (2, 3), (1, 1), (0, 1), (-1, None)],
)
def test_it_is_time_for_the_nearest_reminder_reached(days_left, step):
    assert reminders.step_of(days_left) == step


def test_those_who_report_are_told_and_nobody_else(mailoutbox, lead, administrator):
    morning("2017-04-14")
    assert {mail.to[0] for mail in mailoutbox} == {lead.email, administrator.email}


def test_the_mail_says_month_deadline_and_hours_and_names_nobody(mailoutbox, mira):
    morning("2017-04-25")
    mail = mailoutbox[0]
    assert mail.subject == "ESF mars 2017: 3\N{NO-BREAK SPACE}dagar kvar"
    assert "senast 2017-04-28" in mail.body
    assert "2 h räknas inte" in mail.body
    assert "/esf/2017-03/" in mail.body
    assert not any(word in mail.body for word in ("Mira", "Öberg", mira.number))


def test_each_reminder_is_sent_once(mailoutbox):
    for day in ("2017-04-14", "2017-04-14", "2017-04-15", "2017-04-21", "2017-04-25", "2017-04-27"):
        morning(day)
    assert len(mailoutbox) == 2 * 4
    assert list(EsfReminder.objects.values_list("days_left", flat=True)) == [14, 7, 3, 1]


def test_a_morning_that_was_missed_is_made_up_for(mailoutbox):
    morning("2017-04-23")
    assert list(EsfReminder.objects.values_list("days_left", flat=True)) == [7]


def test_nothing_is_said_before_the_time_nor_after_it(mailoutbox):
    morning("2017-04-13")
    morning("2017-04-29")
    assert mailoutbox == []


def test_a_month_that_is_sent_is_not_reminded_of_but_a_locked_one_is(mailoutbox, lead, monkeypatch):
    without_printing(monkeypatch)
    with at_noon("2017-04-10"):
        (march,) = lock_all(lead)
    morning("2017-04-14")
    assert "låst men inte markerad som skickad" in mailoutbox[0].body
    with at_noon("2017-04-15"):
        actions.mark_sent(version=march, by=lead)
    morning("2017-04-21")
    assert len(mailoutbox) == 2


def test_when_nobody_can_be_reached_it_is_tried_again(mailoutbox, monkeypatch):
    def down(*_):
        raise GatewayError

    with monkeypatch.context() as patch:
        patch.setattr(reminders, "send_mail", down)
        morning("2017-04-14")
    assert not EsfReminder.objects.exists()
    morning("2017-04-14")
    assert len(mailoutbox) == 2
