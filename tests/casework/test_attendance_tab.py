"""The participant's attendance tab: who came, when, and how each row stands with its signature."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework import sums
from casework.models import (
    Activity,
    Attendance,
    Attestation,
    AttestationBreak,
    CounterSignature,
    EsfProject,
    Session,
)
from casework.signature_state import state_of
from tests.cast import enrol, make_person, sign_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def person(pedagogue):
    found = make_person("Mira", "Ek")
    enrol(found, contact=pedagogue)
    return found


def row(person, day=TODAY, *, status="present", session=None, **facts):
    activity, _ = Activity.objects.get_or_create(name="Verkstad", kind="group")
    made, _ = Session.objects.get_or_create(
        activity=activity, held_on=day, defaults={"status": "held"} | (session or {})
    )
    hours = 3 if status == "present" else 0
    return Attendance.objects.create(
        session=made, participant=person, held_on=day, status=status, hours=hours, **facts
    )


def signature(person, method="drawn", **facts):
    more = {} if method == "paper" else {"text": "Jag intygar.", "rows_sha256": "0" * 64}
    return Attestation.objects.create(participant=person, method=method, **more | facts)


def rules(**facts):
    usual = {"valid_from": date(2016, 10, 1), "drawn_counts": True, "needs_countersignature": True}
    return [EsfProject(**usual | facts)]


def label(row, **facts):
    state = state_of(row, rules(**facts))
    return state and (state.label, state.why)


def test_a_row_nobody_has_signed_is_missing_its_signature(person):
    assert label(row(person)) == ("Saknas", "")


def test_who_was_not_there_has_nothing_to_sign(person):
    assert label(row(person, status="absent")) is None


def test_paper_is_good_as_it_is(person):
    assert label(row(person, attestation=signature(person, "paper"))) == ("Papper", "")


def test_a_digital_signature_waits_for_the_one_beside_it(person, pedagogue):
    drawn = row(person, attestation=signature(person))
    assert label(drawn) == ("Ritad underskrift", "Väntar på kontrasignering.")
    assert label(drawn, needs_countersignature=False) == ("Ritad underskrift", "")
    beside = CounterSignature.objects.create(signed_by=pedagogue, text="x", rows_sha256="0" * 64)
    drawn.attestation.countersignature = beside
    assert label(drawn) == ("Ritad underskrift", "")


def test_a_way_of_signing_that_does_not_count_says_so(person):
    drawn = row(person, attestation=signature(person))
    assert label(drawn, drawn_counts=False)[1] == "Sättet räknas inte för ESF."


def test_the_rules_of_the_day_of_the_signature_decide(person):
    drawn = row(person, attestation=signature(person))
    assert label(drawn, drawn_counts=False, valid_until=TODAY - timedelta(days=1))[1] == ""


def test_a_row_that_was_changed_after_it_was_signed_says_so(person, pedagogue):
    changed = row(person)
    AttestationBreak.objects.create(
        attestation=signature(person), attendance=changed, before="3", after="2", reason="fel"
    )
    assert label(changed)[0] == "Gäller inte längre"


def test_a_month_sums_absences_and_what_nobody_has_marked(person):
    row(person, date(2026, 3, 2))
    row(person, date(2026, 3, 3), status="absent", absence_reason="ill")
    row(person, date(2026, 3, 4), status="expected")
    (month,) = sums.by_month(person, TODAY)
    words = "3 timmar, varav 3 utan underskrift, 1\xa0frånvaro, 1 inte avprickade"
    assert month.sums.words == words


def test_late_early_and_why_absent_are_told(person):
    late = row(person, arrived_at=time(9, 20), left_at=time(11, 30))
    assert sums.Line(late, None).note == "kom 09:20, gick 11:30"
    ill = row(person, date(2026, 3, 3), status="absent", absence_reason="ill")
    assert sums.Line(ill, None).note == "Sjuk"


def test_what_is_to_come_stands_apart(client, person, pedagogue):
    planned = {
        "status": "planned", "starts_at": time(9), "ends_at": time(12), "planned_hours": 3,
        "theme": "Intervjuer",
    }  # fmt: skip
    row(person, TODAY + timedelta(days=40), status="expected", session=planned)
    page = sign_in(client, pedagogue).get(reverse("casework:attendance", args=[person.pk]))
    text = page.content.decode()
    assert "Kommande tillfällen" in text and "Intervjuer" in text and page.context["months"] == []


def test_the_ways_to_sign_stand_on_top_for_those_who_may_take_them(client, person, pedagogue):
    row(person)
    address = reverse("casework:attendance", args=[person.pk])
    page = sign_in(client, pedagogue).get(address).content.decode()
    assert reverse("rollcall:sign_person", args=[person.pk]) in page


def test_the_page_costs_the_same_for_many_rows(client, person, pedagogue):
    sign_in(client, pedagogue)
    address = reverse("casework:attendance", args=[person.pk])
    costs = []
    for first in (0, 10):
        for days in range(first, first + 10):
            row(person, TODAY - timedelta(days=days), attestation=signature(person))
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        costs.append(len(queries))
    assert costs[0] == costs[1]
