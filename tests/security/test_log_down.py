"""If the access log can't be written, nobody is shown and nothing is changed."""

import pytest
from django.db import OperationalError
from django.urls import reverse

from core import access_log
from participants.models import Participant
from tests.cast import enrol, make_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(pedagogue):
    person = make_person("Xantippa", "Kvist", phone="070-1740605")
    enrol(person, contact=pedagogue)
    return person


@pytest.fixture
def log_down(person, monkeypatch):
    def full_disk(*args):
        raise OperationalError("disk full")

    monkeypatch.setattr(access_log, "_append", full_disk)


@pytest.mark.parametrize(
    "name", ["home", "participants:list", "participants:detail", "participants:details", "casework:attendance"]
)  # fmt: skip
def test_a_page_that_shows_somebody_says_calmly_that_it_cannot(
    client, pedagogue, person, log_down, name
):
    needs_key = name not in {"home", "participants:list"}
    answer = sign_in(client, pedagogue).get(reverse(name, args=[person.pk] if needs_key else []))
    text = answer.content.decode()
    assert answer.status_code == 503
    assert "Xantippa" not in text
    assert "försök" in text.lower()


def test_a_change_is_not_kept_when_it_cannot_be_logged(client, pedagogue, person, log_down):
    data = {
        "first_name": "Ny",
        "last_name": "Kvist",
        "legal_gender": "F",
        "version": person.version,
    }
    sign_in(client, pedagogue).post(reverse("participants:details_edit", args=[person.pk]), data)
    assert Participant.objects.get(pk=person.pk).first_name == "Xantippa"
