"""Longer enrolments: somebody asks with a reason, the project lead decides."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from participants import access_log
from participants.errors import Refused, refusing
from participants.models import Enrolment, Extension

PENDING_RULES = ("extension_one_pending_each", "participants_extension.enrolment_id")


@transaction.atomic
def ask_extension(*, enrolment: Enrolment, new_end_on: date, reason: str, by) -> Extension:
    """Ask for a later planned end; one question at a time waits for an answer."""
    enrolment = _open(enrolment)
    if new_end_on <= enrolment.planned_end_on:
        raise Refused(f"Planerat slut är redan {enrolment.planned_end_on}. Ange en dag efter den.")
    waiting = Refused("Det finns redan en begäran som väntar på beslut.")
    with refusing(waiting, *PENDING_RULES):
        extension = Extension.objects.create(
            enrolment=enrolment,
            previous_end_on=enrolment.planned_end_on,
            new_end_on=new_end_on,
            reason=reason.strip(),
            asked_by=by,
        )
    access_log.changed(enrolment.participant, by=by, what="ask_extension")
    return extension


@transaction.atomic
def decide_extension(
    *, extension: Extension, outcome: Extension.Outcome | str, by, reason: str = ""
) -> Extension:
    """Grant or reject; a granted one moves the planned end, a rejection says why."""
    outcome = Extension.Outcome(outcome)
    extension = Extension.objects.select_for_update().get(pk=extension.pk)
    if extension.decided_at:
        raise Refused("Begäran är redan avgjord. Ladda om sidan för att se beslutet.")
    if outcome == Extension.Outcome.REJECTED and not reason.strip():
        raise Refused("Skriv varför begäran avslås, så att den som bad om den vet.")
    enrolment = _open(extension.enrolment)
    extension.outcome = outcome
    extension.decision_reason = reason.strip()
    extension.decided_at = timezone.now()
    extension.decided_by = by
    extension.save(update_fields=["outcome", "decision_reason", "decided_at", "decided_by"])
    if outcome == Extension.Outcome.GRANTED:
        enrolment.planned_end_on = extension.new_end_on
        enrolment.version += 1
        enrolment.save(update_fields=["planned_end_on", "version"])
    access_log.changed(enrolment.participant, by=by, what="decide_extension")
    return extension


@transaction.atomic
def extend(*, enrolment: Enrolment, new_end_on: date, reason: str, by) -> Extension:
    """Ask and grant at once, for the one who may decide anyway."""
    extension = ask_extension(enrolment=enrolment, new_end_on=new_end_on, reason=reason, by=by)
    return decide_extension(extension=extension, outcome=Extension.Outcome.GRANTED, by=by)


def _open(enrolment):
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if enrolment.ended_on:
        raise Refused("Inskrivningen är avslutad och kan inte förlängas. Skriv in deltagaren igen.")
    return enrolment
