"""The one door: who sees whom. Each rule of security.md, asked one by one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import access_log as core_log
from participants import access_log
from participants.enums import Category, Function
from participants.models import Assignment, Consent, Enrolment, Participant, ProtectionReader
from tests.cast import assign, enrol, make_person, protect

pytestmark = pytest.mark.django_db


def sees(user, person, category=None):
    return Participant.objects.visible_to(user, category).filter(pk=person.pk).exists()


@pytest.fixture
def active():
    person = make_person("Aktiv")
    enrol(person)
    return person


@pytest.fixture
def closed():
    day = timezone.localdate()
    person = make_person("Stängd", created_at=timezone.now() - timedelta(days=400))
    enrol(person, starts_on=day - timedelta(days=300), ended_on=day - timedelta(days=100))
    return person


@pytest.mark.parametrize("role", ["pedagogue", "coordinator", "lead", "administrator"])
def test_the_municipal_team_sees_every_open_file(role, active, request):
    assert sees(request.getfixturevalue(role), active)


@pytest.mark.parametrize(
    "role",
    ["counsellor", "officer", "sius", "development_lead", "steering", "evaluator",
     "system_administrator", "log_reviewer", "developer"],
)  # fmt: skip
def test_others_do_not_see_somebody_they_are_not_assigned_to(role, active, request):
    assert not sees(request.getfixturevalue(role), active)


def test_a_closed_file_is_seen_by_lead_and_administrator_only(
    closed, pedagogue, lead, administrator
):
    assert [sees(user, closed) for user in (pedagogue, lead, administrator)] == [False, True, True]


def test_a_file_stays_open_through_its_last_day_only(pedagogue):
    day = timezone.localdate()
    today, yesterday = make_person(), make_person()
    enrol(today, starts_on=day - timedelta(days=30), ended_on=day)
    enrol(yesterday, starts_on=day - timedelta(days=30), ended_on=day - timedelta(days=1))
    assert [sees(pedagogue, person) for person in (today, yesterday)] == [False, False]
    assert sees(pedagogue, make_person())


def test_a_main_contact_sees_the_file_on_the_day_of_the_exit(pedagogue):
    day = timezone.localdate()
    person = make_person()
    enrol(person, contact=pedagogue, starts_on=day - timedelta(days=30), ended_on=day)
    assert sees(pedagogue, person)


def test_a_counsellor_sees_those_assigned_until_the_assignment_ends(active, counsellor):
    assignment = assign(active.current_enrolment, Function.COUNSELLOR, counsellor)
    assert sees(counsellor, active)
    Assignment.objects.filter(pk=assignment.pk).update(ends_on=timezone.localdate())
    assert not sees(counsellor, active)


def test_an_officer_sees_an_assigned_person_only_with_consent(officer):
    without, covered = make_person(), make_person(consent=[Category.PLAN])
    enrol(without, officer=officer)
    enrol(covered, officer=officer)
    assert [sees(officer, person) for person in (without, covered)] == [False, True]


def test_consent_alone_opens_nothing_that_the_role_does_not(officer, active):
    assert not sees(officer, make_person(consent=True))


def test_a_consent_covers_its_own_category_only(officer):
    person = make_person(consent=[Category.PLAN])
    enrol(person, officer=officer)
    assert sees(officer, person, Category.PLAN)
    assert not sees(officer, person, Category.ATTENDANCE)
    assert person.consent_covers(officer, Category.PLAN)
    assert not person.consent_covers(officer, Category.ATTENDANCE)


@pytest.mark.parametrize(
    "change",
    [
        lambda user, day: {"withdrawn_at": timezone.now(), "withdrawn_by": user},
        lambda user, day: {"valid_until": day - timedelta(days=1)},
        lambda user, day: {"given_on": day + timedelta(days=1)},
        lambda user, day: {"authority": "kommun"},
    ],
    ids=["withdrawn", "run out", "not yet", "to somebody else"],
)
def test_a_consent_that_does_not_hold_opens_nothing(change, officer, pedagogue):
    person = make_person(consent=[Category.PLAN])
    enrol(person, officer=officer)
    Consent.objects.update(**change(pedagogue, timezone.localdate()))
    assert not sees(officer, person)


def test_municipal_staff_need_no_consent(pedagogue, active):
    assert sees(pedagogue, active, Category.NOTES)
    assert active.consent_covers(pedagogue, Category.NOTES)


@pytest.mark.parametrize("role", ["pedagogue", "lead", "administrator", "coordinator"])
def test_a_protected_person_does_not_exist_for_those_not_on_the_list(role, active, request):
    protect(active)
    assert not sees(request.getfixturevalue(role), active)


def test_a_main_contact_not_on_the_list_does_not_see_either(pedagogue):
    person = make_person(protected=True)
    enrol(person, contact=pedagogue)
    assert not sees(pedagogue, person)


def test_those_on_the_list_see_while_their_time_lasts(pedagogue, active):
    protect(active, [pedagogue])
    assert sees(pedagogue, active)
    day = timezone.localdate()
    ProtectionReader.objects.update(valid_until=day - timedelta(days=1))
    assert not sees(pedagogue, active)


def test_being_on_the_list_lifts_neither_consent_nor_scope(officer, counsellor, active):
    protect(active, [officer, counsellor])
    assign(active.current_enrolment, Function.EMPLOYMENT_OFFICER, officer)
    assert not sees(officer, active)
    assert not sees(counsellor, active)


def test_a_deactivated_user_sees_nobody(lead, active):
    lead.is_active = False
    assert not sees(lead, active)


def test_enrolments_go_through_the_same_door(lead, pedagogue, active):
    protect(active, [pedagogue])
    assert Enrolment.objects.visible_to(pedagogue).count() == 1
    assert Enrolment.objects.visible_to(lead).count() == 0


def test_a_protected_person_is_a_code_in_lists_also_for_those_on_the_list(active):
    protect(active)
    person = Participant.objects.for_list().get(pk=active.pk)
    assert person.list_name == person.code
    assert person.full_name not in person.list_name


def test_the_log_says_on_what_ground_each_person_was_seen(pedagogue, officer, lead):
    own, other = make_person(), make_person(protected=True, readers=[lead])
    enrol(own, contact=pedagogue, officer=officer)
    consent = Consent.objects.create(
        participant=own,
        authority="af",
        category="plan",
        text="x",
        given_on="2017-01-01",
        source="x",
    )
    for user, person in ((pedagogue, own), (officer, own), (lead, other), (lead, own)):
        access_log.shown_to(user, [person], core_log.Action.READ, what="prov")
    assert [row["ground"] for row in core_log.stored_rows()] == [
        "eget ärende",
        f"samtycke {consent.pk}, eget ärende",
        f"behörighetslista {ProtectionReader.objects.get().pk}",
        "roll",
    ]
