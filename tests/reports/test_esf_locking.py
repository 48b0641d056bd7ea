"""Locking a month: frozen rows and files, in order, checked first, and whole or not at all."""

import hashlib
import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from core.errors import Refused
from core.models import Job
from core.models.job import JobState
from core.periods import Month
from core.states import TransitionError
from reports.esf import actions, making, tasks
from reports.esf.calendar import MonthStatus, load_calendar
from reports.esf.models import EsfFile, EsfRow, EsfVersion, VersionStatus
from tests.cast import enrol, make_person
from tests.reports.esf_world import BORN, MARCH, at_noon, attend, done, lock_all, without_printing

pytestmark = pytest.mark.django_db
TODAY = date(2017, 6, 10)


@pytest.fixture(autouse=True)
def in_june(monkeypatch):
    without_printing(monkeypatch)
    with at_noon("2017-06-10"):
        yield


@pytest.fixture
def mira():
    """Enrolled in March with signed hours in each month since, and one hour in March nobody signed."""
    person = make_person(
        "Mira", "Öberg", birth_date=BORN, email="mira@exempel.se", phone="070-1740605"
    )
    enrol(person, starts_on=date(2017, 3, 6))
    for day in ("2017-03-08", "2017-04-05", "2017-05-03"):
        attend(person, day)
    attend(person, "2017-03-09", "1", signed=None)
    return person


def statuses() -> dict:
    return {str(each.month): each.status for each in load_calendar(TODAY).months}


def test_a_month_is_locked_with_its_rows_files_and_hashes(lead, mira):
    job = done(actions.order_lock(month=MARCH, by=lead))
    version = EsfVersion.objects.get()
    assert (job.state, job.result["url"]) == (JobState.DONE, "/esf/2017-03/")
    assert (version.month, version.number, version.locked_by, version.status) == (
        "2017-03", 1, lead, VersionStatus.LOCKED,
    )  # fmt: skip
    row = version.rows.get()
    assert (row.participant, row.starts_on, row.ended_on, row.hours) == (
        mira, date(2017, 3, 6), None, Decimal(3),
    )  # fmt: skip
    assert [file.name for file in version.files.all()] == [
        "Mars2017_BASUN.json", "Mars2017_BASUN.pdf", "Mars2017_BASUN.xlsx",
    ]  # fmt: skip
    for file in version.files.all():
        assert hashlib.sha256(bytes(file.content)).hexdigest() == file.sha256


def test_the_figures_of_a_version_hold_no_person(lead, mira):
    (version, *_) = lock_all(lead)
    text = json.dumps(version.figures, ensure_ascii=False)
    assert version.figures["hours"] == {
        "attested": 3.0,
        "unattested": 1.0,
        "signed_not_counting": 0.0,
    }
    assert not any(word in text for word in ("Mira", "Öberg", mira.formatted_number))


def test_every_locked_month_is_what_was_computed(lead, mira):
    lock_all(lead)
    assert statuses() == {
        "2017-03": MonthStatus.LOCKED, "2017-04": MonthStatus.LOCKED,
        "2017-05": MonthStatus.LOCKED, "2017-06": MonthStatus.RUNNING,
    }  # fmt: skip
    assert load_calendar(TODAY).chain == []


def test_the_database_changes_no_row_and_no_file_of_a_version(lead, mira):
    lock_all(lead)
    for model, change in ((EsfRow, {"hours": 9}), (EsfFile, {"name": "annan"})):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.all()._raw_delete("default")


def test_months_are_late_after_four_weeks(mira):
    assert statuses()["2017-04"] == MonthStatus.LATE
    assert statuses()["2017-05"] == MonthStatus.OPEN


def test_a_month_cannot_be_locked_before_the_one_before_it(lead, mira):
    with pytest.raises(Refused, match="Lås mars 2017 först"):
        actions.order_lock(month=MARCH + 1, by=lead)


def test_a_month_that_is_not_over_cannot_be_locked(lead, mira):
    with pytest.raises(Refused, match="är inte slut än"):
        actions.order_lock(month=Month(2017, 6), by=lead)


def test_a_locked_month_is_refused_with_who_locked_it(lead, administrator, mira):
    lock_all(lead)
    with pytest.raises(Refused, match="Mars 2017 låstes nyss av Frida Jansson. Ladda om sidan."):
        actions.order_lock(month=MARCH, by=administrator)


def test_errors_stop_the_lock(lead, mira):
    mira.number_records.all().delete()
    with pytest.raises(Refused, match="Mars 2017 har 1.fel som måste rättas först"):
        actions.order_lock(month=MARCH, by=lead)


def test_an_error_that_came_after_the_order_stops_the_job_and_keeps_nothing(lead, mira):
    job = actions.order_lock(month=MARCH, by=lead)
    mira.number_records.all().delete()
    job = done(job)
    assert (job.state, job.result["url"]) == (JobState.FAILED, "/esf/2017-03/")
    assert "Mars 2017 har 1" in job.error
    assert not EsfVersion.objects.exists()


def test_all_open_months_are_locked_up_to_the_first_with_errors(lead, mira):
    nobody = make_person()
    enrol(nobody, starts_on=date(2017, 5, 2))
    nobody.number_records.all().delete()
    job = done(actions.order_open(by=lead))
    assert list(EsfVersion.objects.values_list("month", flat=True)) == ["2017-03", "2017-04"]
    assert job.result["url"] == "/esf/?stopp=2017-05"


def test_two_who_lock_the_same_month_one_wins_and_the_other_is_told(lead, administrator, mira):
    first = actions.order_lock(month=MARCH, by=lead)
    second = actions.order_lock(month=MARCH, by=administrator)
    assert done(first).state == JobState.DONE
    told = done(second)
    assert (told.state, told.error) == (
        JobState.FAILED, "Mars 2017 låstes nyss av Frida Jansson. Ladda om sidan.",
    )  # fmt: skip
    assert EsfVersion.objects.count() == 1


def test_a_lock_that_came_while_the_files_were_made_is_noticed_at_the_end(
    lead, administrator, mira, monkeypatch
):
    make = making.make

    def and_somebody_is_quicker(*arguments, **facts):
        made = make(*arguments, **facts)
        monkeypatch.setattr(making, "make", make)
        lock_all(administrator)
        return made

    job = actions.order_lock(month=MARCH, by=lead)
    monkeypatch.setattr(making, "make", and_somebody_is_quicker)
    job = done(job)
    assert job.error == "Mars 2017 låstes nyss av Hanna Lind. Ladda om sidan."
    assert set(EsfVersion.objects.values_list("locked_by", flat=True)) == {administrator.pk}


def test_a_chain_is_kept_whole_or_not_at_all(lead, mira, monkeypatch):
    keep, kept = making._keep, []

    def break_at_the_third(made, **facts):
        if len(kept) == 2:
            raise ValueError
        kept.append(keep(made, **facts))
        return kept[-1]

    monkeypatch.setattr(making, "_keep", break_at_the_third)
    job = done(actions.order_open(by=lead))
    assert (job.state, len(kept)) == (JobState.FAILED, 2)
    assert not (EsfVersion.objects.exists() or EsfRow.objects.exists() or EsfFile.objects.exists())


def test_a_worker_that_lost_its_claim_keeps_nothing(lead, mira, monkeypatch):
    make = making.make

    def lose_the_claim(*arguments, **facts):
        Job.objects.update(attempts=9)
        return make(*arguments, **facts)

    monkeypatch.setattr(tasks.making, "make", lose_the_claim)
    done(actions.order_open(by=lead))
    assert not EsfVersion.objects.exists()


def test_somebody_whose_right_was_withdrawn_meanwhile_locks_nothing(lead, mira):
    job = actions.order_lock(month=MARCH, by=lead)
    lead.role_grants.all().delete()
    assert done(job).error == tasks.NO_LONGER
    assert not EsfVersion.objects.exists()


# On the way to Statistics Sweden


def test_months_are_sent_in_order(lead, mira):
    march, april, _ = lock_all(lead)
    with pytest.raises(Refused, match="Skicka mars 2017 först"):
        actions.mark_sent(version=april, by=lead)
    actions.mark_sent(version=march, by=lead)
    assert actions.mark_sent(version=april, by=lead).sent_by == lead


def test_every_locked_month_can_be_marked_as_sent_at_once(lead, mira):
    lock_all(lead)
    assert [each.month for each in actions.mark_all_sent(by=lead)] == [
        "2017-03",
        "2017-04",
        "2017-05",
    ]
    with pytest.raises(Refused, match="Ingen månad väntar"):
        actions.mark_all_sent(by=lead)


def test_a_receipt_is_kept_for_what_was_sent_and_each_step_with_who(lead, administrator, mira):
    march = lock_all(lead)[0]
    receive = {"receipt": "SCB-17", "received_on": date(2017, 4, 20), "by": administrator}
    with pytest.raises(TransitionError):
        actions.register_receipt(version=march, **receive)
    actions.mark_sent(version=march, by=lead)
    version = actions.register_receipt(version=march, **receive)
    assert (version.receipt, version.received_on) == ("SCB-17", date(2017, 4, 20))
    assert [(step.status, step.by) for step in version.steps.all()] == [
        ("locked", lead), ("sent", lead), ("received", administrator),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("2017-06-11", "ligger i framtiden"), ("2017-03-31", "före månadens slut")],
)
def test_a_receipt_has_a_possible_date(lead, mira, day, sentence):
    march = lock_all(lead)[0]
    actions.mark_sent(version=march, by=lead)
    with pytest.raises(Refused, match=sentence):
        actions.register_receipt(
            version=march, receipt="SCB-17", received_on=date.fromisoformat(day), by=lead
        )
