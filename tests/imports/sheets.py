"""Sheets for tests: a row that is right, and what to change in it."""

import csv
import io
from datetime import date

from openpyxl import Workbook

from casework.imports.attendance import AttendanceResource
from core import imports
from core.identity_numbers import format_number
from referrals.imports.register import RegisterResource
from tests.cast import next_number

RIGHT = {
    "Personnummer": "",
    "Förnamn": "Åsa",
    "Efternamn": "Öberg",
    "Kommundel": "Fittja",
    "Remitterande instans": "Arbetsförmedlingen",
    "Remissdatum": "2018-01-02",
    "Målgruppskriterier": "1,4",
    "Inskriven": "2018-01-15",
    "Planerat slut": "2018-07-15",
    "Utskriven": "",
    "Utskrivningsorsak": "",
    "Kodad funktionsnedsättning": "nej",
    "SIUS": "nej",
    "Försörjningsstöd": "ja",
    "Skyddade personuppgifter": "nej",
}
ATTENDED = {
    "Personnummer": "",
    "Datum": "2018-02-01",
    "Aktivitet": "CV-verkstad",
    "Timmar": "2,5",
    "Signerad": "nej",
}


def new_number(**options) -> str:
    """A number of the test series, as people write it."""
    return format_number(next_number(**options))


def row(number: str = "", **changes) -> dict:
    """A row of the register that is right, but for the changes; blanks in names are underscores."""
    changes = {name.replace("_", " "): value for name, value in changes.items()}
    return RIGHT | {"Personnummer": number or new_number()} | changes


def attended(number: str, **changes) -> dict:
    """A row of attendance that is right, but for the changes."""
    return ATTENDED | {"Personnummer": number} | changes


def as_csv(*rows: dict, separator=";", encoding="utf-8-sig") -> io.BytesIO:
    """The rows as a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0], delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def as_xlsx(*rows: dict, real_dates=False) -> io.BytesIO:
    """The rows as a workbook; with `real_dates` days are Excel's dates and hours its numbers."""
    book = Workbook()
    sheet = book.active
    sheet.append(list(rows[0]))
    for each in rows:
        sheet.append([_native(value) if real_dates else value for value in each.values()])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def _native(value):
    try:
        return date.fromisoformat(value)
    except ValueError:
        return float(value.replace(",", ".")) if value.replace(",", "").isdigit() else value


def check(*rows, by=None, **options):
    """Check rows of the register (or of attendance, by their columns)."""
    return imports.check(resource_for(rows[0]), as_csv(*rows), by=by, **options)


def load(*rows, by=None, **options):
    """Check rows and save them; returns what the check found."""
    outcome = check(*rows, by=by, **options)
    assert not outcome.faults, outcome.faults
    imports.save(resource_for(rows[0]), as_csv(*rows), by=by, **options)
    return outcome


def resource_for(first):
    return AttendanceResource if "Timmar" in first else RegisterResource


def told(outcome) -> list[tuple[int, str]]:
    """The faults as (row, column)."""
    return [(fault.row, fault.column) for fault in outcome.faults]
