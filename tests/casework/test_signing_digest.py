"""The weekly letter: once a week and user, no names, and caught up when the machine was off."""

from datetime import date

import pytest
from django.core import mail

from casework.models import Digest
from casework.signing import digest, tasks
from core import gateway, jobs
from core.gateway import GatewayError
from core.models import Job
from tests.casework.signing_world import came
from tests.cast import enrol, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def nura(pedagogue):
    person = make_person("Nura", "Sommarsson")
    enrol(person, contact=pedagogue)
    came(person, 0, "2.50")
    return person


def by_the_clock():
    """Let the schedule come, and the workers do what it orders."""
    tasks.send_digests()
    for job in Job.objects.open():
        jobs.run(job.pk)


def test_the_main_contact_is_told_how_many_how_much_and_where(nura, pedagogue):
    by_the_clock()
    (letter,) = mail.outbox
    assert letter.to == [pedagogue.email]
    assert "1\u00a0deltagare" in letter.body and "2,5 timmar" in letter.body
    assert "kvar" in letter.body and "http://localhost:8000/underskrifter/" in letter.body


def test_the_letter_names_nobody(nura, pedagogue):
    by_the_clock()
    told = mail.outbox[0].subject + mail.outbox[0].body
    for word in ("Nura", "Sommarsson", nura.code, nura.number, "CV-verkstad"):
        assert word not in told


def test_it_comes_once_a_week_however_often_the_clock_does(nura):
    by_the_clock(), by_the_clock()
    assert len(mail.outbox) == 1 and Digest.objects.count() == 1


def test_a_job_that_is_run_twice_writes_once(nura, pedagogue):
    monday = digest.monday_of(date(2026, 11, 25)).isoformat()
    assert digest.send(pedagogue.pk, monday) and not digest.send(pedagogue.pk, monday)
    assert (monday, len(mail.outbox)) == ("2026-11-23", 1)


def test_a_refused_mail_is_tried_again_the_next_hour_and_stops_nobody_else(
    nura, pedagogue, other_pedagogue, monkeypatch
):
    other = make_person()
    enrol(other, contact=other_pedagogue)
    came(other)
    send = gateway.send_mail

    def refuse_one(address, *words):
        if address == pedagogue.email:
            raise GatewayError(gateway.NO_MAIL)
        send(address, *words)

    monkeypatch.setattr(gateway, "send_mail", refuse_one)
    by_the_clock()
    assert [each.to for each in mail.outbox] == [[other_pedagogue.email]]
    monkeypatch.setattr(gateway, "send_mail", send)
    by_the_clock()
    assert {each.to[0] for each in mail.outbox} == {pedagogue.email, other_pedagogue.email}


def test_those_with_nothing_missing_hear_nothing_and_are_done_for_the_week(pedagogue):
    enrol(make_person(), contact=pedagogue)
    by_the_clock()
    assert mail.outbox == [] and Digest.objects.count() == 1


def test_who_has_left_or_lost_the_role_is_not_written_to(nura, pedagogue):
    pedagogue.role_grants.all().delete()
    by_the_clock()
    assert mail.outbox == []


def test_a_deactivated_user_is_passed_over(nura, pedagogue):
    pedagogue.is_active = False
    pedagogue.save()
    by_the_clock()
    assert mail.outbox == [] and not Job.objects.exists()
