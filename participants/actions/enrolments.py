"""Enrolling a person, and ending an enrolment."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from core import registry
from core.periods import add_months
from core.registry import OpenQuestion
from participants import access_log
from participants.actions.assignments import assign, close_at_exit
from participants.enums import ExitReason, Function
from participants.errors import Refused, refusing
from participants.models import Enrolment, Participant, ProgrammeLength, Track


class ReasonNeeded(Refused):
    """Something stands open that may only be left with a reason."""

    def __init__(self):
        super().__init__(
            "Något måste göras klart före avslutet. Gör det, eller skriv varför det inte kan göras nu."
        )


OPEN_RULES = ("enrolment_one_open_each", "participants_enrolment.participant_id")


def track_for(participant: Participant, day: date) -> Track | None:
    """Return the track that takes in the person at their age that day, or None. One query."""
    age = participant.age_on(day)
    return next((track for track in Track.objects.valid_on(day) if track.takes(age)), None)


def planned_end_for(day: date) -> date:
    """Return the planned end of an enrolment that starts on the day, by the setting. One query."""
    length = ProgrammeLength.objects.valid_on(day).first()
    if length is None:
        raise Refused("Det finns ingen programlängd för den dagen. Kontakta systemförvaltaren.")
    return add_months(day, length.months)


@transaction.atomic
def enrol(
    *,
    participant: Participant,
    starts_on: date,
    main_contact,
    by,
    employment_officer=None,
) -> Enrolment:
    """Enrol a person from a day on, in the track of their age, with a main contact.

    Raises Refused when no track takes the age, or when the days belong to another enrolment.
    """
    participant = Participant.objects.select_for_update().get(pk=participant.pk)
    track = track_for(participant, starts_on)
    if track is None:
        age = participant.age_on(starts_on)
        raise Refused(
            f"Personen är {age} år den dagen, och inget spår tar emot den åldern. Tala med projektledaren."
        )
    enrolment = _create(participant, track, starts_on, by)
    staff = {Function.MAIN_CONTACT: main_contact, Function.EMPLOYMENT_OFFICER: employment_officer}
    for function, user in staff.items():
        assign(enrolment=enrolment, function=function, user=user, from_day=starts_on, by=by)
    access_log.changed(participant, by=by, what="enrol")
    return enrolment


def _create(participant, track, starts_on, by):
    enrolled = Refused("Deltagaren är redan inskriven. Ladda om sidan för att se inskrivningen.")
    shared = Refused(
        "Dagen ligger i en tidigare inskrivning. Välj en dag efter att den avslutades."
    )
    with refusing(shared, "enrolment_no_overlap"), refusing(enrolled, *OPEN_RULES):
        return Enrolment.objects.create(
            participant=participant,
            track=track,
            starts_on=starts_on,
            planned_end_on=planned_end_for(starts_on),
            created_by=by,
        )


def open_questions_at_exit(enrolment: Enrolment, by, day: date) -> list[OpenQuestion]:
    """Return what still stands open, from every app that checks an exit."""
    return [each for check in registry.exit_checks for each in check.find(enrolment, by, day)]


@transaction.atomic
def exit_enrolment(
    *,
    enrolment: Enrolment,
    ended_on: date,
    reason: ExitReason | str,
    by,
    note: str = "",
    left_open_reason: str = "",
) -> Enrolment:
    """End an enrolment on its last day, with a reason; everybody's assignment ends with it.

    Raises ReasonNeeded while something that needs a reason stands open and none is written. What was
    left open is kept with the reason, and what other apps had planned for the person is ended.
    """
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    _refuse_day(enrolment, ended_on)
    left_open = [
        each.text for each in open_questions_at_exit(enrolment, by, ended_on) if each.needs_reason
    ]
    if left_open and not left_open_reason.strip():
        raise ReasonNeeded
    _end(enrolment, ended_on, reason, by, note.strip())
    if left_open:
        enrolment.exit_left_open = left_open
        enrolment.exit_left_open_reason = left_open_reason.strip()
        enrolment.save(update_fields=["exit_left_open", "exit_left_open_reason"])
    close_at_exit({enrolment.pk: enrolment.ended_on})
    for each in registry.after_exit:
        each.act(enrolment, by)
    access_log.changed(enrolment.participant, by=by, what="exit_enrolment")
    return enrolment


def _refuse_day(enrolment, ended_on):
    if enrolment.ended_on:
        raise Refused("Inskrivningen är redan avslutad. Ladda om sidan för att se avslutet.")
    if ended_on < enrolment.starts_on:
        raise Refused(
            f"Inskrivningen började {enrolment.starts_on}. Ange den dagen eller en senare."
        )
    if ended_on > timezone.localdate():
        raise Refused(
            "Ett avslut registreras tidigast den dag det sker. Ange i dag eller tidigare."
        )


def _end(enrolment, ended_on, reason, by, note):
    enrolment.ended_on = ended_on
    enrolment.exit_reason = reason
    enrolment.exit_note = note
    enrolment.exited_at = timezone.now()
    enrolment.exited_by = by
    enrolment.version += 1
    enrolment.save(
        update_fields=["ended_on", "exit_reason", "exit_note", "exited_at", "exited_by", "version"]
    )
