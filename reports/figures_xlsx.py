"""The key figures as a workbook: numbers as numbers, days as days, and text that can never be a formula."""

from decimal import Decimal
from io import BytesIO

import xlsxwriter

from core.swedish import DASH
from reports import definitions
from reports.about import About
from reports.goals import Goals
from reports.key_figures import KeyFigures, Split
from reports.measures import Count
from reports.overview import Overview

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
COUNT_HEAD = ("Alla", "Flickor", "Pojkar")


def render(overview: Overview, about: About) -> bytes:
    """Write the workbook: summary, months, source, area, weeks, definitions and where it comes from."""
    content, figures = BytesIO(), overview.figures
    with xlsxwriter.Workbook(content, OPTIONS) as workbook:
        workbook.set_properties({"title": f"Nyckeltal {figures.period.label}", "author": "BASUN"})
        pen = Pen(workbook)
        _summary(pen.sheet("Sammanfattning", [44, 12, 12, 12, 12, 70]), figures, overview.goals)
        _months(pen.sheet("Per månad", [12, *[14] * 14]), overview.months)
        _splits(pen.sheet("Källa", [34, 12, 12, 12]), definitions.BY_SOURCE, figures.by_source)
        _areas(pen.sheet("Kommundel", [34, 12, 12, 12]), figures)
        _stays(pen.sheet("Veckor inskriven", [34, 16, 12, 12]), figures)
        _definitions(pen.sheet("Definitioner", [32, 110]))
        _about(pen.sheet("Om rapporten", [30, 80]), figures, about)
    return content.getvalue()


class Pen:
    """The workbook's formats, and a new sheet to write on."""

    def __init__(self, workbook):
        self.workbook = workbook
        self.head = workbook.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self.wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.forms = {
            "title": workbook.add_format({"bold": True, "font_size": 14}),
            "whole": workbook.add_format({"num_format": "#,##0", "valign": "top"}),
            "tenth": workbook.add_format({"num_format": "#,##0.0", "valign": "top"}),
            "hours": workbook.add_format({"num_format": "#,##0.00", "valign": "top"}),
            "month": workbook.add_format({"num_format": "yyyy-mm", "align": "left"}),
            "moment": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        }

    def sheet(self, name: str, widths: list[int]) -> "Sheet":
        """Start a sheet with columns of these widths."""
        page = self.workbook.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.set_footer(f"&L{definitions.NOT_FOR_SPREADING}&RSida &P av &N")
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        return Sheet(page, self)


class Sheet:
    """A sheet that is written row by row, from the top."""

    def __init__(self, page, pen: Pen):
        self.page, self.pen, self.at = page, pen, 0

    def title(self, text: str) -> None:
        """Write a heading and leave a row."""
        self.page.write_string(self.at, 0, text, self.pen.forms["title"])
        self.at += 2

    def head(self, *words: str, freeze: bool = False) -> None:
        """Write the head of a table."""
        for column, word in enumerate(words):
            self.page.write_string(self.at, column, word, self.pen.head)
        self.at += 1
        if freeze:
            self.page.freeze_panes(self.at, 1)

    def row(self, *cells) -> None:
        """Write a row; a cell is text, a number, None for a dash, or (a value, the name of a format)."""
        for column, cell in enumerate(cells):
            value, form = cell if isinstance(cell, tuple) else (cell, "whole")
            self._cell(column, value, form)
        self.at += 1

    def _cell(self, column: int, value, form: str) -> None:
        if value is None:
            self.page.write_string(self.at, column, DASH, self.pen.wrap)
        elif isinstance(value, str):
            self.page.write_string(self.at, column, value, self.pen.wrap)
        elif isinstance(value, (int, Decimal)):
            self.page.write_number(self.at, column, float(value), self.pen.forms[form])
        else:
            self.page.write_datetime(self.at, column, value, self.pen.forms[form])


def _counts(count: Count) -> tuple[int, int, int]:
    return count.total, count.girls, count.boys


def _summary(sheet: Sheet, figures: KeyFigures, goals: Goals) -> None:
    sheet.title(f"Nyckeltal {figures.period.label} ({definitions.NOT_FOR_SPREADING.lower()})")
    sheet.head("Nyckeltal", *COUNT_HEAD, "Mål", "Så räknas det", freeze=True)
    for definition, count, goal in (
        (definitions.PARTICIPANTS, figures.participants, None),
        (definitions.ACTIVE, figures.active, None),
        (definitions.LEFT, figures.left, None),
        (definitions.TO_WORK, figures.to_work, None),
        (definitions.TO_STUDIES, figures.to_studies, None),
        (definitions.COUNTED, figures.counted, goals.counted),
        (definitions.NOT_YET_COUNTED, figures.not_yet_counted, None),
    ):
        shown = "" if goal is None else goal
        sheet.row(definition.name, *_counts(count), shown, definition.text)
    for name, value, form, goal, definition in _single_figures(figures, goals):
        shown = "" if goal is None else (goal, "tenth")
        sheet.row(name, (value, form), "", "", shown, definition.text)
    for each in figures.still_there:
        text = definitions.STILL_THERE.text if each.reached else definitions.NO_PLACEMENTS
        sheet.row(
            f"Kvar efter {each.months} månader, procent", (each.percent, "tenth"), "", "", "", text
        )


def _single_figures(figures: KeyFigures, goals: Goals):
    waiting = figures.waiting
    return (
        ("Inskrivningar", figures.enrolments, "whole", None, definitions.ENROLMENTS),
        ("Resultat, procent", figures.share_percent, "tenth", goals.result, definitions.RESULT),
        (
            "Andel flickor, procent",
            figures.girls_percent,
            "tenth",
            goals.girls,
            definitions.GIRLS_SHARE,
        ),
        ("Attesterade timmar", figures.hours_attested, "hours", None, definitions.HOURS_ATTESTED),
        (
            "Timmar som inte är attesterade",
            figures.hours_unattested,
            "hours",
            None,
            definitions.HOURS_UNATTESTED,
        ),
        (
            "Dagar till första möte, median",
            waiting.median,
            "tenth",
            None,
            definitions.FIRST_MEETING,
        ),
        (
            "Dagar till första möte, 90:e percentilen",
            waiting.ninetieth,
            "whole",
            None,
            definitions.FIRST_MEETING,
        ),
    )


def _months(sheet: Sheet, months: tuple[KeyFigures, ...]) -> None:
    sheet.head(
        "Månad", "Inskrivningar", "Inskrivna", "Flickor", "Pojkar", "Avslutade", "Till arbete",
        "Till studier", "Resultat, %", "Aktuella", "Tillgodoräknade", "Ännu inte", "Attesterade h",
        "Ej attesterade h", freeze=True,
    )  # fmt: skip
    for each in months:
        sheet.row(
            (each.period.first, "month"),
            each.enrolments,
            *_counts(each.participants),
            each.left.total,
            each.to_work.total,
            each.to_studies.total,
            (each.share_percent, "tenth"),
            each.active.total,
            each.counted.total,
            each.not_yet_counted.total,
            (each.hours_attested, "hours"),
            (each.hours_unattested, "hours"),
        )


def _splits(sheet: Sheet, definition, splits: tuple[Split, ...]) -> None:
    sheet.head(definition.name, *COUNT_HEAD)
    for split in splits:
        sheet.row(split.label, *_counts(split.count))
    sheet.at += 1


def _areas(sheet: Sheet, figures: KeyFigures) -> None:
    _splits(sheet, definitions.BY_AREA, figures.by_area)
    _splits(sheet, definitions.Definition("Del av kommunen", ""), figures.by_part)


def _stays(sheet: Sheet, figures: KeyFigures) -> None:
    sheet.head("Grupp", "Utskrivningar", "Median", "Medelvärde")
    for stay in figures.stays:
        sheet.row(stay.label, stay.exits, (stay.median, "tenth"), (stay.mean, "tenth"))


def _definitions(sheet: Sheet) -> None:
    sheet.head("Begrepp", f"Betydelse (definitionernas version {definitions.DEFINITION_VERSION})")
    for definition in definitions.ALL:
        sheet.row(definition.name, definition.text)


def _about(sheet: Sheet, figures: KeyFigures, about: About) -> None:
    sheet.head("Uppgift", "Värde")
    sheet.row("Period, första dag", (figures.period.first, "day"))
    sheet.row("Period, sista dag", (figures.period.last, "day"))
    sheet.row("Framtagen av", about.made_by)
    sheet.row("Framtagen", (about.made_at.replace(tzinfo=None), "moment"))
    sheet.row("Antal inskrivningar i underlaget", about.rows)
    sheet.row("Definitionernas version", definitions.DEFINITION_VERSION)
    sheet.row("SHA-256 för siffrorna", about.sha256)
    sheet.row(definitions.NOT_FOR_SPREADING, definitions.NOT_FOR_SPREADING_WHY)
