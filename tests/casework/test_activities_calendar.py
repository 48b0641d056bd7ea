"""Which days a series falls on, as rules: no database."""

from datetime import date

import pytest

from casework.activities import calendar
from casework.activities.calendar import Without, days_of_series, holiday_name, read_without, series

MONDAY, WEDNESDAY, FRIDAY = 0, 2, 4


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 1, 6), "Trettondedag jul"),
        (date(2027, 3, 26), "Långfredagen"),
        (date(2027, 5, 6), "Kristi himmelsfärdsdag"),
        (date(2027, 6, 25), "Midsommarafton"),
        (date(2026, 6, 19), "Midsommarafton"),
        (date(2026, 12, 24), "Julafton"),
        (date(2026, 12, 31), "Nyårsafton"),
        (date(2026, 11, 23), ""),
        (date(2026, 11, 22), ""),  # a Sunday is no holiday; who plans on it means it
    ],
)
def test_holidays_are_known_by_name_with_the_eves_nobody_works(day, name):
    assert holiday_name(day) == name


def test_a_series_skips_holidays_and_says_why():
    found = list(series({WEDNESDAY}, date(2026, 12, 28), to_day=date(2027, 1, 20)))
    assert [(each.on.day, each.skipped) for each in found] == [
        (30, ""), (6, "Trettondedag jul"), (13, ""), (20, ""),
    ]  # fmt: skip


def test_a_number_of_times_counts_only_those_that_are_held():
    days = days_of_series({MONDAY, WEDNESDAY}, date(2027, 1, 4), times=3)
    assert days == [date(2027, 1, 4), date(2027, 1, 11), date(2027, 1, 13)]


def test_first_and_last_day_belong_to_the_series():
    days = days_of_series({MONDAY}, date(2027, 2, 1), to_day=date(2027, 2, 15))
    assert days == [date(2027, 2, 1), date(2027, 2, 8), date(2027, 2, 15)]


def test_a_series_without_end_ends_after_a_year():
    assert days_of_series({FRIDAY}, date(2027, 1, 1))[-1] <= date(2028, 1, 2)


def test_chosen_weeks_and_days_are_left_out():
    without = read_without("v. 8, 2027-02-01")
    found = list(series({MONDAY}, date(2027, 2, 1), times=2, without=without))
    reasons = [each.skipped for each in found]
    assert reasons == ["valt bort", "", "", "vecka 8 är vald bort"][:3]


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("", Without()),
        ("v. 8 och v.9", Without(weeks=frozenset({(None, 8), (None, 9)}))),
        ("44; 2027-W07", Without(weeks=frozenset({(None, 44), (2027, 7)}))),
        ("2027-04-02\nv 8", Without(frozenset({date(2027, 4, 2)}), frozenset({(None, 8)}))),
    ],
)
def test_weeks_and_days_are_read_as_people_write_them(text, without):
    assert read_without(text) == without


@pytest.mark.parametrize("text", ["sportlovet", "v. 54", "2027-02-30"])
def test_what_is_not_understood_is_named(text):
    with pytest.raises(ValueError, match=text):
        read_without(f"v. 8, {text}")


def test_the_week_around_new_year_belongs_to_the_year_of_its_thursday():
    assert calendar.week_code(date(2027, 1, 1)) == "2026-W53"
    assert calendar.template_name("7TJUGO", date(2027, 1, 18)) == "7TJUGO v. 3 2027"


@pytest.mark.parametrize(
    ("text", "monday"),
    [("2026-W48", date(2026, 11, 23)), ("2027-W53", None), ("2026-48", None), ("", None)],
)
def test_a_week_is_read_from_an_address(text, monday):
    assert calendar.read_week(text) == monday
