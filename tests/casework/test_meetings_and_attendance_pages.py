from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from casework import actions, sums
from casework.models import (
    Activity,
    ActivityKind,
    Attendance,
    Attestation,
    AttestationMethod,
    PlanningMeeting,
    Session,
)
from core.models import AccessLogEntry
from participants.actions import open_questions_at_exit
from participants.enums import Category
from participants.errors import Refused
from tests.cast import enrol, make_person, sign_in

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def enrolment(pedagogue, officer):
    return enrol(make_person("Åsa"), contact=pedagogue, officer=officer)


def attend(person, day, hours, *, attested):
    activity, _ = Activity.objects.get_or_create(name="CV-verkstad", kind=ActivityKind.GROUP)
    session, _ = Session.objects.get_or_create(activity=activity, held_on=day)
    attestation = Attestation.objects.create(
        participant=person, method=AttestationMethod.PAPER, source="prov"
    )
    return Attendance.objects.create(
        session=session,
        participant=person,
        held_on=day,
        hours=hours,
        attestation=attestation if attested else None,
    )


def test_a_meeting_is_recorded_once_a_day(enrolment, pedagogue):
    actions.record_meeting(enrolment=enrolment, held_on=TODAY, by=pedagogue)
    with pytest.raises(Refused, match="redan ett trepartssamtal"):
        actions.record_meeting(enrolment=enrolment, held_on=TODAY, by=pedagogue)
    assert PlanningMeeting.objects.get().recorded_by == pedagogue


@pytest.mark.parametrize("days", [1, -1000])
def test_a_meeting_lies_within_the_enrolment_and_not_ahead(enrolment, pedagogue, days):
    with pytest.raises(Refused):
        actions.record_meeting(
            enrolment=enrolment, held_on=TODAY + timedelta(days=days), by=pedagogue
        )


def test_a_recorded_meeting_stands_in_the_timeline(client, enrolment, pedagogue):
    address = reverse("casework:meeting_record", args=[enrolment.participant_id])
    answer = sign_in(client, pedagogue).post(address, {"held_on": str(TODAY)})
    assert "Trepartssamtalet är sparat" in client.get(answer.url).content.decode()
    page = client.get(enrolment.participant.get_absolute_url()).content.decode()
    assert "Trepartssamtal" in page and "Boka trepartssamtal." not in page


def test_attendance_is_summed_by_month_the_latest_first(enrolment):
    person = enrolment.participant
    attend(person, date(2026, 2, 27), Decimal("2.50"), attested=True)
    attend(person, date(2026, 3, 2), Decimal(3), attested=False)
    attend(person, date(2026, 3, 9), Decimal("1.5"), attested=True)
    titles = [month.title for month in sums.by_month(person)]
    assert titles == [
        "Mars 2026: 4,5 timmar, varav 3 utan underskrift",
        "Februari 2026: 2,5 timmar",
    ]


def test_the_attendance_page_shows_and_logs_the_person(client, enrolment, counsellor, pedagogue):
    attend(enrolment.participant, TODAY, Decimal(3), attested=False)
    address = reverse("casework:attendance", args=[enrolment.participant_id])
    assert "CV-verkstad" in sign_in(client, pedagogue).get(address).content.decode()
    assert AccessLogEntry.objects.get().what == "casework:attendance"


def test_attendance_needs_a_consent_of_its_own(client, officer):
    person = make_person(consent=[Category.PLAN])
    enrol(person, officer=officer)
    address = reverse("casework:attendance", args=[person.pk])
    assert sign_in(client, officer).get(address).status_code == 404


def test_the_exit_tells_of_hours_nobody_has_signed_for(enrolment):
    attend(enrolment.participant, TODAY, Decimal("2.5"), attested=False)
    attend(enrolment.participant, TODAY - timedelta(days=1), Decimal(2), attested=True)
    (line,) = open_questions_at_exit(enrolment, None, TODAY)
    assert "2,5 timmar" in line.text


def test_a_second_meeting_is_reached_from_the_persons_page(client, enrolment, pedagogue):
    actions.record_meeting(enrolment=enrolment, held_on=TODAY, by=pedagogue)
    page = sign_in(client, pedagogue).get(enrolment.participant.get_absolute_url())
    address = reverse("casework:meeting_record", args=[enrolment.participant_id])
    assert address in page.content.decode()


def test_nobody_is_offered_a_meeting_with_somebody_not_enrolled(client, pedagogue):
    person = make_person("Maja")
    page = sign_in(client, pedagogue).get(person.get_absolute_url())
    assert "trepartssamtal/" not in page.content.decode()
