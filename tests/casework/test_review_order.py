"""The order of an agenda, whatever the agenda."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from casework.review.order import arrange, moved_before, need
from participants.review_weights import LEFT_FROM_LAST_TIME, Weight

KEYS = st.lists(st.integers(0, 60), unique=True, max_size=25)
DAYS = st.none() | st.dates(date(2016, 10, 1), date(2026, 11, 26))
WEIGHTS = st.lists(st.sampled_from(list(Weight)), min_size=1, max_size=5)


@st.composite
def agendas(draw):
    standing, came = draw(KEYS), draw(KEYS)
    new = [key for key in came if key not in standing]
    fixed = set(draw(st.lists(st.sampled_from(standing), unique=True))) if standing else set()
    needs = {key: need(draw(WEIGHTS), draw(DAYS)) for key in (*standing, *new)}
    return standing, fixed, new, needs


@given(agendas())
def test_nobody_is_lost_and_nobody_comes_twice(agenda):
    standing, fixed, new, needs = agenda
    order = arrange(standing, fixed, new, needs.get)
    assert sorted(order) == sorted([*standing, *new])


@given(agendas())
def test_who_was_moved_keeps_the_place(agenda):
    standing, fixed, new, needs = agenda
    order = arrange(standing, fixed, new, needs.get)
    assert all(order[place] == key for place, key in enumerate(standing) if key in fixed)


@given(agendas())
def test_the_others_go_by_need(agenda):
    standing, fixed, new, needs = agenda
    loose = [needs[key] for key in arrange(standing, fixed, new, needs.get) if key not in fixed]
    assert loose == sorted(loose)


@given(agendas())
def test_making_it_again_changes_nothing(agenda):
    standing, fixed, new, needs = agenda
    once = arrange(standing, fixed, new, needs.get)
    assert arrange(once, fixed, [], needs.get) == once


@given(WEIGHTS, WEIGHTS, DAYS, DAYS)
def test_what_is_left_from_last_time_comes_before_everything_else(one, other, day, other_day):
    if max(one) >= LEFT_FROM_LAST_TIME > max(other):
        assert need(one, day) < need(other, other_day)


@given(WEIGHTS, WEIGHTS, DAYS, DAYS)
def test_heavier_then_more_reasons_then_longest_ago(one, other, day, other_day):
    first, second = need(one, day), need(other, other_day)
    if max(one) != max(other):
        assert (first < second) == (max(one) > max(other))
    elif len(one) != len(other):
        assert (first < second) == (len(one) > len(other))
    elif day != other_day:
        assert (first < second) == ((day or date.min) < (other_day or date.min))


def test_a_place_beyond_the_end_becomes_the_last():
    assert arrange([1, 2, 3], {3}, [], lambda key: key) == [1, 2, 3]
    assert arrange([3], {3}, [], lambda key: key) == [3]


def test_moved_before_another_or_last():
    assert moved_before([1, 2, 3], 3, 1) == [3, 1, 2]
    assert moved_before([1, 2, 3], 1, None) == [2, 3, 1]
