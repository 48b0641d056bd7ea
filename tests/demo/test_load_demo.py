"""The demo: an empty database gets people, staff and what is going on; production gets nothing."""

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from basun.demo import checks, world
from basun.demo.logins import LOGINS, PASSWORD
from casework.models import Attendance, PlanningMeeting
from core.periods import Month
from participants.models import Assignment, Consent, Enrolment, Extension, Participant
from referrals.models import Referral


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        world.make(timezone.localdate())
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db
in_demo = pytest.mark.usefixtures("demo")


@in_demo
def test_the_last_month_is_this_month():
    last = Attendance.objects.latest("held_on").held_on
    assert Month.of(last) == Month.of(timezone.localdate()) and last <= timezone.localdate()


@in_demo
def test_everybody_in_the_register_is_there():
    assert (Enrolment.objects.count(), Attendance.objects.count()) == (756, 11580)
    assert Enrolment.objects.filter(ended_on=None).count() == 41


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
