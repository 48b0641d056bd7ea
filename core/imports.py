"""Reading a sheet into the database: all of it or nothing, with every fault named by row and column.

Built on django-import-export: a `SheetResource` declares its columns as Fields, the library walks the
rows, reads each cell through its widget, gathers every fault of a row and sorts rows into new, changed
and skipped. What is ours: rows come a thousand at a time (the library would hold the whole file), what
the database knows of them is fetched once a thousand, and they are saved in bulk.

An import reads the file twice. First it checks every row and writes nothing, so that nobody waits
for the database meanwhile. Only a file without faults is then saved, in one transaction, where every
row is checked again: somebody may have changed the register in between.

    outcome = imports.check(RegisterResource, file, by=user, progress=progress)
    if outcome.may_be_saved:
        with transaction.atomic():
            imports.save(RegisterResource, file, by=user)
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from types import SimpleNamespace

import tablib
from django.core.exceptions import ValidationError
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.widgets import Widget

from core import cells
from core.identity_numbers import parse
from core.sheets import EXTRA, Sheet, open_sheet
from core.swedish import number

CHUNK = 1000
ROW = "Rad"
# A file with more faults than this is the wrong file; the list says that it stopped.
MAX_FAULTS = 10_000
MAX_REMARKS = 1_000

UNREACHABLE = "Det går inte att läsa in den här raden. Kontakta projektledaren."
CHANGED_MEANWHILE = (
    "Registret ändrades av någon annan under inläsningen, så inget har lästs in. Försök igen."
)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong in one cell: the row as Excel numbers it, the column, and what to do about it."""

    row: int
    column: str
    text: str

    def __str__(self):
        return f"Rad {self.row}, {self.column}: {self.text}"


class Faulty(Exception):
    """The file has faults; nothing was written."""

    def __init__(self, faults: list[Fault]):
        super().__init__(CHANGED_MEANWHILE)
        self.faults = faults


@dataclass
class Outcome:
    """What a check found: rows, what they would change (by name), faults, and things worth a look."""

    rows: int = 0
    counts: Counter = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """How many rows would change something."""
        return self.rows - self.counts["unchanged"]

    @property
    def may_be_saved(self) -> bool:
        """Whether there is something to save and nothing against it."""
        return not self.faults and self.changes > 0


class Row(SimpleNamespace):
    """One row with its cells read, an attribute for each column; None where a cell could not be."""

    def __str__(self):
        return f"rad {self.row}"


class CellWidget(Widget):
    """A cell read by one of the functions of core.cells; an empty one is a fault unless `optional`."""

    def __init__(self, read: Callable, *, optional: bool = False):
        super().__init__()
        self.read = read
        self.optional = optional

    def clean(self, value, row=None, **kwargs):
        found = self.read(value)
        if found in (None, "", ()) and not self.optional:
            raise ValueError("Cellen är tom. Fyll i den.")
        return found


class NothingWidget(Widget):
    """Stands for the cells to the right of the last header: there should be none."""

    def clean(self, value, row=None, **kwargs):
        if value:
            raise ValueError(
                "Raden har fler celler än det finns rubriker. Sätt citattecken om text som innehåller"
                " filens skiljetecken."
            )


@lru_cache(maxsize=20_000)
def identity_number(words: str):
    """Return the checked number in a cell; raises InvalidNumber. The same people come again and again."""
    return parse(words) if words else None


def column(name: str, read: Callable, *, optional: bool = False) -> Field:
    """Declare a column of the sheet; the attribute it fills is the Field's own name."""
    return Field(column_name=name, widget=CellWidget(read, optional=optional))


def number_column(name: str) -> Field:
    """Declare a column that holds a personnummer or samordningsnummer."""
    return column(name, lambda value: identity_number(cells.text(value)))


class ChunkLoader(BaseInstanceLoader):
    """Lets the resource fetch what the database knows of a chunk's rows, in a few queries."""

    def __init__(self, resource, dataset=None):
        super().__init__(resource, dataset)
        resource.look_up(dataset)

    def get_instance(self, row):
        return None


class SheetResource(Resource):
    """A kind of sheet. Subclasses declare `column(...)` fields and say what a row means.

    An instance lives for one reading of the file. `saving` says whether it writes or only checks.
    """

    title = ""
    # How many times a saving import reads the file; `phase` counts them from 1.
    phases = 1

    class Meta:
        import_id_fields = ("number",)
        instance_loader_class = ChunkLoader
        use_bulk = True
        use_transactions = False
        skip_diff = True
        report_skipped = False

    def __init__(self, *, by, saving: bool = False, phase: int = 1, **options):
        super().__init__()
        for name, each in self.fields.items():
            each.attribute = name
        self.fields |= {
            "row": Field("row", ROW),
            "extra": Field("extra", EXTRA, NothingWidget()),
        }
        self.by, self.saving, self.phase, self.options = by, saving, phase, options
        self.touched: set[int] = set()
        self.counts: Counter = Counter()
        self.remarks: list[Fault] = []

    # What a kind of sheet says

    def look_up(self, dataset) -> None:
        """Fetch what the database knows of these rows."""
        raise NotImplementedError

    def check_row(self, row, errors: dict) -> None:
        """Add to `errors` (attribute -> sentence) what is wrong in a row whose cells are read."""

    def is_unchanged(self, row) -> bool:
        """Say whether the database already holds what the row says."""
        raise NotImplementedError

    def write(self, rows: list) -> None:
        """Save a chunk of rows that change something; only called when saving."""
        raise NotImplementedError

    def faults_of_the_whole(self) -> list[Fault]:
        """Return faults that show only when the whole file has been read."""
        return []

    def log(self) -> None:
        """Write the access log for the people in `touched`; called once, after the last row."""
        raise NotImplementedError

    @classmethod
    def summary(cls, outcome: Outcome) -> list[str]:
        """Return what a file would change, in words, one line each."""
        raise NotImplementedError

    # What the library asks for

    def init_instance(self, row=None):
        """Return the object that the cells are read into."""
        return Row(**dict.fromkeys(self.fields))

    @classmethod
    def columns(cls) -> list[str]:
        """Return the headers the sheet must have."""
        return [each.column_name for each in cls.fields.values()]

    def column_of(self, attribute: str) -> str:
        """Return the header an attribute is read from."""
        return self.fields[attribute].column_name if attribute in self.fields else "hela raden"

    def remark(self, row, attribute: str, sentence: str) -> None:
        """Note something worth a look that does not stop the import; of very many only the first."""
        if self.saving:
            return
        self.counts["remarks"] += 1
        if len(self.remarks) < MAX_REMARKS:
            self.remarks.append(Fault(row.row, self.column_of(attribute), sentence))

    def import_instance(self, instance, row, **kwargs):
        """Read every cell, then check the row as a whole; all faults come in one exception."""
        errors = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as found:
            errors = {name: each[0] for name, each in found.message_dict.items()}
        self.check_row(instance, errors)
        if errors:
            raise ValidationError({name: [each] for name, each in errors.items()})

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """Skip what changes nothing."""
        if import_validation_errors:
            return False
        unchanged = self.is_unchanged(instance)
        self.counts["unchanged"] += unchanged
        return unchanged

    def bulk_create(self, *args, **kwargs):
        """Save what is left of the chunk. The library's own would swallow what goes wrong."""
        if self.saving and self.create_instances:
            self.write(self.create_instances)
        self.create_instances.clear()


def chunks(rows: Iterator, size: int = CHUNK) -> Iterator[list]:
    """Yield the rows some at a time."""
    while chunk := list(islice(rows, size)):
        yield chunk


def feed(resource: SheetResource, sheet: Sheet, progress: Callable | None) -> Outcome:
    """Read every row of a sheet through a resource; returns rows and faults. Memory is one chunk."""
    outcome = Outcome(unknown_columns=sheet.unknown)
    headers = [ROW, *resource.columns(), EXTRA]
    for chunk in chunks(sheet.rows()):
        rows = [[row_number, *map(row.get, headers[1:])] for row_number, row in chunk]
        result = resource.import_data(
            tablib.Dataset(*rows, headers=headers), use_transactions=False
        )
        raise_unexpected(result)
        outcome.rows += len(rows)
        outcome.faults += faults_in(resource, result, rows)
        if len(outcome.faults) >= MAX_FAULTS:
            last = rows[-1][0]
            stopped = f"Läsningen stannade efter {number(MAX_FAULTS)} fel. Är det rätt fil?"
            outcome.faults.append(Fault(last, "hela filen", stopped))
            break
        if progress:
            progress(min(outcome.rows, sheet.total or outcome.rows), sheet.total)
    outcome.counts, outcome.remarks = resource.counts, resource.remarks
    return outcome


def raise_unexpected(result) -> None:
    """Raise what the library caught and our rows did not mean: a fault in the code or the database."""
    for error in [*result.base_errors, *(each for row in result.error_rows for each in row.errors)]:
        raise error.error


def faults_in(resource: SheetResource, result, rows: list) -> list[Fault]:
    """Return the faults of a chunk, one per cell."""
    return [
        Fault(rows[invalid.number - 1][0], resource.column_of(name), sentence)
        for invalid in result.invalid_rows
        for name, sentences in invalid.error_dict.items()
        for sentence in sentences
    ]


def check(resource_class, source, *, by, progress: Callable | None = None, **options) -> Outcome:
    """Read a file and say what it would change, and everything that is wrong; writes nothing.

    `by` is the user, who is told nothing of people they may not see; None stands for the system.
    Raises SheetError when the file can't be read at all.
    """
    with open_sheet(source, resource_class.columns()) as sheet:
        resource = resource_class(by=by, **options)
        outcome = feed(resource, sheet, progress)
        outcome.faults += resource.faults_of_the_whole()
        outcome.faults.sort()
    if not outcome.rows and not outcome.faults:
        outcome.faults.append(Fault(1, "hela filen", "Filen har inga rader under rubrikerna."))
    return outcome


def save(resource_class, source, *, by, progress: Callable | None = None, **options) -> None:
    """Save a file that was checked, inside the caller's transaction.

    Raises Faulty, and IntegrityError from the database's own rules, when something changed since
    the check; the caller's transaction must then end without a trace.
    """
    touched: set[int] = set()
    with open_sheet(source, resource_class.columns()) as sheet:
        for phase in range(1, resource_class.phases + 1):
            resource = resource_class(by=by, saving=True, phase=phase, **options)
            resource.touched = touched
            outcome = feed(resource, sheet, progress if phase == resource_class.phases else None)
            if outcome.faults:
                raise Faulty(outcome.faults)
        resource.log()
