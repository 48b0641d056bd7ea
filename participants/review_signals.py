"""What of the enrolment itself is a reason to talk about somebody at the weekly review."""

from datetime import date

from core.registry import ReviewSignal
from core.swedish import as_day, iso_date
from participants.models import Extension
from participants.next_steps import ENDING_SOON_DAYS
from participants.review_weights import Weight


def ending(planned_end_on: date, day: date) -> ReviewSignal | None:
    """The enrolment runs out within a month, or has. Pure."""
    days = (planned_end_on - day).days
    if days > ENDING_SOON_DAYS:
        return None
    if days < 0:
        text = f"Planerat slut passerades {iso_date(planned_end_on)}"
        return ReviewSignal(text, Weight.ENROLMENT_PASSED, planned_end_on, "bad", "calendar")
    text = f"Inskrivningen går ut {iso_date(planned_end_on)}"
    return ReviewSignal(text, Weight.ENROLMENT_ENDS, planned_end_on, "warn", "calendar")


def enrolment_ends(participants, user, day: date) -> dict[int, list[ReviewSignal]]:
    """Those whose enrolment runs out within a month, or has. No query in `for_list`."""
    found = {
        each.pk: ending(enrolment.planned_end_on, day)
        for each in participants
        if (enrolment := each.current_enrolment)
    }
    return {person: [signal] for person, signal in found.items() if signal}


def waiting(new_end_on: date, asked_on: date) -> ReviewSignal:
    """Somebody has asked for more time, and nobody has answered. Pure."""
    text = f"Förlängning till {iso_date(new_end_on)} väntar på beslut"
    return ReviewSignal(text, Weight.DECISION_WAITS, asked_on, "info", "hourglass")


def extension_waits(participants, user, day: date) -> dict[int, list[ReviewSignal]]:
    """Those whose longer enrolment waits for the project lead. One query."""
    asked = Extension.objects.filter(
        decided_at=None,
        enrolment__ended_on=None,
        enrolment__participant__in=[each.pk for each in participants],
    )
    return {
        person: [waiting(new_end_on, as_day(asked_at))]
        for person, new_end_on, asked_at in asked.values_list(
            "enrolment__participant", "new_end_on", "asked_at"
        )
    }
