"""What must be sent again, and why: one correction, exactly the months that it takes with it."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from casework.models import Attendance
from core.models.job import JobState
from core.periods import Month
from participants.models import Enrolment, Participant
from reports.esf import actions
from reports.esf.calendar import MonthStatus, load_calendar
from reports.esf.models import EsfVersion
from tests.cast import STAFF, enrol, make_person, make_user, protect
from tests.reports.esf_world import MARCH, again, at_noon, lock_all, without_printing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("locked")]
LAST = Month(2019, 7)


@pytest.fixture(scope="module")
def locked(reference_register, django_db_blocker):
    """The 34 months of the reference register, locked and sent, without their PDFs."""
    patch = pytest.MonkeyPatch()
    without_printing(patch)
    with django_db_blocker.unblock(), at_noon("2019-08-20"):
        lead = make_user(*STAFF["lead"])
        lock_all(lead)
        actions.mark_all_sent(by=lead)
        yield lead
    patch.undo()


def calendar():
    return load_calendar(timezone.localdate())


def months(entries) -> list[str]:
    return [str(each.month) for each in entries]


def from_march() -> list[str]:
    return [str(MARCH + step) for step in range(29)]


@pytest.fixture
def corrected():
    """Somebody's first day in March 2017 was the day before."""
    first = Enrolment.objects.filter(starts_on__range=("2017-03-06", "2017-03-31"))
    enrolment = first.exclude(participant__enrolments__starts_on__lt="2017-03-01").order_by("pk")[0]
    before = enrolment.starts_on
    enrolment.starts_on = date(2017, 3, 1)
    enrolment.save(update_fields=["starts_on"])
    return enrolment, before


def test_all_months_of_the_register_are_locked_and_none_is_stale():
    assert EsfVersion.objects.count() == 34
    assert calendar().chain == []


def test_a_corrected_start_takes_its_month_and_every_later_one_and_none_before(corrected):
    found = calendar()
    assert months(found.chain) == from_march()
    assert found.get(MARCH + -1).status == MonthStatus.SENT


def test_the_reason_says_whose_what_from_what_to_what(corrected):
    enrolment, before = corrected
    entry = calendar().get(MARCH)
    (change,) = entry.changes
    assert change.person == enrolment.participant_id
    assert change.words == f"startdatum {before} \N{RIGHTWARDS ARROW} 2017-03-01"
    assert entry.reason == "Ändrat sedan den låstes: 1 ändrat startdatum."


def test_a_later_month_without_the_person_says_whom_it_follows(corrected):
    enrolment, _ = corrected
    for entry in calendar().chain:
        has_row = any(row.person == enrolment.participant_id for row in entry.now.rows)
        assert entry.reason == (
            "Ändrat sedan den låstes: 1 ändrat startdatum."
            if has_row
            else "Följer av rättelsen i mars 2017."
        )


def test_one_click_makes_exactly_that_chain_oldest_first_with_the_reason(locked, corrected):
    job = again(locked)
    made = list(EsfVersion.objects.filter(number=2).order_by("pk"))
    assert job.state == JobState.DONE
    assert [each.month for each in made] == from_march()
    assert all(each.reason for each in made)
    assert made[0].changes == [
        {"person": corrected[0].participant_id, "what": "start", "before": str(corrected[1]), "after": "2017-03-01"}
    ]  # fmt: skip
    assert calendar().chain == []
    assert months(calendar().to_send) == from_march()


def test_making_the_chain_twice_makes_it_once(locked, corrected):
    first, second = actions.order_again(by=locked), actions.order_again(by=locked)
    assert first == second


def test_fewer_hours_in_a_locked_month_are_told_of():
    row = Attendance.objects.attested().filter(held_on__range=("2019-06-01", "2019-06-30"))[0]
    Attendance.objects.filter(pk=row.pk).update(hours=row.hours + Decimal("0.5"))
    found = calendar()
    assert months(found.chain) == ["2019-06", "2019-07"]
    assert found.chain[0].changes[0].what == "hours"


def test_an_attestation_taken_away_is_hours_that_are_no_longer_reported():
    row = Attendance.objects.attested().filter(held_on__range=(LAST.first, LAST.last))[0]
    Attendance.objects.filter(pk=row.pk).update(attestation=None)
    assert months(calendar().chain) == ["2019-07"]


def test_a_new_phone_and_name_send_nothing_again():
    Participant.objects.update(phone="070-1740606", email="ny@exempel.se", last_name="Nyström")
    assert calendar().chain == []


def test_a_new_protection_sends_everything_since_the_start_again_without_telling_the_number():
    enrolment = Enrolment.objects.filter(
        starts_on__year=2018, starts_on__month=5, participant__protections=None
    ).exclude(participant__enrolments__starts_on__lt="2018-05-01")[0]
    protect(enrolment.participant)
    found = calendar()
    assert months(found.chain)[0] == "2018-05"
    (change,) = found.get(Month(2018, 5)).changes
    assert (change.before, change.after, change.words) == ("", "", "personnumret är ändrat")


def test_a_correction_taken_back_leaves_nothing_to_send_again(corrected):
    enrolment, before = corrected
    Enrolment.objects.filter(pk=enrolment.pk).update(starts_on=before)
    assert calendar().chain == []


def test_somebody_registered_afterwards_is_a_row_more():
    enrol(make_person(), starts_on=date(2019, 7, 3))
    (entry,) = calendar().chain
    assert entry.reason == "Ändrat sedan den låstes: 1 deltagare till."


def test_the_calendar_costs_the_same_whatever_is_locked(django_assert_num_queries):
    with django_assert_num_queries(7):
        calendar()


def test_one_more_query_when_something_has_moved(corrected, django_assert_num_queries):
    with django_assert_num_queries(8):
        calendar()
