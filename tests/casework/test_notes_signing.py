"""Signing makes a note, its first version and its tasks, once; a correction makes the next version."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from casework.models import Audience, CaseNote, CaseNoteVersion, NoteDraft, Task, TaskSource
from casework.notes import agreed, signing, versions
from casework.notes.words import as_data, words_of
from core.errors import Refused
from core.models import AccessLogEntry
from participants.enums import Function
from tests.casework.notes_world import make_draft, make_note, sent, write_url
from tests.cast import assign, enrol, make_person, next_number, protect, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(pedagogue, client):
    person = make_person("Åsa", "Öberg")
    person.now = enrol(person, contact=pedagogue)
    sign_in(client, pedagogue)
    return person


def in_a_day():
    return f"{timezone.localdate() + timedelta(days=1)}"


def test_only_the_text_has_to_be_written(client, person, pedagogue):
    response = client.post(write_url(), sent(person, "Åsa kom i tid.\n\nHon vill plugga."))
    note = CaseNote.objects.get()
    assert response.url == f"{reverse('notes:list', args=[person.pk])}#anteckning-{note.pk}"
    assert (note.text, note.author, note.enrolment) == (
        "Åsa kom i tid.\n\nHon vill plugga.",
        pedagogue,
        person.now,
    )
    assert (note.audience, note.with_participant, note.number) == (Audience.TEAM, True, 1)
    assert note.search_text == "åsa kom i tid. hon vill plugga. annat"
    version = CaseNoteVersion.objects.get()
    assert (version.number, version.text, version.signed_by) == (1, note.text, pedagogue)
    draft = NoteDraft.objects.get()
    assert (draft.note, draft.typed) == (note, {})


def test_the_signing_is_logged_as_a_change(client, person):
    before = AccessLogEntry.objects.count()
    client.post(write_url(), sent(person))
    entries = AccessLogEntry.objects.filter(id__gt=before)
    assert [each.what for each in entries] == ["begin_note", "sign_note"]


def test_a_second_press_finds_what_the_first_one_made(client, person, pedagogue):
    draft = make_draft(person, pedagogue)
    words = sent(person, "En gång", revision="1")
    first = client.post(write_url(draft), words)
    second = client.post(write_url(draft), words)
    note = CaseNote.objects.get()
    assert (first.status_code, second.url) == (302, note.get_absolute_url())
    assert client.get(write_url(draft)).url == note.get_absolute_url()
    lines = [agreed.Line("Ringa", user=pedagogue)]
    again = signing.sign(draft=draft, by=pedagogue, content=None, lines=lines)
    assert (again, Task.objects.count()) == (note, 0)


def test_each_agreed_line_of_staff_becomes_a_task(client, person, pedagogue, counsellor):
    assign(person.now, Function.COUNSELLOR, counsellor)
    words = sent(
        person,
        agreed_text=["Ringa komvux", "Skicka cv", "Boka syv", "Fråga om bussen", ""],
        agreed_who=["me", "participant", f"user:{counsellor.pk}", "role:project_lead", "me"],
        agreed_due=["2026-03-09", "2026-03-10", "", "", ""],
    )
    client.post(write_url(), words)
    note = CaseNote.objects.get()
    assert note.agreed.split("\n") == [
        "Ringa komvux (Anna Berg, senast 2026-03-09)",
        "Skicka cv (Deltagaren, senast 2026-03-10)",
        "Boka syv (Erik Ivarsson)",
        "Fråga om bussen (Projektledare)",
    ]
    tasks = Task.objects.order_by("pk")
    assert [(each.text, each.assigned_to, each.to_role, each.due_on) for each in tasks] == [
        ("Ringa komvux", pedagogue, "", date(2026, 3, 9)),
        ("Boka syv", counsellor, "", None),
        ("Fråga om bussen", None, Role.PROJECT_LEAD, None),
    ]
    facts = {(each.source, each.note, each.participant) for each in tasks}
    assert facts == {(TaskSource.NOTE, note, person)}


def test_nothing_is_made_when_a_task_is_refused(client, person, counsellor):
    counsellor.is_active = False
    counsellor.save()
    words = sent(person, agreed_text=["Boka"], agreed_who=[f"user:{counsellor.pk}"])
    response = client.post(write_url(), words)
    assert response.status_code == 422
    assert "Välj vem som ska göra det på rad 1" in response.content.decode()
    assert not CaseNote.objects.exists() and NoteDraft.objects.get().typed["agreed_text"] == [
        "Boka"
    ]


def test_a_colleague_who_may_not_see_the_person_gets_no_task(client, person, officer):
    words = sent(person, agreed_text=["Boka"], agreed_who=[f"user:{officer.pk}"])
    page = client.post(write_url(), words).content.decode()
    assert "Britta Falk kan inte få uppgiften" in page
    assert not CaseNote.objects.exists()


def test_about_a_protected_person_only_those_on_the_list_are_asked(
    person, pedagogue, lead, counsellor
):
    protect(person, [pedagogue, lead])
    offered = [value for _, group in agreed.choices(pedagogue, person) for value, _ in group]
    assert offered == ["me", "participant", f"user:{lead.pk}"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"text": "  "}, "Skriv vad som hände."),
        ({"day": in_a_day()}, "Tiden ligger i framtiden."),
        ({"day": "0206-03-09"}, "Kontrollera årtalet."),
        ({"day": "i går"}, "Skriv dagen så här"),
        ({"time": "kvart i fem"}, "Skriv klockslaget så här"),
        ({"minutes_other": "en kvart"}, "bara siffror"),
        ({"minutes_other": "2000"}, "högst ett dygn"),
        ({"audience": "restricted"}, "Skriv varför anteckningen är spärrad."),
        ({"agreed_text": ["Ringa"], "agreed_due": ["snart"]}, "Skriv datumet på rad 1"),
        ({"agreed_text": ["x" * 301]}, "högst 300 tecken"),
        ({"agreed_text": ["Ringa"], "agreed_who": ["user:987654"]}, "Välj vem"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_stays(client, person, more, sentence):
    response = client.post(write_url(), sent(person, "Mina ord") | more)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    if "text" not in more:
        assert "Mina ord</textarea>" in page
    assert not CaseNote.objects.exists() and NoteDraft.objects.count() == 1


def test_a_clock_that_goes_a_little_fast_is_forgiven(client, person):
    soon = timezone.localtime() + timedelta(minutes=3)
    words = sent(person, day=f"{soon:%Y-%m-%d}", time=f"{soon:%H:%M}")
    assert client.post(write_url(), words).status_code == 302


def test_the_enrolment_is_that_of_the_day(client, person, pedagogue):
    before = enrol(
        person,
        starts_on=person.now.starts_on - timedelta(days=300),
        ended_on=person.now.starts_on - timedelta(days=100),
    )
    for day, expected in (
        (before.starts_on, before),
        (before.ended_on, before),
        (before.ended_on + timedelta(days=1), None),
        (person.now.starts_on, person.now),
    ):
        client.post(write_url(), sent(person, f"Dag {day}", day=f"{day}", time="09:00"))
        assert CaseNote.objects.get(text=f"Dag {day}").enrolment == expected


def test_a_personnummer_and_a_name_are_warned_of_once_and_never_stop(client, person, pedagogue):
    other = make_person("Fatima", "Al-Hassan")
    enrol(other)
    text = f"Hennes nummer är {next_number()} och hon känner fatima al-hassans bror."
    words = sent(person, text)
    before = AccessLogEntry.objects.count()
    asked = client.post(write_url(), words)
    page = asked.content.decode()
    assert asked.status_code == 422 and not CaseNote.objects.exists()
    assert "ett personnummer" in page and "Fatima Al-Hassan. Skriv initialer" in page
    shown = AccessLogEntry.objects.filter(id__gt=before, action="listed")
    assert [each.person_id for each in shown] == [other.pk]
    draft = NoteDraft.objects.get()
    told = f"number name-{other.pk}"
    signed = client.post(write_url(draft), words | {"revision": "1", "told": told})
    assert signed.status_code == 302 and CaseNote.objects.get().text == text


def test_keeping_tells_each_warning_once_and_logs_the_name_once(client, person):
    other = make_person("Fatima", "Al-Hassan")
    enrol(other)
    url = write_url() + "spara/"
    before = AccessLogEntry.objects.count()
    first = client.post(url, sent(person, "Fatima Al-Hassan var med")).json()
    key = f"name-{other.pk}"
    assert [each["key"] for each in first["fresh"]] == [key]
    second = client.post(url, sent(person, "Fatima Al-Hassan var med igen", told=key)).json()
    assert (second["cautions"], second["fresh"]) == ([key], [])
    third = client.post(url, sent(person, "F. A. var med", told=key)).json()
    assert (third["cautions"], third["fresh"]) == ([], [])
    entries = AccessLogEntry.objects.filter(id__gt=before, person_id=other.pk)
    assert entries.count() == 1


@pytest.mark.parametrize("name", ["Noor Aziz", "Åsa Öberg", "Fatima"])
def test_no_warning_tells_of_who_may_not_be_seen_or_is_meant(client, person, name, pedagogue):
    enrol(make_person("Noor", "Aziz", protected=True, readers=[pedagogue]))
    enrol(make_person("Fatima", "Al-Hassan"))
    answer = client.post(write_url() + "spara/", sent(person, f"{name} var med")).json()
    assert answer["cautions"] == []


@pytest.mark.parametrize(
    "text", ["Ring 070-174 06 05", "Ärende 2026112300017", "kl 16-17, 20 personer"]
)
def test_other_digits_are_no_personnummer(client, person, text):
    assert client.post(write_url() + "spara/", sent(person, text)).json()["cautions"] == []


def corrected(note, by, why="Fel termin", **words):
    draft = NoteDraft.objects.create(
        user=by,
        participant=note.participant,
        corrects=note,
        typed=words_of(note) | words,
        revision=1,
    )
    from casework.notes.forms import CorrectionForm

    form = CorrectionForm(as_data(draft.typed | {"why": why}))
    assert form.is_valid(), form.errors
    facts = form.cleaned_data
    return signing.correct(
        draft=draft, by=by, content=signing.Content.of(facts), why=facts["why"], base=facts["base"]
    )


def test_a_correction_is_a_version_and_the_first_stays(client, person, pedagogue):
    note = make_note(person, pedagogue, text="Börjar i januari.")
    page = client.get(reverse("notes:correct", args=[note.pk])).content.decode()
    assert "Börjar i januari.</textarea>" in page and "Varför rättar du?" in page
    words = words_of(note) | {"text": "Börjar i augusti.", "why": "Fel termin"}
    words |= {"corrects": note.pk, "revision": "0", "page": "sida"}
    client.post(write_url(), words)
    note.refresh_from_db()
    assert (note.number, note.text) == (2, "Börjar i augusti.")
    assert "augusti" in note.search_text and "januari" not in note.search_text
    kept = list(note.versions.values_list("number", "text", "why"))
    assert kept == [(1, "Börjar i januari.", ""), (2, "Börjar i augusti.", "Fel termin")]
    page = client.get(note.get_absolute_url()).content.decode()
    assert '<del><span class="sr-only">Struket: </span>januari.</del>' in page
    assert '<ins><span class="sr-only">Tillagt: </span>augusti.</ins>' in page
    assert "Börjar i januari." in page and "Fel termin" in page


def test_a_correction_needs_a_reason(client, person, pedagogue):
    note = make_note(person, pedagogue)
    words = words_of(note) | {"text": "Nytt", "corrects": note.pk, "revision": "0", "page": "s"}
    response = client.post(write_url(), words)
    assert response.status_code == 422
    assert "Skriv varför du rättar" in response.content.decode()


def test_a_correction_that_is_begun_goes_on(client, person, pedagogue):
    note = make_note(person, pedagogue)
    draft = make_draft(person, pedagogue)
    draft.corrects = note
    draft.save()
    assert client.get(reverse("notes:correct", args=[note.pk])).url == draft.get_absolute_url()


def test_nobody_rewrites_anothers_note(client, person, pedagogue, lead):
    note = make_note(person, pedagogue)
    sign_in(client, lead)
    response = client.get(reverse("notes:correct", args=[note.pk]))
    assert response.status_code == 403 and "Anna Berg" in response.content.decode()
    words = words_of(note) | {"text": "Chefens ord", "why": "x", "corrects": note.pk, "page": "s"}
    assert client.post(write_url(), words).status_code == 404
    with pytest.raises(Refused, match="Bara den som har skrivit"):
        corrected(note, lead, text="Chefens ord")
    note.refresh_from_db()
    assert note.number == 1


def test_two_corrections_of_the_same_version_are_one(person, pedagogue):
    note = make_note(person, pedagogue)
    stale = words_of(note)
    corrected(note, pedagogue, text="Första rättelsen")
    with pytest.raises(Refused, match="har rättats sedan du började"):
        corrected(note, pedagogue, **stale | {"text": "Andra rättelsen", "base": "1"})


def test_a_correction_that_changes_nothing_is_refused(person, pedagogue):
    with pytest.raises(Refused, match="Ingenting är ändrat"):
        corrected(make_note(person, pedagogue), pedagogue)


def test_the_audience_can_be_narrowed_with_history(person, pedagogue, counsellor, coordinator):
    note = make_note(person, pedagogue, text="Känsligt")
    more = {"audience": "restricted", "restricted_reason": "Hot"}
    note = corrected(note, pedagogue, why="Kom fram senare", **more)
    assert (note.audience, note.restricted_reason, note.number) == ("restricted", "Hot", 2)
    assert note.versions.last().why == "Får läsas av: teamet → spärrad. Kom fram senare"
    assert not CaseNote.objects.readable_by(coordinator).exists()
    assert CaseNote.objects.known_to(coordinator).exists()


def test_the_database_keeps_versions_as_they_were(person, pedagogue):
    make_note(person, pedagogue)
    for change in (lambda rows: rows.update(text="Annat"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(CaseNoteVersion.objects.all())


def test_a_difference_is_read_word_by_word():
    pieces = versions.difference("Hon kom.\nVi åt lunch.", "Hon kom sent.\nVi åt lunch.")
    assert [(each.text, each.how) for each in pieces] == [
        ("Hon ", "same"),
        ("kom.", "gone"),
        ("kom sent.", "added"),
        ("\nVi åt lunch.", "same"),
    ]
    assert versions.difference("Lika", "Lika") == []
