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
    CaseNote,
    Handover,
    Intervention,
    MeetingBooking,
    NoteDraft,
    PlanAgreement,
    PlanningMeeting,
    PlanVersion,
    Review,
    ReviewDecision,
    ReviewItem,
    Session,
    SigningLink,
    Task,
)
from casework.notes.signing import searchable
from casework.plans.content import content_of, sha256_of
from casework.review import agenda
from casework.review.room import Part
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


def anna():
    return User.objects.get(first_name="Anna", last_name="Berg")


@in_demo
def test_most_of_the_enrolled_have_a_plan_that_all_have_agreed_to():
    versions = PlanVersion.objects.all()
    status = list(versions.values_list("status", flat=True))
    assert status.count("agreed") > 25 and status.count("proposed") == 3
    assert set(versions.values_list("number", flat=True)) == {1, 2, 3}
    for version in versions:
        agreed = set(version.agreements.values_list("party", flat=True))
        missing = set(version.parties) - agreed
        assert (
            len(missing) == (version.status == "proposed")
            and sha256_of(version.content) == version.sha256
        )
    assert PlanAgreement.objects.filter(party="participant", method="drawn").count() > 25
    assert MeetingBooking.objects.coming(timezone.now()).count() >= 8


@in_demo
def test_the_working_table_says_what_was_last_agreed_to():
    for version in PlanVersion.objects.current().select_related("plan__enrolment"):
        now = content_of(version.plan, review_on=version.review_on)
        assert {**now, "next_meeting": ""} == version.content


@in_demo
def test_a_later_version_of_a_plan_says_something_else():
    for version in PlanVersion.objects.filter(number=2).select_related("plan"):
        before = version.plan.versions.get(number=1).content
        assert version.content["circumstances"] != before["circumstances"]
        assert len(version.content["goals"]) >= len(before["goals"])


@in_demo
def test_everybody_with_a_main_contact_has_notes_and_no_two_files_read_alike():
    notes = CaseNote.objects.all()
    people = set(notes.values_list("participant", flat=True))
    assert len(people) == 39 and 3 * 39 < notes.count() < 12 * 39
    assert set(notes.values_list("audience", flat=True)) == {"team", "authority", "restricted"}
    assert len(set(notes.values_list("text", flat=True))) > notes.count() / 3
    assert all(note.happened_at < timezone.now() for note in notes)
    assert all(note.search_text == searchable(note) for note in notes)
    assert "[" not in "".join(notes.values_list("text", flat=True))


@in_demo
def test_the_last_version_of_a_note_is_what_the_note_says():
    corrected = CaseNote.objects.filter(number=2)
    assert corrected.count() >= 4
    for note in CaseNote.objects.prefetch_related("versions"):
        *_, last = note.versions.all()
        assert (last.number, last.text, last.agreed) == (note.number, note.text, note.agreed)


@in_demo
def test_anna_has_two_unsigned_notes_one_of_them_forgotten():
    drafts = NoteDraft.objects.unsigned_of(anna())
    assert drafts.count() == 2
    assert drafts.filter(pk__in=NoteDraft.objects.forgotten(timezone.now())).count() == 1


@in_demo
def test_anna_has_things_to_do_late_today_and_later():
    today, hers = timezone.localdate(), Task.objects.open().mine(anna())
    assert hers.overdue(today).count() >= 2 and hers.filter(due_on=today).count() >= 2
    assert 8 <= hers.count() <= 14
    assert Task.objects.filter(status="done").exclude(outcome="").exists()
    assert Task.objects.open().ours(User.objects.get(first_name="Johan")).exists()
    assert not Task.objects.filter(closed_at__gt=timezone.now()).exists()


@in_demo
def test_there_are_interventions_going_on_and_ended():
    measures = Intervention.objects.all()
    assert (
        measures.going_on(timezone.localdate()).exists() and measures.exclude(outcome="").exists()
    )


@in_demo
def test_four_reviews_were_held_and_one_comes_with_every_part_of_an_agenda():
    closed = Review.objects.filter(status="closed")
    assert closed.count() == 4 and not closed.filter(held_on__gte=timezone.localdate()).exists()
    states = set(ReviewItem.objects.filter(review__in=closed).values_list("state", flat=True))
    assert states == {"discussed", "not_reached", "postponed"}
    decided = ReviewDecision.objects.all()
    assert decided.filter(task__status="done").exists() and decided.exclude(helped="").exists()
    coming = Review.objects.get(status="planned")
    assert coming.held_on.weekday() == 3 and coming.held_on >= timezone.localdate()
    lead = User.objects.active_with_role(Role.PROJECT_LEAD).get(first_name="Eva")
    assert {row.part for row in agenda.items_in_order(coming, lead)} == set(Part)


@in_demo
def test_a_colleague_is_on_leave_and_anna_has_somebody_of_his():
    samir = User.objects.get(first_name="Samir")
    hers = Handover.objects.filter(move__from_user=samir, to_user=anna())
    assert hers.count() == 3 and hers.exclude(text="").exists()
    for each in hers:
        assert each.enrolment.main_contact == anna()


@in_demo
def test_demo_users_stop_the_checks_where_there_is_no_demo(settings):
    settings.DEMO = False
    assert [each.id for each in checks.no_demo_users(None, databases=["default"])] == ["basun.E001"]
    settings.DEMO = True
    assert checks.no_demo_users(None, databases=["default"]) == []
