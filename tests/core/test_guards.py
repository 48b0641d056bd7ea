"""What must never be stored, the database refuses, whoever asks and in whatever way."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from participants.enums import Area, Function
from participants.models import (
    AreaPeriod,
    Assignment,
    Consent,
    Enrolment,
    Extension,
    NumberRecord,
    Protection,
)
from tests.cast import assign, enrol, give_consent, make_person, protect

pytestmark = pytest.mark.django_db
START = date(2018, 3, 1)
END = date(2018, 6, 30)


def refused(rule, change, *args, **kwargs):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        change(*args, **kwargs)


@pytest.mark.parametrize(
    ("first", "last"),
    [(START, END), (END, None), (date(2018, 1, 1), START), (date(2018, 1, 1), None)],
)
def test_enrolments_of_one_person_never_share_a_day(first, last):
    person = make_person()
    enrol(person, starts_on=START, ended_on=END)
    refused("enrolment_no_overlap", enrol, person, starts_on=first, ended_on=last)


def test_a_return_the_day_after_the_exit_is_a_new_enrolment():
    person = make_person()
    enrol(person, starts_on=START, ended_on=END)
    enrol(person, starts_on=END + timedelta(days=1))
    enrol(make_person(), starts_on=START)
    assert person.enrolments.count() == 2


def test_an_enrolment_cannot_be_moved_over_another():
    person = make_person()
    enrol(person, starts_on=START, ended_on=END)
    later = enrol(person, starts_on=date(2018, 9, 1))
    move = Enrolment.objects.filter(pk=later.pk).update
    refused("enrolment_no_overlap", move, starts_on=END)


def test_an_enrolment_does_not_end_before_it_starts():
    enrolment = enrol(make_person(), starts_on=START, ended_on=END)
    change = Enrolment.objects.filter(pk=enrolment.pk).update
    refused("enrolment_ends_after_start", change, ended_on=START - timedelta(days=1))
    refused("enrolment_planned_after_start", change, planned_end_on=START - timedelta(days=1))


def test_an_exit_has_a_day_a_reason_and_a_moment():
    enrolment = enrol(make_person(), starts_on=START)
    change = Enrolment.objects.filter(pk=enrolment.pk).update
    refused("enrolment_exit", change, ended_on=END)
    refused("enrolment_exit_has_reason", change, exit_reason="work")
    refused(
        "enrolment_exit_has_reason", change, ended_on=END, exited_at=timezone.now(), exit_reason="x"
    )
    refused("enrolment_exit_complete", change, ended_on=END, exit_reason="work")


def test_there_is_one_main_contact_at_a_time(pedagogue, other_pedagogue):
    enrolment = enrol(make_person(), starts_on=START)
    first = assign(enrolment, Function.MAIN_CONTACT, pedagogue)
    refused("assignment", assign, enrolment, Function.MAIN_CONTACT, other_pedagogue)
    Assignment.objects.filter(pk=first.pk).update(ends_on=END)
    refused("assignment_no_overlap", assign, enrolment, Function.MAIN_CONTACT, other_pedagogue)


def test_a_new_main_contact_begins_the_day_the_old_one_ends(pedagogue, other_pedagogue):
    enrolment = enrol(make_person(), starts_on=START)
    first = assign(enrolment, Function.MAIN_CONTACT, pedagogue)
    Assignment.objects.filter(pk=first.pk).update(ends_on=END)
    Assignment.objects.create(
        enrolment=enrolment, function=Function.MAIN_CONTACT, user=other_pedagogue, starts_on=END
    )
    assert enrolment.assignments.count() == 2


def test_a_number_belongs_to_one_person_for_ever():
    person = make_person()
    number = person.number
    NumberRecord.objects.filter(participant=person).update(is_current=False)
    refused("(?i)number", NumberRecord.objects.create, participant=make_person(), number=number)


def test_a_person_has_one_current_number():
    refused(
        "(?i)number",
        NumberRecord.objects.create,
        participant=make_person(),
        number=make_person().number[:-1] + "x",
    )


def test_area_periods_never_share_a_day():
    person = make_person(area=Area.ALBY)
    refused(
        "area_no_overlap",
        AreaPeriod.objects.create,
        participant=person,
        area=Area.TUMBA,
        starts_on=START,
    )


def test_one_consent_of_each_kind_is_open_and_a_withdrawal_has_its_who(pedagogue):
    person = make_person(consent=["plan"])
    refused("(?i)consent|unique", give_consent, person, ["plan"])
    change = Consent.objects.filter(participant=person).update
    refused("consent_withdrawal_complete", change, withdrawn_at=timezone.now())
    change(withdrawn_at=timezone.now(), withdrawn_by=pedagogue)
    give_consent(person, ["plan"])
    assert person.consents.count() == 2


def test_taking_a_protection_away_needs_two_people(lead, administrator):
    protection = protect(make_person())
    change = Protection.objects.filter(pk=protection.pk).update
    now = timezone.now()
    refused("protection_ended_by_two", change, ended_at=now, ended_by=lead)
    change(end_asked_at=now, end_asked_by=lead)
    refused("protection_ended_by_two", change, ended_at=now, ended_by=lead)
    change(ended_at=now, ended_by=administrator)
    assert not Protection.objects.filter(ended_at=None).exists()


def test_one_extension_waits_at_a_time_and_makes_the_enrolment_longer(pedagogue):
    enrolment = enrol(make_person(), starts_on=START)
    facts = {"enrolment": enrolment, "asked_by": pedagogue, "reason": "prov"}
    refused(
        "extension_is_longer",
        Extension.objects.create,
        previous_end_on=END,
        new_end_on=END,
        **facts,
    )
    later = END + timedelta(days=30)
    Extension.objects.create(previous_end_on=END, new_end_on=later, **facts)
    refused(
        "(?i)extension", Extension.objects.create, previous_end_on=END, new_end_on=later, **facts
    )
