"""Registering: search first, never twice, and never a word about those one may not see."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AccessLogEntry
from participants.models import Participant
from participants.search import NEUTRAL
from tests.cast import enrol, make_person, next_number, protect, sign_in

pytestmark = pytest.mark.django_db

SEARCH, REGISTER = reverse("participants:register_search"), reverse("participants:register")


def typed(number, **more):
    return {"number": number, "first_name": "Åsa", "last_name": "Öberg", **more}


def test_a_search_without_hits_leads_to_a_form_filled_with_what_was_typed(client, pedagogue):
    number = next_number()
    page = sign_in(client, pedagogue).post(SEARCH, typed(number))
    assert page.context["new"].initial["first_name"] == "Åsa"
    answer = client.post(REGISTER, typed(number, area="alby"))
    person = Participant.objects.get()
    assert answer.url == person.get_absolute_url() and person.number == number


def test_a_number_that_is_here_leads_to_the_person(client, pedagogue):
    person = make_person("Redan", "Här")
    page = sign_in(client, pedagogue).post(SEARCH, {"number": person.number})
    assert page.context["new"] is None
    assert person.get_absolute_url() in page.content.decode()
    assert set(AccessLogEntry.objects.values_list("person_id", "action")) == {(person.pk, "found")}


def hidden_people(lead):
    protected = make_person("Skyddad")
    protect(protected, [lead])
    closed = make_person("Stängd", created_at=timezone.now() - timedelta(days=400))
    day = timezone.localdate() - timedelta(days=300)
    enrol(closed, starts_on=day, ended_on=day + timedelta(days=100))
    return protected, closed


def test_a_number_of_somebody_hidden_gets_one_and_the_same_neutral_sentence(
    client, pedagogue, lead
):
    sign_in(client, pedagogue)
    for person in hidden_people(lead):
        for address in (SEARCH, REGISTER):
            page = client.post(address, typed(person.number)).content.decode()
            assert NEUTRAL in page
            assert person.first_name not in page and person.code not in page
    assert not AccessLogEntry.objects.exists()


def test_somebody_registered_in_another_tab_meanwhile_is_pointed_out_kindly(client, pedagogue):
    number = next_number()
    sign_in(client, pedagogue).post(SEARCH, typed(number))
    other_tab = make_person("Åsa", "Öberg", number=number)
    answer = client.post(REGISTER, typed(number))
    assert answer.status_code == 422
    assert "Någon hann före" in answer.content.decode()
    assert other_tab.get_absolute_url() in answer.content.decode()
    assert Participant.objects.count() == 1


def test_the_same_form_sent_twice_registers_once(client, pedagogue):
    form = typed(next_number(), once_key="a" * 32)
    first = sign_in(client, pedagogue).post(REGISTER, form)
    assert client.post(REGISTER, form).url == first.url
    assert Participant.objects.count() == 1


def test_without_a_number_everything_else_is_asked_for(client, pedagogue):
    answer = sign_in(client, pedagogue).post(REGISTER, typed(""))
    assert set(answer.context["form"].errors) == {
        "number_missing_reason", "birth_date", "legal_gender",
    }  # fmt: skip


def test_a_wrong_check_digit_says_what_to_do(client, pedagogue):
    answer = sign_in(client, pedagogue).post(SEARCH, {"number": "19930313-2395"})
    assert "Kontrollera siffrorna" in answer.content.decode()


def test_those_who_may_not_register_are_refused(client, coordinator):
    sign_in(client, coordinator)
    assert client.get(SEARCH).status_code == client.post(REGISTER, {}).status_code == 403
