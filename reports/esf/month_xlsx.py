"""The workbook that is sent: our own layout, or a copy of the confirmed template filled below its headers."""

from io import BytesIO

import xlsxwriter
from openpyxl import load_workbook

from core.errors import Refused
from participants.resources import without_control
from reports.esf import layout
from reports.esf.models import EsfTemplate
from reports.esf.report import MonthReport
from reports.figures_xlsx import OPTIONS

AGAIN = "Bekräfta mallen på nytt."


def render(report: MonthReport, template: EsfTemplate | None) -> bytes:
    """Write the month's workbook; raises Refused when the template is not as its mapping says."""
    return fill(report, template) if template else own_layout(report)


def own_layout(report: MonthReport) -> bytes:
    """Write the shipped layout, with a sheet that says its order is not verified."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        book.set_properties({"title": f"ESF {report.month.label}", "author": "BASUN"})
        bold = book.add_format({"bold": True, "bottom": 1})
        forms = {
            each.key: book.add_format({"num_format": each.number_format()})
            for each in layout.FIELDS
        }
        sheet = book.add_worksheet(layout.SHEET)
        for column, each in enumerate(layout.FIELDS):
            sheet.set_column(column, column, each.width)
            sheet.write_string(0, column, each.header, bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(report.now.rows, start=1):
            for column, each in enumerate(layout.FIELDS):
                _write(sheet, number, column, each.value(row), forms[each.key])
        _note(book, bold)
    return content.getvalue()


def _write(sheet, row: int, column: int, value, form) -> None:
    if value is None:
        sheet.write_blank(row, column, None, form)
    elif isinstance(value, str):
        sheet.write_string(row, column, without_control(value), form)
    elif hasattr(value, "year"):
        sheet.write_datetime(row, column, value, form)
    else:
        sheet.write_number(row, column, float(value), form)


def _note(book, bold) -> None:
    sheet = book.add_worksheet("Om filen")
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, layout.NOT_VERIFIED, bold)
    sheet.write_string(1, 0, layout.NOT_VERIFIED_WHY)


def fill(report: MonthReport, template: EsfTemplate) -> bytes:
    """Fill a copy of the template, from the row below its headers."""
    book = load_workbook(BytesIO(bytes(template.content)))
    check_headers(book, template)
    sheet, content = book[template.sheet], BytesIO()
    for number, row in enumerate(report.now.rows, start=template.header_row + 1):
        for key, place in template.columns.items():
            _fill_cell(sheet[f"{place['column']}{number}"], layout.BY_KEY[key], row, place)
    book.save(content)
    return content.getvalue()


def _fill_cell(cell, field: layout.Field, row, place: dict) -> None:
    form = place.get("format", "")
    value = field.value(row, form)
    if isinstance(value, str):
        cell.value = without_control(value)
        # What begins as a formula is text all the same.
        cell.data_type = "s"
    elif value is not None:
        cell.value = value if hasattr(value, "year") else float(value)
    cell.number_format = field.number_format(form)


def check_headers(book, template: EsfTemplate) -> None:
    """Raise Refused, naming the cell, when a header is not where the mapping says."""
    if template.sheet not in book.sheetnames:
        raise Refused(f"Bladet ”{template.sheet}” finns inte i mallen. {AGAIN}")
    sheet = book[template.sheet]
    for place in template.columns.values():
        cell = f"{place['column']}{template.header_row}"
        found = header_of(sheet[cell].value)
        if found != place["header"]:
            there = f"men där står ”{found}”" if found else "men cellen är tom"
            raise Refused(
                f"I bladet {template.sheet} ska cell {cell} ha rubriken ”{place['header']}”, {there}. {AGAIN}"
            )


def header_of(value) -> str:
    """Return a header as it is compared: text, with single spaces."""
    return " ".join(str(value).split()) if value is not None else ""
