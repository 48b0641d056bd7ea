"""The first rows of a checked file, as the page shows them."""

from dataclasses import dataclass
from itertools import islice

from casework.imports import actions
from casework.imports.models import ImportUpload, UploadKind
from core import cells
from core.imports import identity_number
from core.sheets import open_sheet
from participants.models import NumberRecord, Participant

SHOWN = 10
PROTECTED = "Skyddade personuppgifter"
NEW, KNOWN = "Ny", "Finns"


@dataclass(frozen=True)
class Preview:
    """Headings, rows of (row number, cells), and those of the people shown who are in the register."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]
    people: list[Participant]
    # Headings whose cells are not broken over two lines.
    whole = ("Nummer", "Inskriven", "Utskriven", "Datum")

    @property
    def labelled(self) -> list:
        """The rows with the heading beside each cell, for a table that stacks on a phone."""
        return [(number, list(zip(self.headings, row, strict=True))) for number, row in self.rows]


def preview_of(upload: ImportUpload, user) -> Preview:
    """Return the first rows; names come out only of people the user may see. The caller logs them.

    Three queries.
    """
    with open_sheet(actions.content_of(upload), actions.resource_of(upload).columns()) as sheet:
        rows = list(islice(sheet.rows(), SHOWN))
    people = _people([identity_number(cells.text(row["Personnummer"])) for _, row in rows], user)
    show = _register_row if upload.kind == UploadKind.REGISTER else _attendance_row
    shown = {person.pk: person for person in people.values()}
    return Preview(
        HEADINGS[UploadKind(upload.kind)],
        [(number, show(row, people)) for number, row in rows],
        list(shown.values()),
    )


HEADINGS = {
    UploadKind.REGISTER: [
        "Person", "Nummer", "Kommundel", "Remitterad av", "Inskriven", "Utskriven", "I registret",
    ],
    UploadKind.ATTENDANCE: ["Person", "Datum", "Aktivitet", "Timmar", "Signerad"],
}  # fmt: skip


def _people(numbers, user) -> dict[str, Participant]:
    """Those with the numbers whom the user may see, by number."""
    values = [number.value for number in numbers]
    visible = Participant.objects.visible_to(user).filter(number_records__number__in=values)
    records = NumberRecord.objects.filter(number__in=values, participant__in=visible)
    found = records.select_related("participant").prefetch_related("participant__protections")
    return {record.number: record.participant for record in found}


def _register_row(row, people) -> list[str]:
    number = identity_number(cells.text(row["Personnummer"]))
    known = people.get(number.value)
    hidden = cells.yes_or_no(row["Skyddade personuppgifter"]) or (known and known.is_protected)
    name = f"{cells.text(row['Förnamn'])} {cells.text(row['Efternamn'])}"
    who = known.code if known and hidden else PROTECTED if hidden else name
    return [
        who,
        "" if hidden else number.formatted,
        cells.text(row["Kommundel"]),
        cells.text(row["Remitterande instans"]),
        _day(row["Inskriven"]),
        _day(row["Utskriven"]),
        KNOWN if known else NEW,
    ]


def _attendance_row(row, people) -> list[str]:
    number = identity_number(cells.text(row["Personnummer"]))
    known = people.get(number.value)
    return [
        known.list_name if known else "",
        _day(row["Datum"]),
        cells.text(row["Aktivitet"]),
        str(cells.decimal(row["Timmar"])).replace(".", ","),
        "Ja" if cells.yes_or_no(row["Signerad"]) else "Nej",
    ]


def _day(value) -> str:
    return str(cells.day(value) or "")
