from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core import swedish

TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1234567, None, "1\xa0234\xa0567"),
        (Decimal("12.50"), None, "12,50"),
        (Decimal("2.345"), 2, "2,35"),
        (-3, None, "\N{MINUS SIGN}3"),
        (0, 1, "0,0"),
        (None, None, "–"),
    ],
)
def test_numbers_have_decimal_comma_and_no_break_thousands(value, decimals, written):
    assert swedish.number(value, decimals) == written


def test_share_is_written_as_per_cent():
    assert swedish.percent(Decimal("0.7055")) == "70,6\xa0%"
    assert swedish.percent(0.6, 0) == "60\xa0%"
    assert swedish.percent(None) == "–"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 3, 9), "i dag"),
        (date(2026, 3, 10), "i morgon"),
        (date(2026, 3, 8), "i går"),
        (date(2026, 3, 12), "om 3\xa0dagar"),
        (date(2026, 2, 23), "för 2\xa0veckor sedan"),
        (date(2026, 9, 9), "om 6\xa0månader"),
        (date(2023, 3, 9), "för 3\xa0år sedan"),
        (None, "–"),
    ],
)
def test_distance_to_a_day_is_said_as_people_say_it(day, said):
    assert swedish.relative_day(day, TODAY) == said


def test_moment_near_midnight_belongs_to_the_local_day():
    moment = datetime(2026, 3, 8, 23, 30, tzinfo=UTC)
    assert swedish.iso_date(moment) == "2026-03-09"
    assert swedish.iso_moment(moment) == "2026-03-09 00:30"


def test_week_month_and_day_are_written_in_swedish():
    assert swedish.week(date(2026, 1, 1)) == "v.\xa01"
    assert swedish.month(TODAY) == "mars 2026"
    assert swedish.long_day(TODAY) == "måndag 9 mars 2026"


def test_words_are_joined_with_commas_and_och():
    assert swedish.listed(["a", "b", "c"]) == "a, b och c"
    assert swedish.listed(["a"]) == "a"
    assert swedish.listed([]) == ""


def test_count_agrees_with_its_noun():
    assert swedish.counted(1, "dag", "dagar") == "1\xa0dag"
    assert swedish.counted(0, "dag", "dagar") == "0\xa0dagar"
