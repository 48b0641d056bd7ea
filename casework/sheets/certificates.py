"""The certificate (intyg av närvarotid): one person's month, a line per date, and who signed for what."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from casework import attest
from casework.languages import DEFAULT
from casework.models import Attendance, Attestation, AttestationMethod, EsfProject, SheetKind
from casework.sheets import codes, drafts, ink, layout, people
from casework.sums import hours
from core.periods import Month
from core.swedish import iso_date
from participants.models import Participant

# How the certificate says that a row is signed for.
WAYS = {
    AttestationMethod.PAPER: "papper",
    AttestationMethod.DRAWN: "ritad",
    AttestationMethod.LINK: "engångslänk",
}
# What fits above the signatures on a page of pdf_sheets.css: a whole month of dates, one row each.
ROOM = 33
LETTERS = 58
ROOMY_UP_TO = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A date: what was done, for how long, and how it is signed for ("" when it is not)."""

    rows: list[Attendance]

    @property
    def on(self):
        """The day."""
        return self.rows[0].held_on

    @property
    def hours(self) -> Decimal:
        """The day's hours."""
        return sum((row.hours for row in self.rows), Decimal(0))

    @property
    def hours_text(self) -> str:
        """The day's hours in words."""
        return hours(self.hours)

    @property
    def activities(self) -> str:
        """The day's activities; with hours where there are several."""
        names = [row.session.activity.name for row in self.rows]
        if len(self.rows) == 1:
            return names[0]
        words = zip(names, self.rows, strict=True)
        return ", ".join(f"{name} ({hours(row.hours)} h)" for name, row in words)

    @property
    def mark(self) -> str:
        """How the day is signed for; where that differs, what was signed first."""
        marks = [mark_of(row.attestation) for row in self.rows if row.attestation]
        if not marks or len(marks) == len(self.rows):
            return ", ".join(dict.fromkeys(marks))
        return "delvis " + ", ".join(dict.fromkeys(marks))

    @property
    def height(self) -> int:
        """How many rows of the page it may take."""
        return max(layout.rows_high(self.activities, LETTERS), layout.rows_high(self.mark, 26))


def mark_of(attestation: Attestation) -> str:
    """Say when and how it was signed: underskriven 2026-11-03, ritad. Pure."""
    return f"underskriven {iso_date(attestation.recorded_at)}, {WAYS[attestation.method]}"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the wet-ink version."""

    number: int
    lines: list[Line]
    qr: str

    @property
    def hours(self) -> Decimal:
        """The page's hours."""
        return sum((line.hours for line in self.lines), Decimal(0))

    @property
    def hours_text(self) -> str:
        """The page's hours in words."""
        return hours(self.hours)

    @property
    def text(self) -> str:
        """What is signed on the page: the words of every other way of signing."""
        return attest.text_in(DEFAULT, self.hours)


@dataclass
class Certificate:
    """One person's month. Reads nothing: `load` has loaded all of it."""

    person: Participant
    month: Month
    project: EsfProject
    rows: list[Attendance]

    @cached_property
    def lines(self) -> list[Line]:
        """The dates, the first one first."""
        return [Line(list(rows)) for _, rows in groupby(self.rows, key=lambda row: row.held_on)]

    @property
    def title(self) -> str:
        """The month and its hours in words."""
        return f"{self.month.label.capitalize()}: {self.hours_text} timmar"

    @property
    def name(self) -> str:
        """The name, or the code of a protected person."""
        return self.person.list_name

    @property
    def number(self) -> str:
        """The number as it may stand on paper."""
        return people.printed_number(self.person, self.project)

    @property
    def total(self) -> Decimal:
        """The month's hours."""
        return sum((row.hours for row in self.rows), Decimal(0))

    @property
    def hours_text(self) -> str:
        """The month's hours in words."""
        return hours(self.total)

    @property
    def unsigned(self) -> list[Attendance]:
        """The rows nobody has signed for."""
        return [row for row in self.rows if row.attestation_id is None]

    @property
    def unsigned_text(self) -> str:
        """Their hours in words."""
        return hours(sum((row.hours for row in self.unsigned), Decimal(0)))

    @property
    def is_complete(self) -> bool:
        """Whether every row is signed for, so that no ink is needed."""
        return not self.unsigned

    @cached_property
    def pages(self) -> list[list[Line]]:
        """The dates page by page; nearly always one page."""
        return layout.in_pages(self.lines, lambda line: line.height, room=ROOM)

    @property
    def is_dense(self) -> bool:
        """Whether the lines must stand close to fit."""
        return sum(line.height for line in self.lines) > ROOMY_UP_TO

    @cached_property
    def attestations(self) -> list[Attestation]:
        """What the participant signed, in order, each once."""
        found = {row.attestation_id: row.attestation for row in self.rows if row.attestation}
        return sorted(found.values(), key=lambda each: (each.recorded_at, each.pk))

    def draft(self) -> drafts.Draft:
        """Return the paper to be signed: its rows, and a hash of what it says. No query."""
        rows = [
            (row.pk, row.hours, number)
            for number, lines in enumerate(self.pages, start=1)
            for line in lines
            for row in line.rows
        ]
        says = [self.name, self.number, self.project.name, self.project.diary_number]
        says += [[line.on, line.activities, line.hours, line.mark] for line in self.lines]
        return drafts.Draft(
            SheetKind.MONTH,
            rows,
            len(self.pages),
            drafts.hash_of(says),
            participant_id=self.person.pk,
            month=str(self.month),
        )

    def paper(self, code: str) -> dict:
        """Return what the template of the wet-ink version shows."""
        pages = [
            Page(number, lines, codes.picture(code, number))
            for number, lines in enumerate(self.pages, start=1)
        ]
        return {"certificate": self, "code": code, "pages": pages}

    @property
    def countersignatures(self) -> list:
        """What the responsible person signed beside them, each once."""
        found = [each.countersignature for each in self.attestations if each.countersignature]
        return list({each.pk: each for each in found}.values())

    @property
    def is_countersigned_on_paper(self) -> bool:
        """Whether some of it was signed on paper, which carries both signatures."""
        return any(each.method == AttestationMethod.PAPER for each in self.attestations)

    @property
    def awaits_countersignature(self) -> bool:
        """Whether somebody responsible has yet to sign beside the participant."""
        return any(
            each.countersignature_id is None and each.method != AttestationMethod.PAPER
            for each in self.attestations
        )

    @property
    def signed(self) -> list[tuple[Attestation, str]]:
        """The attestations, each with its drawn signature as a picture, or ""."""
        return [(each, ink.picture(each.strokes)) for each in self.attestations]


def load(persons, month: Month) -> list[Certificate]:
    """Return the certificates of those of `persons` (a queryset) with hours in a month, in their order.

    Eight queries, however many people.
    """
    rows = (
        Attendance.objects.taken_part()
        .filter(participant__in=persons.values("pk"), held_on__range=(month.first, month.last))
        .select_related(
            "session__activity",
            "attestation__recorded_by",
            "attestation__countersignature__signed_by",
            "attestation__scan_page__sheet",
        )
        .defer("attestation__scan_page__picture")
        .order_by("held_on", "session__starts_at", "session", "pk")
    )
    by_person = {}
    for row in rows:
        by_person.setdefault(row.participant_id, []).append(row)
    project = EsfProject.on(month.last) or people.NO_PROJECT
    return [
        Certificate(person, month, project, by_person[person.pk])
        for person in persons.for_list().filter(pk__in=by_person)
    ]
