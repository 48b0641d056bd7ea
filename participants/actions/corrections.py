"""Dates of an enrolment that turned out to be wrong."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from participants import access_log
from participants.errors import Refused, StaleEdit, refusing
from participants.models import Enrolment, EnrolmentCorrection

ONE_DAY = timedelta(days=1)
SHARED = "De nya datumen går in i en annan inskrivning av samma person. Kontrollera dem."


@transaction.atomic
def correct_dates(
    *, enrolment: Enrolment, version: int, starts_on: date, ended_on: date | None, reason: str, by
) -> EnrolmentCorrection:
    """Correct when an enrolment began, and when it ended if it has; staff who held it all along follow.

    Raises StaleEdit when somebody has saved since `version`, and Refused for days that can't be right.
    """
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if enrolment.version != version:
        raise StaleEdit(enrolment)
    _check(enrolment, starts_on, ended_on)
    correction = EnrolmentCorrection(
        enrolment=enrolment,
        started_before=enrolment.starts_on,
        started_after=starts_on,
        ended_before=enrolment.ended_on,
        ended_after=ended_on,
        reason=reason.strip(),
        corrected_by=by,
    )
    _move_assignments(enrolment, starts_on, ended_on)
    enrolment.starts_on, enrolment.ended_on = starts_on, ended_on
    enrolment.version += 1
    with refusing(Refused(SHARED), "enrolment_no_overlap"):
        enrolment.save(update_fields=["starts_on", "ended_on", "version"])
    correction.save()
    access_log.changed(enrolment.participant, by=by, what="correct_dates")
    return correction


def _check(enrolment, starts_on, ended_on) -> None:
    if (starts_on, ended_on) == (enrolment.starts_on, enrolment.ended_on):
        raise Refused("Datumen är desamma som förut. Ändra det som är fel.")
    if (ended_on is None) != (enrolment.ended_on is None):
        raise Refused("Ett avslut registreras eller tas inte bort här. Rätta bara datumet.")
    if ended_on and ended_on < starts_on:
        raise Refused("Sista dagen ligger före den första. Kontrollera datumen.")
    if starts_on > enrolment.planned_end_on:
        raise Refused(f"Planerat slut är {enrolment.planned_end_on}. Ange en dag före det.")
    if ended_on and ended_on > timezone.localdate():
        raise Refused("Sista dagen har inte varit än. Ange i dag eller tidigare.")


def _move_assignments(enrolment, starts_on, ended_on) -> None:
    """Let those who began with the enrolment begin with it still, and those who ended with it end with it."""
    old_end = enrolment.ended_on + ONE_DAY if enrolment.ended_on else None
    new_end = ended_on + ONE_DAY if ended_on else None
    for each in enrolment.assignments.order_by("starts_on", "pk"):
        if old_end and each.ends_on and (each.ends_on == old_end or each.ends_on > new_end):
            each.ends_on = new_end
        if each.starts_on == enrolment.starts_on or each.starts_on < starts_on:
            each.starts_on = starts_on
        each.starts_on = min(each.starts_on, each.ends_on or each.starts_on)
        each.save(update_fields=["starts_on", "ends_on"])
