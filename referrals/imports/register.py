"""The register's columns, what a row of it must hold, and what it would change."""

from collections import defaultdict
from datetime import date, timedelta

from django.utils import timezone

from accounts.roles import Authority
from core import cells
from core.imports import (
    UNREACHABLE,
    Fault,
    SheetResource,
    chunks,
    column,
    identity_number,
    number_column,
)
from core.swedish import counted, listed
from core.text import fold
from participants import access_log
from participants.enums import Area, Category, ExitReason
from participants.models import ConsentText, Track
from referrals.imports.batch import Batch, exit_differs, planned_end_differs
from referrals.imports.people import flags_in, known_people, new_person
from referrals.models import Criterion, ReferringBody

AREAS = {fold(area.label): area for area in Area}
REASONS = {fold(reason.label): reason for reason in ExitReason}
ONE_DAY = timedelta(days=1)


def one_of(choices: dict, what: str):
    """Return a reader that finds a cell among choices, whatever its case."""

    def read(value):
        words = cells.text(value)
        if words and fold(words) not in choices:
            known = listed(each.label for each in choices.values())
            raise ValueError(f"{cells.quoted(value)} är ingen {what}. Det ska vara {known}.")
        return choices.get(fold(words))

    return read


class RegisterResource(SheetResource):
    """The register: one row is one enrolment.

    Options: `with_consent` sets consents, `readers` are users who may see those the file protects.
    """

    title = "Register"
    # Exits first: a return in an earlier row of the file must not meet the enrolment that ends later.
    phases = 2

    number = number_column("Personnummer")
    first_name = column("Förnamn", cells.text)
    last_name = column("Efternamn", cells.text)
    area = column("Kommundel", one_of(AREAS, "kommundel"))
    body = column("Remitterande instans", cells.text)
    referred_on = column("Remissdatum", cells.day)
    criteria = column("Målgruppskriterier", cells.whole_numbers)
    starts_on = column("Inskriven", cells.day)
    planned_end_on = column("Planerat slut", cells.day)
    ended_on = column("Utskriven", cells.day, optional=True)
    exit_reason = column("Utskrivningsorsak", one_of(REASONS, "utskrivningsorsak"), optional=True)
    coded_disability = column("Kodad funktionsnedsättning", cells.yes_or_no)
    sius = column("SIUS", cells.yes_or_no)
    income_support = column("Försörjningsstöd", cells.yes_or_no)
    protected = column("Skyddade personuppgifter", cells.yes_or_no)

    def __init__(self, **options):
        super().__init__(**options)
        self.today = timezone.localdate()
        self.bodies = {fold(body.name): body for body in ReferringBody.objects.all()}
        self.all_criteria = list(Criterion.objects.all())
        self.tracks = list(Track.objects.all())
        self.texts = list(
            ConsentText.objects.filter(authority=Authority.EMPLOYMENT_SERVICE).order_by(
                "valid_from", "pk"
            )
        )
        self.people = {}
        # For each number in the file: (first day, last day, row), to find what overlaps.
        self.spans = defaultdict(list)
        self.protected_numbers, self.consented_numbers = set(), set()

    def look_up(self, dataset):
        numbers = set()
        for value in dataset[self.column_of("number")]:
            try:
                number = identity_number(cells.text(value))
            except ValueError:
                continue
            numbers |= {number.value} if number else set()
        self.people = known_people(numbers, self.by)

    # What a row must hold

    def check_row(self, row, errors):
        known = self.people.get(row.number.value) if row.number else None
        if known and known.is_hidden:
            errors.clear()
            errors["number"] = UNREACHABLE
            return
        self._find_body(row, errors)
        self._check_days(row, errors)
        self._check_exit(row, errors)
        self._check_criteria(row, errors)
        if row.number and row.starts_on:
            self._check_twice(row, errors)

    def _find_body(self, row, errors):
        if not row.body:
            return
        body = self.bodies.get(fold(row.body))
        if body is None:
            names = listed(each.name for each in self.bodies.values())
            errors["body"] = f"{cells.quoted(row.body)} är okänd. Kända instanser: {names}."
        row.body = body

    def _check_days(self, row, errors):
        if row.starts_on and row.number and row.starts_on < row.number.birth_date:
            errors.setdefault("starts_on", "Inskriven före födelsedagen. Kontrollera datumen.")
        if row.starts_on and row.planned_end_on and row.planned_end_on < row.starts_on:
            errors["planned_end_on"] = (
                "Planerat slut ligger före inskrivningen. Kontrollera datumen."
            )
        if row.referred_on and row.referred_on > self.today:
            errors["referred_on"] = "Remissdatum ligger i framtiden. Kontrollera datumet."
        if row.referred_on and row.starts_on and row.referred_on > row.starts_on:
            self.remark(row, "referred_on", "Remissen kom efter inskrivningen.")

    def _check_exit(self, row, errors):
        if "ended_on" in errors or "exit_reason" in errors:
            return
        if row.ended_on and not row.exit_reason:
            errors["exit_reason"] = "Utskriven men utan orsak. Ange orsaken."
        if row.exit_reason and not row.ended_on:
            errors["ended_on"] = "Orsak men inget datum. Ange dagen för utskrivningen."
        if row.ended_on and row.starts_on and row.ended_on < row.starts_on:
            errors["ended_on"] = "Utskriven före inskrivningen. Kontrollera datumen."
        elif row.ended_on and row.ended_on > self.today:
            errors["ended_on"] = (
                "Utskriven i framtiden. Ett avslut läses in tidigast den dag det sker."
            )

    def _check_criteria(self, row, errors):
        known = {each.number for each in self.all_criteria}
        unknown = [number for number in row.criteria or () if number not in known]
        if unknown:
            errors["criteria"] = (
                f"Villkor {listed(unknown)} finns inte. Kända villkor: {listed(sorted(known))}."
            )
        elif row.starts_on and row.criteria:
            early = [
                each.number
                for each in self.criteria_of(row)
                if each.valid_from > row.starts_on or (each.valid_until or date.max) < row.starts_on
            ]
            if early:
                self.remark(row, "criteria", f"Villkor {listed(early)} gällde inte den dagen.")

    def _check_twice(self, row, errors):
        spans = self.spans[row.number.value]
        for start, _, earlier in spans:
            if start == row.starts_on:
                errors["starts_on"] = (
                    f"Samma person och inskrivningsdag står redan på rad {earlier}. Ta bort den ena."
                )
                return
        spans.append((row.starts_on, row.ended_on, row.row))

    def faults_of_the_whole(self):
        """Return the enrolments that share a day, within the file or with what is stored."""
        faults = []
        numbers = list(self.spans)
        for start in range(0, len(numbers), 1000):
            some = numbers[start : start + 1000]
            known = known_people(some, self.by)
            for number in some:
                faults += self._overlaps(self.spans[number], known.get(number))
        return faults

    def _overlaps(self, spans, known):
        """The file's word about an enrolment goes before the database's."""
        if known and known.is_hidden:
            return []
        days = {start: (end, row) for start, end, row in spans}
        for start, enrolment in (known.enrolments if known else {}).items():
            end, row = days.get(start, (None, None))
            days[start] = (end or enrolment.ended_on, row)
        ordered = sorted((start, *rest) for start, rest in days.items())
        return [
            self._overlap(earlier, later)
            for earlier, later in zip(ordered, ordered[1:], strict=False)
            if earlier[1] is None or earlier[1] >= later[0]
        ]

    def _overlap(self, earlier, later):
        """One of the two stands in the file; the other perhaps in the database."""
        row, other = (later[2], earlier) if later[2] else (earlier[2], later)
        where = f"den på rad {other[2]}" if other[2] else f"den som började {other[0]}"
        return Fault(
            row,
            self.column_of("starts_on"),
            f"Inskrivningen överlappar {where}. En person kan bara vara inskriven en gång i taget.",
        )

    # What a row changes

    def is_unchanged(self, row):
        known = self.people.get(row.number.value)
        if not self.saving:
            self._count(known, row)
        elif self.phase == 1 and (known is None or row.starts_on not in known.enrolments):
            return True
        return self._same(known, row)

    def _same(self, known, row):
        """Whether the database holds all that the row says."""
        enrolment = known.enrolments.get(row.starts_on) if known else None
        if enrolment is None or known.is_new:
            return False
        referral = getattr(enrolment, "referral", None)
        return (
            referral is not None
            and (referral.body_id, referral.referred_on) == (row.body.pk, row.referred_on)
            and known.criteria.get(row.starts_on) == frozenset(row.criteria)
            and not exit_differs(enrolment, row)
            and not planned_end_differs(enrolment, row, known)
            and self._same_person(known, row)
        )

    def _same_person(self, known, row):
        return (
            (known.same_name(row.first_name, row.last_name) or not known.is_latest(row.starts_on))
            and known.lived_in(row.area, row.starts_on)
            and flags_in(row) <= known.flags
            and (known.is_protected or not row.protected)
            and not (self.options.get("with_consent") and set(Category) - known.asked)
        )

    def _count(self, known, row):
        """Count what the row would do; the numbers are what the preview shows."""
        number = row.number.value
        has_come_before = bool(known) or len(self.spans[number]) > 1
        if known is None or row.starts_on not in known.enrolments:
            self.counts["enrolments"] += 1
            self.counts["returning" if has_come_before else "people"] += 1
        elif not self._same(known, row):
            self.counts["changed"] += 1
        if row.protected and not (known and known.is_protected):
            self.protected_numbers.add(number)
            self.counts["protected"] = len(self.protected_numbers)
        if self.options.get("with_consent") and number not in self.consented_numbers:
            self.consented_numbers.add(number)
            self.counts["consents"] += len(set(Category) - (known.asked if known else set()))
        if self.track_of(row) is None:
            self.counts["without_track"] += 1
        if known:
            self._remark_on_known(known, row)

    def _remark_on_known(self, known, row):
        if known.is_latest(row.starts_on) and not known.same_name(row.first_name, row.last_name):
            self.remark(row, "last_name", "Personen heter något annat i registret; namnet ändras.")
        enrolment = known.enrolments.get(row.starts_on)
        if enrolment and enrolment.ended_on and not row.ended_on:
            self.remark(row, "ended_on", "Inskrivningen är redan avslutad här och förblir det.")

    def track_of(self, row) -> Track | None:
        """Return the track that took in the person's age on the day the enrolment starts."""
        born, day = row.number.birth_date, row.starts_on
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        for track in self.tracks:
            holds = track.valid_from <= day and (
                track.valid_until is None or day <= track.valid_until
            )
            if holds and track.takes(age):
                return track
        return None

    def criteria_of(self, row) -> list[Criterion]:
        """Return the criteria a row names, in the wording that held when the enrolment started.

        The register may name one before it held: then its first wording.
        """
        found = []
        for number in row.criteria:
            wordings = [each for each in self.all_criteria if each.number == number]
            held = [each for each in wordings if each.valid_from <= row.starts_on]
            first = min(wordings, key=lambda each: each.valid_from)
            found.append(max(held, key=lambda each: each.valid_from, default=first))
        return found

    def consent_text(self, day: date) -> str:
        """Return the words that held on the day, or the first ones there are."""
        held = [text for text in self.texts if text.valid_from <= day]
        return (held[-1] if held else self.texts[0]).text

    @classmethod
    def summary(cls, outcome):
        counts = outcome.counts
        lines = [
            (counts["people"], "ny person", "nya personer"),
            (counts["enrolments"], "ny inskrivning", "nya inskrivningar"),
            (counts["returning"], "återkommande", "återkommande"),
            (counts["changed"], "ändrad rad", "ändrade rader"),
            (counts["unchanged"], "oförändrad rad", "oförändrade rader"),
            (counts["protected"], "person markeras som skyddad", "personer markeras som skyddade"),
            (counts["consents"], "samtycke sätts", "samtycken sätts"),
        ]
        return [counted(*line) for line in lines if line[0]]

    def write(self, rows):
        batch = Batch(
            by=self.by,
            readers=self.options.get("readers", []),
            consent_text=self.consent_text if self.options.get("with_consent") else None,
        )
        for row in rows:
            known = self.people.get(row.number.value)
            if known is None:
                known = new_person(row.number, row.first_name, row.last_name, self.by)
                self.people[row.number.value] = known
            batch.add(known, row, self.track_of(row), self.criteria_of(row))
        self.touched |= batch.save()

    def log(self):
        for some in chunks(iter(sorted(self.touched))):
            access_log.shown_to(self.by, some, access_log.Action.IMPORTED, what="import_register")
