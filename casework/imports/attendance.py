"""The attendance sheet's columns, what a row of it must hold, and what it changes."""

from array import array
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.db.models import Max
from django.utils import timezone

from casework.imports import landing
from casework.models import (
    Activity,
    ActivityKind,
    Attendance,
    AttendanceStatus,
    Attestation,
    AttestationMethod,
    Session,
)
from core import cells
from core.imports import Fault, SheetResource, chunks, column, identity_number, number_column
from core.swedish import counted, number
from core.text import fold
from participants import access_log
from participants.enums import Category
from participants.models import Enrolment, NumberRecord, Participant

SOURCE = "pappersunderlag"
BATCH = 500
HOURS_OF_A_DAY = 24
INDIVIDUAL = "individuell"
# How a person, a day and an activity share 64 bits: 26, 20 (2,800 years) and 18.
PEOPLE, DAYS, NAMES = 2**26, 2**20, 2**18
MONTHS = 2**17
CHANGED = ["hours", "status", "absence_reason", "attestation", "version"]
MAX_NAME = Activity._meta.get_field("name").max_length
UNKNOWN_PERSON = (
    "Personen finns inte bland dem du kan läsa in närvaro för. Läs in registret först, eller kontakta"
    " projektledaren."
)

SEVERAL = (
    "Personen har flera tillfällen i aktiviteten den dagen. Timmarna läses in på ett av dem; kontrollera"
    " dem efteråt."
)


def hours(value) -> Decimal | None:
    """Read hours of a day with at most two decimals."""
    found = cells.decimal(value)
    if found is None:
        return None
    if not 0 < found <= HOURS_OF_A_DAY:
        raise ValueError("Timmarna ska vara mer än 0 och högst 24. Kontrollera dem.")
    if found != round(found, 2):
        raise ValueError("Timmarna har fler än två decimaler. Skriv till exempel 2,25.")
    return found


class AttendanceResource(SheetResource):
    """Attendance: one row is one person, day and activity."""

    title = "Närvaro"

    number = number_column("Personnummer")
    held_on = column("Datum", cells.day)
    activity = column("Aktivitet", cells.text)
    hours = column("Timmar", hours)
    signed = column("Signerad", cells.yes_or_no)

    def __init__(self, **options):
        super().__init__(**options)
        self.today = timezone.localdate()
        self.activities = {fold(each.name): each for each in Activity.objects.all()}
        self.stored = Attendance.objects.aggregate(last=Max("pk"))["last"] or 0
        # What the file has said so far: person, day and activity in 64 bits, and the row. Arrays, since
        # a set of tuples would take twenty times the memory.
        self.said, self.said_in, self.names = array("Q"), array("L"), {}
        # Attestations made by this import, by person and month.
        self.attestations: dict[int, int] = {}
        # What the database knows of these rows: where new ones land, by activity and day; the rows that
        # were there before, by activity, day and person.
        self.people, self.sessions, self.existing, self.enrolments = {}, {}, {}, {}
        self.new_sessions = 0

    # What the database knows

    def look_up(self, dataset):
        self.people = self._people(dataset[self.column_of("number")])
        days = {day for day in map(_day, dataset[self.column_of("held_on")]) if day}
        names = {fold(cells.text(name)) for name in dataset[self.column_of("activity")]}
        known = {self.activities[name].pk for name in names if name in self.activities}
        occasions = landing.occasions(known, days)
        self.sessions = landing.landings(occasions)
        self.existing = landing.rows(occasions, set(self.people.values()), self.stored)
        self.enrolments = self._enrolments()

    def _people(self, values):
        numbers = set()
        for value in values:
            try:
                found = identity_number(cells.text(value))
            except ValueError:
                continue
            numbers |= {found.value} if found else set()
        records = NumberRecord.objects.filter(number__in=numbers)
        if self.by is not None:
            visible = Participant.objects.visible_to(self.by, Category.ATTENDANCE)
            records = records.filter(participant__in=visible)
        return dict(records.values_list("number", "participant"))

    def _enrolments(self):
        if self.saving:
            return {}  # only asked for remarks
        found: dict[int, list] = {}
        rows = Enrolment.objects.filter(participant__in=set(self.people.values()))
        for person, start, end in rows.values_list("participant", "starts_on", "ended_on"):
            found.setdefault(person, []).append((start, end or date.max))
        return found

    # What a row must hold

    def check_row(self, row, errors):
        row.person = self.people.get(row.number.value) if row.number else None
        row.activity_key = fold(row.activity or "")
        if row.number and row.person is None:
            errors["number"] = UNKNOWN_PERSON
        if row.held_on and row.held_on > self.today:
            errors["held_on"] = "Dagen har inte varit än. Kontrollera datumet."
        if row.activity and len(row.activity) > MAX_NAME:
            errors["activity"] = f"Aktivitetens namn är längre än {MAX_NAME} tecken. Korta det."
        row.existing, row.several = None, False
        if errors or not (row.person and row.held_on and row.activity):
            return
        row.existing = self._stored_row(row)
        self._note_said(row)
        self._check_attested(row, errors)
        self._remark_outside(row)

    def _stored_row(self, row):
        activity = self.activities.get(row.activity_key)
        rows = self.existing.get((activity.pk, row.held_on, row.person)) if activity else None
        row.several = len(rows or ()) > 1
        return landing.meant(rows, row.hours) if rows else None

    def _note_said(self, row):
        """Remember the row; when it is saved the database's own rule keeps it single."""
        if not self.saving:
            name = self.names.setdefault(row.activity_key, len(self.names))
            day = row.held_on.toordinal() % DAYS
            self.said.append((row.person % PEOPLE * DAYS + day) * NAMES + name % NAMES)
            self.said_in.append(row.row)

    def faults_of_the_whole(self):
        """Return the rows that say what an earlier row said."""
        order = sorted(range(len(self.said)), key=self.said.__getitem__)
        return [
            self._twice(self.said_in[earlier], self.said_in[later])
            for earlier, later in pairwise(order)
            if self.said[earlier] == self.said[later]
        ]

    def _twice(self, earlier, later):
        sentence = f"Samma person, dag och aktivitet står redan på rad {earlier}. Ta bort den ena."
        return Fault(later, self.column_of("held_on"), sentence)

    def _check_attested(self, row, errors):
        there = row.existing
        if there and there.attestation_id and there.hours != row.hours:
            errors["hours"] = (
                f"{number(there.hours)} timmar är redan signerade. Signerade timmar ändras inte genom"
                " inläsning."
            )

    def _remark_outside(self, row):
        spans = self.enrolments.get(row.person, ())
        if not self.saving and not any(start <= row.held_on <= end for start, end in spans):
            self.remark(row, "held_on", "Dagen ligger utanför personens inskrivningar.")
        if row.several and row.existing.hours != row.hours:
            self.remark(row, "hours", SEVERAL)
        if row.existing and row.existing.attestation_id and not row.signed:
            self.remark(row, "signed", "Raden är redan signerad här och förblir det.")

    # What a row changes

    def is_unchanged(self, row):
        there = row.existing
        same = there is not None and there.hours == row.hours  # 0 unless present
        same = same and (there.attestation_id is not None or not row.signed)
        if not same:
            self.counts["changed" if there else "rows"] += 1
            self.counts["signed"] += bool(row.signed)
            if row.activity_key not in self.activities:
                self.counts["new_activity_rows"] += 1
        return same

    @classmethod
    def summary(cls, outcome):
        counts = outcome.counts
        lines = [
            (counts["rows"], "ny rad närvaro", "nya rader närvaro"),
            (counts["changed"], "ändrad rad", "ändrade rader"),
            (counts["unchanged"], "oförändrad rad", "oförändrade rader"),
            (counts["signed"], "rad blir signerad", "rader blir signerade"),
        ]
        return [counted(*line) for line in lines if line[0]]

    def write(self, rows):
        self._make_activities(rows)
        self._make_sessions(rows)
        self._make_attestations([row for row in rows if row.signed])
        new = [self._new(row) for row in rows if row.existing is None]
        changed = [self._changed(row) for row in rows if row.existing]
        Attendance.objects.bulk_create(new, batch_size=BATCH)
        Attendance.objects.bulk_update(changed, CHANGED, batch_size=BATCH)
        self.touched |= {row.person for row in rows}

    def _make_activities(self, rows):
        for row in rows:
            name = row.activity_key
            if name not in self.activities:
                kind = (
                    ActivityKind.INDIVIDUAL if name.startswith(INDIVIDUAL) else ActivityKind.GROUP
                )
                self.activities[name] = Activity.objects.create(
                    name=row.activity, kind=kind, type=landing.type_of(name)
                )

    def _make_sessions(self, rows):
        wanted = dict.fromkeys(self._occasion(row) for row in rows)
        new = [
            Session(activity_id=activity, held_on=held_on)
            for activity, held_on in wanted
            if (activity, held_on) not in self.sessions
        ]
        for session in Session.objects.bulk_create(new, batch_size=BATCH):
            self.sessions[session.activity_id, session.held_on] = session.pk

    def _occasion(self, row):
        return self.activities[row.activity_key].pk, row.held_on

    def _make_attestations(self, rows):
        keys = dict.fromkeys(map(_person_and_month, rows))
        new = [key for key in keys if key not in self.attestations]
        people = [key // MONTHS for key in new]
        made = Attestation.objects.bulk_create(
            [
                Attestation(
                    participant_id=person,
                    method=AttestationMethod.PAPER,
                    recorded_by=self.by,
                    source=SOURCE,
                )
                for person in people
            ],
            batch_size=BATCH,
        )
        self.attestations |= {key: each.pk for key, each in zip(new, made, strict=True)}

    def _new(self, row):
        return Attendance(
            session_id=self.sessions[self._occasion(row)],
            participant_id=row.person,
            held_on=row.held_on,
            hours=row.hours,
            attestation_id=self.attestations[_person_and_month(row)] if row.signed else None,
        )

    def _changed(self, row):
        row.existing.hours, row.existing.version = row.hours, row.existing.version + 1
        row.existing.status, row.existing.absence_reason = AttendanceStatus.PRESENT, ""
        if row.signed and row.existing.attestation_id is None:
            row.existing.attestation_id = self.attestations[_person_and_month(row)]
        return row.existing

    def log(self):
        for some in chunks(iter(sorted(self.touched))):
            access_log.shown_to(self.by, some, access_log.Action.IMPORTED, what="import_attendance")


def _person_and_month(row) -> int:
    return row.person * MONTHS + row.held_on.year * 12 + row.held_on.month


def _day(value) -> date | None:
    try:
        return cells.day(value)
    except ValueError:
        return None
