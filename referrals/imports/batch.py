"""Saving what a chunk of rows changes: many rows a statement, in the order the database demands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone

from accounts.roles import Authority
from participants.actions.assignments import close_at_exit
from participants.enums import Category, ProtectionKind
from participants.models import (
    AreaPeriod,
    Consent,
    Enrolment,
    NumberRecord,
    Participant,
    ParticipantFlag,
    Protection,
    ProtectionReader,
)
from participants.models.participant import new_code
from referrals.enums import ReferralStatus
from referrals.imports.people import PersonFile, flags_in
from referrals.models import Referral, ReferralStep

SOURCE = "register"
CONSENT_SOURCE = "registerinläsning"
READER_REASON = "Läste in registret"
BATCH = 500
MIDDAY = time(12)


def midday(day: date) -> datetime:
    """Return the day's middle as a moment: the register knows days, not moments."""
    return timezone.make_aware(datetime.combine(day, MIDDAY))


@dataclass
class Batch:
    """What is to be saved. `by` is the user, or None for the system; `readers` see the protected."""

    by: object
    readers: list = field(default_factory=list)
    consent_text: object = None
    people: list = field(default_factory=list)
    renamed: list = field(default_factory=list)
    numbers: list = field(default_factory=list)
    areas: list = field(default_factory=list)
    moved: list = field(default_factory=list)
    flags: list = field(default_factory=list)
    protections: list = field(default_factory=list)
    consents: list = field(default_factory=list)
    enrolments: list = field(default_factory=list)
    corrected: list = field(default_factory=list)
    referrals: list = field(default_factory=list)
    rereferred: list = field(default_factory=list)
    criteria: list = field(default_factory=list)

    def add(self, known: PersonFile, row, track, criteria: list) -> None:
        """Take in one row that changes something; `known` is brought up to date with it."""
        self._person(known, row)
        enrolment = known.enrolments.get(row.starts_on)
        if enrolment is None:
            enrolment = self._enrolment(known, row, track)
        elif correct_enrolment(enrolment, row, known, self.by):
            self.corrected.append(enrolment)
        self._referral(known, enrolment, row, criteria)

    def _person(self, known, row):
        if known.is_new and not known.enrolments:
            self.people.append(known.participant)
            self.numbers.append(self._number(known.participant, row.number))
        elif known.is_latest(row.starts_on) and not known.same_name(row.first_name, row.last_name):
            known.participant.first_name = row.first_name
            known.participant.last_name = row.last_name
            self.renamed += [known.participant] if known.participant.pk else []
        if not known.lived_in(row.area, row.starts_on):
            changed, new = known.move(row.area, row.starts_on)
            self.moved += [changed] if changed and changed.pk else []
            self.areas += [new] if new else []
        self._flags(known, row)
        self._protection(known, row)
        self._consents(known, row)

    def _number(self, participant, number):
        return NumberRecord(
            participant=participant,
            number=number.value,
            is_coordination=number.is_coordination,
            recorded_by=self.by,
        )

    def _flags(self, known, row):
        for flag in sorted(flags_in(row) - known.flags):
            known.flags.add(flag)
            self.flags.append(
                ParticipantFlag(
                    participant=known.participant,
                    flag=flag,
                    noted_on=row.starts_on,
                    source=SOURCE,
                )
            )

    def _protection(self, known, row):
        if not row.protected or known.is_protected:
            return
        known.is_protected = True
        self.protections.append(
            Protection(
                participant=known.participant,
                kind=ProtectionKind.MARKING,
                source=SOURCE,
                marked_by=self.by,
            )
        )

    def _consents(self, known, row):
        if self.consent_text is None:
            return
        for category in [each for each in Category if each not in known.asked]:
            known.asked.add(category)
            self.consents.append(
                Consent(
                    participant=known.participant,
                    authority=Authority.EMPLOYMENT_SERVICE,
                    category=category,
                    text=self.consent_text(row.starts_on),
                    given_on=row.starts_on,
                    source=CONSENT_SOURCE,
                    recorded_by=self.by,
                )
            )

    def _enrolment(self, known, row, track):
        enrolment = Enrolment(
            participant=known.participant,
            track=track,
            starts_on=row.starts_on,
            planned_end_on=row.planned_end_on,
            created_by=self.by,
        )
        if row.ended_on:
            end(enrolment, row, self.by)
        known.enrolments[row.starts_on] = enrolment
        self.enrolments.append(enrolment)
        return enrolment

    def _referral(self, known, enrolment, row, criteria):
        referral = getattr(enrolment, "referral", None) if enrolment.pk else None
        if referral is None:
            referral = self._new_referral(known, enrolment, row)
        elif (referral.body_id, referral.referred_on) != (row.body.pk, row.referred_on):
            referral.body, referral.referred_on = row.body, row.referred_on
            referral.version += 1
            self.rereferred.append(referral)
        if known.criteria.get(row.starts_on) != frozenset(row.criteria):
            known.criteria[row.starts_on] = frozenset(row.criteria)
            self.criteria.append((referral, criteria))

    def _new_referral(self, known, enrolment, row):
        referral = Referral(
            participant=known.participant,
            body=row.body,
            referred_on=row.referred_on,
            status=ReferralStatus.ACCEPTED,
            enrolment=enrolment,
            received_at=midday(row.referred_on),
            received_by=self.by,
            decided_at=midday(row.starts_on),
            decided_by=self.by,
        )
        self.referrals.append(referral)
        return referral

    def save(self) -> set[int]:
        """Save everything; returns the keys of the people who were touched."""
        self._save_people()
        self._save_enrolments()
        self._save_referrals()
        return self._touched()

    def _save_people(self):
        give_codes(self.people)
        for person in [*self.people, *self.renamed]:
            person.set_derived()
        for person in self.renamed:
            person.version += 1
        create(Participant, self.people)
        names = ["first_name", "last_name", "search_name", "sort_name", "version"]
        Participant.objects.bulk_update(self.renamed, names, batch_size=BATCH)
        create(NumberRecord, self.numbers)
        AreaPeriod.objects.bulk_update(self.moved, ["area", "ends_on"], batch_size=BATCH)
        create(AreaPeriod, self.areas)
        create(ParticipantFlag, self.flags)
        create(Protection, self.protections)
        create(ProtectionReader, self._readers())
        create(Consent, self.consents)

    def _readers(self):
        today = timezone.localdate()
        return [
            ProtectionReader(
                protection=protection,
                user=user,
                reason=READER_REASON,
                valid_from=today,
                granted_by=self.by,
            )
            for protection in self.protections
            for user in self.readers
        ]

    def _save_enrolments(self):
        changed = ["planned_end_on", "ended_on", "exit_reason", "exited_at", "exited_by", "version"]
        Enrolment.objects.bulk_update(self.corrected, changed, batch_size=BATCH)
        close_assignments([each for each in self.corrected if each.ended_on])
        create(Enrolment, self.enrolments)

    def _save_referrals(self):
        create(Referral, self.referrals)
        Referral.objects.bulk_update(
            self.rereferred, ["body", "referred_on", "version"], batch_size=BATCH
        )
        create(ReferralStep, [step for each in self.referrals for step in steps_of(each, self.by)])
        link = Referral.criteria.through
        link.objects.filter(referral__in=[referral.pk for referral, _ in self.criteria]).delete()
        create(
            link,
            [
                link(referral_id=referral.pk, criterion_id=criterion.pk)
                for referral, criteria in self.criteria
                for criterion in criteria
            ],
        )

    def _touched(self):
        people = {person.pk for person in [*self.people, *self.renamed]}
        rows = [
            *self.areas, *self.moved, *self.flags, *self.protections, *self.consents,
            *self.enrolments, *self.corrected, *self.referrals, *self.rereferred,
            *(referral for referral, _ in self.criteria),
        ]  # fmt: skip
        return people | {each.participant_id for each in rows}


def create(model, rows: list) -> None:
    """Insert rows, many a statement; their keys are filled in."""
    if rows:
        model.objects.bulk_create(rows, batch_size=BATCH)


def give_codes(people: Iterable[Participant]) -> None:
    """Make sure that no two people share a code: among ten thousand, chance alone would."""
    people = list(people)
    taken = set(
        Participant.objects.filter(code__in=[person.code for person in people]).values_list(
            "code", flat=True
        )
    )
    for person in people:
        while person.code in taken:
            person.code = new_code()
        taken.add(person.code)


def exit_differs(enrolment: Enrolment, row) -> bool:
    """Whether the row has an exit that the enrolment has not, or another one."""
    there = (enrolment.ended_on, enrolment.exit_reason)
    return row.ended_on is not None and there != (row.ended_on, row.exit_reason)


def planned_end_differs(enrolment: Enrolment, row, known: PersonFile) -> bool:
    """Whether the row has another planned end, and nobody has asked for an extension here."""
    return enrolment.planned_end_on != row.planned_end_on and row.starts_on not in known.extended


def correct_enrolment(enrolment: Enrolment, row, known: PersonFile, by) -> bool:
    """Bring an enrolment in line with the row; returns whether that changed anything."""
    exits = exit_differs(enrolment, row)
    planned = planned_end_differs(enrolment, row, known)
    if exits:
        end(enrolment, row, by)
    if planned:
        enrolment.planned_end_on = row.planned_end_on
    enrolment.version += exits or planned
    return exits or planned


def end(enrolment: Enrolment, row, by) -> None:
    """Set the exit that the row tells of."""
    enrolment.ended_on = row.ended_on
    enrolment.exit_reason = row.exit_reason
    enrolment.exited_at = timezone.now()
    enrolment.exited_by = by


def close_assignments(enrolments: list[Enrolment]) -> None:
    """Assignments end with their enrolment (as at an exit by hand)."""
    close_at_exit({each.pk: each.ended_on for each in enrolments})


def steps_of(referral: Referral, by) -> list[ReferralStep]:
    """Return the steps of a referral that came in accepted."""
    return [
        ReferralStep(
            referral=referral, status=status, by=by, at=at, note=CONSENT_SOURCE.capitalize()
        )
        for status, at in (
            (ReferralStatus.RECEIVED, referral.received_at),
            (ReferralStatus.ACCEPTED, referral.decided_at),
        )
    ]
