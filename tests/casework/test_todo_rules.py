"""When a task is due, in which group it stands, which days are offered, and when nobody holds it."""

from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest

from casework.todo import due, letter
from casework.todo.rules import Due, days_to_choose, due_group, due_words, in_groups, why_nobody
from casework.todo.today import in_order
from core.registry import TodayEntry

MONDAY = date(2026, 11, 23)


def later(days: int) -> date:
    return MONDAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "group"),
    [(-1, Due.LATE), (0, Due.TODAY), (1, Due.WEEK), (6, Due.WEEK), (7, Due.LATER)],
)
def test_a_week_ends_on_sunday(days, group):
    assert due_group(later(days), MONDAY) == group


def test_on_a_sunday_tomorrow_is_another_week():
    assert due_group(later(7), later(6)) == Due.LATER


def test_without_a_day_is_a_group_of_its_own():
    assert due_group(None, MONDAY) == Due.NEVER


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "Försenad 3\u00a0dagar"),
        (-1, "Försenad 1\u00a0dag"),
        (0, "I dag"),
        (1, "I morgon"),
        (4, "På fredag"),
        (11, "2026-12-04"),
    ],
)
def test_when_it_is_due_is_said_as_people_say_it(days, words):
    assert due_words(later(days), MONDAY) == words


def test_no_day_is_said_too():
    assert due_words(None, MONDAY) == "Utan datum"


@pytest.mark.parametrize(
    ("days", "offered"),
    [
        (0, [("I morgon", 1), ("På fredag", 4), ("Nästa vecka", 7), ("Om två veckor", 14)]),
        (3, [("I morgon", 4), ("Nästa vecka", 7), ("Om två veckor", 17)]),
        (4, [("På måndag", 7), ("Nästa fredag", 11), ("Om två veckor", 18)]),
        (6, [("På måndag", 7), ("Nästa fredag", 11), ("Om två veckor", 20)]),
    ],
)
def test_no_day_is_offered_twice_and_never_a_weekend_as_tomorrow(days, offered):
    found = [(each.label, (each.day - MONDAY).days) for each in days_to_choose(later(days))]
    assert found == offered


def test_lines_are_grouped_in_their_order():
    @dataclass
    class Thing:
        due: Due

    lines = [Thing(Due.LATE), Thing(Due.LATE), Thing(Due.NEVER)]
    assert [(each.due, len(each.lines)) for each in in_groups(lines)] == [
        (Due.LATE, 2),
        (Due.NEVER, 1),
    ]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"holder": "Olle"}, ""),
        ({"holder": "Olle", "works_here": False}, "Olle arbetar inte här längre"),
        ({"holder": "Olle", "may": False}, "Olle har ingen roll med uppgifter längre"),
        ({"holder": "Olle", "sees": False}, "Olle ser inte deltagaren"),
        ({"role_has": True}, ""),
        ({"role_has": False}, "Ingen arbetar i den funktionen nu"),
    ],
)
def test_why_nobody_will_do_it(facts, words):
    assert why_nobody(**facts) == words


@pytest.mark.parametrize(("days", "asks"), [(-1, False), (0, True), (30, True), (31, False)])
def test_an_enrolment_asks_for_a_task_a_month_before_its_end(days, asks):
    assert due.asks_for_task(later(days), MONDAY) is asks


@pytest.mark.parametrize(("days", "until"), [(30, 16), (14, 0), (3, 0)])
def test_it_is_due_two_weeks_before_the_end_but_never_in_the_past(days, until):
    assert due.due_for(later(days), MONDAY) == later(until)


def test_a_new_end_is_a_new_task():
    assert due.key_for(1, MONDAY) != due.key_for(1, later(1))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (MONDAY, True),
        (date(2026, 11, 28), False),
        (date(2026, 12, 24), False),
        (date(2026, 12, 25), False),
    ],
)
def test_letters_are_written_on_working_days(day, works):
    assert letter.is_working_day(day) is works


def test_the_letter_tells_only_what_there_is():
    told = letter.Letter(today=3, late=2, unsigned=1, meetings=0)
    assert told.parts == [
        "3\u00a0uppgifter i dag",
        "2\u00a0försenade uppgifter",
        "1\u00a0osignerad anteckning sedan i går eller tidigare",
    ]
    assert letter.Letter().parts == []


def test_the_day_goes_by_the_clock_and_the_rest_comes_last():
    entries = [TodayEntry("ring"), TodayEntry("sen", at=time(14)), TodayEntry("tidig", at=time(8))]
    assert [each.title for each in in_order(entries)] == ["tidig", "sen", "ring"]
