"""The figures as tables of ready words, for the page and the PDF alike."""

from dataclasses import dataclass
from decimal import Decimal

from core.swedish import DASH, number
from reports import definitions
from reports.definitions import Definition
from reports.key_figures import KeyFigures, Split
from reports.measures import Count
from reports.overview import Overview
from reports.sentences import percent, target

COUNT_HEAD = ("Alla", "Flickor", "Pojkar")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, and the figure whose rows it opens (with what narrows it), if any."""

    text: str
    figure: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what it is about, its cells, and what it means where that is said line by line."""

    label: str
    cells: tuple[Cell, ...]
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the definition of what it counts."""

    title: str
    head: tuple[str, ...]
    lines: tuple[Line, ...]
    definition: str = ""
    note: str = ""

    @property
    def explains_lines(self) -> bool:
        """Whether each line carries its own definition."""
        return any(line.definition for line in self.lines)

    @property
    def is_wide(self) -> bool:
        """Whether it has so many columns that its labels should not wrap."""
        return len(self.head) > 5

    @property
    def labelled(self) -> list[tuple[Line, list[tuple[str, Cell]]]]:
        """Each line with its cells beside the words of the head, for rows that become cards."""
        return [(line, list(zip(self.head, line.cells, strict=True))) for line in self.lines]


def splits(figures: KeyFigures) -> list[Table]:
    """Return the tables that split the figures, and those of time, in the order they are read."""
    return [
        _split("Inskrivna efter källa", definitions.BY_SOURCE, figures.by_source, "kalla"),
        _split("Inskrivna efter kommundel", definitions.BY_AREA, figures.by_area, "kommundel"),
        _split("Inskrivna i norra och södra", definitions.BY_AREA, figures.by_part, "del"),
        _waiting(figures),
        _stays(figures),
        _still_there(figures),
    ]


def summary(overview: Overview) -> Table:
    """The period, the year and the project so far, beside the goals."""
    parts = (overview.figures, overview.year, overview.project)
    year = overview.year.period.end.year
    head = ("Perioden", f"{year} hittills", "Projektet hittills", "Mål")
    goals = overview.goals
    volume = "" if goals.counted is None else number(goals.counted.normalize())
    if goals.counted_is_monthly:
        volume += " i månaden"
    return Table(
        "Perioden, året och projektet",
        head,
        (
            _line("Inskrivna", [number(each.participants.total) for each in parts], DASH),
            _line(
                "Andel flickor",
                [percent(each.girls_percent) for each in parts],
                target(goals.girls),
            ),
            _line("Avslutade", [number(each.left.total) for each in parts], DASH),
            _line(
                "Resultat", [percent(each.share_percent) for each in parts], target(goals.result)
            ),
            _line("Tillgodoräknade", [number(each.counted.total) for each in parts], volume),
            _line(
                "Ännu inte tillgodoräknade",
                [number(each.not_yet_counted.total) for each in parts],
                DASH,
            ),
        ),
        note=f"Året och projektet räknas till och med {overview.period.end.label}.",
    )


def _line(label: str, words: list[str], goal: str) -> Line:
    return Line(label, tuple(Cell(word) for word in [*words, goal or DASH]))


def counts(count: Count, figure: str, query: str = "") -> tuple[Cell, ...]:
    """Return the cells of a count: all, girls, boys; each opens its own rows."""
    return (
        Cell(number(count.total), figure, query),
        Cell(number(count.girls), figure, f"{query}&kon=F"),
        Cell(number(count.boys), figure, f"{query}&kon=M"),
    )


def main(figures: KeyFigures) -> Table:
    """What came in and went out, who is counted, and the hours: each line with its definition."""
    return Table(
        "Nyckeltal och vad de betyder",
        COUNT_HEAD,
        (
            _counted_line(definitions.PARTICIPANTS, figures.participants, "inskrivna"),
            _single(definitions.ENROLMENTS, number(figures.enrolments), "inskrivningar"),
            _single(definitions.GIRLS_SHARE, percent(figures.girls_percent)),
            _counted_line(definitions.ACTIVE, figures.active, "aktuella"),
            _counted_line(definitions.LEFT, figures.left, "avslutade"),
            _counted_line(definitions.TO_WORK, figures.to_work, "till-arbete"),
            _counted_line(definitions.TO_STUDIES, figures.to_studies, "till-studier"),
            _single(definitions.RESULT, percent(figures.share_percent)),
            _counted_line(definitions.COUNTED, figures.counted, "tillgodoraknade"),
            _counted_line(
                definitions.NOT_YET_COUNTED, figures.not_yet_counted, "ej-tillgodoraknade"
            ),
            _single(
                definitions.HOURS_ATTESTED, hours(figures.hours_attested), "timmar-attesterade"
            ),
            _single(
                definitions.HOURS_UNATTESTED,
                hours(figures.hours_unattested),
                "timmar-ej-attesterade",
            ),
        ),
    )


def _counted_line(definition: Definition, count: Count, figure: str) -> Line:
    return Line(definition.name, counts(count, figure), definition.text)


def _single(definition: Definition, value: str, figure: str = "") -> Line:
    return Line(definition.name, (Cell(value, figure), Cell(""), Cell("")), definition.text)


def hours(value: Decimal) -> str:
    """Write hours without needless decimals."""
    return number(value.quantize(1) if value == value.to_integral() else value.normalize())


def _split(title: str, definition: Definition, splits: tuple[Split, ...], name: str) -> Table:
    lines = [
        Line(split.label, counts(split.count, "inskrivna", f"&{name}={split.key}"))
        for split in splits
    ]
    return Table(title, COUNT_HEAD, tuple(lines), definition.text)


def _waiting(figures: KeyFigures) -> Table:
    waiting = figures.waiting
    return Table(
        definitions.FIRST_MEETING.name,
        ("Möten", "Median, dagar", "90:e percentilen, dagar"),
        (
            Line(
                "Från remiss till trepartssamtal",
                (
                    Cell(number(waiting.meetings), "forsta-mote"),
                    Cell(number(waiting.median)),
                    Cell(number(waiting.ninetieth)),
                ),
            ),
        ),
        definitions.FIRST_MEETING.text,
        "" if waiting.meetings else "Inga trepartssamtal registrerade i perioden.",
    )


def _stays(figures: KeyFigures) -> Table:
    lines = [
        Line(
            stay.label,
            (
                Cell(
                    number(stay.exits), "veckor", f"&{stay.narrowed_by}" if stay.narrowed_by else ""
                ),
                Cell(number(stay.median, 1)),
                Cell(number(stay.mean, 1)),
            ),
        )
        for stay in figures.stays
    ]
    head = ("Utskrivningar", "Median, veckor", "Medelvärde, veckor")
    return Table(definitions.WEEKS.name, head, tuple(lines), definitions.WEEKS.text)


def _still_there(figures: KeyFigures) -> Table:
    lines = [
        Line(
            f"Efter {each.months} månader",
            (Cell(percent(each.percent)), Cell(number(each.reached))),
        )
        for each in figures.still_there
    ]
    known = any(each.reached for each in figures.still_there)
    return Table(
        definitions.STILL_THERE.name,
        ("Andel kvar", "Antal som nåddes"),
        tuple(lines),
        definitions.STILL_THERE.text,
        "" if known else definitions.NO_PLACEMENTS,
    )


MONTH_HEAD = (
    "In",
    "Flickor",
    "Flickor, %",
    "Ut",
    "Arbete",
    "Studier",
    "Resultat, %",
    "Aktuella",
    "Räknade",
    "Attesterade timmar",
)
MONTH_NOTE = (
    "Räknade är tillgodoräknade deltagare: de vars första inskrivning började i månaden och som "
    "hade attesterad närvaro i samma månad. Månadernas antal kan därför inte läggas ihop till periodens."
)


def by_month(overview: Overview) -> Table:
    """The months of the period, or those that led up to it where it is short."""
    is_trend = len(overview.trend) > len(overview.months)
    note = "Perioden är kort och visas med månaderna före." if is_trend else ""
    lines = tuple(_month(each) for each in overview.trend)
    return Table("Månad för månad", MONTH_HEAD, lines, MONTH_NOTE, note)


def _month(figures: KeyFigures) -> Line:
    words = (
        number(figures.participants.total),
        number(figures.participants.girls),
        number(figures.girls_percent, 1),
        number(figures.left.total),
        number(figures.to_work.total),
        number(figures.to_studies.total),
        number(figures.share_percent, 1),
        number(figures.active.total),
        number(figures.counted.total),
        number(figures.hours_attested, 1),
    )
    return Line(str(figures.period.start), tuple(Cell(word) for word in words))
