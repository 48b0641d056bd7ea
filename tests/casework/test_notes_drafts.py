"""Keeping what is typed: a few seconds after the last key, in any number of tabs, and never over other words."""

import uuid

import pytest
from django.urls import reverse

from casework.models import CaseNote, NoteDraft
from core.models import AccessLogEntry
from tests.casework.notes_world import keep_url, make_draft, sent, write_url
from tests.cast import enrol, make_person, protect, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(pedagogue, client):
    person = make_person("Åsa", "Öberg")
    enrol(person, contact=pedagogue)
    sign_in(client, pedagogue)
    return person


def keep(client, key, words):
    return client.post(keep_url(key), words, headers={"X-By-Itself": "1"})


def test_an_empty_page_keeps_nothing(client, person):
    assert client.get(reverse("notes:new", args=[person.pk])).status_code == 200
    assert not NoteDraft.objects.exists()


def test_the_first_keeping_makes_the_draft_and_the_next_one_goes_on(client, person, pedagogue):
    key = uuid.uuid4()
    first = keep(client, key, sent(person, "Hej")).json()
    second = keep(client, key, sent(person, "Hejsan", revision=first["revision"])).json()
    draft = NoteDraft.objects.get()
    assert (draft.pk, draft.user, draft.participant) == (key, pedagogue, person)
    assert draft.typed["text"] == "Hejsan"
    assert (first["revision"], second["revision"], second["forked"]) == (1, 2, False)
    assert second["write"] == reverse("notes:write", args=[key])


def test_line_breaks_and_wrong_values_are_kept_as_typed(client, person):
    words = sent(
        person, "Rad ett\r\n\r\n• Rad två\tmed tabb", day="i går", minutes_other="en kvart"
    )
    key = uuid.uuid4()
    keep(client, key, words)
    typed = NoteDraft.objects.get().typed
    assert typed["text"] == "Rad ett\n\n• Rad två\tmed tabb"
    assert (typed["day"], typed["minutes_other"]) == ("i går", "en kvart")
    page = client.get(reverse("notes:write", args=[key])).content.decode()
    assert "Rad ett\n\n• Rad två\tmed tabb</textarea>" in page
    assert 'value="en kvart"' in page


def test_a_null_sign_does_not_lose_the_words(client, person):
    key = uuid.uuid4()
    assert keep(client, key, sent(person, "Före\x00efter")).status_code == 200
    assert NoteDraft.objects.get().typed["text"] == "Föreefter"


def test_another_tab_never_overwrites_and_goes_on_with_its_own(client, person):
    draft = make_draft(person, NoteDraft.user.field.related_model.objects.get(first_name="Anna"))
    one = {"revision": "1", "page": "flik-ett"}
    two = {"revision": "1", "page": "flik-två"}
    keep(client, draft, sent(person, "Från ett", **one))
    answer = keep(client, draft, sent(person, "Från två", **two)).json()
    assert answer["forked"] is True
    own = NoteDraft.objects.exclude(pk=draft.pk).get()
    assert answer["write"] == own.get_absolute_url()
    draft.refresh_from_db()
    assert (draft.typed["text"], own.typed["text"]) == ("Från ett", "Från två")
    more = keep(client, own, sent(person, "Från två igen", revision="1", page="flik-två")).json()
    assert (more["forked"], NoteDraft.objects.count()) == (False, 2)


def test_a_resend_after_a_lost_answer_is_the_same_tab(client, person):
    key = uuid.uuid4()
    keep(client, key, sent(person, "Ett", page="flik"))
    # The answer never came: the page still knows revision 0, and has more words.
    answer = keep(client, key, sent(person, "Ett och två", page="flik")).json()
    assert (answer["forked"], answer["revision"]) == (False, 2)
    assert NoteDraft.objects.get().typed["text"] == "Ett och två"


def test_a_resent_fork_is_the_same_fork(client, person, pedagogue):
    draft = make_draft(person, pedagogue)
    keep(client, draft, sent(person, "Ett", revision="1", page="a"))
    for text in ("Två", "Två och mer"):
        keep(client, draft, sent(person, text, revision="1", page="b"))
    texts = sorted(each.typed["text"] for each in NoteDraft.objects.all())
    assert texts == ["Ett", "Två och mer"]


def test_another_tabs_same_words_are_no_conflict(client, person, pedagogue):
    draft = make_draft(person, pedagogue)
    keep(client, draft, sent(person, "Lika", revision="1", page="a"))
    assert (
        keep(client, draft, sent(person, "Lika", revision="1", page="b")).json()["forked"] is False
    )


def test_a_tab_that_goes_on_after_the_signing_gets_a_draft_of_its_own(client, person, pedagogue):
    draft = make_draft(person, pedagogue)
    client.post(write_url(draft), sent(person, "Signerat", revision="1", page="a"))
    same = keep(client, draft, sent(person, "Signerat", revision="1", page="a")).json()
    assert same == {"signed": CaseNote.objects.get().get_absolute_url()}
    other = keep(client, draft, sent(person, "Mer text", revision="1", page="b")).json()
    assert other["forked"] is True
    assert NoteDraft.objects.get(note=None).typed["text"] == "Mer text"


def test_signing_a_tab_with_older_words_signs_nothing_and_tells(client, person, pedagogue):
    draft = make_draft(person, pedagogue)
    keep(client, draft, sent(person, "Nyare", revision="1", page="a"))
    response = client.post(write_url(draft), sent(person, "Äldre flik", revision="1", page="b"))
    assert response.status_code == 409
    assert "i en annan flik" in response.content.decode()
    assert not CaseNote.objects.exists()
    assert {each.typed["text"] for each in NoteDraft.objects.all()} == {"Nyare", "Äldre flik"}


def test_a_draft_is_its_writers_alone(client, person, pedagogue, other_pedagogue):
    draft = make_draft(person, pedagogue, text="Bara min")
    sign_in(client, other_pedagogue)
    urls = (write_url(draft), reverse("notes:discard", args=[draft.pk]))
    assert [client.get(url).status_code for url in urls] == [404, 404]
    assert keep(client, draft, sent(person, "Över", revision="1")).status_code == 404
    assert b"Bara min" not in client.get(reverse("notes:list", args=[person.pk])).content
    draft.refresh_from_db()
    assert draft.typed["text"] == "Bara min"


def test_somebody_one_may_not_see_cannot_be_written_about(client, person, other_pedagogue):
    hidden = make_person("Noor", "Aziz", protected=True, readers=[other_pedagogue])
    for pk in (hidden.pk, 987654, "x"):
        words = sent(person) | {"participant": pk}
        assert keep(client, uuid.uuid4(), words).status_code == 404
        assert client.post(write_url(), words).status_code == 404
    assert not NoteDraft.objects.exists()


def test_what_is_typed_is_kept_though_the_person_may_not_be_seen_any_more(
    client, person, lead, pedagogue
):
    draft = make_draft(person, pedagogue)
    protect(person, [lead])
    answer = keep(client, draft, sent(person, "Mer", revision="1", page="sida"))
    assert answer.json()["revision"] == 2
    assert client.get(write_url(draft)).status_code == 404
    assert client.post(write_url(draft), sent(person, "Mer", revision="2")).status_code == 404


def test_keeping_shows_nobody_and_the_beginning_is_logged_once(client, person):
    key, before = uuid.uuid4(), AccessLogEntry.objects.count()
    for text in ("Ett", "Två", "Tre"):
        keep(client, key, sent(person, text))
    entries = AccessLogEntry.objects.filter(id__gt=before)
    assert [each.what for each in entries] == ["begin_note"]


def test_a_closed_session_answers_with_the_way_to_sign_in_and_keeps_nothing(client, person):
    client.logout()
    answer = keep(client, uuid.uuid4(), sent(person))
    assert answer.status_code == 302 and "/konto/logga-in/" in answer["Location"]
    token = client.get(reverse("notes:token"))
    assert token.status_code == 302
    assert not NoteDraft.objects.exists()


def test_keeping_alone_does_not_keep_the_session_alive(client, person, settings):
    settings.SESSION_IDLE_SECONDS = 100
    session = client.session
    session["seen_at"] = session["started_at"] = __import__("time").time() - 90
    session.save()
    keep(client, uuid.uuid4(), sent(person))
    assert client.session["seen_at"] == session["seen_at"]
    client.get(reverse("notes:start"))
    assert client.session["seen_at"] > session["seen_at"]


def test_a_fresh_token_tells_whose_session_it_is(client, person, pedagogue):
    answer = client.get(reverse("notes:token")).json()
    assert answer["user"] == pedagogue.pk and len(answer["token"]) > 20


def test_without_a_script_the_buttons_keep_and_leave(client, person):
    key = uuid.uuid4()
    saved = client.post(reverse("notes:write", args=[key]), sent(person, "Sparat", action="save"))
    assert saved.url == reverse("notes:write", args=[key])
    left = client.post(saved.url, sent(person, "Mer", revision="1", action="leave"))
    assert left.url == reverse("notes:list", args=[person.pk])
    assert NoteDraft.objects.get().typed["text"] == "Mer"
    page = client.get(left.url).content.decode()
    assert "Dina osignerade utkast" in page and "Mer" in page


def test_leaving_an_empty_page_leaves_nothing(client, person):
    client.post(write_url(), sent(person, "", action="leave"))
    assert not NoteDraft.objects.exists()


def test_throwing_away_asks_first(client, person, pedagogue):
    draft = make_draft(person, pedagogue)
    url = reverse("notes:discard", args=[draft.pk])
    assert "Halvskriven" in client.get(url).content.decode()
    assert NoteDraft.objects.exists()
    assert client.post(url).url == reverse("notes:list", args=[person.pk])
    assert not NoteDraft.objects.exists()


def test_a_new_page_tells_of_what_is_begun_already(client, person, pedagogue):
    draft = make_draft(person, pedagogue)
    page = client.get(reverse("notes:new", args=[person.pk])).content.decode()
    assert "Du har redan börjat på en anteckning" in page and draft.get_absolute_url() in page
