"""The demo: an empty database gets people, staff and what is going on; production gets nothing."""

from datetime import time

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from basun.demo import checks, world
from basun.demo.logins import LOGINS, PASSWORD
from casework import attest, left_unsigned
from casework.models import (
    Attendance,
    Attestation,
    AttestationBreak,
    PlanningMeeting,
    Session,
    SigningLink,
)
from casework.rollcall import absences
from core.models import Job
from core.periods import Month
from participants.models import Assignment, Consent, Enrolment, Extension, Participant
from referrals.models import Referral
from reports.esf.calendar import MonthStatus, load_calendar
from reports.financing.loading import value_of


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        world.make(timezone.localdate())
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db
in_demo = pytest.mark.usefixtures("demo")


def of_the_register():
    """Attendance that was read from the reference register: its sessions have no times."""
    return Attendance.objects.filter(session__starts_at=None)


def of_these_weeks():
    """Attendance of the activities that the demo plans around today."""
    return Attendance.objects.filter(session__starts_at__isnull=False)


@in_demo
def test_the_registers_last_month_is_this_month():
    last = of_the_register().latest("held_on").held_on
    assert Month.of(last) == Month.of(timezone.localdate()) and last <= timezone.localdate()


@in_demo
def test_everybody_in_the_register_is_there():
    assert (Enrolment.objects.count(), of_the_register().count()) == (756, 11580)
    assert Enrolment.objects.filter(ended_on=None).count() == 41


@in_demo
def test_what_the_demo_plans_touches_no_hours_of_the_register():
    register = of_the_register()
    assert not register.exclude(status="present").exists()
    assert not register.exclude(attestation=None).exclude(attestation__method="paper").exists()
    assert not AttestationBreak.objects.filter(attendance__in=register).exists()


@in_demo
def test_fifteen_are_expected_this_morning_one_of_them_protected():
    session = Session.objects.get(held_on=timezone.localdate(), starts_at=time(9))
    anna = User.objects.get(first_name="Anna", last_name="Berg")
    assert session.status == "planned" and session.activity.leaders.get().user == anna
    assert session.attendance.filter(status="expected").count() == 15
    assert session.attendance.visible_to(anna).count() == 15
    assert (
        session.attendance.filter(
            participant__protections__ended_at=None, participant__protections__isnull=False
        ).count()
        == 1
    )


@in_demo
def test_what_has_passed_is_taken_and_closed_but_for_two():
    passed = Session.objects.filter(starts_at__isnull=False, held_on__lt=timezone.localdate())
    assert passed.filter(status="planned").count() == 2
    closed = of_these_weeks().filter(session__in=passed.filter(status="held"))
    assert closed.count() > 50 and not closed.filter(status="expected").exists()


@in_demo
def test_there_are_signatures_of_every_kind_and_some_are_missing():
    rows = of_these_weeks()
    assert set(Attestation.objects.values_list("method", flat=True)) == {"paper", "drawn", "link"}
    assert Attestation.objects.to_countersign().exists()
    assert Attestation.objects.filter(countersignature__isnull=False).exists()
    assert AttestationBreak.objects.filter(attendance__in=rows).count() == 1
    assert rows.unattested().count() > 20
    assert all(attest.is_intact(each) for each in Attestation.objects.exclude(method="paper"))


@in_demo
def test_one_objects_one_was_reminded_and_one_could_not_be_reached():
    links = SigningLink.objects.filter(used_at=None)
    assert links.exclude(disputed_at=None).count() == 1
    assert links.exclude(failed_at=None).count() == 1
    assert links.filter(failed_at=None, disputed_at=None).count() == 1
    assert not Job.objects.filter(kind="casework.send_link").exists()


@in_demo
def test_somebody_has_been_absent_three_times_in_a_row():
    anna = User.objects.get(first_name="Anna", last_name="Berg")
    people = Participant.objects.visible_to(anna).filter(sign_ups__isnull=False).distinct()
    found = absences.runs(people.for_list(), anna, timezone.localdate())
    assert any(run.no_word >= 3 for run in found.values())


@in_demo
def test_hours_have_a_value_and_somebody_left_unsigned():
    financing = value_of(Month.of(timezone.localdate()).period)
    assert financing.earned.hours + financing.lost.hours > 0
    lead = User.objects.active_with_role(Role.PROJECT_LEAD).get(first_name="Eva")
    assert len(left_unsigned.still_open(lead)) == 1


@in_demo
def test_the_months_that_were_due_are_with_scb_and_nothing_has_moved_since():
    months = load_calendar(timezone.localdate()).months
    assert [each.status for each in months[:3]] == [MonthStatus.RECEIVED] * 3
    sent = [each for each in months if each.status == MonthStatus.SENT]
    assert [each.due_on < timezone.localdate() for each in sent] == [True]
    rest = {each.status for each in months[months.index(sent[0]) + 1 :]}
    assert rest <= {MonthStatus.OPEN, MonthStatus.RUNNING}


@in_demo
def test_every_number_to_ring_is_kept_for_fiction():
    phones = Participant.objects.exclude(phone="").values_list("phone", flat=True)
    assert phones and all("070-1740605" <= each <= "070-1740699" for each in phones)


@in_demo
def test_there_is_a_login_for_every_role_and_all_are_marked(client):
    assert {role for user in User.objects.all() for role in user.roles} == set(Role)
    assert not User.objects.filter(is_demo=False).exists()
    assert all(client.login(email=each.email, password=PASSWORD) for each in LOGINS[:2])


@in_demo
def test_the_active_have_contacts_and_officers_but_for_two():
    active = Enrolment.objects.filter(ended_on=None)
    current = Assignment.objects.filter(ends_on=None, enrolment__in=active)
    assert current.filter(function="main_contact").count() == 39
    assert current.filter(function="employment_officer").count() == 41


@in_demo
def test_something_is_going_on():
    assert Referral.objects.open().count() == 6
    assert Extension.objects.filter(decided_at=None).count() == 2
    assert Consent.objects.filter(withdrawn_at__isnull=False).exists()
    assert PlanningMeeting.objects.count() > 600


@in_demo
def test_the_lead_sees_the_protected_and_the_administrator_does_not():
    lead = User.objects.active_with_role(Role.PROJECT_LEAD).get(first_name="Eva")
    administrator = User.objects.active_with_role(Role.ADMINISTRATOR).first()
    protected = Participant.objects.filter(protections__ended_at=None, protections__isnull=False)
    assert protected.count() == 7
    assert protected.filter(pk__in=Participant.objects.visible_to(lead)).count() == 7
    assert not protected.filter(pk__in=Participant.objects.visible_to(administrator)).exists()


@in_demo
def test_demo_users_stop_the_checks_where_there_is_no_demo(settings):
    settings.DEMO = False
    assert [each.id for each in checks.no_demo_users(None, databases=["default"])] == ["basun.E001"]
    settings.DEMO = True
    assert checks.no_demo_users(None, databases=["default"]) == []
