"""The rows behind each figure: pure, from the same selections that the number is counted by.

A row names a person by key. Who of them a user sees is decided in `people_behind`, through `visible_to`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.periods import Period
from core.swedish import DASH, counted, number
from participants.enums import Area, Category, CountsAs
from participants.models import Participant
from referrals.enums import Source
from reports import definitions, selections
from reports.definitions import Definition
from reports.facts import Facts, Spell
from reports.key_figures import PARTS, part_of
from reports.measures import weeks

UNKNOWN = {"kalla": "utan", "kommundel": "okand"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line behind a figure: whom it is about, the enrolment it comes from, and its words."""

    person: int
    cells: tuple[str, ...]
    enrolment: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure whose rows can be opened. `category` is what staff of another authority need consent for."""

    title: str
    definition: Definition
    head: tuple[str, ...]
    find: Callable[[Facts, Period, Callable], list[Row]]
    category: Category = Category.PLAN
    shows_contact: bool = False


def narrowing(given) -> Callable[[Spell], bool]:
    """Return the condition that an address asks for: `kon`, `kalla`, `kommundel`, `del`.

    Raises ValueError for a value that nobody has, so that no list is wider than it says.
    """
    tests = [
        CONDITIONS[name](value) for name, value in given.items() if name in CONDITIONS and value
    ]
    return lambda spell: all(test(spell) for test in tests)


def _gender(value: str):
    _known(value, {"F", "M"})
    return lambda spell: spell.gender == value


def _source(value: str):
    _known(value, {*Source.values, UNKNOWN["kalla"]})
    return lambda spell: (spell.source or UNKNOWN["kalla"]) == value


def _area(value: str):
    _known(value, {*Area.values, UNKNOWN["kommundel"]})
    return lambda spell: (spell.area or UNKNOWN["kommundel"]) == value


def _part(value: str):
    _known(value, {key for key, _, _ in PARTS})
    return lambda spell: part_of(spell.area) == value


def _known(value: str, values: set[str]) -> None:
    if value not in values:
        raise ValueError(f"There is no {value!r} to narrow by.")


CONDITIONS = {
    "kon": _gender,
    "kalla": _source,
    "kommundel": _area,
    "del": _part,
}


def _of_spells(select: Callable, cells: Callable) -> Callable:
    """Make rows of the spells that a selection gives and a condition keeps."""

    def find(facts: Facts, period: Period, keeps: Callable) -> list[Row]:
        return [
            Row(spell.person, cells(spell), spell.pk)
            for spell in select(facts, period)
            if keeps(spell)
        ]

    return find


def _came(spell: Spell) -> tuple[str, ...]:
    source = spell.source.label if spell.source else "Utan remiss"
    return day(spell.starts_on), source, spell.area.label if spell.area else DASH


def _went(spell: Spell) -> tuple[str, ...]:
    # What the exit counts as, not why: the reason can be illness or worse, and no figure needs it.
    return day(spell.starts_on), day(spell.ended_on), spell.counts_as.label


def _met(spell: Spell) -> tuple[str, ...]:
    return day(spell.referred_on), day(spell.met_on), number(spell.days_to_meeting)


def _stayed(spell: Spell) -> tuple[str, ...]:
    return day(spell.starts_on), day(spell.ended_on), number(weeks(Decimal(spell.days)), 1)


def day(value: date | None) -> str:
    """Write a day, or a dash."""
    return value.isoformat() if value else DASH


def _to(outcome: CountsAs) -> Callable:
    return lambda facts, period: selections.left_to(facts, period, outcome)


def _not_yet_counted(facts: Facts, period: Period, keeps: Callable) -> list[Row]:
    waiting = selections.hours_by_person(facts, period, attested=False)
    return [
        Row(spell.person, (day(spell.starts_on), missing(waiting.get(spell.person))), spell.pk)
        for spell in selections.not_yet_counted(facts, period)
        if keeps(spell)
    ]


def missing(hours: Decimal | None) -> str:
    """Say what somebody lacks to be counted."""
    if not hours:
        return "Ingen närvaro i perioden"
    return f"{counted(_plain(hours), 'timme', 'timmar')} väntar på att attesteras"


def _plain(hours: Decimal) -> Decimal:
    return hours.quantize(Decimal(1)) if hours == hours.to_integral() else hours.normalize()


def _hours(*, attested: bool) -> Callable:
    def find(facts: Facts, period: Period, keeps: Callable) -> list[Row]:
        sums = selections.hours_by_person(facts, period, attested=attested)
        return [Row(person, (number(_plain(hours)),)) for person, hours in sums.items()]

    return find


CAME = ("Inskriven", "Källa", "Kommundel")
WENT = ("Inskriven", "Utskriven", "Räknas som")
FIGURES = {
    "inskrivna": Figure(
        "Inskrivna", definitions.PARTICIPANTS, CAME, _of_spells(selections.entered, _came)
    ),
    "inskrivningar": Figure(
        "Inskrivningar", definitions.ENROLMENTS, CAME, _of_spells(selections.enrolments, _came)
    ),
    "aktuella": Figure("Aktuella", definitions.ACTIVE, CAME, _of_spells(selections.active, _came)),
    "avslutade": Figure("Avslutade", definitions.LEFT, WENT, _of_spells(selections.left, _went)),
    "till-arbete": Figure(
        "Till arbete", definitions.TO_WORK, WENT, _of_spells(_to(CountsAs.WORK), _went)
    ),
    "till-studier": Figure(
        "Till studier", definitions.TO_STUDIES, WENT, _of_spells(_to(CountsAs.STUDIES), _went)
    ),
    "tillgodoraknade": Figure(
        "Tillgodoräknade",
        definitions.COUNTED,
        CAME,
        _of_spells(selections.counted, _came),
        Category.ATTENDANCE,
    ),
    "ej-tillgodoraknade": Figure(
        "Ännu inte tillgodoräknade",
        definitions.NOT_YET_COUNTED,
        ("Inskriven", "Vad som saknas"),
        _not_yet_counted,
        Category.ATTENDANCE,
        shows_contact=True,
    ),
    "timmar-attesterade": Figure(
        "Attesterade timmar",
        definitions.HOURS_ATTESTED,
        ("Timmar",),
        _hours(attested=True),
        Category.ATTENDANCE,
    ),
    "timmar-ej-attesterade": Figure(
        "Timmar som inte är attesterade",
        definitions.HOURS_UNATTESTED,
        ("Timmar",),
        _hours(attested=False),
        Category.ATTENDANCE,
    ),
    "forsta-mote": Figure(
        "Tid till första möte",
        definitions.FIRST_MEETING,
        ("Remiss", "Första möte", "Dagar"),
        _of_spells(selections.first_meetings, _met),
    ),
    "veckor": Figure(
        "Veckor inskriven",
        definitions.WEEKS,
        ("Inskriven", "Utskriven", "Veckor"),
        _of_spells(selections.exits, _stayed),
    ),
}


def visible_rows(figure: Figure, rows: list[Row], user) -> list[Row]:
    """Keep the rows about people the user may see, in Swedish order of name. One query."""
    people = Participant.objects.visible_to(user, figure.category).order_by("sort_name", "pk")
    place = {pk: index for index, pk in enumerate(people.values_list("pk", flat=True))}
    seen = [row for row in rows if row.person in place]
    # Rows come in order of start; sorting keeps that among the rows of one person.
    return sorted(seen, key=lambda row: place[row.person])


@dataclass(frozen=True, slots=True)
class Named:
    """A row with the person it is about, loaded, and their main contact where the figure shows it."""

    person: Participant
    labelled: tuple[tuple[str, str], ...]
    contact: str = ""


def with_people(figure: Figure, rows: list[Row], user) -> list[Named]:
    """Load the people of a page of rows, once more through `visible_to`. A fixed number of queries."""
    people = Participant.objects.visible_to(user, figure.category).filter(
        pk__in={row.person for row in rows}
    )
    by_key = {person.pk: person for person in people.for_list()}
    return [
        Named(
            by_key[row.person],
            tuple(zip(figure.head, row.cells, strict=True)),
            _contact(by_key[row.person], row.enrolment),
        )
        for row in rows
        if row.person in by_key
    ]


def _contact(person: Participant, enrolment: int | None) -> str:
    for each in person.enrolments.all():
        if each.pk == enrolment:
            return each.main_contact.name if each.main_contact else "ingen"
    return ""
