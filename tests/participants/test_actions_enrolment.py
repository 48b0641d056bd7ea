from datetime import date, timedelta

import pytest
from django.utils import timezone

from participants import actions
from participants.enums import ExitReason, Function
from participants.errors import Refused
from participants.models import Enrolment, Extension, Participant
from tests.cast import enrol, make_person, protect

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 9)


def seventeen():
    return make_person(birth_date=date(2009, 1, 15))


def take_in(by, person=None, **more):
    facts = {"participant": person or seventeen(), "starts_on": DAY, "main_contact": by, "by": by}
    return actions.enrol(**facts | more)


def test_an_enrolment_gets_track_by_age_and_planned_end_by_the_setting(pedagogue, officer):
    enrolment = take_in(pedagogue, employment_officer=officer)
    assert enrolment.track.name == "BASUN 16–19"
    assert enrolment.planned_end_on == date(2026, 9, 9)
    assert (enrolment.main_contact, enrolment.employment_officer) == (pedagogue, officer)


def test_nobody_is_enrolled_at_an_age_no_track_takes(pedagogue):
    with pytest.raises(Refused, match="inget spår"):
        take_in(pedagogue, make_person(birth_date=date(2012, 1, 1)))


def test_a_second_enrolment_while_one_is_open_is_kindly_refused(pedagogue):
    person = seventeen()
    take_in(pedagogue, person)
    with pytest.raises(Refused, match="redan inskriven"):
        take_in(pedagogue, person, starts_on=DAY + timedelta(days=30))
    assert person.enrolments.count() == 1


def test_a_return_may_not_share_a_day_with_the_enrolment_before(pedagogue):
    person = seventeen()
    enrol(person, starts_on=DAY - timedelta(days=100), ended_on=DAY)
    with pytest.raises(Refused, match="tidigare inskrivning"):
        take_in(pedagogue, person)
    assert take_in(pedagogue, person, starts_on=DAY + timedelta(days=1))


def test_only_a_pedagogue_can_be_main_contact(pedagogue, officer):
    with pytest.raises(Refused, match="coachande pedagog"):
        take_in(pedagogue, main_contact=officer)
    assert not Enrolment.objects.exists()


def test_reassigning_keeps_the_days_of_the_one_before(pedagogue, other_pedagogue):
    enrolment = take_in(pedagogue)
    day = DAY + timedelta(days=10)
    actions.reassign(
        enrolment=enrolment,
        function=Function.MAIN_CONTACT,
        user=other_pedagogue,
        from_day=day,
        by=pedagogue,
    )
    history = list(enrolment.assignments.values_list("user", "starts_on", "ends_on"))
    assert history == [(pedagogue.pk, DAY, day), (other_pedagogue.pk, day, None)]


def test_a_main_contact_cannot_be_taken_away_without_another(pedagogue):
    with pytest.raises(Refused, match="måste ha en huvudkontakt"):
        actions.reassign(
            enrolment=take_in(pedagogue),
            function=Function.MAIN_CONTACT,
            user=None,
            from_day=DAY,
            by=pedagogue,
        )


def test_a_new_main_contact_of_a_protected_person_is_put_on_the_list(pedagogue, other_pedagogue):
    enrolment = take_in(pedagogue)
    protect(enrolment.participant, [pedagogue])
    actions.reassign(
        enrolment=enrolment,
        function=Function.MAIN_CONTACT,
        user=other_pedagogue,
        from_day=timezone.localdate(),
        by=pedagogue,
    )
    assert Participant.objects.visible_to(other_pedagogue).exists()


def test_a_granted_extension_moves_the_planned_end(pedagogue, lead):
    enrolment = take_in(pedagogue)
    later = enrolment.planned_end_on + timedelta(days=60)
    asked = actions.ask_extension(
        enrolment=enrolment, new_end_on=later, reason="Praktik börjar", by=pedagogue
    )
    actions.decide_extension(extension=asked, outcome=Extension.Outcome.GRANTED, by=lead)
    enrolment.refresh_from_db()
    assert enrolment.planned_end_on == later
    with pytest.raises(Refused, match="redan avgjord"):
        actions.decide_extension(extension=asked, outcome=Extension.Outcome.GRANTED, by=lead)


def test_a_rejected_extension_needs_a_reason_and_moves_nothing(pedagogue, lead):
    enrolment = take_in(pedagogue)
    later = enrolment.planned_end_on + timedelta(days=60)
    asked = actions.ask_extension(enrolment=enrolment, new_end_on=later, reason="x", by=pedagogue)
    with pytest.raises(Refused, match="varför"):
        actions.decide_extension(extension=asked, outcome=Extension.Outcome.REJECTED, by=lead)
    actions.decide_extension(
        extension=asked, outcome=Extension.Outcome.REJECTED, reason="Platsen är klar", by=lead
    )
    enrolment.refresh_from_db()
    assert enrolment.planned_end_on < later


def test_only_one_extension_waits_at_a_time(pedagogue):
    enrolment = take_in(pedagogue)
    later = enrolment.planned_end_on + timedelta(days=60)
    actions.ask_extension(enrolment=enrolment, new_end_on=later, reason="x", by=pedagogue)
    with pytest.raises(Refused, match="väntar på beslut"):
        actions.ask_extension(enrolment=enrolment, new_end_on=later, reason="x", by=pedagogue)


def test_the_lead_may_extend_at_once(lead, pedagogue):
    enrolment = take_in(pedagogue)
    later = enrolment.planned_end_on + timedelta(days=60)
    extension = actions.extend(enrolment=enrolment, new_end_on=later, reason="x", by=lead)
    assert (extension.asked_by, extension.decided_by) == (lead, lead)


def test_an_exit_ends_the_assignments_after_its_last_day(pedagogue):
    enrolment = take_in(pedagogue)
    actions.exit_enrolment(
        enrolment=enrolment, ended_on=date(2026, 5, 1), reason=ExitReason.STUDIES, by=pedagogue
    )
    assert enrolment.assignments.get().ends_on == date(2026, 5, 2)
    with pytest.raises(Refused, match="redan avslutad"):
        actions.exit_enrolment(
            enrolment=enrolment, ended_on=date(2026, 5, 1), reason=ExitReason.WORK, by=pedagogue
        )


@pytest.mark.parametrize("days", [-1, 10_000])
def test_an_exit_before_the_start_or_in_the_future_is_refused(pedagogue, days):
    with pytest.raises(Refused):
        actions.exit_enrolment(
            enrolment=take_in(pedagogue),
            ended_on=DAY + timedelta(days=days),
            reason=ExitReason.WORK,
            by=pedagogue,
        )
