"""Reading a sheet somebody made: CSV as a Swedish Excel saves it, or xlsx. A row at a time, within limits.

    with open_sheet(path_or_file, REQUIRED) as sheet:
        for number, row in sheet.rows():
            row["Inskriven"]            # a string, or what Excel keeps: date, number, truth value

`number` is the row as Excel numbers it (the headers are row 1). Headers come in any order; case and
spaces do not matter. Whatever is wrong with the file as a whole raises SheetError, in Swedish.
"""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from openpyxl import load_workbook

from core.cells import quoted
from core.swedish import listed
from core.text import fold

MAX_ROWS = 500_000
MAX_COLUMNS = 100
MAX_CELL = 10_000
# A real sheet of 25 MB unpacks to some 250 MB; a bomb to far more.
MAX_UNPACKED = 400 * 1024 * 1024
MAX_PARTS = 500
PIECE = 256 * 1024
ZIP_MARK = b"PK\x03\x04"
SEPARATORS = ";,\t"
# Where a row has cells to the right of the last header.
EXTRA = ""


class SheetError(Exception):
    """The file as a whole can't be read; the message is a Swedish sentence that says what to do."""


class Sheet:
    """An opened sheet: its headers as we know them, those nobody knows, and its rows."""

    def __init__(self, reader, required: Sequence[str]):
        self._reader = reader
        self.total = reader.estimate()
        self.columns, self.unknown = match_headers(next(reader.records(), []), required)

    def rows(self) -> Iterator[tuple[int, dict]]:
        """Yield (row number, {header: cell}) for each row that is not empty; may be called again."""
        for number, cells in enumerate(self._reader.records(), start=1):
            if number == 1 or not any(cell not in (None, "") for cell in cells):
                continue
            if number > MAX_ROWS:
                raise SheetError(f"Filen har mer än {MAX_ROWS} rader. Dela upp den i flera filer.")
            yield number, self._named(cells)

    def _named(self, cells) -> dict:
        row = {
            header: cells[index] if index < len(cells) else ""
            for header, index in self.columns.items()
        }
        width = len(self.columns) + len(self.unknown)
        if any(cell not in (None, "") for cell in cells[width:]):
            row[EXTRA] = True
        return row


@contextmanager
def open_sheet(source: Path | str | BinaryIO, required: Sequence[str]) -> Iterator[Sheet]:
    """Open a file by its path, or one that is open already (binary, seekable), and check its headers."""
    if isinstance(source, (str, Path)):
        if not Path(source).is_file():
            raise SheetError("Filen finns inte. Kontrollera namnet.")
        with Path(source).open("rb") as file, open_sheet(file, required) as sheet:
            yield sheet
        return
    check_size(source)
    reader = XlsxReader(source) if starts_with(source, ZIP_MARK) else CsvReader(source)
    try:
        yield Sheet(reader, required)
    finally:
        reader.close()


def check_size(file: BinaryIO) -> None:
    """Refuse a file that is empty or larger than settings.MAX_IMPORT_BYTES, before reading it."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size == 0:
        raise SheetError("Filen är tom.")
    if size > settings.MAX_IMPORT_BYTES:
        most = settings.MAX_IMPORT_BYTES // (1024 * 1024)
        raise SheetError(f"Filen är större än {most} MB. Dela upp den i flera filer.")


def starts_with(file: BinaryIO, mark: bytes) -> bool:
    """Say whether the file begins with these bytes; leaves it at its beginning."""
    found = file.read(len(mark)) == mark
    file.seek(0)
    return found


def match_headers(found: Sequence, required: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Return {required header: its column} and the headers nobody asked for; raises when one is missing."""
    headers = [" ".join(str(cell if cell is not None else "").split()) for cell in found]
    while headers and not headers[-1]:
        headers.pop()
    wanted = {fold(name): name for name in required}
    columns, unknown, twice = {}, [], []
    for index, header in enumerate(headers):
        name = wanted.get(fold(header))
        if name is None:
            unknown.append(header or f"(kolumn {index + 1} utan rubrik)")
        elif name in columns:
            twice.append(name)
        else:
            columns[name] = index
    complain_about_headers([name for name in required if name not in columns], unknown, twice)
    return columns, unknown


def complain_about_headers(missing: list, unknown: list, twice: list) -> None:
    """Raise SheetError that names what is missing, what is unknown and what stands twice."""
    sentences = []
    if missing:
        sentences.append(f"Filen saknar kolumnerna {listed(map(quoted, missing))}.")
    if missing and unknown:
        sentences.append(f"Okända kolumner i filen: {listed(map(quoted, unknown[:20]))}.")
    if twice:
        sentences.append(f"Kolumnen {listed(map(quoted, twice))} finns två gånger.")
    if sentences:
        raise SheetError(" ".join(sentences) + " Rätta rubrikerna på första raden.")


class CsvReader:
    """Rows of a CSV file; finds out its encoding and separator first."""

    def __init__(self, file: BinaryIO):
        self._file = file
        self.encoding = find_encoding(file)
        first = first_line(file, self.encoding)
        # Excel's own hint about the separator ("sep=;"), which it hides when it opens the file.
        self._hint = first.lower().startswith("sep=") and first[4:5] in SEPARATORS
        self.separator = first[4:5] if self._hint else find_separator(first)

    def estimate(self) -> int:
        """Return about how many rows there are: the number of line breaks."""
        self._file.seek(0)
        return max(sum(piece.count(b"\n") for piece in pieces(self._file)) - 1, 0)

    def records(self) -> Iterator[list]:
        """Yield the cells of each row, headers and empty rows too."""
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, encoding=self.encoding, newline="")
        number = 0
        try:
            if self._hint:
                text.readline()
            reader = csv.reader(text, delimiter=self.separator, strict=True)
            for number, cells in enumerate(reader, start=1):
                check_cells(number, cells)
                yield cells
        except csv.Error:
            raise SheetError(
                f"Rad {number + 1} går inte att läsa: ett citattecken saknas eller står fel."
            ) from None
        finally:
            text.detach()  # the file belongs to the caller

    def close(self) -> None:
        """Nothing to close: the file belongs to the caller."""


def check_cells(number: int, cells: Sequence) -> None:
    """Refuse a row with too many cells, or one that is too long."""
    if len(cells) > MAX_COLUMNS:
        raise SheetError(f"Rad {number} har mer än {MAX_COLUMNS} kolumner. Är det rätt fil?")
    if any(isinstance(cell, str) and len(cell) > MAX_CELL for cell in cells):
        raise SheetError(f"Rad {number} har en cell med mer än {MAX_CELL} tecken. Är det rätt fil?")


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield the rest of a file, some at a time."""
    while piece := file.read(PIECE):
        yield piece


def find_encoding(file: BinaryIO) -> str:
    """Return UTF-8 (with or without mark), UTF-16 with mark, or Windows-1252; reads the file once."""
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8-sig", "cp1252"):
        if decodes(file, encoding):
            return encoding
    raise SheetError("Filen är varken text (CSV) eller Excel (xlsx). Spara den som CSV UTF-8.")


def decodes(file: BinaryIO, encoding: str) -> bool:
    """Say whether the whole file is text in the encoding; binary files hold a zero byte."""
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        for piece in pieces(file):
            if b"\0" in piece:
                return False
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def first_line(file: BinaryIO, encoding: str) -> str:
    """Return the row of headers as text."""
    file.seek(0)
    start = file.read(PIECE).decode(encoding, errors="ignore")
    return next(iter(start.splitlines()), "")


def find_separator(line: str) -> str:
    """Return the separator that the row of headers uses most, cells in quotation marks apart."""
    outside = "".join(line.split('"')[::2])
    return max(SEPARATORS, key=outside.count)


class XlsxReader:
    """Rows of the first sheet of a workbook."""

    def __init__(self, file: BinaryIO):
        check_archive(file)
        try:
            self._book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            self._sheet = self._book.worksheets[0]
        except Exception as error:  # openpyxl lets everything through that a broken file can cause
            raise SheetError(
                f"Excelfilen går inte att läsa ({type(error).__name__}). Spara den igen som xlsx."
            ) from None

    def estimate(self) -> int:
        """Return how many rows the sheet says it has; 0 when it does not say."""
        return max((self._sheet.max_row or 1) - 1, 0)

    def records(self) -> Iterator[list]:
        """Yield the cells of each row, headers and empty rows too."""
        # What the file says about its size is not to be trusted.
        self._sheet.reset_dimensions()
        number = 0
        try:
            for number, cells in enumerate(
                self._sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True), start=1
            ):
                check_cells(number, trimmed(cells))
                yield cells
        except SheetError:
            raise
        except Exception as error:  # the same: a broken part shows only when it is read
            raise SheetError(
                f"Rad {number + 1} i Excelfilen går inte att läsa ({type(error).__name__})."
            ) from None

    def close(self) -> None:
        """Let go of the workbook; the file belongs to the caller."""
        self._book.close()


def trimmed(cells: Sequence) -> Sequence:
    """Return the cells without the empty ones at the end."""
    last = len(cells)
    while last and cells[last - 1] is None:
        last -= 1
    return cells[:last]


def check_archive(file: BinaryIO) -> None:
    """Refuse a workbook that unpacks to too much; Python never unpacks more than the archive says."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise SheetError("Excelfilen är skadad. Spara den igen som xlsx.") from None
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise SheetError("Excelfilen är för stor när den packas upp. Dela upp den i flera filer.")
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise SheetError("Filen är ingen Excelfil (xlsx). Spara den som xlsx eller CSV UTF-8.")
    file.seek(0)
