"""The reference register moved in time, so that its last month is this month.

Everything moves by one number of days, birth dates included: ages stay, and so does what happened in
what order. The days are whole weeks, so that weekdays stay too, except in the first days of a month.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

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
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter=";")
        writer = csv.DictWriter(text, reader.fieldnames, delimiter=";")
        writer.writeheader()
        writer.writerows(_moved_rows(reader, by))
    return io.BytesIO(text.getvalue().encode("utf-8-sig"))


def _moved_rows(rows, by: timedelta) -> Iterator[dict]:
    for row in rows:
        for name in DATES & row.keys():
            row[name] = str(date.fromisoformat(row[name]) + by) if row[name] else ""
        row[NUMBER] = moved_number(row[NUMBER], by)
        yield row


def moved_number(number: str, by: timedelta) -> str:
    """Return the number with its birth date moved, the same birth number and a new check digit."""
    born = date.fromisoformat(number[:8]) + by
    return test_number(born, number[9:12])


def test_number(born: date, birth_number: str) -> str:
    """Return a personnummer; the birth numbers 238 and 239 are kept for tests."""
    nine = f"{born:%y%m%d}{birth_number}"
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(nine))
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{born:%Y%m%d}-{birth_number}{-total % 10}"
