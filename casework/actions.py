"""What is recorded about the work with a participant. Keyword-only, atomic, `by` a user, logged."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from casework.models import PlanningMeeting
from participants import access_log
from participants.errors import Refused, refusing
from participants.models import Enrolment

TWICE = ("planning_meeting_once_a_day", "casework_planningmeeting.enrolment_id")


@transaction.atomic
def record_meeting(*, enrolment: Enrolment, held_on: date, by) -> PlanningMeeting:
    """Record that participant, pedagogue and officer have met on a day of the enrolment."""
    if held_on > timezone.localdate():
        raise Refused("Registrera trepartssamtalet när det har hållits. Ange i dag eller tidigare.")
    if held_on < enrolment.starts_on or (enrolment.ended_on and held_on > enrolment.ended_on):
        raise Refused(
            f"Dagen ligger utanför inskrivningen, som började {enrolment.starts_on}. Kontrollera dagen."
        )
    twice = Refused("Det finns redan ett trepartssamtal den dagen.")
    with refusing(twice, *TWICE):
        meeting = PlanningMeeting.objects.create(
            enrolment=enrolment, held_on=held_on, recorded_by=by
        )
    access_log.changed(enrolment.participant, by=by, what="record_meeting")
    return meeting
