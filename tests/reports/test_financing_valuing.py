"""What hours are worth, as rules: no database."""

from datetime import date
from decimal import Decimal

from reports.financing.valuing import Benefit, HourlyRate, Hours, value

BORN = date(2002, 6, 15)
DAY = date(2026, 10, 5)
LIVES_ON = [Benefit(1, "income_support", date(2026, 1, 1))]
RATES = [HourlyRate("income_support", 18, 24, Decimal("100.50"), date(2026, 1, 1))]


def hours(amount="2", *, on=DAY, counts=True, person=1, born=BORN):
    return Hours(person, born, on, Decimal(amount), counts)


def test_an_hour_is_worth_its_rate():
    earned = value([hours("2")], LIVES_ON, RATES).earned
    assert (earned.hours, earned.valued, earned.value) == (2, 2, Decimal("201.00"))


def test_hours_of_somebody_whose_benefit_is_unknown_stay_hours():
    earned = value([hours()], [], RATES).earned
    assert (earned.hours, earned.value, earned.without_benefit, earned.without_rate) == (2, 0, 2, 0)


def test_hours_without_a_rate_stay_hours():
    earned = value([hours()], LIVES_ON, []).earned
    assert (earned.hours, earned.value, earned.without_benefit, earned.without_rate) == (2, 0, 0, 2)


def test_the_benefit_on_the_day_of_the_hour_decides():
    benefits = [
        Benefit(1, "income_support", date(2026, 1, 1), DAY),
        Benefit(1, "none", date(2026, 10, 6)),
    ]
    found = value([hours("1"), hours("4", on=date(2026, 10, 6))], benefits, RATES)
    assert found.earned.value == Decimal("100.50")
    assert found.by_kind["none"].without_rate == 4


def test_the_age_on_the_day_of_the_hour_decides():
    young = HourlyRate("income_support", 18, 23, Decimal(50), date(2026, 1, 1))
    older = HourlyRate("income_support", 24, 29, Decimal(80), date(2026, 1, 1))
    day_before, birthday = date(2026, 6, 14), date(2026, 6, 15)
    found = value([hours("1", on=day_before), hours("1", on=birthday)], LIVES_ON, [young, older])
    assert found.earned.value == Decimal(50 + 80)


def test_the_rate_of_the_day_decides():
    old = HourlyRate("income_support", 16, 29, Decimal(50), date(2026, 1, 1), DAY)
    new = HourlyRate("income_support", 16, 29, Decimal(60), date(2026, 10, 6))
    found = value([hours("1"), hours("1", on=date(2026, 10, 6))], LIVES_ON, [old, new])
    assert found.earned.value == Decimal(110)


def test_kronor_are_rounded_half_up_once_per_person_and_month():
    rate = [HourlyRate("income_support", 16, 29, Decimal("0.50"), date(2026, 1, 1))]
    quarter = [hours("0.01"), hours("0.02", on=date(2026, 10, 6))]  # 0.005 + 0.010 = 0.015
    assert value(quarter, LIVES_ON, rate).earned.value == Decimal("0.02")
    months = [hours("0.01"), hours("0.01", on=date(2026, 11, 2))]  # each 0.005 becomes 0.01
    assert value(months, LIVES_ON, rate).earned.value == Decimal("0.02")


def test_what_does_not_count_is_lost_and_stands_apart():
    found = value([hours("2"), hours("3", counts=False)], LIVES_ON, RATES)
    assert (found.earned.hours, found.lost.hours) == (2, 3)
    assert found.lost.value == Decimal("301.50")
    assert found.by_kind["income_support"].hours == 2


def test_all_is_the_sum_of_each():
    lives_on = [*LIVES_ON, Benefit(2, "income_support", date(2026, 1, 1))]
    found = value([hours("2"), hours("1", person=2)], lives_on, RATES)
    assert found.earned.value == found.of(1).earned.value + found.of(2).earned.value
    assert found.of(3).earned.hours == 0
