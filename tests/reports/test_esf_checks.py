"""Every check, one by one: when it speaks, how grave it is, and when it is silent."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.periods import Month
from reports.esf import checks
from reports.esf.checks import Case, Level, Reported, check, working_days
from reports.esf.groups import TITLES
from reports.esf.participation import UNKNOWN, MonthRow
from tests.cast import next_number

MARCH = Month(2019, 3)
DIGITS = next_number(date(2001, 2, 3))
NUMBER = f"{DIGITS[:8]}-{DIGITS[8:]}"
WRONG = f"{NUMBER[:-1]}{(int(NUMBER[-1]) + 1) % 10}"
RIGHT = MonthRow(
    person=1, number=NUMBER, last_name="Öberg", first_name="Mira", email="mira@exempel.se",
    phone="070-174 06 05", starts_on=date(2019, 1, 7), ended_on=None, hours=Decimal("12.5"), gender="F",
)  # fmt: skip


def found(*, month=MARCH, facts=None, **changes):
    case = Case(month=month, rows=(replace(RIGHT, **changes),), **(facts or {}))
    return [(finding.level, finding.check) for finding in check(case)]


def error(name):
    return [(Level.ERROR, name)]


def warning(name):
    return [(Level.WARNING, name)]


def test_a_right_row_has_nothing_to_find():
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"number": ""}, error("number_missing")),
        ({"number": WRONG}, error("number_wrong")),
        ({"number": f"20011303{NUMBER[8:]}"}, error("number_wrong")),
        ({"number": "20010203-Tf29", "is_coded": True}, []),
        ({"first_name": " "}, error("name_missing")),
        ({"last_name": ""}, error("name_missing")),
        ({"starts_on": None}, error("start_missing")),
        ({"ended_on": date(2019, 1, 6)}, error("end_before_start")),
        ({"ended_on": date(2019, 1, 7)}, []),
        ({"hours": Decimal("744.01")}, error("hours_impossible")),
        ({"hours": Decimal(744)}, warning("hours_many")),
        ({"hours": Decimal(168)}, []),
        ({"hours": Decimal("168.5")}, warning("hours_many")),
        ({"email": ""}, warning("contact_missing")),
        ({"email": "", "phone": ""}, warning("contact_missing")),
        ({"email": "mira(at)exempel"}, warning("email_wrong")),
        ({"phone": "ring mamma"}, warning("phone_wrong")),
        ({"phone": "12345"}, warning("phone_wrong")),
        ({"phone": "+46 70 174 06 05"}, []),
    ],
)
def test_a_row_by_itself(changes, expected):
    assert found(**changes) == expected


def test_email_and_phone_are_not_looked_at_when_they_are_no_longer_asked_for():
    assert found(month=Month(2019, 8), email=UNKNOWN, phone=UNKNOWN) == []


@pytest.mark.parametrize(
    ("month", "days"),
    [(Month(2019, 3), 21), (Month(2019, 4), 20), (Month(2019, 6), 18), (Month(2018, 12), 17)],
)
def test_working_days_leave_out_weekends_and_swedish_holidays(month, days):
    assert working_days(month) == days


HOURS = {"first_hours": {1: date(2019, 1, 5)}, "last_hours": {1: date(2019, 3, 20)}}


def test_hours_before_the_start_are_an_error():
    assert found(facts={"first_hours": HOURS["first_hours"]}) == error("hours_before_start")


@pytest.mark.parametrize(
    ("end", "expected"), [(date(2019, 3, 19), error("hours_after_end")), (date(2019, 3, 20), [])]
)
def test_an_end_before_a_counted_hour_is_an_error(end, expected):
    assert found(ended_on=end, facts={"last_hours": HOURS["last_hours"]}) == expected


def reported(**changes):
    facts = {"month": Month(2019, 2), "number": RIGHT.number, "starts_on": RIGHT.starts_on,
             "ended_on": None, "hours": Decimal(4)}  # fmt: skip
    return {"reported": {1: [Reported(**(facts | changes))]}}


@pytest.mark.parametrize(
    ("facts", "changes", "expected"),
    [
        (reported(), {}, []),
        (reported(), {"ended_on": date(2019, 1, 31)}, error("hours_after_end")),
        (reported(hours=Decimal(0)), {"ended_on": date(2019, 1, 31)}, []),
        (reported(starts_on=date(2019, 1, 2)), {}, warning("start_changed")),
        (reported(number="20010203-Tf29"), {}, warning("number_changed")),
    ],
)
def test_what_earlier_months_said_is_held_against_the_row(facts, changes, expected):
    assert found(facts=facts, **changes) == expected


@pytest.mark.parametrize(("born", "expected"), [(2010, warning("age_unusual")), (2001, [])])
def test_an_unusual_age_at_the_start_is_a_warning(born, expected):
    assert found(facts={"births": {1: date(born, 2, 3)}}) == expected


def test_a_start_before_the_project_is_a_warning():
    facts = {"project_starts_on": date(2019, 2, 1)}
    assert found(facts=facts) == warning("start_before_project")


def test_an_unlocked_month_before_is_an_error_that_names_it():
    (finding,) = check(Case(MARCH, (), unlocked_before=Month(2019, 2)))
    assert (finding.level, finding.person) == (Level.ERROR, None)
    assert finding.text == "Lås februari 2019 först: månaderna rapporteras i ordning."


def test_an_earlier_month_to_send_again_is_a_warning():
    (finding,) = check(Case(MARCH, (), stale_before=Month(2019, 1)))
    assert finding.level == Level.WARNING
    assert finding.text.startswith("Januari 2019 måste sändas om.")


def test_two_protected_persons_born_the_same_day_cannot_be_told_apart():
    coded = replace(RIGHT, number="20010203-Tf29", is_coded=True)
    findings = check(Case(MARCH, (coded, replace(coded, person=2))))
    assert [(each.level, each.check, each.person) for each in findings] == [
        (Level.WARNING, "same_number", 1),
        (Level.WARNING, "same_number", 2),
    ]


def test_errors_come_before_warnings():
    levels = [level for level, _ in found(number="", email="")]
    assert levels == [Level.ERROR, Level.WARNING]


def test_every_check_has_a_heading_on_the_page_and_a_sentence_here():
    source = checks.__loader__.get_source(checks.__name__)
    assert all(f'"{name}"' in source for name in TITLES)
    assert len(checks.ROW_CHECKS) + len(checks.MONTH_CHECKS) == len(TITLES)
