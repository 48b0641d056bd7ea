"""The columns of the participant report: data, since Statistics Sweden's own order is not publicly known.

The shipped order is marked "ordning ej verifierad" wherever it shows; a confirmed template replaces it.
"""

from dataclasses import dataclass
from datetime import date

from core.periods import Month
from core.text import fold
from reports.esf.participation import MonthRow

NOT_VERIFIED = "Ordning ej verifierad"
NOT_VERIFIED_WHY = (
    "Kolumnernas ordning är BASUN:s egen, eftersom SCB:s mall inte är offentlig. Ladda upp SCB:s mall under"
    " ESF, Mallar, och bekräfta den, så fylls den i stället."
)
SHEET = "Deltagare"

# How a cell may be written: key -> (words, number format).
DATE_FORMATS = {
    "date": ("Datum, ÅÅÅÅ-MM-DD", "yyyy-mm-dd"),
    "text-dash": ("Text, ÅÅÅÅ-MM-DD", "@"),
    "text": ("Text, ÅÅÅÅMMDD", "@"),
}
NUMBER_FORMATS = {
    "dash": ("ÅÅÅÅMMDD-NNNN", "@"),
    "plain": ("ÅÅÅÅMMDDNNNN", "@"),
}
HOUR_FORMATS = {"number": ("Tal med två decimaler", "0.00")}
TEXT_FORMATS = {"text": ("Text", "@")}


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its key, header, width, the formats it can have, and other headers people use for it."""

    key: str
    header: str
    width: int
    formats: dict
    synonyms: tuple[str, ...] = ()

    @property
    def usual_format(self) -> str:
        """The format used where nothing else is said."""
        return next(iter(self.formats))

    def knows(self, header: str) -> bool:
        """Say whether a header in a workbook is this column's."""
        word = fold(header)
        return bool(word) and word in {fold(each) for each in (self.header, *self.synonyms)}

    def number_format(self, form: str = "") -> str:
        """Return the cell format, as Excel writes it."""
        return self.formats[form or self.usual_format][1]

    def value(self, row: MonthRow, form: str = ""):
        """Return what the cell holds: text, a day or a number; None where it stays empty."""
        found = getattr(row, self.key)
        form = form or self.usual_format
        if isinstance(found, date) and form != "date":
            return f"{found:%Y-%m-%d}" if form == "text-dash" else f"{found:%Y%m%d}"
        if self.key == "number" and form == "plain":
            return found.replace("-", "")
        return None if found in (None, "") else found


FIELDS = (
    Field("number", "Personnummer", 16, NUMBER_FORMATS, ("Person- eller samordningsnummer", "Pnr", "Personnr")),
    Field("last_name", "Efternamn", 22, TEXT_FORMATS),
    Field("first_name", "Förnamn", 20, TEXT_FORMATS, ("Tilltalsnamn",)),
    Field("email", "E-post", 30, TEXT_FORMATS, ("E-postadress", "Epost", "E-mail", "Mejl", "Mejladress")),
    Field("phone", "Mobil", 16, TEXT_FORMATS, ("Mobilnummer", "Mobiltelefon", "Telefon", "Telefonnummer")),
    Field("starts_on", "Startdatum", 12, DATE_FORMATS, ("Start", "Datum för start")),
    Field("ended_on", "Slutdatum", 12, DATE_FORMATS, ("Slut", "Avslutsdatum", "Datum för avslut")),
    Field("hours", "Timmar", 10, HOUR_FORMATS, ("Antal timmar", "Deltagartimmar", "Närvarotimmar")),
)  # fmt: skip
BY_KEY = {field.key: field for field in FIELDS}


def file_name(month: Month, project: str, extension: str) -> str:
    """Return the name of a month's file (rule 8): Mars2019_BASUN.xlsx. No persons."""
    words, year = month.label.split()
    safe = "".join(letter for letter in project if letter.isalnum() or letter in "-") or "BASUN"
    return f"{words.capitalize()}{year}_{safe}.{extension}"
