"""The list of participants as a file: which columns, and how they are written to xlsx and CSV."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from import_export import resources
from import_export.fields import Field
from xlsxwriter import Workbook

from core.swedish import iso_moment
from participants.models import Participant

# What a spreadsheet would take for a formula, were it the first character of a cell in CSV.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LIST_SHEET, ABOUT_SHEET = "Deltagare", "Om filen"


class ParticipantResource(resources.ModelResource):
    """One row for each person, given `lists.with_row_facts`. A protected one is a code and no more."""

    code = Field(column_name="Kod")
    name = Field(column_name="Namn")
    number = Field(column_name="Personnummer")
    phone = Field(column_name="Telefon")
    email = Field(column_name="E-post")
    area = Field(column_name="Kommundel")
    track = Field(column_name="Spår")
    starts_on = Field(column_name="Inskriven")
    planned_end_on = Field(column_name="Planerat slut")
    main_contact = Field(column_name="Huvudkontakt")
    employment_officer = Field(column_name="Arbetsförmedlare")

    class Meta:
        model = Participant
        fields = (
            "code",
            "name",
            "number",
            "phone",
            "email",
            "area",
            "track",
            "starts_on",
            "planned_end_on",
            "main_contact",
            "employment_officer",
        )
        export_order = fields

    def dehydrate_code(self, person):
        return person.code

    def dehydrate_name(self, person):
        return person.list_name

    def dehydrate_number(self, person):
        return _open(person, person.formatted_number)

    def dehydrate_phone(self, person):
        return _open(person, person.phone)

    def dehydrate_email(self, person):
        return _open(person, person.email)

    def dehydrate_area(self, person):
        area = person.area_on(timezone.localdate())
        return _open(person, area.label if area else "")

    def dehydrate_track(self, person):
        track = person.current_enrolment.track
        return track.name if track else ""

    def dehydrate_starts_on(self, person):
        return person.current_enrolment.starts_on

    def dehydrate_planned_end_on(self, person):
        return person.current_enrolment.planned_end_on

    def dehydrate_main_contact(self, person):
        return _name(person.current_enrolment.main_contact)

    def dehydrate_employment_officer(self, person):
        return _name(person.current_enrolment.employment_officer)


def _open(person, text: str) -> str:
    """A protected person's number, contact and area stay on the person's own page."""
    return "" if person.is_protected else text


def _name(user) -> str:
    return user.name if user else ""


@dataclass(frozen=True, slots=True)
class About:
    """Who made a file, when, with which filter, and how many rows it has."""

    by: str
    at: datetime
    filters: str
    rows: int

    def lines(self) -> list[tuple[str, str]]:
        """Return the facts as (word, value)."""
        return [
            ("Innehåll", "Aktuella deltagare i BASUN som den som tog fram filen får se"),
            ("Framtagen av", self.by),
            ("Framtagen", iso_moment(self.at)),
            ("Urval", self.filters or "inget, alla rader"),
            ("Antal rader", str(self.rows)),
            ("Att tänka på", "Filen innehåller personuppgifter. Radera den när den inte behövs."),
        ]


def to_xlsx(dataset, about: About) -> bytes:
    """Return a workbook: the rows, and a sheet about the file. Text is text, days are days."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(buffer, options) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet(LIST_SHEET)
        sheet.write_row(0, 0, dataset.headers, bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(dataset.headers) - 1, 18)
        for number, row in enumerate(dataset, start=1):
            for column, value in enumerate(row):
                _write(sheet, number, column, value, day)
        facts = book.add_worksheet(ABOUT_SHEET)
        facts.set_column(0, 0, 16)
        facts.set_column(1, 1, 70)
        for number, (word, value) in enumerate(about.lines()):
            facts.write_string(number, 0, word, bold)
            facts.write_string(number, 1, without_control(value))
    return buffer.getvalue()


def _write(sheet, row, column, value, day):
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    else:
        sheet.write_string(row, column, without_control(str(value or "")))


def to_csv(dataset, about: About) -> bytes:
    """Return CSV as a Swedish Excel reads it; the first row tells about the file."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow([harmless(f"{word}: {value}") for word, value in about.lines()])
    writer.writerow(dataset.headers)
    for row in dataset:
        writer.writerow([harmless(str(value or "")) for value in row])
    return buffer.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    text = without_control(text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def without_control(text: str) -> str:
    """Return text without the characters that no sheet can hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")
