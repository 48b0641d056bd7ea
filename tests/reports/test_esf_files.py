"""What the files hold, cell by cell, and what must never be found in any of their bytes."""

import io
import json
import re
import zipfile
import zlib
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from core.errors import Refused
from core.periods import Month
from participants.models import Protection
from reports.esf import layout, month_json, month_pdf, month_xlsx, templates
from reports.esf.calendar import load_calendar
from reports.esf.models import EsfVersion
from reports.esf.report import load_report
from tests.cast import enrol, make_person, next_number
from tests.reports.esf_world import MARCH, again, at_noon, attend, lock_all

pytestmark = pytest.mark.django_db
SECRET = {
    "first_name": "Xantippa", "last_name": "Ragnfridsdotter", "email": "hemlig.adress@exempel.se",
    "phone": "070-1740699", "street": "Lönngatan 17",
}  # fmt: skip
HEADERS = [
    "Personnummer",
    "Efternamn",
    "Förnamn",
    "E-post",
    "Mobil",
    "Startdatum",
    "Slutdatum",
    "Timmar",
]


@pytest.fixture(autouse=True)
def in_june():
    with at_noon("2017-06-10"):
        yield


@pytest.fixture
def mira():
    number = next_number(date(2001, 2, 3))
    person = make_person(
        "Mira", "=2+2", number=number, email="mira@exempel.se", phone="070-1740605"
    )
    enrol(person, starts_on=date(2017, 3, 6), ended_on=date(2017, 3, 30))
    attend(person, "2017-03-08", "2.5")
    return person


@pytest.fixture
def hidden():
    """Protected, with hours that count and hours that do not."""
    person = make_person(protected=True, birth_date=date(2002, 4, 5), **SECRET)
    enrol(person, starts_on=date(2017, 3, 7))
    attend(person, "2017-03-08")
    attend(person, "2017-03-09", "1.5", signed=None)
    return person


def report_of(month=MARCH):
    return load_report(load_calendar(date(2017, 6, 10)), month)


def workbook(content):
    return load_workbook(io.BytesIO(content))


def test_the_shipped_layout_has_real_dates_and_numbers_and_says_it_is_not_verified(mira):
    book = workbook(month_xlsx.render(report_of(), None))
    sheet = book["Deltagare"]
    assert [cell.value for cell in sheet[1]] == HEADERS
    assert [cell.value for cell in sheet[2]] == [
        mira.formatted_number, "=2+2", "Mira", "mira@exempel.se", "070-1740605",
        datetime(2017, 3, 6), datetime(2017, 3, 30), 2.5,
    ]  # fmt: skip
    assert sheet["F2"].number_format == "yyyy-mm-dd"
    assert book["Om filen"]["A1"].value == "Ordning ej verifierad"


def test_a_name_that_looks_like_a_formula_is_text(mira):
    sheet = workbook(month_xlsx.render(report_of(), None))["Deltagare"]
    assert sheet["B2"].data_type == "s"


def test_the_file_is_named_by_month_and_project():
    assert layout.file_name(Month(2019, 3), "BASUN", "xlsx") == "Mars2019_BASUN.xlsx"
    assert layout.file_name(Month(2020, 5), "Väg till/jobb 2", "pdf") == "Maj2020_Vägtilljobb2.pdf"


def test_the_pdf_is_tagged_and_holds_summary_rows_and_lost_hours(mira):
    attend(mira, "2017-03-09", "1.5", signed=None)
    pdf = PdfReader(io.BytesIO(month_pdf.render(report_of(), None, made_by="Frida")))
    text = " ".join("\n".join(page.extract_text() for page in pdf.pages).split())
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "sv"
    for words in (
        "mars 2017",
        "Ordning ej verifierad",
        mira.formatted_number,
        "2017-03-30",
        "2,5 h",
        "1,5 h",
    ):
        assert words in text


def test_the_json_tells_rows_hours_and_checks(mira):
    attend(mira, "2017-03-09", "1.5", signed=None)
    content = json.loads(month_json.as_bytes(month_json.month_json(report_of())))
    assert content["hours"] == {"attested": 2.5, "unattested": 1.5, "signed_not_counting": 0.0}
    assert content["rows"] == [
        {"number": mira.formatted_number, "last_name": "=2+2", "first_name": "Mira",
         "email": "mira@exempel.se", "phone": "070-1740605", "starts_on": "2017-03-06",
         "ended_on": "2017-03-30", "hours": 2.5}
    ]  # fmt: skip
    assert content["unattested"] == [{"number": mira.formatted_number, "hours": 1.5, "value": None}]


# Nobody protected can be found in any byte


def secrets_of(person) -> list[str]:
    number = person.number
    return [
        *SECRET.values(),
        number,
        person.formatted_number,
        number[2:],
        f"-{number[8:]}",
        person.code,
    ]


def texts_in(content: bytes) -> list[str]:
    """Return everything readable in some bytes: as they are, unpacked, inflated, and as PDF text."""
    found = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found += [archive.read(name) for name in archive.namelist()]
    if content.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
            try:
                found.append(zlib.decompress(stream.strip(b"\r\n")))
            except zlib.error:
                continue
    texts = [
        piece.decode("utf-8", "ignore") + piece.decode("utf-16-be", "ignore") for piece in found
    ]
    if content.startswith(b"%PDF"):
        texts += [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    return texts


def everything_kept() -> list[bytes]:
    """Every file of every version, its figures, its changes and its rows, as bytes."""
    kept = []
    for version in EsfVersion.objects.all():
        kept += [bytes(file.content) for file in version.files.all()]
        kept.append(json.dumps([version.figures, version.changes, version.reason]).encode())
        kept += [
            repr(row).encode() for row in version.rows.values_list(*[f.key for f in layout.FIELDS])
        ]
    return kept


def found_in(contents, words) -> list[str]:
    texts = [text for content in contents for text in texts_in(content)]
    return [word for word in words if any(word in text for text in texts)]


def test_of_somebody_protected_no_file_holds_number_name_phone_mail_or_street(lead, mira, hidden):
    lock_all(lead)
    kept = everything_kept()
    assert found_in(kept, secrets_of(hidden)) == []
    # The search finds what is there.
    assert found_in(kept, ["20020405-Tf29", mira.formatted_number, "mira@exempel.se"]) == [
        "20020405-Tf29", mira.formatted_number, "mira@exempel.se",
    ]  # fmt: skip


def test_nor_does_a_template_that_is_filled(mira, hidden, scb):
    content = month_xlsx.render(report_of(), scb)
    assert found_in([content], secrets_of(hidden)) == []
    assert found_in([content], ["20020405-Tf29"]) == ["20020405-Tf29"]


def test_somebody_protected_after_the_lock_is_gone_from_the_new_version_and_its_changes(
    lead, hidden
):
    Protection.objects.all().delete()
    lock_all(lead)
    Protection.objects.create(participant=hidden, kind="marking", source="prov")
    old = EsfVersion.objects.count()
    again(lead)
    new = EsfVersion.objects.filter(number=2)
    assert new.count() == old
    kept = [bytes(file.content) for version in new for file in version.files.all()]
    kept += [
        json.dumps([version.changes, version.reason, version.figures]).encode() for version in new
    ]
    assert found_in(kept, secrets_of(hidden)) == []


# Statistics Sweden's own workbook


def scb_book(
    row=4,
    headers=(
        "Person- eller samordningsnummer",
        "Förnamn",
        "Efternamn",
        "Startdatum",
        "Slutdatum",
        "Timmar",
    ),
):
    book = Workbook()
    book.active.title = "Läs mig"
    book.active["A1"] = "Fyll i bladet Deltagare."
    sheet = book.create_sheet("Deltagare")
    sheet["A1"] = "Europeiska socialfonden"
    for column, header in enumerate(headers, start=2):
        sheet.cell(row, column, header)
    return book


def as_bytes(book) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture
def scb(lead):
    template = templates.receive(name="SCB 2017", content=as_bytes(scb_book()), by=lead)
    return templates.confirm(template=template, by=lead)


def test_sheet_row_and_columns_are_suggested_from_the_headers(scb):
    assert (scb.sheet, scb.header_row) == ("Deltagare", 4)
    assert {key: each["column"] for key, each in scb.columns.items()} == {
        "number": "B", "first_name": "C", "last_name": "D", "starts_on": "E", "ended_on": "F", "hours": "G",
    }  # fmt: skip
    assert scb.columns["number"]["header"] == "Person- eller samordningsnummer"


def test_a_copy_is_filled_below_its_headers_and_the_rest_left_alone(mira, scb):
    book = workbook(month_xlsx.render(report_of(), scb))
    sheet = book["Deltagare"]
    assert [cell.value for cell in sheet[5]][1:] == [
        mira.formatted_number, "Mira", "=2+2", datetime(2017, 3, 6), datetime(2017, 3, 30), 2.5,
    ]  # fmt: skip
    assert sheet["D5"].data_type == "s"
    assert (sheet["A1"].value, book["Läs mig"]["A1"].value) == (
        "Europeiska socialfonden", "Fyll i bladet Deltagare.",
    )  # fmt: skip
    assert workbook(bytes(scb.content))["Deltagare"]["B5"].value is None


def test_days_and_numbers_are_written_as_the_mapping_says(lead, mira):
    template = templates.receive(name="SCB", content=as_bytes(scb_book()), by=lead)
    columns = {
        key: {"column": each["column"], "format": each["format"]}
        for key, each in template.columns.items()
    }
    columns["number"]["format"], columns["starts_on"]["format"] = "plain", "text"
    templates.map_columns(
        template=template, sheet="Deltagare", header_row=4, columns=columns, by=lead
    )
    template.refresh_from_db()
    sheet = workbook(month_xlsx.render(report_of(), template))["Deltagare"]
    assert (sheet["B5"].value, sheet["E5"].value) == (mira.number, "20170306")


def test_a_header_that_is_not_where_the_mapping_says_stops_the_file_and_names_the_cell(mira, scb):
    scb.columns["hours"]["header"] = "Antal timmar"
    with pytest.raises(Refused) as refusal:
        month_xlsx.render(report_of(), scb)
    assert str(refusal.value) == (
        "I bladet Deltagare ska cell G4 ha rubriken ”Antal timmar”, men där står ”Timmar”."
        " Bekräfta mallen på nytt."
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a;b;c", "ingen Excelfil"),
        (b"PK\x03\x04 not a workbook", "skadad"),
        (b"PK\x03\x04" + b"0" * templates.MAX_BYTES, "större än 5 MB"),
    ],
)
def test_what_is_no_workbook_is_refused_by_its_content(lead, content, sentence):
    with pytest.raises(Refused, match=sentence):
        templates.receive(name="SCB", content=content, by=lead)


def test_a_workbook_with_macros_is_refused(lead):
    content = io.BytesIO(as_bytes(scb_book()))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(Refused, match="makron"):
        templates.receive(name="SCB", content=content.getvalue(), by=lead)


def test_a_template_without_what_is_needed_cannot_be_confirmed(lead):
    book = scb_book(headers=("Personnummer", "Startdatum"))
    template = templates.receive(name="SCB", content=as_bytes(book), by=lead)
    with pytest.raises(Refused, match="Ange vilken kolumn som är Timmar"):
        templates.confirm(template=template, by=lead)


def test_a_template_with_rows_under_its_headers_cannot_be_confirmed(lead):
    book = scb_book()
    book["Deltagare"]["C6"] = "Exempel"
    template = templates.receive(name="SCB", content=as_bytes(book), by=lead)
    with pytest.raises(Refused, match="redan något i cell C6"):
        templates.confirm(template=template, by=lead)


def test_a_confirmed_template_is_changed_no_more_and_a_newer_one_takes_its_place(lead, scb):
    with pytest.raises(Refused, match="redan bekräftad"):
        templates.map_columns(template=scb, sheet="Deltagare", header_row=4, columns={}, by=lead)
    newer = templates.confirm(
        template=templates.receive(name="SCB 2018", content=as_bytes(scb_book()), by=lead), by=lead
    )
    assert templates.confirmed_template() == newer
    scb.refresh_from_db()
    assert scb.retired_by == lead
    templates.retire(template=newer, by=lead)
    assert templates.confirmed_template() is None


def test_hours_are_exact_to_two_decimals(mira):
    for day in range(10, 14):
        attend(mira, f"2017-03-{day}", "0.1")
    assert report_of().now.attested_hours == Decimal("2.90")
