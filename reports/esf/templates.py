"""Statistics Sweden's own workbook: sent in, mapped, confirmed once, and then filled each month."""

import hashlib
import io
import zipfile
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from core import sheets
from core.errors import Refused
from reports.esf.layout import FIELDS
from reports.esf.models import EsfTemplate
from reports.esf.month_xlsx import check_headers, header_of

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 40 * 1024 * 1024
# Headers are looked for in the first rows and columns.
ROWS, COLUMNS = 30, 40
# What a month can't be reported without.
NEEDED = ("number", "starts_on", "hours")


def confirmed_template() -> EsfTemplate | None:
    """Return the template that is in use, or None: then the shipped layout is. One query."""
    found = EsfTemplate.objects.filter(confirmed_at__isnull=False, retired_at=None)
    return found.order_by("-confirmed_at", "-pk").first()


def open_template(content: bytes):
    """Open a workbook, checked by its content; raises Refused with a sentence when it is none."""
    if len(content) > MAX_BYTES:
        raise Refused(f"Filen är större än {MAX_BYTES // 1024 // 1024} MB. Är det rätt fil?")
    file = io.BytesIO(content)
    if not sheets.starts_with(file, sheets.ZIP_MARK):
        raise Refused("Filen är ingen Excelfil (xlsx). Spara mallen som xlsx och försök igen.")
    try:
        sheets.check_archive(file)
        _check_parts(file)
        return load_workbook(file, keep_links=False)
    except sheets.SheetError as error:
        raise Refused(str(error)) from error
    except Refused:
        raise
    except Exception as error:  # openpyxl lets everything through that a broken file can cause
        raise Refused(
            f"Excelfilen går inte att läsa ({type(error).__name__}). Spara den igen som xlsx."
        ) from None


def _check_parts(file) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Refused("Excelfilen är för stor när den packas upp. Är det rätt fil?")
    if any(part.filename.endswith("vbaProject.bin") for part in parts):
        raise Refused("Mallen innehåller makron. Spara den som xlsx utan makron och försök igen.")
    file.seek(0)


def suggest(book) -> tuple[str, int, dict]:
    """Return the sheet, the header row and the columns that fit our fields best."""
    best = (book.sheetnames[0], 1, {})
    for sheet in book.worksheets:
        for number, row in enumerate(_first_rows(sheet), start=1):
            columns = _columns_of(row)
            if len(columns) > len(best[2]):
                best = (sheet.title, number, columns)
    return best


def _first_rows(sheet) -> Iterator[tuple]:
    return sheet.iter_rows(max_row=ROWS, max_col=COLUMNS, values_only=True)


def _columns_of(row) -> dict:
    found = {}
    for index, value in enumerate(row, start=1):
        header = header_of(value)
        for field in FIELDS:
            if field.key not in found and field.knows(header):
                found[field.key] = place(get_column_letter(index), header, field.usual_format)
                break
    return found


def place(column: str, header: str, form: str) -> dict:
    """Return where a field goes, as it is kept on the template."""
    return {"column": column, "header": header, "format": form}


@transaction.atomic
def receive(*, name: str, content: bytes, by) -> EsfTemplate:
    """Keep a workbook with a suggestion of what goes where."""
    sheet, header_row, columns = suggest(open_template(content))
    return EsfTemplate.objects.create(
        name=name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        sheet=sheet,
        header_row=header_row,
        columns=columns,
        uploaded_by=by,
    )


@transaction.atomic
def map_columns(*, template: EsfTemplate, sheet: str, header_row: int, columns: dict, by) -> None:
    """Change what goes where; `columns` is {field: {"column", "format"}}, headers are read from the file."""
    template = _unconfirmed(template)
    book = open_template(bytes(template.content))
    if sheet not in book.sheetnames:
        raise Refused(f"Bladet ”{sheet}” finns inte i mallen.")
    template.sheet, template.header_row = sheet, header_row
    template.columns = {
        key: place(
            each["column"],
            header_of(book[sheet][f"{each['column']}{header_row}"].value),
            each["format"],
        )
        for key, each in columns.items()
    }
    must_be_usable(template, book)
    template.save(update_fields=["sheet", "header_row", "columns"])


@transaction.atomic
def confirm(*, template: EsfTemplate, by) -> EsfTemplate:
    """Take the template into use; the one before it stays, out of use."""
    template, now = _unconfirmed(template), timezone.now()
    must_be_usable(template, open_template(bytes(template.content)))
    EsfTemplate.objects.filter(confirmed_at__isnull=False, retired_at=None).update(
        retired_at=now, retired_by=by
    )
    template.confirmed_at, template.confirmed_by = now, by
    template.save(update_fields=["confirmed_at", "confirmed_by"])
    return template


@transaction.atomic
def retire(*, template: EsfTemplate, by) -> EsfTemplate:
    """Take a template out of use."""
    template = EsfTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
    if template.retired_at:
        raise Refused("Mallen är redan tagen ur bruk.")
    template.retired_at, template.retired_by = timezone.now(), by
    template.save(update_fields=["retired_at", "retired_by"])
    return template


def must_be_usable(template: EsfTemplate, book) -> None:
    """Raise Refused when a needed column is missing, two share a column, or rows already stand there."""
    missing = [
        field.header
        for field in FIELDS
        if field.key in NEEDED and field.key not in template.columns
    ]
    if missing:
        raise Refused(f"Ange vilken kolumn som är {' och '.join(missing)}.")
    for field in FIELDS:
        each = template.columns.get(field.key)
        if each and not each["header"]:
            raise Refused(
                f"Cell {each['column']}{template.header_row} är tom. Där ska {field.header} ha sin rubrik."
            )
    letters = [each["column"] for each in template.columns.values()]
    if len(letters) != len(set(letters)):
        raise Refused("Två uppgifter kan inte stå i samma kolumn.")
    check_headers(book, template)
    _must_be_empty_below(template, book)


def _must_be_empty_below(template: EsfTemplate, book) -> None:
    letters = {
        column_index_from_string(each["column"]): each["column"]
        for each in template.columns.values()
    }
    first, last = template.header_row + 1, max(letters)
    rows = book[template.sheet].iter_rows(min_row=first, max_col=last, values_only=True)
    for number, row in enumerate(rows, start=first):
        for index, letter in letters.items():
            if row[index - 1] not in (None, ""):
                raise Refused(
                    f"Mallen har redan något i cell {letter}{number}, under rubrikerna. Ta bort det och"
                    " ladda upp mallen igen."
                )


def _unconfirmed(template: EsfTemplate) -> EsfTemplate:
    template = EsfTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
    if template.confirmed_at or template.retired_at:
        raise Refused("Mallen är redan bekräftad och ändras inte. Ladda upp den på nytt i stället.")
    return template
