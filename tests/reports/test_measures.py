"""Shares, medians and percentiles, against numbers worked out on paper."""

from decimal import Decimal

import pytest

from reports.measures import Count, mean, median, percent_of, percentile, weeks


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (489, 693, "70.6"),
        (1, 3, "33.3"),
        (1, 2000, "0.1"),
        (1, 2001, "0.0"),
        (5, 8000, "0.1"),
        (3, 3, "100.0"),
    ],
)
def test_a_share_has_one_decimal_rounded_half_up(part, whole, expected):
    assert percent_of(part, whole) == Decimal(expected)


def test_a_share_of_nothing_is_nothing():
    assert percent_of(0, 0) is None
    assert Count().girls_percent is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], None), ([4], 4), ([9, 1], 5), ([3, 1, 8], 3), ([1, 2, 3, 4], "2.5")],
)
def test_the_median_is_in_the_middle(values, expected):
    assert median(values) == (expected if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], None), ([7], 7), (range(1, 11), 9), (range(1, 12), 10), ([1, 1, 1, 50], 50)],
)
def test_nine_of_ten_do_not_exceed_the_90th_percentile(values, expected):
    assert percentile(values, 90) == expected


def test_weeks_have_one_decimal():
    assert weeks(Decimal(10)) == Decimal("1.4")
    assert weeks(mean([10, 11])) == Decimal("1.5")
    assert weeks(mean([])) is None
