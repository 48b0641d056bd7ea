"""The reference register comes in whole: its totals are the programme's own."""

import pytest
from django.db.models import Q

from casework.models import Attendance, Attestation
from core.models import AccessLogEntry
from participants.enums import Flag
from participants.models import Enrolment, Participant
from referrals.models import Referral

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_register")]


def by_gender(people):
    people = people.distinct()
    girls = people.filter(legal_gender="F").count()
    return {"total": people.count(), "girls": girls, "boys": people.count() - girls}


def test_persons_enrolments_and_attendance_are_as_many_as_in_the_file(expected):
    register = expected["register"]
    assert by_gender(Participant.objects.all()) == register["participants"]
    assert Enrolment.objects.count() == Referral.objects.count() == register["enrolments"]
    assert Attendance.objects.count() == register["attendance_rows"]


def test_those_who_never_attested_are_as_many_as_in_the_file(expected):
    never = Participant.objects.exclude(attendance__attestation__isnull=False)
    assert by_gender(never) == expected["register"]["never_attested"]


@pytest.mark.parametrize("flag", [Flag.SIUS, Flag.CODED_DISABILITY])
def test_flags_are_as_many_as_in_the_file(expected, flag):
    people = Participant.objects.filter(flags__flag=flag, flags__source="register")
    assert by_gender(people) == expected["register"][flag]


def test_protected_people_are_as_many_as_in_the_file(expected):
    people = Participant.objects.filter(protections__ended_at=None, protections__isnull=False)
    assert by_gender(people) == expected["register"]["protected_identity"]


def test_everybody_lives_somewhere_from_the_first_day():
    assert not Participant.objects.filter(area_periods=None).exists()
    for person in Participant.objects.prefetch_related("area_periods", "enrolments")[:50]:
        assert all(person.area_on(each.starts_on) for each in person.enrolments.all())


def test_attested_rows_have_one_attestation_a_person_and_month():
    months = Attendance.objects.attested().values_list(
        "participant", "held_on__year", "held_on__month"
    )
    assert Attestation.objects.count() == months.distinct().count()
    assert set(Attestation.objects.values_list("method", "source")) == {
        ("paper", "pappersunderlag")
    }


def test_each_person_is_logged_once_for_the_register_and_once_for_attendance():
    rows = AccessLogEntry.objects.filter(action="imported")
    assert rows.filter(what="import_register").count() == 734
    came = Participant.objects.filter(Q(attendance__isnull=False)).distinct().count()
    assert rows.filter(what="import_attendance").count() == came


def test_nobody_got_a_consent_that_was_not_asked_for():
    assert not Participant.objects.filter(consents__isnull=False).exists()
