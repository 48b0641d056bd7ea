"""Personnummer and samordningsnummer: read any usual form, keep one."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from personnummer import personnummer


class InvalidNumber(ValueError):
    """The text is no Swedish identity number; the message is a Swedish sentence."""


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A checked number. `value` is its one stored form: twelve digits, no dash."""

    value: str
    is_coordination: bool

    @property
    def birth_date(self) -> date:
        """The day of birth; a samordningsnummer has 60 added to the day."""
        day = int(self.value[6:8]) - (60 if self.is_coordination else 0)
        return date(int(self.value[:4]), int(self.value[4:6]), day)

    @property
    def is_female(self) -> bool:
        """Even birth numbers are female (reporting.md 1)."""
        return int(self.value[10]) % 2 == 0

    @property
    def formatted(self) -> str:
        """The number as people read it: 19930313-2394."""
        return format_number(self.value)


def format_number(value: str) -> str:
    """Return twelve stored digits as 19930313-2394."""
    return f"{value[:8]}-{value[8:]}"


def parse(text: str, *, today: date | None = None) -> IdentityNumber:
    """Read a number with 10 or 12 digits, with or without dash, plus sign and spaces.

    Ten digits mean the latest century in which the person is born, as the law has it ("+" from the
    year one turns 100). Raises InvalidNumber: wrong form, no such date, wrong check digit, or a birth
    in the future.
    """
    cleaned = re.sub(r"[\s\u00a0]", "", text).replace("\u2013", "-").replace("\u2212", "-")
    if not re.fullmatch(r"(\d{6}|\d{8})[-+]?\d{4}", cleaned):
        raise InvalidNumber(
            "Skriv personnumret med tio eller tolv siffror, till exempel 19930313-2394."
        )
    try:
        number = personnummer.parse(cleaned)
    except personnummer.PersonnummerException as error:
        raise InvalidNumber(
            "Kontrollsiffran eller datumet i personnumret stämmer inte. Kontrollera siffrorna."
        ) from error
    checked = IdentityNumber(number.format(True), number.is_coordination_number())
    if checked.birth_date > (today or date.today()) + timedelta(days=1):
        raise InvalidNumber("Personnumret har ett födelsedatum i framtiden. Kontrollera siffrorna.")
    return checked
