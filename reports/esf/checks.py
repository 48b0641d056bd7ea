"""What Statistics Sweden looks at, looked at first (reporting.md 2, rule 7): pure, one function a check.

An error stops the lock; a warning is shown and locked with. No sentence holds a name: the page puts the
person beside it for those who may see them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models

from casework.activities.calendar import holiday_name
from core.identity_numbers import InvalidNumber, parse
from core.periods import Month
from core.swedish import counted
from reports.esf.changes import hours
from reports.esf.participation import LAST_WITH_CONTACT, MonthRow

FULL_DAY = 8
# More than every hour of the longest month.
HOURS_OF_A_MONTH = Decimal(744)
USUAL_AGES = range(15, 65)
SATURDAY = 5


class Level(models.TextChoices):
    """How grave a finding is."""

    ERROR = "error", "Fel"
    WARNING = "warning", "Varning"

    @property
    def tone(self) -> str:
        """How it looks, for `{% status_tag %}`."""
        return "bad" if self == Level.ERROR else "warn"

    @property
    def icon(self) -> str:
        """The icon beside the word."""
        return "stop" if self == Level.ERROR else "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check found; `person` is a key, None when it is about the month."""

    level: Level
    check: str
    text: str
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """What an earlier month's latest version said of a person."""

    month: Month
    number: str
    starts_on: date
    ended_on: date | None
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Case:
    """A month to check: its rows, and what is known from before, by person.

    `first_hours` and `last_hours` are the first and last days with hours that count, up to the month's end.
    """

    month: Month
    rows: tuple[MonthRow, ...]
    project_starts_on: date | None = None
    unlocked_before: Month | None = None
    stale_before: Month | None = None
    births: dict[int, date] = field(default_factory=dict)
    first_hours: dict[int, date] = field(default_factory=dict)
    last_hours: dict[int, date] = field(default_factory=dict)
    reported: dict[int, list[Reported]] = field(default_factory=dict)


def check(case: Case) -> tuple[Finding, ...]:
    """Run every check; errors first, then warnings, each in the order of the rows."""
    found = [finding for each in MONTH_CHECKS for finding in each(case)]
    for row in case.rows:
        found += [finding for each in ROW_CHECKS if (finding := each(row, case))]
    return tuple(sorted(found, key=lambda finding: finding.level != Level.ERROR))


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return those that stop the lock."""
    return [finding for finding in findings if finding.level == Level.ERROR]


@cache
def working_days(month: Month) -> int:
    """Return the month's Mondays to Fridays that are no Swedish holidays."""
    days = (month.first + timedelta(days=step) for step in range(month.last.day))
    return sum(day.weekday() < SATURDAY and not holiday_name(day) for day in days)


# About the month


def previous_is_locked(case: Case) -> list[Finding]:
    """Months are locked in order."""
    if case.unlocked_before is None:
        return []
    text = f"Lås {case.unlocked_before.label} först: månaderna rapporteras i ordning."
    return [Finding(Level.ERROR, "order", text)]


def earlier_are_current(case: Case) -> list[Finding]:
    """An earlier month that must be sent again takes this one with it."""
    if case.stale_before is None:
        return []
    text = (
        f"{case.stale_before.label.capitalize()} måste sändas om. Gör om kedjan först, annars får den"
        " här månaden också göras om."
    )
    return [Finding(Level.WARNING, "stale", text)]


def numbers_are_told_apart(case: Case) -> list[Finding]:
    """Two protected persons born the same day have the same code."""
    people = defaultdict(list)
    for row in case.rows:
        if row.number:
            people[row.number].append(row.person)
    text = "Samma nummer på flera rader. Stäm av med SCB hur de ska skiljas åt."
    return [
        Finding(Level.WARNING, "same_number", text, person)
        for same in people.values()
        if len(same) > 1
        for person in same
    ]


# About a row


def number_is_there(row: MonthRow, case: Case) -> Finding | None:
    """Everybody has a number."""
    if row.number:
        return None
    return _error(row, "number_missing", "Personnummer saknas. Lägg in det på deltagarens sida.")


def number_is_right(row: MonthRow, case: Case) -> Finding | None:
    """The check digit and the date of the number are right; a protected person's code has none."""
    if row.is_coded or not row.number:
        return None
    try:
        parse(row.number, today=case.month.last)
    except InvalidNumber:
        return _error(
            row,
            "number_wrong",
            "Personnumrets kontrollsiffra eller datum stämmer inte. Rätta numret.",
        )
    return None


def names_are_there(row: MonthRow, case: Case) -> Finding | None:
    """Everybody has a first and a last name."""
    missing = [
        word
        for word, value in (("förnamn", row.first_name), ("efternamn", row.last_name))
        if not value.strip()
    ]
    if not missing:
        return None
    text = f"{' och '.join(missing).capitalize()} saknas. Fyll i på deltagarens sida."
    return _error(row, "name_missing", text)


def start_is_there(row: MonthRow, case: Case) -> Finding | None:
    """Hours need a participation."""
    if row.starts_on:
        return None
    return _error(
        row, "start_missing", "Startdatum saknas: deltagaren har timmar men ingen inskrivning."
    )


def start_is_before_end(row: MonthRow, case: Case) -> Finding | None:
    """A participation does not end before it starts."""
    if not (row.starts_on and row.ended_on) or row.starts_on <= row.ended_on:
        return None
    text = f"Slutdatum {row.ended_on} ligger före startdatum {row.starts_on}. Rätta inskrivningen."
    return _error(row, "end_before_start", text)


def hours_are_possible(row: MonthRow, case: Case) -> Finding | None:
    """Nobody has more hours than a month."""
    if row.hours <= HOURS_OF_A_MONTH:
        return None
    text = f"{hours(row.hours)} är fler än månadens alla timmar (744). Rätta närvaron."
    return _error(row, "hours_impossible", text)


def hours_are_usual(row: MonthRow, case: Case) -> Finding | None:
    """More than eight hours each working day is more than full time."""
    days = working_days(case.month)
    if row.hours <= FULL_DAY * days or row.hours > HOURS_OF_A_MONTH:
        return None
    text = (
        f"{hours(row.hours)} är mer än {FULL_DAY} timmar om dagen på månadens"
        f" {counted(days, 'arbetsdag', 'arbetsdagar')}. Kontrollera närvaron."
    )
    return _warning(row, "hours_many", text)


def hours_are_within(row: MonthRow, case: Case) -> Finding | None:
    """No hours before the participation starts."""
    first = case.first_hours.get(row.person)
    if not (first and row.starts_on) or first >= row.starts_on:
        return None
    text = f"Timmar {first}, före startdatum {row.starts_on}. Rätta närvaron eller inskrivningen."
    return _error(row, "hours_before_start", text)


def end_is_after_hours(row: MonthRow, case: Case) -> Finding | None:
    """No hours, in the register or as reported, after the participation ended."""
    if row.ended_on is None:
        return None
    last = case.last_hours.get(row.person)
    if last and last > row.ended_on:
        text = f"Slutdatum {row.ended_on}, men timmar {last}. Rätta närvaron eller avslutet."
        return _error(row, "hours_after_end", text)
    for each in case.reported.get(row.person, ()):
        if each.hours and each.month.first > row.ended_on:
            text = (
                f"Slutdatum {row.ended_on}, men timmar är rapporterade för {each.month.label}."
                " Gör om den månaden eller rätta avslutet."
            )
            return _error(row, "hours_after_end", text)
    return None


def start_is_as_reported(row: MonthRow, case: Case) -> Finding | None:
    """The start does not differ from what earlier months said."""
    for each in case.reported.get(row.person, ()):
        if row.starts_on and each.starts_on != row.starts_on:
            text = (
                f"Startdatum {row.starts_on}, men {each.starts_on} i rapporten för"
                f" {each.month.label}. Gör om den månaden och alla efter den."
            )
            return _warning(row, "start_changed", text)
    return None


def number_is_as_reported(row: MonthRow, case: Case) -> Finding | None:
    """The number does not differ from what earlier months said."""
    for each in case.reported.get(row.person, ()):
        if row.number and each.number != row.number:
            text = (
                f"Personnumret är ett annat i rapporten för {each.month.label}."
                " Gör om den månaden och alla efter den."
            )
            return _warning(row, "number_changed", text)
    return None


def contact_is_there(row: MonthRow, case: Case) -> Finding | None:
    """E-mail and phone are given as long as they are asked for."""
    if case.month > LAST_WITH_CONTACT or row.is_coded:
        return None
    missing = [word for word, value in (("e-post", row.email), ("mobil", row.phone)) if not value]
    if not missing:
        return None
    return _warning(row, "contact_missing", f"{' och '.join(missing).capitalize()} saknas.")


def email_is_right(row: MonthRow, case: Case) -> Finding | None:
    """The e-mail address reads as one."""
    if case.month > LAST_WITH_CONTACT or row.is_coded or not row.email:
        return None
    try:
        validate_email(row.email)
    except ValidationError:
        return _warning(row, "email_wrong", "E-postadressen ser inte rätt ut.")
    return None


def phone_is_right(row: MonthRow, case: Case) -> Finding | None:
    """The phone number is one of seven to fifteen digits."""
    if case.month > LAST_WITH_CONTACT or row.is_coded or not row.phone:
        return None
    if re.fullmatch(r"\+?[\d\s()/-]+", row.phone) and 7 <= len(re.sub(r"\D", "", row.phone)) <= 15:
        return None
    return _warning(row, "phone_wrong", "Mobilnumret ser inte rätt ut.")


def age_is_usual(row: MonthRow, case: Case) -> Finding | None:
    """A start at an age nobody in the programme has is most likely a slip."""
    born = case.births.get(row.person)
    if not (born and row.starts_on):
        return None
    had_birthday = (row.starts_on.month, row.starts_on.day) >= (born.month, born.day)
    age = row.starts_on.year - born.year - (not had_birthday)
    if age in USUAL_AGES:
        return None
    return _warning(
        row, "age_unusual", f"{age} år vid start. Kontrollera personnummer och startdatum."
    )


def start_is_in_the_project(row: MonthRow, case: Case) -> Finding | None:
    """Nobody starts before the project does."""
    first = case.project_starts_on
    if not (first and row.starts_on) or row.starts_on >= first:
        return None
    text = f"Startdatum {row.starts_on} ligger före projektets start {first}."
    return _warning(row, "start_before_project", text)


def _error(row: MonthRow, check: str, text: str) -> Finding:
    return Finding(Level.ERROR, check, text, row.person)


def _warning(row: MonthRow, check: str, text: str) -> Finding:
    return Finding(Level.WARNING, check, text, row.person)


MONTH_CHECKS = (previous_is_locked, earlier_are_current, numbers_are_told_apart)
ROW_CHECKS = (
    number_is_there,
    number_is_right,
    names_are_there,
    start_is_there,
    start_is_before_end,
    hours_are_possible,
    hours_are_usual,
    hours_are_within,
    end_is_after_hours,
    start_is_as_reported,
    number_is_as_reported,
    contact_is_there,
    email_is_right,
    phone_is_right,
    age_is_usual,
    start_is_in_the_project,
)
