"""The ways for one person to sign, side by side, and what became of earlier links."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import SigningLink
from core.models import AccessLogEntry
from tests.casework.signing_world import PHONE, came, qr
from tests.cast import enrol, make_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def nura(pedagogue, officer):
    person = make_person("Nura", "Sommarsson", phone=PHONE)
    enrol(person, contact=pedagogue, officer=officer)
    came(person)
    return person


def url(person, more=""):
    return f"/deltagare/{person.pk}/underskrift/{more}"


def text(response):
    return response.content.decode()


def test_the_ways_stand_side_by_side_and_those_that_are_closed_say_why(client, nura, pedagogue):
    page = text(sign_in(client, pedagogue).get(url(nura)))
    for words in ("QR-kod", "SMS", "E-post", "Ingen e-postadress i akten", "inte granskad"):
        assert words in page
    assert "<strong>3</strong> timmar" in page and "kvar" in page


def test_the_qr_page_shows_the_code_and_when_it_ends_and_logs_the_person(client, nura, pedagogue):
    sign_in(client, pedagogue)
    before = AccessLogEntry.objects.count()
    answer = client.post(url(nura, "qr/"), {"sprak": "so"})
    link = SigningLink.objects.get()
    assert "data:image/svg+xml;base64," in text(answer) and link.language == "so"
    assert f"{timezone.localtime(link.expires_at):%H:%M}" in text(answer)
    assert 'hx-trigger="every 3s"' in text(answer) and "no-store" in answer["Cache-Control"]
    logged = AccessLogEntry.objects.filter(id__gt=before).values_list("person_id", flat=True)
    assert set(logged) == {nura.pk}


def test_the_page_notices_that_it_was_signed_without_saying_by_whom(client, nura, pedagogue):
    made, address = qr(nura, pedagogue)
    status = reverse("signing:link_status", args=[made.link.pk]) + "?stor"
    sign_in(client, pedagogue)
    assert "every 3s" in text(client.get(status))
    seen = client.get(address).context["offer"].sha256
    client.post(address, {"shown": seen})
    before = AccessLogEntry.objects.count()
    answer = text(client.get(status))
    assert "Underskrivet" in answer and "every" not in answer and "Nura" not in answer
    assert AccessLogEntry.objects.count() == before


def test_an_sms_is_ordered_and_a_second_one_is_refused_with_a_sentence(client, nura, pedagogue):
    sign_in(client, pedagogue)
    form = {"satt": "sms", "sprak": "ar"}
    assert client.post(url(nura, "skicka/"), form).url == url(nura)
    again = client.post(url(nura, "skicka/"), form)
    assert again.status_code == 422 and "Påmind nyss" in text(again)
    assert SigningLink.objects.get().language == "ar"


def test_an_unknown_way_or_language_sends_nothing(client, nura, pedagogue):
    sign_in(client, pedagogue)
    for form in ({"satt": "duva", "sprak": "sv"}, {"satt": "sms", "sprak": "xx"}, {}):
        assert client.post(url(nura, "skicka/"), form).status_code == 422
    assert not SigningLink.objects.exists()


def test_the_history_tells_what_became_of_each_link(client, nura, pedagogue):
    now = timezone.now()
    for facts in (
        {"failed_at": now, "failure": "Leverantören svarade inte."},
        {"sent_at": now, "opened_at": now},
        {"disputed_at": now, "dispute": "Jag gick tidigare."},
        {"used_at": now},
    ):
        SigningLink.objects.create(
            participant=nura, channel="sms", expires_at=now + timedelta(hours=1), **facts
        )
    page = text(sign_in(client, pedagogue).get(url(nura)))
    for words in ("Leverantören svarade inte.", "Öppnad", "Jag gick tidigare.", "Underskriven"):
        assert words in page


def test_a_link_that_is_called_back_opens_nothing(client, nura, pedagogue):
    made, address = qr(nura, pedagogue)
    sign_in(client, pedagogue).post(reverse("signing:cancel", args=[made.link.pk]))
    assert client.get(address).status_code == 410


def test_a_link_of_somebody_one_may_not_see_does_not_exist(client, pedagogue, officer):
    hidden = make_person(protected=True)
    enrol(hidden, contact=pedagogue)
    came(hidden)
    made, _ = qr(hidden, pedagogue)
    sign_in(client, officer)
    for name in ("link_status", "cancel", "objection_seen"):
        address = reverse(f"signing:{name}", args=[made.link.pk])
        ask = client.get if name == "link_status" else client.post
        assert ask(address).status_code == 404


def test_somebody_who_has_signed_everything_has_nothing_to_be_asked_for(client, pedagogue):
    person = make_person()
    enrol(person, contact=pedagogue)
    page = text(sign_in(client, pedagogue).get(url(person)))
    assert "Allt är underskrivet" in page and "QR-kod" not in page


@pytest.mark.parametrize("role", ["development_lead", "steering", "system_administrator"])
def test_those_who_meet_no_participants_have_no_way_here(client, request, nura, role):
    sign_in(client, request.getfixturevalue(role))
    assert client.get(url(nura)).status_code == 403
    assert client.get("/underskrifter/").status_code == 403
