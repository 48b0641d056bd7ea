"""Every number of the reference register's reports, on whichever database the suite runs."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests.reference_register import EXPECTED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_register")]
REPORTS = json.loads(EXPECTED.read_text(encoding="utf-8"))["reports"]


def report(start: str, end: str, *flags: str) -> dict:
    out = StringIO()
    call_command("report", "key-figures", "--from", start, "--to", end, *flags, stdout=out)
    return json.loads(out.getvalue())


def only_keys_of(shape, given):
    """Return the part of `given` that `shape` speaks of, so that the two can be compared whole."""
    if not isinstance(shape, dict):
        return given
    return {key: only_keys_of(value, given[key]) for key, value in shape.items() if key in given}


def numbers_in(value) -> int:
    return sum(map(numbers_in, value.values())) if isinstance(value, dict) else 1


@pytest.mark.parametrize("expected", REPORTS, ids=lambda each: f"{each['from']}--{each['to']}")
def test_every_number_of_a_report_is_the_expected_one(expected):
    flags = ["--by-month"] if "months" in expected else []
    made = report(expected["from"], expected["to"], *flags)
    assert only_keys_of(expected, made) == expected


@pytest.mark.parametrize("split", ["by_source", "by_area"])
def test_no_line_stands_beside_the_expected_ones(split):
    expected = REPORTS[0]
    made = report(expected["from"], expected["to"], "--by-month")
    assert list(made["in"][split]) == list(expected["in"][split])
    assert list(made["months"]) == list(expected["months"])
    for month, figures in expected["months"].items():
        assert list(made["months"][month]["in"][split]) == list(figures["in"][split])


def test_the_file_holds_as_many_numbers_as_it_did_when_this_was_written():
    assert sum(map(numbers_in, REPORTS)) == 2930
