"""The participant draws a signature on the leader's tablet."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework import attest
from casework.models import Attestation, EsfProject
from casework.rollcall.waiting import waiting_for
from core.models import AccessLogEntry
from tests.casework.rollcall_world import SIGNATURE, expect, make_session, present
from tests.casework.test_rollcall_actions import mark, sign
from tests.cast import make_person, sign_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def session(pedagogue):
    return make_session(pedagogue)


@pytest.fixture
def row(session, pedagogue):
    return present(session, make_person("Amina", "Ek"), contact=pedagogue)


@pytest.fixture
def earlier(row, pedagogue):
    session = make_session(pedagogue, name="Samtal", held_on=TODAY() - timedelta(days=3))
    return present(session, row.participant, hours=2)


def address(row, query=""):
    return reverse("rollcall:sign_row", args=[row.pk]) + query


def send(client, url, rows, *, strokes=SIGNATURE, sha256=None, language="sv"):
    offer = attest.offer_for(rows, language=language)
    data = {"rows": offer.row_ids, "sha256": sha256 or offer.sha256, "strokes": strokes}
    return client.post(url, data)


def test_the_page_shows_only_the_persons_own_row(client, row, earlier, session, pedagogue):
    present(session, make_person("Bo", "Fors"), contact=pedagogue)
    content = sign_in(client, pedagogue).get(address(row)).content.decode()
    assert "Amina Ek" in content and "Bo Fors" not in content
    assert "sammanlagt 3 timmar" in content and 'class="side"' not in content
    assert [entry.person_id for entry in AccessLogEntry.objects.all()] == [row.participant_id]


def test_earlier_rows_are_offered_beside(client, row, earlier, pedagogue):
    sign_in(client, pedagogue)
    content = client.get(address(row)).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Även 1 annat tillfälle, 2 timmar" in content
    assert "sammanlagt 5 timmar" in client.get(address(row, "?alla")).content.decode()


def test_a_drawn_signature_covers_what_was_shown(client, row, earlier, pedagogue):
    sign_in(client, pedagogue)
    answer = send(client, address(row), [row])
    signed = Attestation.objects.get()
    assert list(signed.rows.all()) == [row] and signed.strokes and attest.is_intact(signed)
    thanks = client.get(answer.url).content.decode()
    assert f"#rad-{row.pk}" in thanks and "Amina" not in thanks


def test_all_rows_are_signed_at_once(client, row, earlier, pedagogue):
    sign_in(client, pedagogue)
    send(client, address(row, "?alla"), [earlier, row])
    assert Attestation.objects.get().rows.count() == 2


def test_a_box_without_a_signature_is_not_taken(client, row, pedagogue):
    sign_in(client, pedagogue)
    answer = send(client, address(row), [row], strokes="")
    assert answer.status_code == 422
    assert "Rita din underskrift i rutan." in answer.content.decode()
    assert not Attestation.objects.exists()


def test_hours_that_changed_are_shown_again(client, row, pedagogue):
    sign_in(client, pedagogue)
    old = attest.offer_for([row]).sha256
    mark(row, "present", pedagogue, hours=2)
    answer = send(client, address(row), [row], sha256=old)
    content = answer.content.decode()
    assert answer.status_code == 422 and "Timmarna har ändrats" in content
    assert "sammanlagt 2 timmar" in content and not Attestation.objects.exists()


def test_a_row_without_hours_has_nothing_to_sign(client, session, pedagogue):
    row = expect(session, contact=pedagogue)
    content = sign_in(client, pedagogue).get(address(row)).content.decode()
    assert "inget att skriva under" in content and "<canvas" not in content


def test_what_is_read_and_signed_is_in_the_persons_language(client, row, pedagogue):
    sign_in(client, pedagogue)
    page = client.get(address(row, "?sprak=ar")).content.decode()
    assert 'lang="ar" dir="rtl"' in page
    send(client, address(row, "?sprak=ar"), [row], language="ar")
    signed = Attestation.objects.get()
    assert signed.language == "ar" and signed.text in page


def test_at_the_desk_everything_unsigned_is_signed(client, row, earlier, pedagogue):
    sign_in(client, pedagogue)
    url = reverse("rollcall:sign_person", args=[row.participant_id])
    assert "sammanlagt 5 timmar" in client.get(url).content.decode()
    send(client, url, [row, earlier])
    assert not attest.rows_to_sign(row.participant).exists()


def test_the_attestation_shows_what_was_signed_and_what_changed(client, row, earlier, pedagogue):
    sign_in(client, pedagogue)
    send(client, address(row, "?alla"), [row, earlier])
    signed = Attestation.objects.get()
    row.refresh_from_db()
    mark(row, "present", pedagogue, hours=2, reason="Gick efter rasten")
    url = reverse("rollcall:attestation", args=[signed.pk])
    content = client.get(url).content.decode()
    assert "Orörd" in content and '<path d="M100 100 L300 200' in content
    assert "närvarande 3 timmar ändrades till närvarande 2 timmar" in content
    Attestation.objects.filter(pk=signed.pk).update(covers=[])
    assert "Stämmer inte med det som skrevs under" in client.get(url).content.decode()


def test_an_attestation_of_somebody_hidden_is_not_found(client, session, pedagogue, lead):
    hidden = make_person(protected=True, readers=[lead])
    signed = sign(present(session, hidden, contact=pedagogue), lead)
    for name in ("attestation", "thanks"):
        url = reverse(f"rollcall:{name}", args=[signed.pk])
        assert sign_in(client, pedagogue).get(url).status_code == 404


def test_signatures_wait_for_the_leader_and_the_main_contact(
    session, pedagogue, other_pedagogue, lead, counsellor
):
    of_mine = sign(present(session, contact=other_pedagogue), pedagogue)
    elsewhere = make_session(counsellor, name="Vägledning")
    of_others = sign(present(elsewhere, contact=other_pedagogue), pedagogue)
    assert set(waiting_for(pedagogue)) == {of_mine}
    assert set(waiting_for(other_pedagogue)) == set(waiting_for(lead)) == {of_mine, of_others}


def test_what_waits_is_signed_with_one_button(client, row, session, pedagogue):
    first = sign(row, pedagogue)
    second = sign(present(session, make_person("Bo", "Fors"), contact=pedagogue), pedagogue)
    sign_in(client, pedagogue)
    url = reverse("rollcall:countersign")
    content = client.get(url).content.decode()
    assert "Amina Ek" in content and attest.COUNTER_TEXT in content
    client.post(url, {"attestation": [first.pk, second.pk]})
    assert not waiting_for(pedagogue).exists()
    assert "Inget att kontrasignera" in client.get(url).content.decode()


def test_nobody_countersigns_what_is_not_theirs(client, row, counsellor, pedagogue):
    signed = sign(row, pedagogue)
    sign_in(client, counsellor).post(
        reverse("rollcall:countersign"), {"attestation": [signed.pk, "x"]}
    )
    signed.refresh_from_db()
    assert signed.countersignature is None


def test_the_page_says_when_no_countersignature_is_asked_for(client, pedagogue):
    url = reverse("rollcall:countersign")
    EsfProject.objects.update(needs_countersignature=False)
    assert "Det behövs inte just nu" in sign_in(client, pedagogue).get(url).content.decode()
