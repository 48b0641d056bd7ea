from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.identity_numbers import parse
from core.models import AccessLogEntry
from core.states import TransitionError
from participants.errors import NumberTaken, Refused, StaleEdit
from participants.models import Enrolment, Participant
from referrals import actions
from referrals.enums import ReferralStatus
from referrals.models import Referral, ReferralDraft, ReferringBody
from tests.cast import enrol, make_person, next_number
from tests.referrals.conftest import criterion, make_referral

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def receive(person, by, **facts):
    given = {"body": ReferringBody.objects.first(), "referred_on": TODAY()}
    given |= {"criteria": [criterion(3)]} | facts
    return actions.receive(participant=person, by=by, **given)


# Receiving


def test_a_referral_is_received_with_its_first_step_and_logged(pedagogue):
    person = make_person()

    referral = receive(person, pedagogue, reason="  Vill börja arbeta. ")

    assert referral.status == ReferralStatus.RECEIVED
    assert referral.reason == "Vill börja arbeta."
    assert [step.status for step in referral.steps.all()] == [ReferralStatus.RECEIVED]
    assert AccessLogEntry.objects.get(person_id=person.pk).what == "receive_referral"


def test_a_second_open_referral_is_refused_and_names_the_first(pedagogue):
    person = make_person()
    first = receive(person, pedagogue)

    with pytest.raises(actions.OpenReferralExists) as refused:
        receive(person, pedagogue)

    assert refused.value.referral == first


def test_the_database_refuses_a_second_open_referral_kindly(pedagogue, monkeypatch):
    person = make_person()
    receive(person, pedagogue)
    monkeypatch.setattr(actions, "refuse_second", lambda participant: None)

    with pytest.raises(actions.OpenReferralExists):
        receive(person, pedagogue)


def test_after_a_decision_the_person_can_be_referred_again(declined, pedagogue):
    assert receive(declined.participant, pedagogue).is_open


def test_somebody_who_is_enrolled_needs_no_referral(pedagogue):
    person = make_person()
    enrol(person)

    with pytest.raises(Refused, match="redan inskriven"):
        receive(person, pedagogue)


def test_the_day_of_the_referral_does_not_lie_ahead(pedagogue):
    with pytest.raises(Refused, match="framåt i tiden"):
        receive(make_person(), pedagogue, referred_on=TODAY() + timedelta(days=1))


def test_criterion_6_without_a_reason_is_refused(pedagogue):
    with pytest.raises(Refused, match="Villkor 6"):
        receive(make_person(), pedagogue, criteria=[criterion(6)])


def test_somebody_outside_the_ages_is_received_all_the_same(pedagogue):
    person = make_person(birth_date=TODAY() - timedelta(days=365 * 40))

    assert receive(person, pedagogue).is_open


# Drafts


def person_facts(**facts):
    return {"first_name": "Åsa", "last_name": "Ek", "number": parse(next_number())} | facts


def finish(draft, by, person=None):
    return actions.finish_draft(
        draft=draft,
        by=by,
        person=person,
        body=ReferringBody.objects.first(),
        referred_on=TODAY(),
        criteria=[criterion(3)],
    )


def test_a_draft_of_a_new_person_makes_the_person_and_the_referral(pedagogue):
    draft = ReferralDraft.objects.create(user=pedagogue, typed={"who": {"first_name": "Åsa"}})

    referral = finish(draft, pedagogue, person_facts())

    draft.refresh_from_db()
    assert referral.participant.full_name == "Åsa Ek"
    assert (draft.referral, draft.typed) == (referral, {})


def test_a_draft_finished_twice_is_one_referral(pedagogue):
    draft = ReferralDraft.objects.create(user=pedagogue)
    person = person_facts()

    assert finish(draft, pedagogue, person) == finish(draft, pedagogue, person)
    assert Referral.objects.count() == Participant.objects.count() == 1


def test_when_the_referral_is_refused_the_new_person_is_not_kept(pedagogue):
    draft = ReferralDraft.objects.create(user=pedagogue)
    taken = make_person()

    with pytest.raises(NumberTaken):
        finish(draft, pedagogue, person_facts(number=parse(taken.number)))

    assert Participant.objects.count() == 1
    assert Referral.objects.count() == 0


def test_a_new_person_with_protected_identity_is_protected_from_the_first_moment(pedagogue):
    draft = ReferralDraft.objects.create(user=pedagogue)

    referral = finish(draft, pedagogue, person_facts(protection="marking"))

    assert referral.participant.is_protected
    assert Participant.objects.visible_to(pedagogue).count() == 1


# Assessment


def test_starting_the_assessment_takes_the_referral(referral, pedagogue):
    started = actions.start_assessment(referral=referral, by=pedagogue)

    assert started.status == ReferralStatus.IN_ASSESSMENT
    assert started.handled_by == pedagogue


def test_of_two_who_take_it_the_first_one_has_it(referral, pedagogue, other_pedagogue):
    actions.start_assessment(referral=referral, by=pedagogue)

    with pytest.raises(TransitionError):
        actions.start_assessment(referral=referral, by=other_pedagogue)

    referral.refresh_from_db()
    assert referral.handled_by == pedagogue


def test_a_colleague_can_take_over_and_the_history_says_so(referral, pedagogue, other_pedagogue):
    actions.start_assessment(referral=referral, by=pedagogue)
    actions.take_over(referral=referral, by=other_pedagogue)
    actions.take_over(referral=referral, by=other_pedagogue)

    referral.refresh_from_db()
    assert referral.handled_by == other_pedagogue
    assert referral.steps.count() == 3


def test_a_referral_that_nobody_assesses_is_not_taken_over(referral, pedagogue):
    with pytest.raises(Refused):
        actions.take_over(referral=referral, by=pedagogue)


# Decisions


def test_accepting_enrols_and_links_both(referral, pedagogue, officer, lead):
    accepted = actions.accept(
        referral=referral, starts_on=TODAY(), main_contact=pedagogue,
        employment_officer=officer, by=lead,
    )  # fmt: skip

    assert accepted.status == ReferralStatus.ACCEPTED
    assert accepted.enrolment.main_contact == pedagogue
    assert accepted.enrolment.employment_officer == officer
    assert accepted.decided_by == accepted.handled_by == lead


def test_when_the_enrolment_is_refused_the_referral_stays_open(pedagogue):
    person = make_person(birth_date=TODAY() - timedelta(days=365 * 40))
    referral = make_referral(person)

    with pytest.raises(Refused, match="inget spår"):
        actions.accept(referral=referral, starts_on=TODAY(), main_contact=pedagogue, by=pedagogue)

    referral.refresh_from_db()
    assert referral.is_open
    assert not Enrolment.objects.exists()


def test_accepting_somebody_enrolled_needs_an_enrolment(referral, pedagogue):
    with pytest.raises(Refused, match="inte längre inskriven"):
        actions.accept_enrolled(referral=referral, by=pedagogue)


def test_of_two_who_decide_one_wins_and_nothing_is_half_done(referral, pedagogue, lead):
    actions.decline(referral=referral, reason="no_place", by=lead)

    with pytest.raises(TransitionError):
        actions.accept(referral=referral, starts_on=TODAY(), main_contact=pedagogue, by=pedagogue)

    referral.refresh_from_db()
    assert referral.status == ReferralStatus.DECLINED
    assert not Enrolment.objects.exists()


def test_declining_keeps_the_reason_and_where_the_person_was_sent(declined, lead):
    assert declined.decline_reason == "other_measure_fits"
    assert declined.sent_instead_to == "Komvux"
    assert declined.steps.last().by == lead


def test_withdrawing_ends_it_with_a_note(referral, pedagogue):
    withdrawn = actions.withdraw(referral=referral, by=pedagogue, note="Flyttar till Umeå")

    assert withdrawn.status == ReferralStatus.WITHDRAWN
    assert withdrawn.steps.last().note == "Flyttar till Umeå"


@pytest.mark.parametrize("status", ["accepted", "declined", "withdrawn", "in_assessment"])
def test_a_decided_referral_takes_no_further_step(declined, status):
    assert not declined.can_move_to(ReferralStatus(status))


# Corrections


def correct(referral, by, **facts):
    given = {"version": referral.version, "body": referral.body}
    given |= {"referred_on": referral.referred_on, "criteria": [criterion(3)]} | facts
    return actions.correct(referral=referral, by=by, **given)


def test_a_correction_is_saved_and_makes_a_new_version(referral, pedagogue):
    corrected = correct(referral, pedagogue, reason="Ny uppgift", criteria=[criterion(1)])

    assert (corrected.reason, corrected.version) == ("Ny uppgift", 2)
    assert [each.number for each in corrected.criteria.all()] == [1]


def test_a_correction_of_an_older_version_overwrites_nothing(referral, pedagogue, lead):
    correct(referral, pedagogue, reason="Först")

    with pytest.raises(StaleEdit):
        correct(referral, lead, reason="Sist")

    referral.refresh_from_db()
    assert referral.reason == "Först"


def test_a_decision_on_an_older_version_is_refused(referral, pedagogue, lead):
    correct(referral, pedagogue, reason="Något nytt")

    with pytest.raises(StaleEdit):
        actions.decline(referral=referral, reason="age", by=lead, version=1)


def test_a_decided_referral_is_not_corrected(declined, pedagogue):
    with pytest.raises(Refused, match="avgjord"):
        correct(declined, pedagogue)


# What the database refuses


@pytest.mark.parametrize(
    "change",
    [
        {"status": "lost"},
        {"status": ReferralStatus.DECLINED},
        {"decline_reason": "age"},
        {"sent_instead_to": "Komvux"},
        {"decided_at": timezone.now()},
        {"status": ReferralStatus.WITHDRAWN},
    ],
)
def test_the_database_refuses_an_open_referral_that_is_half_decided(referral, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(**change)


def test_the_database_refuses_an_enrolment_without_acceptance(referral):
    enrolment = enrol(referral.participant)

    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(enrolment=enrolment)


def test_the_database_refuses_to_open_a_second_one_again(declined, pedagogue):
    receive(declined.participant, pedagogue)

    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=declined.pk).update(
            status=ReferralStatus.RECEIVED, decided_at=None, decline_reason="", sent_instead_to=""
        )


def test_the_database_refuses_a_saved_draft_that_still_knows_the_person(referral, pedagogue):
    draft = ReferralDraft.objects.create(user=pedagogue, referral=referral)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReferralDraft.objects.filter(pk=draft.pk).update(participant=referral.participant)
