"""Any usual file is read; a file that can't be is refused with a sentence."""

import io
import zipfile

import pytest

from core import sheets
from core.sheets import SheetError, open_sheet
from tests.imports.sheets import as_csv, as_xlsx

HEADERS = ["Namn", "Ort", "Villkor"]
ROWS = [
    {"Namn": "Åsa Öberg", "Ort": "Hallunda", "Villkor": "1,4"},
    {"Namn": 'Erik "Ärtan" Älg', "Ort": "Tumba; torget", "Villkor": "3"},
]


def read(file, headers=HEADERS):
    with open_sheet(file, headers) as sheet:
        return [row for _, row in sheet.rows()]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_separator_in_every_encoding(separator, encoding):
    assert read(as_csv(*ROWS, separator=separator, encoding=encoding)) == ROWS


def test_a_workbook_gives_the_same_rows():
    assert read(as_xlsx(*ROWS)) == ROWS


def test_headers_come_in_any_order_case_and_spacing():
    file = io.BytesIO("  VILLKOR ; namn;Ort\n1;Åsa;Alby\n".encode())
    assert read(file) == [{"Namn": "Åsa", "Ort": "Alby", "Villkor": "1"}]


def test_excels_hint_about_the_separator_is_understood():
    assert read(io.BytesIO("sep=,\nNamn,Ort,Villkor\nÅsa,Alby,1\n".encode()))[0]["Ort"] == "Alby"


def test_missing_and_unknown_headers_are_named():
    with pytest.raises(SheetError, match="saknar kolumnerna ”Ort” och ”Villkor”.*”Stad”"):
        read(io.BytesIO(b"Namn;Stad\nA;B\n"))


def test_a_header_that_stands_twice_is_named():
    with pytest.raises(SheetError, match="”Namn” finns två gånger"):
        read(io.BytesIO(b"Namn;Ort;Villkor;namn\n"))


def test_unknown_columns_alone_are_told_and_not_read():
    with open_sheet(io.BytesIO(b"Namn;Annat;Ort;Villkor\nA;x;B;1\n"), HEADERS) as sheet:
        assert sheet.unknown == ["Annat"]
        assert [row for _, row in sheet.rows()] == [{"Namn": "A", "Ort": "B", "Villkor": "1"}]


def test_rows_are_numbered_as_in_excel_and_empty_ones_passed_over():
    text = 'Namn;Ort;Villkor\n;;\n"Rad\nett";B;1\nTvå;B;2\n'
    with open_sheet(io.BytesIO(text.encode()), HEADERS) as sheet:
        assert [number for number, _ in sheet.rows()] == [3, 4]


def test_cells_beyond_the_last_header_are_noticed():
    assert read(io.BytesIO(b"Namn;Ort;Villkor\nA;B;1;4\n"))[0][sheets.EXTRA] is True


def test_rows_may_be_read_twice_and_the_file_stays_open():
    file = as_csv(*ROWS)
    with open_sheet(file, HEADERS) as sheet:
        assert list(sheet.rows()) == list(sheet.rows())
    assert not file.closed


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen är tom"),
        (b"\x89PNG\r\n\x00\x00", "varken text"),
        (b"PK\x03\x04 trasig", "Excelfilen är skadad"),
        (b'Namn;Ort;Villkor\n"A;B;1\n', "citattecken"),
        (b"Namn;Ort;Villkor\n" + b"A" * 20_000 + b";B;1\n", "Är det rätt fil"),
        (b"Namn;Ort;Villkor\n" + b";" * 200 + b"\n", "mer än 100 kolumner"),
    ],
)
def test_a_file_that_can_not_be_read_is_refused(content, sentence):
    with pytest.raises(SheetError, match=sentence):
        read(io.BytesIO(content))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(SheetError, match="finns inte"):
        read(tmp_path / "ingen.csv")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(settings):
    settings.MAX_IMPORT_BYTES = 10
    with pytest.raises(SheetError, match="större än"):
        read(as_csv(*ROWS))


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_ROWS", 2)
    with pytest.raises(SheetError, match="mer än 2 rader"):
        read(as_csv(*ROWS))


def archive(**parts) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file


def test_a_workbook_that_unpacks_to_too_much_is_refused_unopened(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(SheetError, match="packas upp"):
        read(archive(bomb=b"0" * 2_000_000))


def test_an_archive_that_is_no_workbook_is_refused():
    with pytest.raises(SheetError, match="ingen Excelfil"):
        read(archive(text=b"hej"))
