"""The lists: who stands in them, in which order, at what cost, and what is logged."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import AccessLogEntry
from participants.enums import Area, Category
from tests.cast import enrol, make_person, sign_in
from tests.htmx import assert_swap_gives_page

pytestmark = pytest.mark.django_db

MINE, ALL = reverse("participants:list"), reverse("participants:list_all")


def names(answer):
    return [row.participant.list_name for row in answer.context["page"]]


def enrolled(first, contact=None, *, days=60, **person):
    person = make_person(first, "Testsson", **person)
    enrol(person, contact=contact, starts_on=timezone.localdate() - timedelta(days=days))
    return person


def test_my_list_holds_my_own_and_the_other_everybody(client, pedagogue, other_pedagogue):
    enrolled("Min", pedagogue)
    enrolled("Annans", other_pedagogue)
    sign_in(client, pedagogue)
    assert names(client.get(MINE)) == ["Min Testsson"]
    assert names(client.get(ALL)) == ["Annans Testsson", "Min Testsson"]


def test_those_without_a_caseload_go_on_to_everybody(client, lead):
    assert sign_in(client, lead).get(MINE).url == ALL


def test_people_stand_in_swedish_order(client, lead):
    for first in ("Östen", "Adam", "Zoe", "Åke", "Ängla"):
        enrolled(first)
    shown = names(sign_in(client, lead).get(ALL))
    assert [name.split()[0] for name in shown] == ["Adam", "Zoe", "Åke", "Ängla", "Östen"]


def test_each_page_logs_exactly_its_own_persons(client, lead):
    for _ in range(27):
        enrolled(None)
    first = sign_in(client, lead).get(ALL)
    assert AccessLogEntry.objects.count() == 25
    second = client.get(ALL, {"sida": "2"})
    logged = list(AccessLogEntry.objects.order_by("id").values_list("person_id", flat=True))
    shown = [row.participant.pk for page in (first, second) for row in page.context["page"]]
    assert sorted(logged) == sorted(shown) and len(set(shown)) == 27


@pytest.mark.parametrize("order", ["namn", "-inskriven", "slut", "behov"])
def test_a_list_costs_the_same_with_2_rows_and_with_20(client, lead, pedagogue, order):
    sign_in(client, lead)
    costs = []
    for total in (2, 20):
        while len(names(client.get(ALL))) < total:
            enrolled(None, pedagogue, area=Area.ALBY)
        with CaptureQueriesContext(connection) as counted:
            client.get(ALL, {"sortera": order})
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_the_most_urgent_stands_first_when_sorted_by_need(client, lead, pedagogue, officer):
    calm = enrolled("Lugn", pedagogue, consent=True)
    late = enrolled("Sen", pedagogue, consent=True, days=400)
    answer = sign_in(client, lead).get(ALL, {"sortera": "behov"})
    assert [row.participant for row in answer.context["page"]] == [late, calm]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kommundel": "alby"}, ["I Alby"]),
        ({"lage": "slutar"}, ["Slutar snart"]),
        ({"lage": "utan-kontakt"}, ["Utan kontakt"]),
        ({"kommundel": "atlantis"}, ["I Alby", "Utan kontakt", "Slutar snart"]),
    ],
)
def test_the_list_is_narrowed_by_work_and_never_by_what_is_sensitive(
    client, lead, pedagogue, filters, expected
):
    for first, contact, more in (
        ("I", pedagogue, {"last_name": "Alby", "area": Area.ALBY}),
        ("Slutar", pedagogue, {"last_name": "snart"}),
        ("Utan", None, {"last_name": "kontakt"}),
    ):
        person = make_person(first, **more)
        days = 160 if first == "Slutar" else 20
        enrol(person, contact=contact, starts_on=timezone.localdate() - timedelta(days=days))
    answer = sign_in(client, lead).get(ALL, filters)
    assert names(answer) == expected
    assert set(answer.context["filters"].fields) == {
        "q", "huvudkontakt", "kommundel", "spar", "lage", "sortera",
    }  # fmt: skip


def test_the_list_is_searched_without_a_name_in_the_address(client, lead):
    enrolled("Åsa")
    enrolled("Bo")
    answer = sign_in(client, lead).post(ALL, {"q": "åsa", "lage": ""}, follow=True)
    assert names(answer) == ["Åsa Testsson"]
    assert "sok=" in answer.request["QUERY_STRING"] and "%C3" not in answer.request["QUERY_STRING"]


def test_a_swap_gives_the_same_page(client, lead):
    for _ in range(30):
        enrolled(None)
    assert_swap_gives_page(
        sign_in(client, lead),
        f"{ALL}?sida=2&sortera=-namn",
        start=f"{ALL}?sortera=-namn",
        target="results",
    )


def test_a_protected_person_is_a_code_for_the_one_on_the_list_and_nobody_for_others(
    client, pedagogue, lead
):
    person = enrolled("Hemlig", pedagogue, protected=True, readers=[pedagogue], area=Area.ALBY)
    page = sign_in(client, pedagogue).get(MINE).content.decode()
    assert person.code in page and "Hemlig" not in page
    assert person.code not in sign_in(client, lead).get(ALL).content.decode()


def test_staff_of_another_authority_see_those_whose_consent_covers_the_plan(client, officer):
    for first, consent in (("Med", [Category.PLAN]), ("Utan", [Category.NOTES])):
        enrol(make_person(first, consent=consent), officer=officer)
    assert names(sign_in(client, officer).get(MINE)) == ["Med Testsson"]


def test_an_empty_list_says_so_kindly(client, pedagogue, lead):
    assert "Du har inga deltagare än" in sign_in(client, pedagogue).get(MINE).content.decode()
    answer = client.get(ALL, {"lage": "slutar"})
    assert "stämmer med urvalet" in answer.content.decode()


def test_roles_without_participants_are_refused(client, steering):
    assert sign_in(client, steering).get(ALL).status_code == 403
