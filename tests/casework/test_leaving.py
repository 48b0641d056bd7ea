"""Leaving the programme asks for signatures and marks, or for a reason that the lead sees."""

from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework import left_unsigned
from casework.models import (
    Activity,
    ActivityKind,
    Attendance,
    AttendanceStatus,
    Attestation,
    Session,
    SessionStatus,
    SignUp,
    SignUpStatus,
)
from core.errors import Refused
from core.models import AccessLogEntry
from core.periods import Month
from participants import actions
from participants.models import Participant
from tests.cast import enrol, make_person, protect, sign_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WHY = "Svarar inte i telefon"


@pytest.fixture
def enrolment(pedagogue):
    return enrol(make_person("Mira", "Ek"), contact=pedagogue)


def activity(name="Verkstad", **facts):
    return Activity.objects.get_or_create(name=name, defaults={"kind": ActivityKind.GROUP} | facts)[
        0
    ]


def row(person, day=TODAY, *, status="present", hours=3, **facts):
    session, _ = Session.objects.get_or_create(
        activity=activity(),
        held_on=day,
        defaults={
            "status": SessionStatus.PLANNED,
            "starts_at": time(9),
            "ends_at": time(12),
            "planned_hours": 3,
        },
    )
    hours = hours if status == "present" else 0
    return Attendance.objects.create(
        session=session, participant=person, held_on=day, status=status, hours=hours, **facts
    )


def leave(enrolment, by, *, on=TODAY, **facts):
    return actions.exit_enrolment(enrolment=enrolment, ended_on=on, reason="work", by=by, **facts)


def sign(*rows):
    paper = Attestation.objects.create(participant=rows[0].participant, method="paper")
    Attendance.objects.filter(pk__in=[each.pk for each in rows]).update(attestation=paper)


def texts(enrolment, day=TODAY):
    return [each.text for each in actions.open_questions_at_exit(enrolment, None, day)]


def test_missing_signatures_are_told_month_by_month(enrolment):
    last_month = TODAY.replace(day=1) - timedelta(days=1)
    row(enrolment.participant, last_month, hours=Decimal("2.5"))
    row(enrolment.participant, TODAY)
    (text,) = texts(enrolment)
    assert f"2,5 timmar i {Month.of(last_month).label} (1\xa0tillfälle) och 3 timmar i" in text


def test_nobody_leaves_unsigned_without_a_reason_whatever_the_form_says(enrolment, pedagogue):
    row(enrolment.participant)
    with pytest.raises(Refused, match="skriv varför"):
        leave(enrolment, pedagogue, left_open_reason="   ")
    enrolment.refresh_from_db()
    assert enrolment.ended_on is None


def test_what_was_left_open_is_kept_with_the_reason_and_names_nobody(enrolment, pedagogue):
    row(enrolment.participant)
    left = leave(enrolment, pedagogue, left_open_reason=f" {WHY} ")
    assert left.exit_left_open_reason == WHY
    (sentence,) = left.exit_left_open
    assert "3 timmar" in sentence and "Mira" not in sentence


def test_a_reason_is_not_kept_when_nothing_was_open(enrolment, pedagogue):
    left = leave(enrolment, pedagogue, left_open_reason=WHY)
    assert (left.exit_left_open, left.exit_left_open_reason) == ([], "")


def test_signed_hours_ask_for_nothing(enrolment, pedagogue):
    sign(row(enrolment.participant))
    assert leave(enrolment, pedagogue).ended_on == TODAY


def test_days_nobody_has_marked_need_marking_or_a_reason(enrolment, pedagogue):
    row(enrolment.participant, TODAY, status="expected")
    row(enrolment.participant, TODAY - timedelta(days=1), status="expected")
    (text,) = texts(enrolment)
    assert "2\xa0tillfällen är inte avprickade" in text and str(TODAY) in text
    with pytest.raises(Refused):
        leave(enrolment, pedagogue)


def test_a_cancelled_session_needs_no_mark(enrolment):
    expected = row(enrolment.participant, TODAY, status="expected")
    Session.objects.filter(pk=expected.session_id).update(status="cancelled", cancel_reason="Sjuk")
    assert texts(enrolment) == []


def test_hours_after_the_last_day_are_asked_about(enrolment):
    sign(row(enrolment.participant))
    (text,) = texts(enrolment, TODAY - timedelta(days=1))
    assert "Närvaro efter sista dagen: 3 timmar" in text


def test_who_leaves_is_expected_nowhere_after_and_the_place_goes_on(enrolment, pedagogue):
    small = activity(capacity=1)
    other = enrol(make_person("Nils"), contact=pedagogue).participant
    SignUp.objects.create(
        activity=small, participant=enrolment.participant, status="place", from_day=TODAY
    )
    waiting = SignUp.objects.create(
        activity=small, participant=other, status="waiting", from_day=TODAY
    )
    noted = row(enrolment.participant, TODAY, status="absent", absence_reason="ill")
    row(enrolment.participant, TODAY + timedelta(days=7), status="expected")
    leave(enrolment, pedagogue)
    assert list(enrolment.participant.attendance.all()) == [noted]
    waiting.refresh_from_db()
    assert waiting.status == SignUpStatus.PLACE
    assert enrolment.participant.sign_ups.get().status == SignUpStatus.LEFT
    coming = other.attendance.filter(status=AttendanceStatus.EXPECTED, held_on__gt=TODAY)
    assert coming.exists()


def test_the_page_asks_for_the_reason_only_when_something_is_missing(client, enrolment, pedagogue):
    address = reverse("participants:exit", args=[enrolment.participant_id])
    sign_in(client, pedagogue)
    assert "left_open_reason" not in client.get(address).content.decode()
    row(enrolment.participant)
    page = client.get(address).content.decode()
    assert "Varför kan underskriften inte tas nu?" in page and "Gör klart det här" in page


def test_the_page_ends_the_enrolment_once_a_reason_is_written(client, enrolment, pedagogue):
    row(enrolment.participant)
    address = reverse("participants:exit", args=[enrolment.participant_id])
    sent = {"ended_on": str(TODAY), "reason": "work"}
    answer = sign_in(client, pedagogue).post(address, sent)
    assert answer.status_code == 422 and "Skriv varför" in answer.content.decode()
    client.post(address, sent | {"left_open_reason": WHY})
    enrolment.refresh_from_db()
    assert (enrolment.ended_on, enrolment.exit_left_open_reason) == (TODAY, WHY)


def test_the_day_that_is_typed_decides_what_stands_open(client, enrolment, pedagogue):
    row(enrolment.participant, TODAY, status="expected")
    address = reverse("participants:exit", args=[enrolment.participant_id])
    yesterday = str(TODAY - timedelta(days=1))
    sign_in(client, pedagogue).post(address, {"ended_on": yesterday, "reason": "work"})
    enrolment.refresh_from_db()
    assert str(enrolment.ended_on) == yesterday


@pytest.fixture
def left(enrolment, pedagogue):
    missing = row(enrolment.participant)
    leave(enrolment, pedagogue, left_open_reason=WHY)
    return missing


def test_the_lead_sees_who_left_unsigned_and_why_until_it_is_signed(client, left, lead):
    sign_in(client, lead)
    page = client.get(reverse("casework:left_unsigned")).content.decode()
    assert "Mira Ek" in page and "3 timmar utan underskrift" in page and WHY in page
    assert "Anna Berg" in page and "Avslut utan underskrift" in client.get("/").content.decode()
    sign(left)
    page = client.get(reverse("casework:left_unsigned")).content.decode()
    assert "Mira Ek" not in page and "Ingen har lämnat utan underskrift" in page
    assert "Avslut utan underskrift" not in client.get("/").content.decode()


def test_the_page_logs_exactly_whom_it_shows(client, left, lead):
    hidden = enrol(make_person("Gömd"), ended_on=TODAY)
    row(hidden.participant)
    hidden.exit_left_open_reason = WHY
    hidden.save()
    protect(hidden.participant)
    page = sign_in(client, lead).get(reverse("casework:left_unsigned")).content.decode()
    assert "Gömd" not in page and hidden.participant.code not in page
    logged = AccessLogEntry.objects.filter(what="casework:left_unsigned")
    assert [each.person_id for each in logged] == [left.participant_id]


@pytest.mark.parametrize("who", ["pedagogue", "administrator", "officer"])
def test_only_the_lead_has_the_page(client, who, request):
    sign_in(client, request.getfixturevalue(who))
    assert client.get(reverse("casework:left_unsigned")).status_code == 403


def test_the_page_costs_the_same_for_many(client, left, lead, pedagogue):
    sign_in(client, lead)
    costs = []
    for _ in range(2):
        client.get(reverse("casework:left_unsigned"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("casework:left_unsigned"))
        costs.append(len(queries))
        for _ in range(4):
            other = enrol(make_person(), contact=pedagogue)
            row(other.participant)
            leave(other, pedagogue, left_open_reason=WHY)
    assert costs[0] == costs[1]


def test_the_team_can_still_take_the_signature_for_a_while(left, other_pedagogue):
    day_after = TODAY + timedelta(days=1)
    people = Participant.objects.visible_to(other_pedagogue, day=day_after)
    assert left.participant in people
    sign(left)
    assert left.participant not in people.all()


def test_after_two_months_the_file_is_closed_all_the_same(left, other_pedagogue, monkeypatch):
    monkeypatch.setattr(left_unsigned, "STAYS_OPEN", timedelta(days=-1))
    people = Participant.objects.visible_to(other_pedagogue, day=TODAY + timedelta(days=1))
    assert left.participant not in people


def test_the_timeline_tells_what_was_left_and_why(client, left, lead):
    page = sign_in(client, lead).get(left.participant.get_absolute_url()).content.decode()
    assert "Avslutad utan alla underskrifter" in page and WHY in page
