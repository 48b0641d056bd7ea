"""The participant report of the reference register, month by month, against what it must give."""

import json
from datetime import date

import pytest

from casework.models import Attendance
from core.periods import Month
from participants.models import Enrolment, Participant
from reports.esf.calendar import load_calendar
from reports.esf.participation import UNKNOWN
from reports.esf.report import load_report
from tests.reference_register import EXPECTED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_register")]
MONTHS = json.loads(EXPECTED.read_text(encoding="utf-8"))["reports"][0]["months"]
TODAY = date(2019, 8, 20)


@pytest.fixture(scope="module")
def calendar(reference_register, django_db_blocker):
    with django_db_blocker.unblock():
        return load_calendar(TODAY)


def numbers(count) -> dict:
    return {"total": count.total, "girls": count.girls, "boys": count.boys}


def test_the_calendar_holds_the_months_of_the_register_and_the_running_one(calendar):
    assert [str(each.month) for each in calendar.months] == [*MONTHS, "2019-08"]


@pytest.mark.parametrize("month", MONTHS)
def test_hours_and_counted_of_a_month_are_the_expected_ones(calendar, month):
    now, wanted = calendar.get(Month.parse(month)).now, MONTHS[month]
    hours = {"attested": float(now.attested_hours), "unattested": float(now.lost_hours)}
    assert (hours, numbers(now.counted)) == (wanted["hours"], wanted["counted"])


@pytest.mark.parametrize("month", MONTHS)
def test_no_month_has_errors_of_its_own(calendar, month):
    report = load_report(calendar, Month.parse(month))
    assert [each for each in report.errors if each.check != "order"] == []


def test_everybody_is_reported_first_in_the_month_of_their_first_enrolment(calendar):
    first = {}
    for each in calendar.months:
        for row in each.now.rows:
            first.setdefault(row.person, (each.month, row.starts_on))
    assert len(first) == Participant.objects.count()
    assert all(month == Month.of(start) for month, start in first.values())


def test_every_exit_without_a_return_in_the_month_is_reported_in_its_month(calendar):
    exits = Enrolment.objects.exclude(ended_on=None).order_by("participant", "ended_on")
    last = dict(exits.values_list("participant", "ended_on"))
    for person, day in last.items():
        rows = {row.person: row for row in calendar.get(Month.of(day)).now.rows}
        assert rows[person].ended_on == day


def test_every_hour_that_counts_stands_in_exactly_one_row(calendar):
    reported = sum(row.hours for each in calendar.months for row in each.now.rows)
    attended = sum(Attendance.objects.attested().values_list("hours", flat=True))
    assert reported == attended


def test_nobody_with_protected_identity_has_a_name_or_a_whole_number(calendar):
    coded = [row for each in calendar.months for row in each.now.rows if row.is_coded]
    assert len({row.person for row in coded}) == 6
    assert {row.number[9:] for row in coded} == {"Tf29", "Tf19"}
    assert {(row.email, row.phone) for row in coded} == {(UNKNOWN, UNKNOWN)}
