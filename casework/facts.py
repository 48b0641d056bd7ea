"""What this app adds to a participant's page: next step and timeline."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from casework.models import MeetingBooking, PlanningMeeting
from core.registry import Event, NextStep
from core.swedish import iso_date
from participants.enums import Category
from participants.next_steps import NO_MEETING


def without_meeting(participants, user, day: date) -> dict[int, NextStep]:
    """Those enrolled who have not had a planning meeting in this enrolment: book it, or when it is. Two queries."""
    current = {each.current_enrolment.pk: each for each in participants if each.current_enrolment}
    met = set(
        PlanningMeeting.objects.filter(enrolment__in=current).values_list("enrolment", flat=True)
    )
    booked = {
        each.enrolment_id: each
        for each in MeetingBooking.objects.coming(timezone.now()).filter(enrolment__in=current)
    }
    return {
        participant.pk: _meet(participant.pk, booked.get(enrolment), user)
        for enrolment, participant in current.items()
        if enrolment not in met
    }


def _meet(pk: int, booking, user) -> NextStep:
    """Return the step toward the first meeting, with a link for those who may take it."""
    may = user.may(Permission.EDIT_PLAN)
    if booking is None:
        url = reverse("plans:book", args=[pk]) if may else ""
        return NextStep("Boka trepartssamtal.", NO_MEETING, url=url)
    at = timezone.localtime(booking.starts_at)
    text = f"Trepartssamtal bokat {iso_date(at)} kl. {at:%H:%M}."
    url = reverse("plans:edit", args=[pk]) if may else ""
    return NextStep(text, NO_MEETING, at.date(), url, "info")


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
