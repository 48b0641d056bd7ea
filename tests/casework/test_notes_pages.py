"""From anywhere in two clicks, the list that is read through, and what other pages tell of notes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.models import NoteDraft, NoteTemplate, QuickPhrase
from casework.notes import on_other_pages
from core.models import AccessLogEntry
from tests.casework.notes_world import make_draft, make_note, sent, write_url
from tests.cast import enrol, make_person, protect, sign_in
from tests.htmx import assert_swap_gives_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(pedagogue, client):
    person = make_person("Åsa", "Öberg")
    enrol(person, contact=pedagogue)
    sign_in(client, pedagogue)
    return person


def page_at(client, url):
    return client.get(url).content.decode()


def test_the_button_stands_on_every_page_and_knows_the_person(client, person):
    new = reverse("notes:new", args=[person.pk])
    start = reverse("notes:start")
    assert f'href="{start}" accesskey="n"' in page_at(client, "/")
    assert f'href="{new}" accesskey="n"' in page_at(client, person.get_absolute_url())


def test_who_writes_no_notes_has_no_button(client, administrator):
    assert "Ny anteckning" not in page_at(sign_in(client, administrator), "/")
    assert client.get(reverse("notes:start")).status_code == 403


def test_the_start_offers_ones_own_and_those_noted_lately(
    client, person, pedagogue, other_pedagogue
):
    noted = make_person("Kim", "Ek")
    enrol(noted, contact=other_pedagogue)
    make_note(noted, pedagogue)
    stranger = make_person("Per", "Ås")
    enrol(stranger, contact=other_pedagogue)
    hidden = make_person("Noor", "Aziz", protected=True, readers=[pedagogue])
    enrol(hidden, contact=pedagogue)
    before = AccessLogEntry.objects.count()
    page = page_at(client, reverse("notes:start"))
    for each in (noted, person, hidden):
        assert reverse("notes:new", args=[each.pk]) in page
    assert hidden.code in page and "Noor" not in page and "Per Ås" not in page
    entries = AccessLogEntry.objects.filter(id__gt=before)
    assert {each.person_id for each in entries} == {noted.pk, person.pk, hidden.pk}


def test_the_start_finds_by_name_with_the_words_by_post(client, person, other_pedagogue):
    enrol(make_person("Per", "Åström"), contact=other_pedagogue)
    url = client.post(reverse("notes:start"), {"q": "åström"}).url
    page = page_at(client, url)
    assert "Per Åström" in page and "Åsa" not in page and "str%C3%B6m" not in url
    assert_swap_gives_page(client, url, start=reverse("notes:start"), target="results")


def test_the_list_is_read_through_with_the_newest_first(client, person, pedagogue):
    make_note(
        person, pedagogue, text="Den äldre\n\nmed två stycken", days_ago=3, agreed="Ringa (Anna)"
    )
    make_note(person, pedagogue, text="Den nyare")
    page = page_at(client, reverse("notes:list", args=[person.pk]))
    assert page.index("Den nyare") < page.index("Den äldre\n\nmed två stycken")
    assert "Vi kom överens om" in page and "Ringa (Anna)" in page


def test_the_list_pages_and_prints_all(client, person, pedagogue):
    for index in range(17):
        make_note(person, pedagogue, text=f"Nummer {index}.", days_ago=index)
    url = reverse("notes:list", args=[person.pk])
    assert page_at(client, url).count("<article") == 15
    assert page_at(client, f"{url}?sida=2").count("<article") == 2
    assert page_at(client, f"{url}?utskrift=1").count("<article") == 17
    assert_swap_gives_page(client, f"{url}?slag=other", start=url, target="results")


def test_the_queries_do_not_grow_with_the_notes(client, person, pedagogue):
    url = reverse("notes:list", args=[person.pk])
    make_note(person, pedagogue)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for index in range(12):
        make_note(person, pedagogue, days_ago=index)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)


def test_an_empty_file_says_so(client, person):
    assert "Inga anteckningar än" in page_at(client, reverse("notes:list", args=[person.pk]))


def test_the_home_page_reminds_of_what_is_not_signed(client, person, pedagogue, lead):
    old = make_draft(person, pedagogue)
    NoteDraft.objects.filter(pk=old.pk).update(changed_at=timezone.now() - timedelta(hours=25))
    gone = make_person("Kim", "Ek")
    make_draft(gone, pedagogue)
    protect(gone, [lead])
    make_draft(person, lead)
    page = page_at(client, "/")
    card = page[page.index("Osignerade anteckningar") :]
    assert old.get_absolute_url() in card and "Åsa Öberg" in card and "Mer än ett dygn" in card
    assert "Kim" not in card and gone.code not in card


def test_an_exit_asks_for_ones_own_drafts_without_stopping(person, pedagogue, lead):
    enrolment = person.current_enrolment
    assert on_other_pages.unsigned(enrolment, pedagogue, timezone.localdate()) == []
    make_draft(person, pedagogue)
    (question,) = on_other_pages.unsigned(enrolment, pedagogue, timezone.localdate())
    assert "1" in question.text and not question.needs_reason
    assert on_other_pages.unsigned(enrolment, lead, timezone.localdate()) == []


def test_the_last_contact_is_with_the_participant(person, pedagogue):
    today = timezone.localdate()
    make_note(person, pedagogue, with_whom=["participant", "family"], days_ago=5)
    make_note(person, pedagogue, with_whom=["school"], days_ago=2)
    other = make_person("Kim", "Ek")
    contacts = on_other_pages.last_contacts([person, other], today)
    assert contacts == {person.pk: today - timedelta(days=5)}
    assert on_other_pages.last_contacts([person], today - timedelta(days=6)) == {}


def test_there_are_templates_checklists_and_phrases_from_the_start(client, person):
    templates = NoteTemplate.objects.all()
    for template in templates:
        template.full_clean()
    checklists = set(templates.filter(is_checklist=True).values_list("name", flat=True))
    assert len(checklists) == 2 and any("Genushanden" in name for name in checklists)
    page = page_at(client, reverse("notes:new", args=[person.pk]))
    for words in (*(each.name for each in templates), QuickPhrase.objects.first().text):
        assert words in page


def test_without_a_script_a_template_is_added_and_forces_nothing(client, person):
    template = NoteTemplate.objects.get(name="MI-samtal")
    url = write_url()
    client.post(url, sent(person, "Redan skrivet") | {"template": template.pk})
    draft = NoteDraft.objects.get()
    assert draft.typed["text"] == f"Redan skrivet\n\n{template.text}"
    assert draft.typed["kind"] == "motivation"


def test_own_phrases_are_added_and_removed_by_their_owner(client, person, pedagogue, lead):
    url = reverse("notes:phrases")
    assert client.post(url, {"text": "Bra driv i dag."}).url == url
    client.post(url, {"text": "Bra driv i dag."})
    phrase = QuickPhrase.objects.get(user=pedagogue)
    assert "Bra driv i dag." in page_at(client, reverse("notes:new", args=[person.pk]))
    remove = reverse("notes:phrase_remove", args=[phrase.pk])
    sign_in(client, lead)
    assert "Bra driv" not in page_at(client, url)
    assert client.post(remove).status_code == 404
    sign_in(client, pedagogue)
    client.post(remove)
    assert not QuickPhrase.objects.filter(user=pedagogue).exists()


def test_a_closed_file_asks_for_a_reason_first(client, lead):
    person = make_person("Kim", "Ek", created_at=timezone.now() - timedelta(days=900))
    day = timezone.localdate()
    enrol(person, starts_on=day - timedelta(days=400), ended_on=day - timedelta(days=200))
    note = make_note(person, lead, days_ago=300)
    draft = make_draft(person, lead)
    sign_in(client, lead)
    way = reverse("participants:open", args=[person.pk])
    for url in (note.get_absolute_url(), write_url(draft), reverse("notes:list", args=[person.pk])):
        assert client.get(url).url == way
    assert client.post(write_url(draft), sent(person, revision="1")).url == way
