"""The register moves to this month as a whole: ages, weekdays and order stay."""

import csv
import io
from datetime import date

import pytest

from basun.demo import files
from basun.demo.shift import LAST_DAY, moved_numbers, reference_numbers, shift_for, shifted
from core.identity_numbers import parse

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 11, 22), date(2026, 11, 18)),
        (date(2026, 11, 25), date(2026, 11, 25)),
        (date(2026, 12, 1), date(2026, 12, 1)),  # the Wednesday before lies in November
        (date(2026, 12, 2), date(2026, 12, 2)),
    ],
)
def test_the_last_day_lies_in_this_month_and_not_ahead(today, last):
    assert LAST_DAY + shift_for(today) == last


def test_a_moved_number_is_valid_and_keeps_its_birth_number():
    moved = moved_numbers(shift_for(TODAY))["19930313-2394"]
    assert parse(moved).birth_date == date(1993, 3, 13) + shift_for(TODAY)
    assert moved[9:12] == "239"


def test_every_number_stays_its_own_and_every_row_is_there():
    text = shifted(files.REGISTER, shift_for(TODAY)).getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 756 and len({row["Personnummer"] for row in rows}) == 734
    assert max(row["Inskriven"] for row in rows) <= str(TODAY)


def test_the_reference_register_can_be_read_in_beside_the_demo():
    moved = moved_numbers(shift_for(TODAY))
    assert len(set(moved.values())) == len(moved) == 734
    assert not set(moved.values()) & set(reference_numbers())
    apart = [
        parse(new).birth_date - parse(old).birth_date - shift_for(TODAY)
        for old, new in moved.items()
    ]
    assert max(apart).days <= 7 and min(apart).days == 0
