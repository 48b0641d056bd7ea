from datetime import date

import pytest

from core.periods import Month, Period, add_months


def test_a_month_is_read_and_written_alike():
    assert str(Month.parse("2019-03")) == "2019-03"


@pytest.mark.parametrize("text", ["2019-13", "2019", "mars 2019", "2019-3", "19-03"])
def test_what_is_no_month_is_refused_in_words(text):
    with pytest.raises(ValueError, match="ingen månad"):
        Month.parse(text)


def test_a_month_knows_its_days_also_in_a_leap_year():
    month = Month.parse("2020-02")
    assert (month.first, month.last) == (date(2020, 2, 1), date(2020, 2, 29))


def test_months_are_added_over_the_new_year():
    assert [str(Month(2018, 12) + step) for step in (-12, 0, 1, 13)] == [
        "2017-12", "2018-12", "2019-01", "2020-01",
    ]  # fmt: skip


def test_a_period_holds_its_first_and_last_day_and_no_other():
    period = Period.parse("2017-03", "2017-04")
    days = [date(2017, 2, 28), date(2017, 3, 1), date(2017, 4, 30), date(2017, 5, 1)]
    assert [day in period for day in days] == [False, True, True, False]


def test_a_period_lists_its_months():
    assert [str(month) for month in Period.parse("2016-12", "2017-02").months()] == [
        "2016-12", "2017-01", "2017-02",
    ]  # fmt: skip


def test_a_period_turned_round_is_refused_in_words():
    with pytest.raises(ValueError, match="Byt plats"):
        Period.parse("2017-04", "2017-03")


def test_six_months_after_the_last_of_august_is_the_last_of_february():
    assert add_months(date(2018, 8, 31), 6) == date(2019, 2, 28)
