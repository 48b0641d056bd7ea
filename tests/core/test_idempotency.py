"""A form sent twice does its work once, and what is spent is forgotten."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from core.models import UsedKey
from core.tasks import forget_the_spent
from participants.models import Participant
from tests.cast import enrol, make_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(pedagogue):
    person = make_person("Xantippa", "Kvist")
    enrol(person, contact=pedagogue)
    return person


def save(client, person, key, first_name):
    data = {
        "first_name": first_name, "last_name": "Kvist", "legal_gender": "F",
        "version": Participant.objects.get(pk=person.pk).version, "once_key": key,
    }  # fmt: skip
    return client.post(reverse("participants:details_edit", args=[person.pk]), data)


def test_the_second_of_two_is_led_where_the_first_one_led(client, pedagogue, person):
    client, key = sign_in(client, pedagogue), uuid4().hex
    answers = [save(client, person, key, name) for name in ("Ett", "Två")]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Participant.objects.get(pk=person.pk).first_name == "Ett"


def test_a_form_with_faults_may_be_sent_again_with_its_key(client, pedagogue, person):
    client, key = sign_in(client, pedagogue), uuid4().hex
    assert save(client, person, key, "").status_code == 422
    assert save(client, person, key, "Rätt").status_code == 302
    assert Participant.objects.get(pk=person.pk).first_name == "Rätt"


def test_the_same_key_from_somebody_else_is_another_form(
    client, pedagogue, other_pedagogue, person
):
    key = uuid4().hex
    save(sign_in(client, pedagogue), person, key, "Ett")
    save(sign_in(client, other_pedagogue), person, key, "Två")
    assert Participant.objects.get(pk=person.pk).first_name == "Två"


def test_spent_keys_and_ended_sessions_are_forgotten(client, pedagogue, person):
    save(sign_in(client, pedagogue), person, uuid4().hex, "Ett")
    save(client, person, uuid4().hex, "Två")
    old = UsedKey.objects.first()
    UsedKey.objects.filter(pk=old.pk).update(used_at=timezone.now() - timedelta(days=2))
    Session.objects.create(
        session_key="gammal", session_data="", expire_date=timezone.now() - timedelta(hours=1)
    )
    forget_the_spent()
    forget_the_spent()
    assert UsedKey.objects.count() == 1
    assert list(Session.objects.values_list("pk", flat=True)) == [client.session.session_key]
