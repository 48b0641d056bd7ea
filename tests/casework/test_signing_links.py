"""Links: made, sent at most once, refused with a sentence, called back; no name leaves the house."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from casework.models import Channel, SigningLink
from casework.signing import links, sending
from core import gateway, jobs
from core.errors import Refused
from core.gateway import GatewayError
from core.models import AccessLogEntry, Job
from tests.casework.signing_world import PHONE, came, qr, sent
from tests.cast import enrol, make_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_outbox():
    gateway.outbox.clear()


@pytest.fixture
def nura(pedagogue, officer):
    person = make_person("Nura", "Sommarsson", phone=PHONE, email="nura@exempel.se")
    enrol(person, contact=pedagogue, officer=officer)
    came(person)
    return person


def remind(person, by, channel=Channel.SMS, **more):
    return links.send_link(participant=person, channel=channel, by=by, **more)


def test_a_link_is_sent_by_its_job_and_holds_for_three_days_from_then(nura, pedagogue):
    link = sent(remind(nura, pedagogue))
    assert link.sent_at and not link.failed_at
    assert abs(link.expires_at - link.sent_at - timedelta(hours=72)) < timedelta(seconds=9)
    assert [sms.number for sms in gateway.outbox] == ["+46701740605"]
    assert gateway.outbox[0].text.endswith("Länken gäller i 3 dagar.")


@pytest.mark.parametrize("code", ["sv", "en", "ar", "so", "ti", "prs"])
@pytest.mark.parametrize("channel", [Channel.SMS, Channel.EMAIL])
def test_no_message_holds_a_name_or_a_number(nura, pedagogue, code, channel):
    sent(remind(nura, pedagogue, channel, language=code))
    texts = [sms.text for sms in gateway.outbox]
    texts += [part for each in mail.outbox for part in (each.subject, each.body)]
    assert texts and "/u/" in texts[-1]
    for word in ("Nura", "Sommarsson", nura.code, nura.number, "CV-verkstad"):
        assert all(word not in text for text in texts)


def test_only_the_tokens_hash_is_kept_and_no_job_knows_it(nura, pedagogue):
    link = sent(remind(nura, pedagogue))
    token = gateway.outbox[0].text.split("/u/")[1].split("/")[0]
    assert link.token_sha256 == links.hash_of(token)
    job = Job.objects.get(pk=link.job_id)
    assert job.params == {"link": str(link.pk)} and token not in str(job.result)


def test_a_job_that_is_run_twice_sends_one_message(nura, pedagogue):
    link = sent(remind(nura, pedagogue))
    Job.objects.filter(pk=link.job_id).update(state="queued", attempts=0, finished_at=None)
    assert sent(link).sent_at and len(gateway.outbox) == 1


def test_a_worker_that_died_after_its_claim_is_told_as_unknown_and_nothing_is_sent_again(
    nura, pedagogue
):
    link = remind(nura, pedagogue)
    made = sending.claim(str(link.pk))
    link = sent(link)
    assert gateway.outbox == [] and link.failure == sending.NOT_KNOWN
    assert link.token_sha256 == links.hash_of(made.token)


def test_what_the_gateway_refuses_stands_on_the_link(nura, pedagogue, settings, monkeypatch):
    def refuse(sms):
        raise GatewayError(gateway.REFUSED)

    monkeypatch.setitem(gateway.GATEWAYS, "memory", refuse)
    link = sent(remind(nura, pedagogue))
    assert link.failure == gateway.REFUSED and not link.sent_at
    assert Job.objects.get(pk=link.job_id).result == {"sent": False}


def test_a_right_that_was_lost_meanwhile_stops_the_message(nura, pedagogue):
    link = remind(nura, pedagogue)
    pedagogue.role_grants.all().delete()
    assert sent(link).failure == sending.NO_LONGER and gateway.outbox == []


def test_a_link_called_back_before_it_was_sent_is_not_sent(nura, pedagogue):
    link = remind(nura, pedagogue)
    links.cancel(link=link, by=pedagogue)
    assert sent(link).sent_at is None and gateway.outbox == []


def test_nobody_is_reminded_twice_within_the_hour_in_the_same_way(nura, pedagogue):
    link = remind(nura, pedagogue)
    SigningLink.objects.update(created_at=timezone.now() - timedelta(minutes=12))
    with pytest.raises(Refused, match="Påmind för 12\u00a0minuter sedan"):
        remind(nura, pedagogue)
    assert remind(nura, pedagogue, Channel.EMAIL)
    SigningLink.objects.filter(pk=link.pk).update(created_at=timezone.now() - timedelta(hours=2))
    assert remind(nura, pedagogue)


def test_one_that_failed_may_be_tried_again_at_once(nura, pedagogue):
    link = remind(nura, pedagogue)
    SigningLink.objects.filter(pk=link.pk).update(failed_at=timezone.now(), failure="prov")
    assert remind(nura, pedagogue)


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.EMAIL])
def test_without_an_address_the_sentence_says_what_to_do(pedagogue, channel):
    person = make_person(phone="08-123 456 78")
    came(person)
    with pytest.raises(Refused, match="Lägg till"):
        remind(person, pedagogue, channel)


def test_without_hours_there_is_nothing_to_send(pedagogue):
    with pytest.raises(Refused, match="inga timmar"):
        remind(make_person(phone=PHONE), pedagogue)


def test_a_new_qr_code_ends_the_earlier_one_and_lasts_ten_minutes(nura, pedagogue):
    first, _ = qr(nura, pedagogue)
    second, _ = qr(nura, pedagogue)
    first.link.refresh_from_db()
    assert first.link.cancelled_at and second.link.expires_at - timezone.now() <= links.QR_LASTS
    assert first.token != second.token and len(second.token) >= 32


def test_a_link_can_cover_chosen_rows_only(nura, pedagogue):
    chosen = came(nura, 3)
    made = links.make_qr(participant=nura, by=pedagogue, row_ids=[chosen.pk])
    assert list(made.link.rows.all()) == [chosen]


def test_many_are_reminded_at_once_in_the_way_and_language_that_suits_each(nura, pedagogue):
    mailed, silent = make_person(email="ali@exempel.se"), make_person()
    remind_before = links.make_qr(participant=nura, by=pedagogue, language="so")
    for person in (mailed, silent):
        came(person)
    people = [nura, mailed, silent]
    result = links.send_links(participants=people, by=pedagogue)
    assert (result.ordered, result.without_address, result.too_soon) == (2, 1, 0)
    found = SigningLink.objects.exclude(pk=remind_before.link.pk)
    assert set(found.values_list("participant", "channel", "language")) == {
        (nura.pk, "sms", "so"), (mailed.pk, "email", "sv"),
    }  # fmt: skip
    assert links.send_links(participants=people, by=pedagogue).too_soon == 2


def test_reminding_is_logged_once_for_each_person(nura, pedagogue):
    links.send_links(participants=[nura], by=pedagogue)
    row = AccessLogEntry.objects.get(what="send_link")
    assert (row.person_id, row.action, row.actor) == (nura.pk, "changed", pedagogue.email)


def test_a_used_link_cannot_be_called_back(nura, pedagogue):
    made, _ = qr(nura, pedagogue)
    SigningLink.objects.update(used_at=timezone.now())
    with pytest.raises(Refused, match="redan använd"):
        links.cancel(link=made.link, by=pedagogue)


def test_the_job_waits_when_the_broker_is_down_and_is_done_by_the_sweep(nura, pedagogue):
    link = remind(nura, pedagogue)
    assert Job.objects.get(pk=link.job_id).state == "queued" and gateway.outbox == []
    assert jobs.run(link.job_id) and len(gateway.outbox) == 1


def test_a_page_that_asks_by_itself_does_not_keep_the_session_alive(client, nura, pedagogue):
    made, _ = qr(nura, pedagogue)
    sign_in(client, pedagogue)
    url = f"/underskrifter/lank/{made.link.pk}/"
    client.get(url)
    session = client.session
    session["seen_at"] = seen = session["seen_at"] - 600
    session.save()
    client.get(url, headers={"X-By-Itself": "1"})
    assert client.session["seen_at"] == seen
    client.get(url)
    assert client.session["seen_at"] > seen
