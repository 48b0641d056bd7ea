"""Who may read a note: by its audience, by authority, by consent, by what one is to the person."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casework.models import Audience, CaseNote
from casework.notes import on_other_pages
from casework.review.room import as_the_room
from core.models import AccessLogEntry
from participants.enums import Category, Function
from tests.casework.notes_world import make_note
from tests.cast import assign, enrol, give_consent, make_person, protect, sign_in

pytestmark = pytest.mark.django_db
SECRET = "Hemligt om skulder."
REST = {"audience": Audience.RESTRICTED, "restricted_reason": "Hot i familjen"}
OWN = {"audience": Audience.AUTHORITY}
STAFF = ["pedagogue", "other_pedagogue", "lead", "officer", "sius", "counsellor", "coordinator"]


@pytest.fixture
def cast(pedagogue, other_pedagogue, lead, officer, sius, counsellor, coordinator):
    """One member of staff of each role that reads notes; all but the coordinator have the person."""
    return locals()


@pytest.fixture
def person(cast):
    """Somebody whose main contact is the other pedagogue, with a consent that covers no notes."""
    person = make_person("Åsa", "Öberg", consent=["plan"])
    enrolment = enrol(person, contact=cast["other_pedagogue"], officer=cast["officer"])
    assign(enrolment, Function.SIUS, cast["sius"])
    assign(enrolment, Function.COUNSELLOR, cast["counsellor"])
    return person


def who_reads(note, cast):
    return {
        name for name, user in cast.items() if CaseNote.objects.readable_by(user).filter(pk=note.pk)
    }


def who_knows(note, cast):
    return {
        name for name, user in cast.items() if CaseNote.objects.known_to(user).filter(pk=note.pk)
    }


AF = {"officer", "sius"}


@pytest.mark.parametrize(
    ("author", "more", "consented", "readers", "knowers"),
    [
        ("pedagogue", {}, False, set(STAFF) - AF, set(STAFF) - AF),
        ("pedagogue", {}, True, set(STAFF), set(STAFF)),
        ("officer", {}, False, set(STAFF), set(STAFF)),
        ("pedagogue", OWN, True, set(STAFF) - AF, set(STAFF) - AF),
        ("officer", OWN, True, AF, AF),
        ("officer", OWN, False, AF, AF),
        ("pedagogue", REST, False, {"pedagogue", "other_pedagogue", "lead"}, set(STAFF) - AF),
        ("pedagogue", REST, True, {"pedagogue", "other_pedagogue", "lead"}, set(STAFF)),
        ("officer", REST, True, {"officer", "other_pedagogue"}, set(STAFF)),
    ],
)
def test_who_reads_and_who_knows(cast, person, author, more, consented, readers, knowers):
    if consented:
        give_consent(person, [Category.NOTES])
    note = make_note(person, cast[author], **more)
    assert who_reads(note, cast) == readers
    assert who_knows(note, cast) == knowers


def test_a_withdrawn_consent_closes_at_once(cast, person):
    give_consent(person, [Category.NOTES])
    note = make_note(person, cast["pedagogue"])
    person.consents.filter(category=Category.NOTES).update(
        withdrawn_at=note.signed_at - timedelta(days=1), withdrawn_by=cast["lead"]
    )
    assert "officer" not in who_reads(note, cast)


def test_a_protected_person_has_notes_only_for_those_on_the_list(cast, person):
    note = make_note(person, cast["pedagogue"])
    protect(person, [cast["lead"]])
    assert who_knows(note, cast) == {"lead"}


def test_others_see_a_stub_without_words_or_kind(client, cast, person):
    make_note(person, cast["pedagogue"], text=SECRET, kind="motivation", **REST)
    sign_in(client, cast["coordinator"])
    url = reverse("notes:list", args=[person.pk])
    page = client.get(url).content.decode()
    card = page[page.index("<article") : page.index("</article>")]
    assert "Spärrad" in card and "Anna Berg" in card and "Olle Dahl" in card
    for hidden in (SECRET, "Motiverande", "Hot i familjen", "Möte hos oss", "Deltagaren"):
        assert hidden not in card
    detail = client.get(CaseNote.objects.get().get_absolute_url()).content.decode()
    assert "Anteckningen är spärrad" in detail and "Olle Dahl" in detail
    assert SECRET not in detail and "Hot i familjen" not in detail
    assert "Motiverande" not in detail


@pytest.mark.parametrize("query", ["?slag=motivation", "?med=participant"])
def test_no_filter_tells_what_a_restricted_note_says(client, cast, person, query):
    make_note(person, cast["pedagogue"], kind="motivation", **REST)
    sign_in(client, cast["coordinator"])
    url = reverse("notes:list", args=[person.pk]) + query
    assert b"<article" not in client.get(url).content


def test_the_administrator_is_refused(client, administrator, cast, person):
    note = make_note(person, cast["pedagogue"])
    sign_in(client, administrator)
    for url in (
        note.get_absolute_url(),
        reverse("notes:list", args=[person.pk]),
        reverse("notes:search"),
    ):
        assert client.get(url).status_code == 403


def test_an_officer_without_the_notes_consent_reads_and_writes_the_own_authoritys(
    client, cast, person
):
    make_note(person, cast["pedagogue"], text="Kommunens ord.")
    make_note(person, cast["sius"], text="Vår egen anteckning.", **OWN)
    sign_in(client, cast["officer"])
    page = client.get(reverse("notes:list", args=[person.pk])).content.decode()
    assert "Vår egen anteckning." in page and "Kommunens ord." not in page
    assert "har inte samtyckt" in page
    assert client.get(reverse("notes:new", args=[person.pk])).status_code == 200


def test_what_one_may_not_know_of_does_not_exist(client, cast, person):
    note = make_note(person, cast["pedagogue"], text=SECRET)
    sign_in(client, cast["officer"])
    before = AccessLogEntry.objects.count()
    assert client.get(note.get_absolute_url()).status_code == 404
    assert AccessLogEntry.objects.count() == before


def test_a_timeline_never_holds_restricted_words_not_even_the_authors_own(cast, person):
    make_note(person, cast["pedagogue"], text=SECRET, kind="motivation", **REST)
    (event,) = on_other_pages.events(person, cast["pedagogue"])
    assert (event.title, event.by) == ("Spärrad anteckning", "Anna Berg")
    assert SECRET not in event.text


@pytest.mark.parametrize(("consented", "expected"), [(True, 3), (False, 1)])
def test_the_eyes_of_the_room_see_what_consent_covers_and_no_authoritys_own(
    cast, person, consented, expected
):
    for author in ("pedagogue", "officer"):
        make_note(person, cast[author], text=f"Team {author}")
        make_note(person, cast[author], text=SECRET, **OWN)
    make_note(person, cast["pedagogue"], text=SECRET, **REST)
    if consented:
        give_consent(person, [Category.NOTES])
    for leader in ("pedagogue", "other_pedagogue", "lead"):
        found = on_other_pages.events(person, as_the_room(cast[leader]))
        assert len(found) == expected
        assert SECRET not in str(found)
        assert ("Team pedagogue" in str(found)) == consented


def test_the_timeline_of_the_page_shows_the_beginning(client, cast, person):
    make_note(
        person,
        cast["pedagogue"],
        text="Början " + "på något långt " * 40,
        kind="guidance",
        channel="phone",
    )
    sign_in(client, cast["counsellor"])
    page = client.get(person.get_absolute_url()).content.decode()
    assert "Vägledning, telefon" in page and "Början på något långt" in page and " …" in page


def test_one_row_in_the_log_for_each_page_read(client, cast, person):
    note = make_note(person, cast["pedagogue"])
    sign_in(client, cast["counsellor"])
    before = AccessLogEntry.objects.count()
    client.get(note.get_absolute_url())
    entries = AccessLogEntry.objects.filter(id__gt=before)
    assert [(each.person_id, each.what) for each in entries] == [(person.pk, "notes:detail")]
