"""The rules of the roll call: hours, taps, runs of absence and strokes. Pure."""

from datetime import date, time
from decimal import Decimal
from types import SimpleNamespace

import pytest

from casework.models import AttendanceStatus
from casework.rollcall import strokes, taps
from casework.rollcall.absences import Occasion, run_of
from casework.rollcall.hours import hours_between, quarters
from core.errors import Refused

DAY = SimpleNamespace(starts_at=time(9), ends_at=time(16), planned_hours=Decimal(6))
MORNING = SimpleNamespace(starts_at=time(9), ends_at=time(12), planned_hours=Decimal(3))
IMPORTED = SimpleNamespace(starts_at=None, ends_at=None, planned_hours=None)


def row(session=MORNING, status=AttendanceStatus.EXPECTED, hours=0, arrived=None, left=None):
    return SimpleNamespace(
        session=session,
        status=status,
        hours=Decimal(hours),
        absence_reason="",
        arrived_at=arrived,
        left_at=left,
    )


@pytest.mark.parametrize(
    ("session", "arrived", "left", "hours"),
    [
        (MORNING, None, None, "3.00"),
        (MORNING, time(9, 15), None, "2.75"),
        (MORNING, None, time(11, 30), "2.50"),
        (MORNING, time(9, 45), time(11), "1.25"),
        (MORNING, time(8, 30), time(12, 30), "3.00"),
        (MORNING, time(12), None, "0.00"),
        (MORNING, time(15), None, "0.00"),
        (MORNING, time(9, 20), None, "2.67"),
        (DAY, time(10), None, "5.00"),
        (DAY, None, time(9, 30), "0.00"),
    ],
)
def test_hours_are_the_planned_ones_less_what_was_missed(session, arrived, left, hours):
    assert hours_between(session, arrived, left) == Decimal(hours)


def test_the_quarters_lie_inside_the_times():
    found = quarters(SimpleNamespace(starts_at=time(9), ends_at=time(10)))
    assert found == [time(9, 15), time(9, 30), time(9, 45)]
    assert quarters(IMPORTED) == []


def test_late_and_then_early_keeps_both_times():
    mark = taps.read({"do": "left|11:30"}, row(arrived=time(9, 15)))
    assert (mark.hours, mark.arrived_at, mark.left_at) == (
        Decimal("2.25"),
        time(9, 15),
        time(11, 30),
    )


def test_typed_hours_win_over_the_planned_ones():
    assert taps.read({"do": "present", "hours": "2,5"}, row()).hours == Decimal("2.50")


def test_a_new_time_is_worked_out_when_the_hours_are_left_as_they_stood():
    mark = taps.read({"do": "present", "hours": "3", "arrived_at": "10:00"}, row())
    assert mark.hours == Decimal("2.00")


def test_saving_a_row_as_it_stands_changes_nothing():
    late = row(status=AttendanceStatus.PRESENT, hours="2.75", arrived=time(9, 15))
    fields = {"do": "present", "hours": "2,75", "arrived_at": "09:15", "left_at": ""}
    assert taps.read(fields, late) == taps.mark_of(late)
    typed = row(status=AttendanceStatus.PRESENT, hours="2")
    assert taps.read({"do": "present", "hours": "2"}, typed) == taps.mark_of(typed)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"do": ""}, "Välj vad"),
        ({"do": "late|12:00"}, "blir det ingen närvaro"),
        ({"do": "late|kvart"}, "09:15"),
        ({"do": "present", "hours": "två"}, "2,5"),
        ({"do": "present", "hours": "nan"}, "2,5"),
        ({"do": "present", "hours": "1e999"}, "2,5"),
        ({"do": "present", "hours": "0"}, "mer än 0"),
        ({"do": "present", "hours": "25"}, "högst 24"),
        ({"do": "present", "arrived_at": "11:00", "left_at": "10:00"}, "efter den då hen kom"),
        ({"do": "absent|lat"}, "orsakerna"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(fields, sentence):
    with pytest.raises(Refused, match=sentence):
        taps.read(fields, row())


def test_a_session_without_times_asks_for_hours():
    with pytest.raises(Refused, match="Skriv hur många timmar"):
        taps.read({"do": "here"}, row(IMPORTED))
    assert taps.read({"do": "present", "hours": "4"}, row(IMPORTED)).hours == 4


@pytest.mark.parametrize(
    "said", ["here", "late|09:15", "left|11:00", "absent", "absent|ill", "expected"]
)
def test_a_mark_is_read_back_from_its_own_code(said):
    mark = taps.read({"do": said}, row())
    assert taps.read({"do": mark.code}, row()) == mark


def occasions(letters):
    """Return occasions: p present, a absent, n absent without a word."""
    return [
        Occasion(date(2026, 3, number), letter != "p", letter == "n")
        for number, letter in enumerate(letters, start=1)
    ]


@pytest.mark.parametrize(
    ("letters", "count", "no_word"),
    [("aaa", 3, 0), ("pann", 3, 2), ("aapnnnn", 4, 4), ("paaa", 3, 0)],
)
def test_three_absences_in_a_row_make_a_run(letters, count, no_word):
    run = run_of(occasions(letters))
    assert (run.count, run.no_word) == (count, no_word)


@pytest.mark.parametrize("letters", ["", "aa", "aaap", "apaa", "nnnp"])
def test_fewer_than_three_or_a_presence_since_make_none(letters):
    assert run_of(occasions(letters)) is None


def test_a_run_says_how_many_were_without_a_word():
    assert run_of(occasions("ann")).text == "3 frånvaror i rad, varav 2 utan att höra av sig"
    assert run_of(occasions("nnn")).text == "3 frånvaror i rad utan att höra av sig"
    assert run_of(occasions("paaa")).text == "3 frånvaror i rad"
    assert run_of(occasions("paaa")).since == date(2026, 3, 2)


def test_strokes_become_a_path():
    drawn = strokes.read("[[[0, 0], [0.5, 0.25]], [[1, 0.4]]]")
    assert strokes.svg_path(drawn) == "M0 0 L500 250 M1000 400 L1000 400"


@pytest.mark.parametrize("text", ["", "[]", "[[[0.1, 0.1]]]", "[[[0.1, 0.1], [0.12, 0.1]]]"])
def test_a_dot_is_no_signature(text):
    with pytest.raises(Refused, match="Rita din underskrift i rutan"):
        strokes.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "{", "{}", "[1]", "[[]]", "[[[0.1]]]", '[[["a", 0.1]]]', "[[[2, 0.1], [0, 0]]]", "[" * 9999,
        "[[[0.1, 0.5], [0, 0]]]", "[[[NaN, 0.1], [0, 0]]]", "[[[true, 0.1], [0, 0]]]",
    ],
)  # fmt: skip
def test_what_no_pad_can_send_is_refused(text):
    with pytest.raises(Refused, match="gick inte att läsa"):
        strokes.read(text)


def test_strokes_without_end_are_refused():
    point = "[0.1, 0.1]"
    with pytest.raises(Refused, match="för lång"):
        strokes.read(f"[{','.join(f'[{point}]' for _ in range(201))}]")
    with pytest.raises(Refused, match="för lång"):
        strokes.read(f"[[{','.join([point] * 20_001)}]]")
