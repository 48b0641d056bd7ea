"""Search: tolerant, says why, and only among those the user may see."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.identity_numbers import parse
from core.models import AccessLogEntry
from participants import actions, search
from tests.cast import enrol, make_person, next_number, sign_in

pytestmark = pytest.mark.django_db

SEARCH = reverse("participants:search")


def search_for(client, text):
    """Search as the page does: the words by POST, the answer at an address without them."""
    return client.get(client.post(SEARCH, {"q": text}).url)


def found(user, text):
    return [(hit.participant.first_name, hit.why) for hit in search.find(user, text)]


@pytest.fixture
def fatima(pedagogue):
    return make_person(
        "Fatima",
        "Al-Hassan",
        number="200503142382",
        phone="070-123 45 67",
        email="fatima@exempel.se",
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("fatima", "namn"),
        ("hassan fat", "namn"),
        ("Fatimma Alhassan", "namnet liknar"),
        ("alhasan fatima", "namnet liknar"),
        ("20050314-2382", "personnummer"),
        ("050314 2382", "personnummer"),
        ("2005-03-14", "födelsedatum"),
        ("+46 70 123 45 67", "telefonnummer"),
        ("0701234567", "telefonnummer"),
        ("FATIMA@exempel.se", "e-post"),
    ],
)
def test_a_person_is_found_by_what_one_knows_and_the_hit_says_why(pedagogue, fatima, text, why):
    assert found(pedagogue, text) == [("Fatima", why)]


def test_a_person_is_found_by_code_and_by_a_former_number(pedagogue, fatima):
    actions.change_number(participant=fatima, number=parse(next_number()), by=pedagogue)
    assert found(pedagogue, "050314-2382") == [("Fatima", "tidigare personnummer")]
    assert found(pedagogue, fatima.code.lower()) == [("Fatima", "kod")]


@pytest.mark.parametrize("text", ["Fatilda", "Hanna", "070 999", "19930313-2394", "f", ""])
def test_what_is_not_alike_is_not_found(pedagogue, fatima, text):
    assert found(pedagogue, text) == []


def test_swedish_letters_are_letters_of_their_own(pedagogue):
    make_person("Åsa", "Ös")
    make_person("Asa", "Os")
    assert found(pedagogue, "åsa") == [("Åsa", "namn")]
    assert found(pedagogue, "ÖS") == [("Åsa", "namn")]
    assert found(pedagogue, "os") == [("Asa", "namn")]


def test_nobody_is_found_whom_the_user_may_not_see(pedagogue, lead, officer, steering):
    make_person("Hemlig", protected=True, readers=[pedagogue], number="200503142382")
    assert found(pedagogue, "hemlig") == [("Hemlig", "namn")]
    for user in (lead, officer, steering):
        assert found(user, "hemlig") == found(user, "hemmlig") == found(user, "050314-2382") == []


def test_at_most_twenty_are_shown_and_exactly_those_are_logged(client, pedagogue):
    for number in range(25):
        make_person(f"Anna{number:02d}")
    answer = search_for(sign_in(client, pedagogue), "testsson")
    shown = [hit.participant.pk for hit in answer.context["hits"]]
    logged = AccessLogEntry.objects.order_by("id").values_list("person_id", "action")
    assert len(shown) == 20 and sorted(logged) == sorted((pk, "found") for pk in shown)


def test_what_was_typed_goes_by_post_and_stays_out_of_the_address(client, pedagogue, fatima):
    answer = sign_in(client, pedagogue).post(SEARCH, {"q": "fatima"})
    assert "fatima" not in answer.url
    assert "Al-Hassan" in client.get(answer.url).content.decode()


def test_a_hit_tells_another_authority_nothing_of_the_plan(client, officer, pedagogue):
    person = make_person("Åsa", consent=["notes"])
    enrol(person, officer=officer, contact=pedagogue)
    page = search_for(sign_in(client, officer), "åsa").content.decode()
    assert "Åsa Testsson" in page and pedagogue.name not in page


def test_searching_costs_the_same_with_2_hits_and_with_20(client, pedagogue):
    sign_in(client, pedagogue)
    costs = []
    for total in (2, 20):
        address = client.post(SEARCH, {"q": "testsson"}).url
        while len(client.get(address).context["hits"]) < total:
            enrol(make_person(), contact=pedagogue)
        with CaptureQueriesContext(connection) as counted:
            client.get(address)
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_before_registering_the_surest_ground_is_told(pedagogue, fatima):
    (hit,) = search.find_person(pedagogue, name="Fatma Hassan", birth_date=date(2005, 3, 14))
    assert hit.why == "namnet liknar och födelsedatumet är samma"
