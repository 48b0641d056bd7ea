"""The files of a report: what stands in the workbook, and that the PDF is tagged and reads as it should."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO

import page
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from participants.enums import Area, ExitReason
from reports import figures_xlsx
from reports.about import About
from reports.facts import arrange
from reports.figures_pdf import context, render
from reports.goals import Goals
from reports.overview import overview
from tests.reports.cohort import MARCH, YEARS, hours, spell

ROWS = (
    spell(1, "2019-03-01", "2019-03-20", ExitReason.WORK),
    spell(2, "2019-03-05", gender="M", area=Area.TUMBA),
)
WORKED = (hours(1, "2019-03", "2.5"), hours(2, "2019-03", "1.25", attested=False))
ABOUT = About("=cmd|' /C calc'!A0", datetime(2019, 4, 1, 5, 0), rows=2, sha256="ab" * 32)


@pytest.fixture(scope="module")
def march():
    facts = arrange(YEARS, ROWS, WORKED)
    return overview(facts, MARCH, YEARS, Goals(Decimal(465), Decimal(60), Decimal(60)))


@pytest.fixture(scope="module")
def workbook(march):
    return load_workbook(BytesIO(figures_xlsx.render(march, ABOUT)))


@pytest.fixture(scope="module")
def printed(march):
    return render(march, ABOUT)


def lines(sheet) -> dict:
    return {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows()}


def test_the_workbook_has_its_sheets(workbook):
    assert workbook.sheetnames == [
        "Sammanfattning",
        "Per månad",
        "Källa",
        "Kommundel",
        "Veckor inskriven",
        "Definitioner",
        "Om rapporten",
    ]


def test_counts_and_shares_are_numbers_with_their_goals(workbook):
    summary = lines(workbook["Sammanfattning"])
    assert summary["Inskrivna"][:3] == [2, 1, 1]
    assert summary["Resultat, procent"][0] == 100
    assert summary["Resultat, procent"][3] == 60
    assert summary["Attesterade timmar"][0] == 2.5


def test_months_are_dates(workbook):
    sheet = workbook["Per månad"]
    assert sheet["A2"].value == datetime(2019, 3, 1)
    assert sheet["A2"].number_format == "yyyy-mm"


def test_text_is_never_a_formula(workbook):
    cell = next(
        row[1] for row in workbook["Om rapporten"].iter_rows() if row[0].value == "Framtagen av"
    )
    assert (cell.value, cell.data_type) == (ABOUT.made_by, "s")


def test_the_workbook_says_where_it_comes_from(workbook):
    about = lines(workbook["Om rapporten"])
    assert about["SHA-256 för siffrorna"] == ["ab" * 32]
    assert about["Antal inskrivningar i underlaget"] == [2]
    assert about["Framtagen"] == [datetime(2019, 4, 1, 5, 0)]


def test_what_is_not_known_is_a_dash_and_not_a_nought(workbook):
    assert lines(workbook["Sammanfattning"])["Kvar efter 3 månader, procent"][0] == "\N{EN DASH}"


def test_the_pdf_passes_the_machine_rules_of_pdf_ua(printed):
    report = page.validate_pdf_bytes(printed, profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []


def test_the_pdf_says_on_its_first_page_what_it_is(printed):
    document = PdfReader(BytesIO(printed))
    first = document.pages[0].extract_text()
    assert document.metadata.title == "Nyckeltal mars 2019"
    assert document.trailer["/Root"]["/Lang"] == "sv"
    for words in ("Ej för spridning", "Mål 60", f"Sida 1 av {len(document.pages)}"):
        assert words in first


def test_every_goal_has_a_sentence_that_says_how_it_goes(march):
    sentences = {tile.label: tile.sentence for tile in context(march, ABOUT)["tiles"]}
    assert sentences["Till arbete eller studier"].endswith("Målet är nått.")
    assert sentences["Andel flickor"].endswith("10,0 procentenheter kvar till målet.")
    assert "1 av målets 465" in sentences["Tillgodoräknade"]
