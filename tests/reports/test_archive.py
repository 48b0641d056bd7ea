"""Reports made as jobs: kept once, frozen, and made by themselves each month."""

import hashlib
import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction

from core import jobs
from core.models import Job
from core.models.job import JobState
from core.periods import Month, Period
from participants.models import Enrolment
from reports import actions, figures_json, tasks
from reports.models import Report, ReportFile, ReportKind
from tests.cast import enrol, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]
MARCH = Month(2019, 3).period
KIND = ReportKind.KEY_FIGURES


def order(by, period=MARCH):
    return actions.order(KIND, period, by_month=True, by=by)


def made(by, period=MARCH) -> Report:
    jobs.run(order(by, period).pk)
    return Report.objects.latest("pk")


def test_a_report_is_kept_with_its_parameters_figures_and_three_files(lead):
    enrol(make_person(), starts_on=date(2019, 3, 4))
    job = order(lead)
    jobs.run(job.pk)
    job.refresh_from_db()
    report = Report.objects.get()
    assert (job.state, job.result["url"]) == (JobState.DONE, report.get_absolute_url())
    assert (report.made_by, report.period, report.job_id) == (lead, MARCH, job.pk)
    assert report.figures["months"]["2019-03"]["in"]["enrolments"] == 1
    assert [file.name for file in report.files.all()] == [
        "nyckeltal-2019-03.json",
        "nyckeltal-2019-03.pdf",
        "nyckeltal-2019-03.xlsx",
    ]


def test_every_hash_is_of_what_was_kept(lead):
    report = made(lead)
    assert figures_json.sha256(report.figures) == report.sha256
    for file in report.files.all():
        assert hashlib.sha256(bytes(file.content)).hexdigest() == file.sha256
        assert file.is_intact
        assert file.size == len(file.content)


def test_the_json_file_is_the_frozen_figures(lead):
    report = made(lead)
    content = bytes(report.files.get(format="json").content)
    assert json.loads(content) == report.figures


def test_a_correction_changes_nothing_in_a_report_already_made(lead):
    enrol(make_person(), starts_on=date(2019, 3, 4))
    before = made(lead)
    Enrolment.objects.update(starts_on=date(2019, 2, 4))
    after = made(lead)
    before.refresh_from_db()
    assert before.figures["in"]["enrolments"] == 1
    assert after.figures["in"]["enrolments"] == 0
    assert before.sha256 != after.sha256


def test_a_job_run_twice_makes_one_report(lead):
    job = order(lead)
    jobs.run(job.pk)
    assert jobs.run(job.pk) is None
    assert Report.objects.count() == 1


def test_a_worker_that_lost_its_claim_keeps_nothing(lead, monkeypatch):
    job = order(lead)
    render = tasks.render

    def lose_the_claim(*arguments):
        files = render(*arguments)
        Job.objects.update(attempts=9)
        return files

    monkeypatch.setattr(tasks, "render", lose_the_claim)
    jobs.run(job.pk)
    assert (Report.objects.count(), ReportFile.objects.count()) == (0, 0)


def test_a_report_is_kept_whole_or_not_at_all(lead, monkeypatch):
    monkeypatch.setattr(tasks, "render", lambda *_: {"json": b"{}", "pdf": None})
    job = order(lead)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert (Report.objects.count(), ReportFile.objects.count()) == (0, 0)


def test_ordering_the_same_twice_while_it_is_made_is_one_job(lead):
    assert order(lead) == order(lead)


def test_somebody_whose_right_was_withdrawn_meanwhile_gets_no_report(lead):
    job = order(lead)
    lead.role_grants.all().delete()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, tasks.NO_LONGER)
    assert not Report.objects.exists()


def run_the_morning_of(text: str) -> None:
    at = datetime.fromisoformat(text).replace(hour=5, tzinfo=ZoneInfo("Europe/Stockholm"))
    with time_machine.travel(at, tick=False):
        tasks.make_last_month()
        for job in Job.objects.open():
            jobs.run(job.pk)


def months_made() -> list[str]:
    return list(Report.objects.order_by("first_month").values_list("first_month", flat=True))


@pytest.fixture
def something_to_tell():
    enrol(make_person(), starts_on=date(2018, 3, 4))


@pytest.mark.usefixtures("something_to_tell")
def test_the_month_before_is_made_by_itself_on_the_1st_and_only_once():
    run_the_morning_of("2019-04-01")
    run_the_morning_of("2019-04-01")
    run_the_morning_of("2019-04-02")
    report = Report.objects.get()
    assert (report.period, report.made_by) == (MARCH, None)
    assert report.parameters["by_month"] is True


@pytest.mark.usefixtures("something_to_tell")
def test_a_missed_1st_is_caught_up_and_so_are_missed_months():
    run_the_morning_of("2019-04-17")
    assert months_made() == ["2019-03"]
    run_the_morning_of("2019-07-02")
    assert months_made() == ["2019-03", "2019-04", "2019-05", "2019-06"]


@pytest.mark.usefixtures("something_to_tell")
def test_a_report_that_somebody_ordered_does_not_stand_for_the_months_own(lead):
    made(lead)
    run_the_morning_of("2019-04-01")
    assert months_made() == ["2019-03", "2019-03"]


def test_without_any_enrolment_there_is_nothing_to_tell():
    run_the_morning_of("2019-04-01")
    assert months_made() == []


def test_the_database_refuses_a_second_report_of_the_month_by_the_schedule():
    words = {
        "kind": KIND,
        "first_month": "2019-03",
        "last_month": "2019-03",
        "figures": {},
        "sha256": "",
    }
    Report.objects.create(**words)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(**words)


def test_a_long_period_names_both_its_months_in_the_file(lead):
    report = made(lead, Period(Month(2019, 1), Month(2019, 3)))
    assert report.files.get(format="pdf").name == "nyckeltal-2019-01--2019-03.pdf"
