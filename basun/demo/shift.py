"""The reference register moved in time, so that its last month is this month.

Everything moves by one number of days, birth dates included: ages stay, and so does what happened in
what order. The days are whole weeks, so that weekdays stay too, except in the first days of a month.

Nobody in the demo has a number of the reference register itself, so that the register can be read in
beside the demo: a birth date whose number is taken moves on until one is free.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from basun.demo.files import REGISTER
from core.periods import Month

# The last day of attendance in the reference register, a Wednesday.
LAST_DAY = date(2019, 7, 31)
NUMBER = "Personnummer"
DATES = {"Remissdatum", "Inskriven", "Planerat slut", "Utskriven", "Datum"}


def shift_for(today: date) -> timedelta:
    """Return how far to move: the last day becomes the latest Wednesday of this month up to today.

    Before the month's first Wednesday it becomes today itself.
    """
    wednesday = today - timedelta(days=(today.weekday() - LAST_DAY.weekday()) % 7)
    last = wednesday if Month.of(wednesday) == Month.of(today) else today
    return last - LAST_DAY


def shifted(path: Path, by: timedelta) -> io.BytesIO:
    """Return a reference file with all its days moved, as a file in memory."""
    text = io.StringIO(newline="")
    fields, rows = read(path)
    writer = csv.DictWriter(text, fields, delimiter=";")
    writer.writeheader()
    writer.writerows(_moved_rows(rows, by))
    return io.BytesIO(text.getvalue().encode("utf-8-sig"))


def read(path: Path) -> tuple[list[str], list[dict]]:
    """Return the headers and rows of a reference file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter=";")
        return reader.fieldnames, list(reader)


def _moved_rows(rows, by: timedelta) -> Iterator[dict]:
    numbers = moved_numbers(by)
    for row in rows:
        for name in DATES & row.keys():
            row[name] = str(date.fromisoformat(row[name]) + by) if row[name] else ""
        row[NUMBER] = numbers[row[NUMBER]]
        yield row


@cache
def reference_numbers() -> dict[str, None]:
    """Return the numbers of the reference register, each once, in its order."""
    return dict.fromkeys(row[NUMBER] for row in read(REGISTER)[1])


@cache
def moved_numbers(by: timedelta) -> dict[str, str]:
    """Return each number's moved one: birth date moved, birth number kept, new check digit."""
    moved, taken = {}, set(reference_numbers())
    for number in reference_numbers():
        born = date.fromisoformat(number[:8]) + by
        while (new := test_number(born, number[9:12])) in taken:
            born += timedelta(days=1)
        moved[number] = new
        taken.add(new)
    return moved


def test_number(born: date, birth_number: str) -> str:
    """Return a personnummer; the birth numbers 238 and 239 are kept for tests."""
    nine = f"{born:%y%m%d}{birth_number}"
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(nine))
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{born:%Y%m%d}-{birth_number}{-total % 10}"
