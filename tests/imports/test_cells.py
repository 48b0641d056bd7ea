"""Cells as Swedes and Excel write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from core import cells


@pytest.mark.parametrize(
    "cell",
    [
        "2019-03-31", " 2019-03-31 ", "20190331", "2019-03-31 00:00:00", "43555", 43555, 43555.0,
        date(2019, 3, 31), datetime(2019, 3, 31),
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_usual_form(cell):
    assert cells.day(cell) == date(2019, 3, 31)


@pytest.mark.parametrize(
    "cell", ["2019-02-30", "31/3 2019", "mars", "12", "99999", "2019-03-31 14:00"]
)
def test_what_is_no_day_is_refused_in_swedish(cell):
    with pytest.raises(ValueError, match="är inget datum. Skriv som 2019-03-31."):
        cells.day(cell)


@pytest.mark.parametrize(
    ("cell", "hours"), [("2,5", "2.5"), ("2.5", "2.5"), (2.5, "2.5"), (3, "3")]
)
def test_decimals_have_a_comma_or_a_point(cell, hours):
    assert cells.decimal(cell) == Decimal(hours)


@pytest.mark.parametrize("cell", ["två", "1 000,5", "NaN", "Infinity", "1e5000000x", True])
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(ValueError, match="tal"):
        cells.decimal(cell)


@pytest.mark.parametrize(
    ("cell", "said"), [("ja", True), (" JA ", True), (True, True), ("Nej", False)]
)
def test_yes_and_no(cell, said):
    assert cells.yes_or_no(cell) is said


@pytest.mark.parametrize("cell", ["1,4", "4, 1", "1;4", "1 4", 1.4, "1,4,4"])
def test_a_list_of_criteria_also_when_excel_took_it_for_a_number(cell):
    assert cells.whole_numbers(cell) == (1, 4)


@pytest.mark.parametrize("read", [cells.day, cells.decimal, cells.yes_or_no])
def test_an_empty_cell_is_none(read):
    assert read("") is None and read(None) is None and read("  ") is None
