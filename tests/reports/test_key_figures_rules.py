"""The definitions, on cohorts small enough to count by hand; the edge days are in the names."""

from decimal import Decimal

import pytest

from core.periods import Month, Period
from participants.enums import Area, ExitReason
from referrals.enums import Source
from reports.facts import FollowUp
from reports.key_figures import key_figures, month_series
from reports.measures import Count
from tests.reports.cohort import BOY, MARCH, SPRING, YEARS, day, facts, hours, spell


def count(*rows, period=MARCH):
    return key_figures(facts(*rows), period)


@pytest.mark.parametrize(
    ("starts_on", "expected"),
    [("2019-02-28", 0), ("2019-03-01", 1), ("2019-03-31", 1), ("2019-04-01", 0)],
)
def test_both_edge_days_of_the_period_count_as_in(starts_on, expected):
    figures = count(spell(1, starts_on))
    assert (figures.participants.total, figures.enrolments) == (expected, expected)


def test_a_return_within_the_period_is_one_participant_and_two_enrolments():
    figures = count(spell(1, "2019-03-01", "2019-03-10"), spell(1, "2019-03-20"))
    assert (figures.participants.total, figures.enrolments) == (1, 2)


def test_the_first_enrolment_of_the_period_decides_source_and_area():
    figures = count(
        spell(1, "2018-05-01", "2018-06-01", source=Source.OUTREACH, area=Area.TUMBA),
        spell(1, "2019-03-01", "2019-03-10", source=Source.CIVIL_SOCIETY, area=Area.FITTJA),
        spell(1, "2019-03-20", source=Source.SOCIAL_SERVICES, area=Area.ALBY),
    )
    assert [line.key for line in figures.by_source if line.count.total] == ["civil"]
    assert [line.key for line in figures.by_area if line.count.total] == ["fittja"]
    assert [line.key for line in figures.by_part if line.count.total] == ["norra"]


def test_a_source_beyond_the_six_stands_there_only_when_somebody_came_by_it():
    without, with_parent = (
        count(spell(1, "2019-03-01")),
        count(spell(1, "2019-03-01", source=Source.PARENT)),
    )
    assert "Förälder eller vårdnadshavare" not in [line.label for line in without.by_source]
    assert with_parent.by_source[-1].count == Count(girls=1)


def test_somebody_without_referral_or_area_is_counted_as_such():
    figures = count(spell(1, "2019-03-01", source=None, area=None))
    assert figures.by_source[-1].label == "Utan remiss"
    assert figures.by_area[-1].label == "Okänd"


@pytest.mark.parametrize(
    ("starts_on", "ended_on", "is_active"),
    [
        ("2019-03-31", None, True),
        ("2019-04-01", None, False),
        ("2019-03-01", "2019-03-31", False),
        ("2019-03-01", "2019-04-01", True),
        ("2019-03-31", "2019-03-31", False),
    ],
)
def test_active_is_asked_at_the_end_of_the_last_day(starts_on, ended_on, is_active):
    assert count(spell(1, starts_on, ended_on)).active.total == is_active


@pytest.mark.parametrize(
    ("ended_on", "expected"),
    [("2019-02-28", 0), ("2019-03-01", 1), ("2019-03-31", 1), ("2019-04-01", 0)],
)
def test_both_edge_days_of_the_period_count_as_out(ended_on, expected):
    assert count(spell(1, "2018-06-01", ended_on)).left.total == expected


def test_two_exits_in_a_period_are_one_person_by_the_last_exit():
    rows = (
        spell(1, "2019-01-01", "2019-03-05", ExitReason.WORK),
        spell(1, "2019-03-06", "2019-04-30", ExitReason.STUDIES),
    )
    spring, march = count(*rows, period=SPRING), count(*rows)
    assert (spring.left.total, spring.to_work.total, spring.to_studies.total) == (1, 0, 1)
    assert (march.left.total, march.to_work.total, march.to_studies.total) == (1, 1, 0)


def test_an_exit_followed_by_a_return_still_counts_as_left_and_as_active():
    figures = count(spell(1, "2019-01-01", "2019-03-05", ExitReason.WORK), spell(1, "2019-03-20"))
    assert (figures.left.total, figures.to_work.total, figures.active.total) == (1, 1, 1)


def test_work_with_support_is_work_and_everything_else_is_neither():
    ends = [ExitReason.WORK, ExitReason.SUPPORTED_WORK, ExitReason.STUDIES, ExitReason.AGE]
    rows = [spell(n, "2019-01-01", "2019-03-05", reason) for n, reason in enumerate(ends)]
    figures = count(*rows)
    assert (figures.to_work.total, figures.to_studies.total, figures.share_percent) == (2, 1, 75)


def test_nobody_left_gives_no_result():
    assert count(spell(1, "2019-03-01")).share_percent is None


def test_genders_are_counted_apart():
    figures = count(
        spell(1, "2019-03-01"), spell(2, "2019-03-01", gender=BOY), spell(3, "2019-03-02")
    )
    assert figures.participants == Count(girls=2, boys=1)
    assert figures.girls_percent == Decimal("66.7")


def test_counted_needs_attested_hours_in_the_same_period():
    rows = (
        spell(1, "2019-03-01"),
        hours(1, "2019-04", "2"),
        spell(2, "2019-03-01"),
        hours(2, "2019-03", "2", attested=False),
        spell(3, "2019-03-31"),
        hours(3, "2019-03", "0.5"),
    )
    march, spring = count(*rows), count(*rows, period=SPRING)
    assert (march.counted.total, march.not_yet_counted.total) == (1, 2)
    assert (spring.counted.total, spring.not_yet_counted.total) == (2, 1)


def test_attested_before_the_first_enrolments_month_does_not_count():
    figures = count(spell(1, "2019-03-15"), hours(1, "2019-02", "3"))
    assert (figures.counted.total, figures.not_yet_counted.total) == (0, 1)


def test_somebody_who_returns_is_never_counted_again():
    rows = (
        spell(1, "2018-03-01", "2018-06-01"),
        spell(1, "2019-03-01"),
        hours(1, "2019-03", "9"),
    )
    figures = count(*rows)
    assert (figures.participants.total, figures.counted.total, figures.not_yet_counted.total) == (
        1,
        0,
        0,
    )


def test_hours_are_summed_apart_whoever_they_belong_to():
    figures = count(
        hours(1, "2019-03", "1.25"),
        hours(2, "2019-03", "2.5"),
        hours(2, "2019-03", "4", attested=False),
        hours(2, "2019-04", "100"),
    )
    assert (figures.hours_attested, figures.hours_unattested) == (Decimal("3.75"), Decimal(4))


def test_time_to_first_meeting_belongs_to_the_month_of_the_meeting():
    rows = [
        spell(n, "2019-03-01", referred_on="2019-02-01", met_on=met)
        for n, met in enumerate(["2019-03-01", "2019-03-31", "2019-02-28", "2019-04-01"])
    ]
    waiting = count(*rows).waiting
    assert (waiting.meetings, waiting.median, waiting.ninetieth) == (2, 43, 58)


def test_weeks_are_days_over_seven_for_each_exit():
    figures = count(
        spell(1, "2019-02-22", "2019-03-01", area=Area.ALBY),
        spell(2, "2019-02-01", "2019-03-05", area=Area.TUMBA, gender=BOY),
        spell(2, "2019-03-06", "2019-03-16", area=Area.TUMBA, gender=BOY),
    )
    stays = {stay.label: (stay.exits, stay.median, stay.mean) for stay in figures.stays}
    assert stays["Alla"] == (3, Decimal("1.4"), Decimal("2.3"))
    assert stays["Flickor och kvinnor"] == (1, 1, 1)
    assert stays["Södra"] == (2, 3, 3)
    assert stays["Norsborg"] == (0, None, None)


def test_still_there_asks_only_placements_old_enough_and_followed_up():
    rows = [
        FollowUp(day("2018-12-31"), 3, True),
        FollowUp(day("2018-12-01"), 3, False),
        FollowUp(day("2019-01-01"), 3, True),
    ]
    three = key_figures(facts(follow_ups=rows), MARCH).still_there[0]
    assert (three.months, three.reached, three.percent) == (3, 2, 50)


def test_without_placements_there_is_no_share_still_there():
    assert [each.percent for each in count().still_there] == [None, None, None]


def test_an_empty_month_between_two_others_stands_in_the_series():
    series = month_series(facts(spell(1, "2019-03-01"), spell(2, "2019-05-01")), SPRING)
    assert [each.participants.total for each in series] == [1, 0, 1]


def test_a_period_that_was_not_read_is_refused():
    beyond = Period(YEARS.start, Month(2021, 1))
    with pytest.raises(ValueError, match="cover"):
        key_figures(facts(), beyond)
