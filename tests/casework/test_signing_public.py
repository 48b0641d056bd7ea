"""The participant's own page: shown without being spent, signed once, told calmly when it is over."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import throttle
from casework.languages import languages
from casework.models import Attendance, Attestation, SigningLink
from core.models import AccessLogEntry
from tests.casework.signing_world import came, qr, sign_on_screen
from tests.cast import enrol, make_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def nura(pedagogue, officer):
    person = make_person("Nura", "Sommarsson", phone="070-174 06 05")
    enrol(person, contact=pedagogue, officer=officer)
    came(person, 1, hours="2.50")
    came(person, 0, hours="3.00")
    return person


def text(response):
    return response.content.decode()


def shown(response):
    return response.context["offer"].sha256


def test_the_page_shows_the_rows_the_sum_and_the_text_but_no_name(client, nura, pedagogue):
    _, url = qr(nura, pedagogue)
    page = text(client.get(url))
    assert "CV-verkstad" in page and "sammanlagt 5,5 timmar" in page and "Jag skriver under" in page
    for word in ("Nura", "Sommarsson", nura.code, nura.number, "Huvudmeny"):
        assert word not in page


def test_looking_does_not_spend_the_link_however_often(client, nura, pedagogue):
    made, url = qr(nura, pedagogue)
    assert [client.get(url).status_code for _ in range(4)] == [200] * 4
    made.link.refresh_from_db()
    assert made.link.used_at is None and made.link.opened_at


def test_signing_attests_the_rows_with_the_text_that_was_shown(client, nura, pedagogue):
    made, url = qr(nura, pedagogue)
    answer = client.post(f"{url}?sprak=so", {"shown": shown(client.get(f"{url}?sprak=so"))})
    assert answer.status_code == 200 and "Mahadsanid" in text(answer)
    attestation = Attestation.objects.get()
    assert (attestation.method, attestation.recorded_by, attestation.language) == (
        "link",
        None,
        "so",
    )
    assert attestation.text.startswith("Waxaan") and attestation.link == made.link
    assert Attendance.objects.attested().count() == 2
    made.link.refresh_from_db()
    assert made.link.used_at and made.link.language == "so"


def test_a_second_tap_gets_the_same_thanks_and_signs_nothing_more(client, nura, pedagogue):
    _, url = qr(nura, pedagogue)
    form = {"shown": shown(client.get(url))}
    assert [client.post(url, form).status_code for _ in range(2)] == [200, 200]
    assert Attestation.objects.count() == 1
    assert client.get(url).status_code == 410


def test_a_replay_after_new_hours_signs_nothing(client, nura, pedagogue):
    _, url = qr(nura, pedagogue)
    client.post(url, {"shown": shown(client.get(url))})
    came(nura, 5)
    assert client.post(url, {"shown": "0" * 64}).status_code == 410
    assert Attendance.objects.unattested().count() == 1


@pytest.mark.parametrize("end", ["used_at", "cancelled_at", "expires_at"])
def test_a_link_that_is_over_answers_as_calmly_as_one_that_never_was(client, nura, pedagogue, end):
    _, url = qr(nura, pedagogue)
    SigningLink.objects.update(**{end: timezone.now() - timedelta(minutes=1)})
    over, never = client.get(url), client.get("/u/finns-inte/")
    assert (over.status_code, never.status_code) == (410, 404)
    assert text(over) == text(never)
    assert client.post(url, {"shown": "x"}).status_code == 410
    assert client.post(url, {"wrong": "1", "text": "Nej"}).status_code == 410


def test_rows_that_changed_meanwhile_are_shown_again_with_a_sentence(client, nura, pedagogue):
    _, url = qr(nura, pedagogue)
    seen = shown(client.get(url))
    Attendance.objects.filter(hours="3.00").update(hours="1.00")
    answer = client.post(url, {"shown": seen})
    assert answer.status_code == 422 and "Timmarna har ändrats" in text(answer)
    assert "sammanlagt 3,5 timmar" in text(answer) and not Attestation.objects.exists()
    assert client.post(url, {"shown": shown(answer)}).status_code == 200


def test_what_was_signed_on_the_tablet_meanwhile_is_not_signed_again(client, nura, pedagogue):
    _, url = qr(nura, pedagogue)
    seen = shown(client.get(url))
    sign_on_screen(nura, pedagogue)
    assert "inget att skriva under" in text(client.get(url))
    assert "inget att skriva under" in text(client.post(url, {"shown": seen}))
    assert Attestation.objects.count() == 1


def test_two_links_open_at_once_sign_the_rows_once(client, nura, pedagogue):
    from casework.signing import links

    _, first = qr(nura, pedagogue)
    link = links.send_link(participant=nura, channel="sms", by=pedagogue)
    SigningLink.objects.filter(pk=link.pk).update(token_sha256=links.hash_of("annan"))
    seen = shown(client.get(first)), shown(client.get("/u/annan/"))
    assert "Tack!" in text(client.post(first, {"shown": seen[0]}))
    assert "inget att skriva under" in text(client.post("/u/annan/", {"shown": seen[1]}))
    assert Attestation.objects.count() == 1


def test_an_objection_is_kept_signs_nothing_and_is_shown_to_staff(client, nura, pedagogue):
    made, url = qr(nura, pedagogue)
    answer = client.post(url, {"wrong": "1", "text": "Jag gick klockan 11."})
    assert "Du har inte skrivit under något" in text(answer)
    made.link.refresh_from_db()
    assert made.link.dispute == "Jag gick klockan 11." and not Attestation.objects.exists()
    assert "Du har sagt att något inte stämmer" in text(client.get(url))
    client.post(url, {"wrong": "1", "text": "Och kom 9."})
    assert "Jag gick klockan 11.\nOch kom 9." in text(
        sign_in(client, pedagogue).get("/underskrifter/")
    )


def test_an_objection_without_words_asks_for_some(client, nura, pedagogue):
    _, url = qr(nura, pedagogue)
    answer = client.post(url, {"wrong": "1", "text": "  "})
    assert answer.status_code == 422 and "Skriv några ord" in text(answer)
    assert SigningLink.objects.get().disputed_at is None


def test_seeing_and_signing_leave_exactly_these_rows_in_the_log(client, nura, pedagogue):
    _, url = qr(nura, pedagogue)
    before = AccessLogEntry.objects.count()
    client.post(url, {"shown": shown(client.get(url))})
    client.get(url)
    client.get("/u/finns-inte/")
    rows = AccessLogEntry.objects.filter(id__gt=before).order_by("id")
    assert list(rows.values_list("person_id", "actor", "action", "what", "ground")) == [
        (nura.pk, "deltagaren", "read", "signing:public", "engångslänk"),
        (nura.pk, "deltagaren", "changed", "attest:link", "engångslänk"),
    ]


def test_many_wrong_addresses_must_wait_and_one_right_is_not_blamed_elsewhere(
    client, nura, pedagogue
):
    _, url = qr(nura, pedagogue)
    codes = [client.get(f"/u/fel{number}/").status_code for number in range(22)]
    assert codes == [404] * throttle.FREE_LINKS + [429, 429]
    assert "Vänta en stund" in text(client.get(url))
    assert "Sug" in text(client.get("/u/x/?sprak=so")) or "sug" in text(
        client.get("/u/x/?sprak=so")
    )
    assert client.get(url, REMOTE_ADDR="192.0.2.7").status_code == 200
    later = timezone.now() + timedelta(minutes=16)
    assert throttle.seconds_left_for_link("127.0.0.1", now=later) == 0


def test_wrong_links_do_not_slow_down_signing_in(client):
    for number in range(30):
        client.get(f"/u/fel{number}/")
    assert throttle.seconds_left("anna.berg@exempel.se", "127.0.0.1") == 0


@pytest.mark.parametrize("code", list(languages()))
def test_the_page_is_in_each_language_and_reads_its_way(client, nura, pedagogue, code):
    _, url = qr(nura, pedagogue)
    spoken = languages()[code]
    page = text(client.get(f"{url}?sprak={code}"))
    assert f'<html lang="{code}" dir="{spoken.direction}"' in page
    assert spoken["public"]["submit"] in page and f'action="?sprak={code}"' in page
    assert page.count("hreflang=") == len(languages())


def test_the_links_language_is_chosen_until_the_participant_chooses_another(
    client, nura, pedagogue
):
    _, url = qr(nura, pedagogue, "ti")
    assert '<html lang="ti"' in text(client.get(url))
    assert '<html lang="ti"' in text(client.get(f"{url}?sprak=klingon"))
    assert '<html lang="ar"' in text(client.get(f"{url}?sprak=ar"))


def test_nothing_is_kept_or_passed_on(client, nura, pedagogue, caplog):
    made, url = qr(nura, pedagogue)
    with caplog.at_level(logging.DEBUG):
        answer = client.get(url)
        client.post(url, {"shown": shown(answer)})
    assert "no-store" in answer["Cache-Control"] and answer["Referrer-Policy"] == "same-origin"
    assert made.token not in caplog.text and made.token not in text(answer)
    assert "<script" not in text(answer) and "sessionid" not in answer.cookies


def test_hours_ahead_of_today_are_not_on_the_link(client, nura, pedagogue):
    row = came(nura, 2)
    Attendance.objects.filter(pk=row.pk).update(held_on=timezone.localdate() + timedelta(days=1))
    made, _ = qr(nura, pedagogue)
    assert made.link.rows.count() == 2
