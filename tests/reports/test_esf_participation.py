"""Who a month's file holds and what each row says: rules 1 to 6, without a database."""

from datetime import date
from decimal import Decimal

import pytest

from casework.models import EsfProject
from core.periods import Month
from reports.esf.facts import EsfFacts, Person, Stay, Sums
from reports.esf.participation import (
    PROTECTED,
    UNKNOWN,
    all_months,
    digest,
    end_as_of,
    protected_code,
)

PROJECT = EsfProject(name="BASUN", valid_from=date(2016, 10, 1))


def day(text):
    return date.fromisoformat(text) if text else None


def stays(*pairs):
    return tuple(Stay(day(start), day(end)) for start, end in pairs)


def person(key=1, **facts):
    usual = {
        "first_name": "Mira", "last_name": "Öberg", "email": "mira@exempel.se", "phone": "070-1740605",
        "birth_date": date(2001, 2, 3), "gender": "F", "number": "200102032384",
    }  # fmt: skip
    return Person(key, **(usual | facts))


def world(*spells, hours=None, **facts):
    sums = {
        Month.parse(month): {1: Sums(Decimal(counting), Decimal(counting), Decimal(every))}
        for month, (counting, every) in (hours or {}).items()
    }
    return EsfFacts({1: person(**facts)}, {1: stays(*spells)} if spells else {}, sums, (PROJECT,))


def row_of(facts, month):
    rows = all_months(facts, [Month.parse(month)])[Month.parse(month)].rows
    return rows[0] if rows else None


def test_somebody_is_reported_the_month_the_participation_starts_even_without_hours():
    row = row_of(world(("2017-03-06", None)), "2017-03")
    assert (row.starts_on, row.ended_on, row.hours) == (day("2017-03-06"), None, 0)


def test_without_start_end_or_hours_there_is_no_row():
    assert row_of(world(("2017-03-06", None)), "2017-04") is None


def test_hours_that_count_make_a_row_with_their_sum():
    row = row_of(world(("2017-03-06", None), hours={"2017-05": ("7.5", "9")}), "2017-05")
    assert row.hours == Decimal("7.5")


def test_hours_that_do_not_count_make_no_row_but_are_told_apart():
    month = Month(2017, 5)
    now = all_months(world(("2017-03-06", None), hours={"2017-05": ("0", "9")}), [month])[month]
    assert now.rows == ()
    assert [(each.person, each.hours) for each in now.lost] == [(1, 9)]
    assert now.lost_hours == 9


def test_an_end_is_reported_the_month_it_ends_with_the_first_start():
    row = row_of(world(("2017-03-06", "2017-06-09")), "2017-06")
    assert (row.starts_on, row.ended_on) == (day("2017-03-06"), day("2017-06-09"))


def test_an_exit_after_the_month_is_not_in_its_report():
    facts = world(("2017-03-06", "2017-06-09"), hours={"2017-05": ("2", "2")})
    assert row_of(facts, "2017-05").ended_on is None
    assert row_of(facts, "2017-03").ended_on is None


RETURN = (("2017-03-06", "2017-06-09"), ("2017-09-04", None))


@pytest.mark.parametrize(
    ("month", "end"),
    [("2017-05", None), ("2017-06", "2017-06-09"), ("2017-08", "2017-06-09"), ("2017-09", None)],
)
def test_a_return_takes_the_end_away_from_the_month_it_happens(month, end):
    assert end_as_of(stays(*RETURN), Month.parse(month)) == day(end)


def test_a_return_is_the_same_participation_and_no_second_start():
    facts = world(*RETURN, hours={"2017-10": ("4", "4")})
    assert row_of(facts, "2017-09") is None
    assert row_of(facts, "2017-10").starts_on == day("2017-03-06")


def test_an_exit_and_a_return_within_the_month_is_no_end():
    assert row_of(world(("2017-03-06", "2017-06-09"), ("2017-06-20", None)), "2017-06") is None


def test_the_last_day_of_the_month_ends_in_the_month():
    assert end_as_of(stays(("2017-03-06", "2017-06-30")), Month(2017, 6)) == day("2017-06-30")


def test_somebody_protected_is_a_birth_date_and_a_code_and_nothing_else():
    row = row_of(world(("2017-03-06", None), is_protected=True), "2017-03")
    assert row.number == "20010203-Tf29"
    assert (row.last_name, row.first_name) == (PROTECTED, PROTECTED)
    assert (row.email, row.phone) == (UNKNOWN, UNKNOWN)


def test_the_code_is_the_projects_own_by_legal_gender():
    project = EsfProject(code_female="Tf99", code_male="Tf98")
    assert [protected_code(gender, project) for gender in "FM"] == ["Tf99", "Tf98"]
    assert [protected_code(gender, None) for gender in "FM"] == ["Tf29", "Tf19"]


@pytest.mark.parametrize(
    ("month", "contact"),
    [("2019-07", ("mira@exempel.se", "070-1740605")), ("2019-08", (UNKNOWN, UNKNOWN))],
)
def test_email_and_phone_are_given_until_july_2019(month, contact):
    row = row_of(world(("2017-03-06", None), hours={month: ("2", "2")}), month)
    assert (row.email, row.phone) == contact


def test_counted_is_somebody_new_with_a_signed_hour_in_the_same_month():
    month = Month(2017, 3)
    now = all_months(world(("2017-03-06", None), hours={"2017-03": ("2", "2")}), [month])[month]
    assert (now.counted.girls, now.counted.boys, now.participants.total) == (1, 0, 1)


ROW = (1, "20010203-2384", day("2017-03-06"), None, Decimal("3.00"))


def test_the_hash_is_the_same_in_any_order_and_however_the_hours_are_written():
    other = (2, *ROW[1:])
    assert digest([ROW, other]) == digest([other, (*ROW[:4], Decimal(3))])


@pytest.mark.parametrize(
    "changed",
    [(2, *ROW[1:]), (1, "20010203-Tf29", *ROW[2:]), (*ROW[:2], day("2017-03-01"), *ROW[3:]),
     (*ROW[:3], day("2017-03-31"), ROW[4]), (*ROW[:4], Decimal("2.00"))],
)  # fmt: skip
def test_the_hash_is_another_when_anything_that_is_reported_moves(changed):
    assert digest([ROW]) != digest([changed])
