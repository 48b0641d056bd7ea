"""Searching in notes: Swedish words in any form, alike on both databases, and only in what one may read."""

import pytest
from django.db import connection
from django.urls import reverse

from casework.models import Audience, CaseNote
from casework.notes.searching import Words, excerpt, narrow, stem
from core.models import AccessLogEntry
from participants.enums import Category
from tests.casework.notes_world import make_note
from tests.cast import enrol, give_consent, make_person, sign_in

pytestmark = pytest.mark.django_db
SEARCH = reverse("notes:search")


@pytest.fixture
def person(pedagogue, officer):
    person = make_person("Fatima", "Al-Hassan", consent=["plan"])
    enrol(person, contact=pedagogue, officer=officer)
    return person


def find(client, text, url=SEARCH):
    response = client.post(url, {"q": text})
    return client.get(response.url).content.decode()


TEXTS = {
    "a": "Vi pratade om praktiken på förskolan. Hon åker buss.",
    "b": "Samtalen har gått bra, men körkortet väntar.",
    "c": "Hen söker en lägenhet i Öxnehaga.",
    "d": "Hon sokte en annan sak.",
}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("praktik", "a"),
        ("PRAKTIKER", "a"),
        ("förskola", "a"),
        ("samtal", "b"),
        ("samtalet", "b"),
        ("körkort", "b"),
        ("öxnehaga", "c"),
        ("oxnehaga", ""),
        ("söker", "c"),
        ("buss åker", "a"),
        ("buss lägenhet", ""),
        ("prakt", "a"),
        ('"om praktiken"', "a"),
        ('"förskolan praktiken"', ""),
        ("sak -praktik", "d"),
        ("och att", ""),
        ("!!! '", ""),
        ("söker & lägenhet | ':*", "c"),
    ],
)
def test_words_are_found_in_their_forms(person, pedagogue, words, found):
    notes = {key: make_note(person, pedagogue, text=text) for key, text in TEXTS.items()}
    hits = set(narrow(CaseNote.objects.all(), Words(words)).values_list("pk", flat=True))
    assert hits == {notes[key].pk for key in found}


@pytest.mark.parametrize(
    ("word", "short"),
    [
        ("samtalen", "samtal"),
        ("mötet", "möt"),
        ("praktiken", "praktik"),
        ("bil", "bil"),
        ("år", "år"),
    ],
)
def test_a_stem_is_what_the_forms_share(word, short):
    assert stem(word) == short


def test_a_hit_shows_the_words_marked_in_their_surroundings():
    text = "Början. " + "utfyllnad " * 40 + "Vi talade om praktiken i dag." + " mer text" * 60
    pieces = excerpt(text, Words("praktik"))
    assert [each.text for each in pieces if each.found] == ["praktiken"]
    whole = "".join(each.text for each in pieces)
    assert whole.startswith("… ") and whole.endswith(" …") and len(whole) < 420


def test_on_postgresql_the_index_answers(person, pedagogue):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite reads on without an index.")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = narrow(CaseNote.objects.all(), Words("praktik")).explain()
    assert "note_in_swedish" in plan


def test_a_search_finds_only_what_one_may_read(client, person, pedagogue, officer, coordinator):
    make_note(person, pedagogue, text="Praktik för teamet")
    make_note(person, pedagogue, text="Praktik för kommunen", audience=Audience.AUTHORITY)
    more = {"audience": Audience.RESTRICTED, "restricted_reason": "prov"}
    make_note(person, pedagogue, text="Praktik spärrad", **more)
    make_note(person, officer, text="Praktik för af", audience=Audience.AUTHORITY)
    expected = {
        pedagogue: {"teamet", "kommunen", "spärrad"},
        coordinator: {"teamet", "kommunen"},
        officer: {"af"},
    }
    for user, words in expected.items():
        page = find(sign_in(client, user), "praktik")
        seen = {
            word
            for word in ("teamet", "kommunen", "spärrad", "af")
            if f"</mark> för {word}" in page or f"</mark> {word}" in page
        }
        assert seen == words, user
    give_consent(person, [Category.NOTES])
    assert "för teamet" in find(sign_in(client, officer), "praktik")


def test_the_words_never_stand_in_the_address(client, person, pedagogue):
    sign_in(client, pedagogue)
    response = client.post(SEARCH, {"q": "hemligt ord"})
    assert "hemligt" not in response.url


def test_each_page_logs_those_on_it(client, pedagogue):
    people = [make_person(None, "Ek") for _ in range(18)]
    for index, each in enumerate(people):
        enrol(each, contact=pedagogue)
        make_note(each, pedagogue, text="praktik", days_ago=index)
    sign_in(client, pedagogue)
    url = client.post(SEARCH, {"q": "praktik"}).url
    for page, shown in ((1, people[:15]), (2, people[15:])):
        before = AccessLogEntry.objects.count()
        client.get(f"{url}&sida={page}")
        entries = AccessLogEntry.objects.filter(id__gt=before)
        assert {each.person_id for each in entries} == {each.pk for each in shown}
        assert entries.count() == len(shown)


def test_a_protected_person_is_a_code_and_nobody_elses_hit(client, pedagogue, lead):
    person = make_person("Noor", "Aziz", protected=True, readers=[pedagogue])
    enrol(person, contact=pedagogue)
    make_note(person, pedagogue, text="praktik")
    page = find(sign_in(client, pedagogue), "praktik")
    assert person.code in page and "Noor" not in page
    assert "Ingen anteckning hittades" in find(sign_in(client, lead), "praktik")


def test_a_search_within_a_person_and_its_filters(client, person, pedagogue, lead):
    make_note(person, pedagogue, text="Praktik på lager", kind="guidance", with_whom=["school"])
    make_note(person, lead, text="Praktik på kontor", kind="motivation")
    url = reverse("notes:list", args=[person.pk])
    sign_in(client, pedagogue)
    page = find(client, "lager", url)
    assert "Praktik på lager" in page and "kontor" not in page
    for query, only in (
        ("slag=guidance", "lager"),
        ("med=school", "lager"),
        (f"av={lead.pk}", "kontor"),
    ):
        page = client.get(f"{url}?{query}").content.decode()
        assert (only == "lager") == ("på lager" in page) == ("på kontor" not in page)


def test_the_queries_do_not_grow_with_the_hits(
    client, person, pedagogue, django_assert_max_num_queries
):
    sign_in(client, pedagogue)
    for _ in range(14):
        make_note(person, pedagogue, text="praktik")
    url = client.post(SEARCH, {"q": "praktik"}).url
    with django_assert_max_num_queries(25):
        client.get(url)
