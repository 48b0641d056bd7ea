"""What this app adds to a participant's page: next step and timeline."""

from datetime import date

from django.urls import reverse

from accounts.permissions import Permission
from casework.models import PlanningMeeting
from core.registry import Event, NextStep
from participants.enums import Category
from participants.next_steps import NO_MEETING


def without_meeting(participants, user, day: date) -> dict[int, NextStep]:
    """Those enrolled who have not had a planning meeting in this enrolment. One query."""
    current = {each.current_enrolment.pk: each for each in participants if each.current_enrolment}
    met = set(
        PlanningMeeting.objects.filter(enrolment__in=current).values_list("enrolment", flat=True)
    )
    return {
        participant.pk: NextStep(
            "Boka trepartssamtal.",
            NO_MEETING,
            url=reverse("casework:meeting_record", args=[participant.pk])
            if user.may(Permission.RECORD_MEETING)
            else "",
        )
        for enrolment, participant in current.items()
        if enrolment not in met
    }


def meetings(participant, user) -> list[Event]:
    """Planning meetings that were held. Needs the plan's consent; one query."""
    if not participant.consent_covers(user, Category.PLAN):
        return []
    held = PlanningMeeting.objects.filter(enrolment__participant=participant)
    return [
        Event(
            meeting.held_on,
            "Trepartssamtal",
            icon="people",
            tone="good",
            by=meeting.recorded_by.name if meeting.recorded_by else "",
        )
        for meeting in held.select_related("recorded_by")
    ]
