"""What must hold between the figures for any register at all."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from core.periods import Month, Period
from participants.enums import Area, ExitReason
from referrals.enums import Source
from reports.key_figures import key_figures, month_series
from tests.reports.cohort import YEARS, facts, hours, spell

COUNTS = ("participants", "left", "to_work", "to_studies", "active", "counted", "not_yet_counted")
MONTHS = [str(month) for month in YEARS.months()]


@st.composite
def spells(draw):
    """A few people, each with enrolments that never share a day."""
    rows = []
    for person in range(draw(st.integers(0, 6))):
        gender, start = draw(st.sampled_from("FM")), YEARS.first
        for _ in range(draw(st.integers(1, 3))):
            start += timedelta(days=draw(st.integers(0, 250)))
            length = draw(st.integers(0, 200))
            is_open = draw(st.booleans())
            rows.append(
                spell(
                    person,
                    start.isoformat(),
                    None if is_open else (start + timedelta(days=length)).isoformat(),
                    draw(st.sampled_from(ExitReason)),
                    gender=gender,
                    source=draw(st.sampled_from([*Source, None])),
                    area=draw(st.sampled_from([*Area, None])),
                )
            )
            if is_open:
                break
            start += timedelta(days=length + 1)
    return rows


attendance = st.lists(
    st.builds(
        hours,
        st.integers(0, 6),
        st.sampled_from(MONTHS),
        st.integers(1, 2400).map(lambda cents: str(Decimal(cents) / 100)),
        attested=st.booleans(),
    ),
    max_size=12,
)
ends = st.tuples(st.integers(0, 35), st.integers(0, 35)).map(sorted)


def period_of(pair) -> Period:
    first, last = pair
    return Period(YEARS.start + first, YEARS.start + last)


@settings(max_examples=150, deadline=None)
@given(spells(), attendance, ends)
def test_parts_make_up_their_whole(rows, worked, pair):
    figures = key_figures(facts(*rows, *worked), period_of(pair))
    total = figures.participants.total
    for split in (figures.by_source, figures.by_area, figures.by_part):
        assert sum(line.count.girls for line in split) == figures.participants.girls
        assert sum(line.count.total for line in split) == total
    assert total <= figures.enrolments
    assert figures.to_work.total + figures.to_studies.total <= figures.left.total
    assert figures.counted.total + figures.not_yet_counted.total <= total
    for name in COUNTS:
        count = getattr(figures, name)
        assert count.girls + count.boys == count.total >= 0


@settings(max_examples=150, deadline=None)
@given(spells(), attendance, ends)
def test_months_add_up_where_they_should_and_never_fall_short(rows, worked, pair):
    given_facts, period = facts(*rows, *worked), period_of(pair)
    whole, months = key_figures(given_facts, period), month_series(given_facts, period)
    assert sum(each.enrolments for each in months) == whole.enrolments
    assert sum(each.hours_attested for each in months) == whole.hours_attested
    assert sum(each.hours_unattested for each in months) == whole.hours_unattested
    assert sum(each.stays[0].exits for each in months) == whole.stays[0].exits
    assert sum(each.participants.total for each in months) >= whole.participants.total
    assert sum(each.left.total for each in months) >= whole.left.total
    assert sum(each.counted.total for each in months) <= whole.counted.total
    assert months[-1].active == whole.active


@settings(max_examples=60, deadline=None)
@given(spells(), attendance, st.randoms())
def test_the_order_of_the_rows_changes_nothing(rows, worked, random):
    before = key_figures(facts(*rows, *worked), YEARS)
    random.shuffle(rows)
    random.shuffle(worked)
    assert key_figures(facts(*rows, *worked), YEARS) == before


@settings(max_examples=60, deadline=None)
@given(spells())
def test_active_changes_by_those_who_came_and_those_who_went(rows):
    given_facts = facts(*rows)
    series = month_series(given_facts, Period(YEARS.start, Month(2019, 12)))
    for before, now in zip(series, series[1:], strict=False):
        change = now.enrolments - now.stays[0].exits
        assert now.active.total - before.active.total == change
