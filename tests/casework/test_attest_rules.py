"""What is signed, how it is kept, and what breaks it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from casework import attest
from casework.attest import RowsChanged, offer_for
from casework.models import (
    Attendance,
    Attestation,
    AttestationBreak,
    AttestationMethod,
    CounterSignature,
)
from core.models import AccessLogEntry
from tests.casework.rollcall_world import expect, make_session, present
from tests.cast import make_person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def person(pedagogue):
    return expect(make_session(held_on=TODAY()), contact=pedagogue).participant


@pytest.fixture
def rows(person):
    return [
        present(make_session(held_on=TODAY() - timedelta(days=days)), person, hours=hours)
        for days, hours in ((1, 3), (2, Decimal("2.5")))
    ]


def sign(person, rows, by, *, method=AttestationMethod.DRAWN, language="sv", **facts):
    offer = offer_for(rows, language=language)
    return attest.attest(
        participant=person,
        row_ids=offer.row_ids,
        shown_sha256=offer.sha256,
        method=method,
        by=by,
        language=language,
        **facts,
    )


def test_an_offer_says_each_row_by_day_and_their_sum(rows):
    offer = offer_for(rows)
    assert [each["hours"] for each in offer.covers] == ["2.50", "3.00"]
    assert offer.hours == Decimal("5.5") and "sammanlagt 5,5 timmar" in offer.text


def test_the_same_rows_make_the_same_offer_in_any_order(rows):
    assert offer_for(rows) == offer_for(reversed(rows))


def test_whole_tens_of_hours_are_written_out():
    assert "sammanlagt 30 timmar" in attest.text_in("sv", Decimal("30.00"))


@pytest.mark.parametrize("change", ["hours", "held_on", "name", "language"])
def test_every_part_of_what_was_shown_is_in_the_hash(rows, change):
    before = offer_for(rows).sha256
    row = rows[0]
    if change == "hours":
        row.hours = Decimal("2.75")
    elif change == "held_on":
        row.held_on -= timedelta(days=7)
    elif change == "name":
        row.session.activity.name = "Något annat"
    after = attest.hash_of("Annan text", offer_for(rows).covers)
    after = after if change == "language" else offer_for(rows).sha256
    assert after != before


def test_signing_keeps_what_was_shown_and_marks_the_rows(person, rows, pedagogue):
    signed = sign(person, rows, pedagogue, strokes=[[[0.1, 0.1], [0.5, 0.2]]])
    assert set(signed.rows.all()) == set(rows)
    assert (signed.covers, signed.text) == (offer_for(rows).covers, offer_for(rows).text)
    assert attest.is_intact(signed) and signed.recorded_by == pedagogue
    assert AccessLogEntry.objects.get().what == "attest:drawn"


def test_hours_that_changed_since_they_were_shown_are_not_signed(person, rows, pedagogue):
    offer = offer_for(rows)
    Attendance.objects.filter(pk=rows[0].pk).update(hours=2)
    with pytest.raises(RowsChanged, match="Titta på dem igen"):
        attest.attest(
            participant=person,
            row_ids=offer.row_ids,
            shown_sha256=offer.sha256,
            method=AttestationMethod.DRAWN,
            by=pedagogue,
        )
    assert not Attestation.objects.exists()


def test_a_row_is_signed_once(person, rows, pedagogue):
    sign(person, rows, pedagogue)
    with pytest.raises(RowsChanged):
        sign(person, rows, pedagogue)


def test_nobody_signs_for_somebody_elses_row(rows, pedagogue):
    with pytest.raises(RowsChanged):
        sign(make_person(), rows, pedagogue)


def test_nobody_signs_for_nothing_or_for_absence(person, pedagogue):
    absent = expect(make_session(name="Annat"), person, status="absent", absence_reason="ill")
    for nothing in ([], [absent]):
        with pytest.raises(RowsChanged):
            sign(person, nothing, pedagogue)


def test_an_unknown_language_is_kept_as_the_one_that_was_shown(person, rows, pedagogue):
    assert sign(person, rows, pedagogue, language="tlh").language == "sv"


def test_somebody_alone_with_a_link_is_logged_as_themselves(person, rows):
    sign(person, rows, None, method=AttestationMethod.PAPER)
    entry = AccessLogEntry.objects.get()
    assert (entry.actor, entry.ground) == ("deltagaren", "engångslänk")


def test_a_tampered_attestation_shows(person, rows, pedagogue):
    signed = sign(person, rows, pedagogue)
    signed.covers[0]["hours"] = "9.00"
    assert not attest.is_intact(signed)
    signed.refresh_from_db()
    signed.text += " Och lite till."
    assert not attest.is_intact(signed)


def test_one_read_from_a_file_has_nothing_to_compare(person):
    assert attest.is_intact(Attestation(participant=person, method=AttestationMethod.PAPER))


def test_a_break_takes_the_row_and_leaves_what_was_signed(person, rows, pedagogue):
    signed = sign(person, rows, pedagogue)
    row = Attendance.objects.get(pk=rows[0].pk)
    with transaction.atomic():
        assert attest.take_away(row, before="3", after="2", reason="fel", by=pedagogue)
        row.hours = 2
        row.save(update_fields=["hours", "attestation"])
    signed.refresh_from_db()
    assert attest.is_intact(signed) and len(signed.covers) == 2
    assert list(signed.rows.all()) == [rows[1]]
    assert AttestationBreak.objects.get().attendance == row


def test_there_is_nothing_to_break_on_an_unsigned_row(rows, pedagogue):
    assert not attest.take_away(rows[0], before="", after="", reason="", by=pedagogue)
    assert not AttestationBreak.objects.exists()


def test_a_countersignature_is_for_digital_ones_once(person, rows, pedagogue, other_pedagogue):
    drawn = sign(person, rows[:1], pedagogue)
    paper = sign(person, rows[1:], pedagogue, method=AttestationMethod.PAPER)
    ids = [drawn.pk, paper.pk, None]
    signature = attest.countersign(attestation_ids=ids, by=pedagogue)
    assert list(signature.attestations.all()) == [drawn]
    assert signature.rows_sha256 == attest.hash_of_attestations([drawn])
    assert signature.text == attest.COUNTER_TEXT
    assert attest.countersign(attestation_ids=ids, by=other_pedagogue) is None


def test_nothing_hidden_tampered_or_broken_is_countersigned(person, rows, pedagogue):
    hidden = make_person(protected=True)
    of_hidden = sign(hidden, [present(make_session(name="A"), hidden)], pedagogue)
    tampered = sign(person, rows[:1], pedagogue)
    Attestation.objects.filter(pk=tampered.pk).update(text="något annat")
    broken = sign(person, rows[1:], pedagogue)
    Attendance.objects.filter(pk=rows[1].pk).update(attestation=None)
    ids = [of_hidden.pk, tampered.pk, broken.pk]
    assert attest.countersign(attestation_ids=ids, by=pedagogue) is None
    assert not CounterSignature.objects.exists()


def test_a_countersignature_logs_whose_hours_it_is_about(person, rows, pedagogue):
    drawn = sign(person, rows, pedagogue)
    attest.countersign(attestation_ids=[drawn.pk], by=pedagogue)
    entry = AccessLogEntry.objects.get(what="countersign")
    assert entry.person_id == person.pk


def test_what_is_left_to_sign_comes_in_order_of_day(person, rows, pedagogue):
    assert list(attest.rows_to_sign(person)) == list(reversed(rows))
    sign(person, rows[:1], pedagogue)
    assert list(attest.rows_to_sign(person)) == rows[1:]
