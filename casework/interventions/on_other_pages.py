"""What measures add to other pages: the timeline and the exit."""

from datetime import date

from django.urls import reverse

from accounts.permissions import Permission
from casework.models import Intervention, InterventionKind
from casework.models.interventions import INTERNAL
from core.registry import Event, OpenQuestion
from core.swedish import listed
from participants.enums import Category


def events(participant, user) -> list[Event]:
    """When each measure began and ended. Needs the plan's consent; two queries."""
    if not user.may(Permission.VIEW_PLAN) or not participant.consent_covers(user, Category.PLAN):
        return []
    rows = Intervention.objects.visible_to(user).filter(participant=participant)
    url = reverse("interventions:list", args=[participant.pk])
    return [event for row in rows.select_related("staff") for event in _events(row, url)]


def _events(row: Intervention, url: str) -> list[Event]:
    who = row.staff.name if row.staff else row.organisation
    found = [Event(row.starts_on, f"Insats började: {row.name}", who, "briefcase", "info", url)]
    if row.outcome:
        text = "\n".join(filter(None, [row.get_outcome_display(), row.outcome_note]))
        tone = "good" if row.outcome in ("helped", "partly") else "neutral"
        found.append(
            Event(row.ends_on, f"Insats slutade: {row.name}", text, "briefcase", tone, url)
        )
    return found


def exit_questions(enrolment, user, day: date) -> list[OpenQuestion]:
    """Internal measures that nobody has ended. One query."""
    if user is None or not user.may(Permission.VIEW_PLAN):
        return []
    rows = Intervention.objects.visible_to(user).filter(
        participant=enrolment.participant_id, kind__in=INTERNAL, outcome=""
    )
    kinds = dict.fromkeys(InterventionKind(row.kind).label for row in rows)
    if not kinds:
        return []
    url = reverse("interventions:list", args=[enrolment.participant_id])
    text = f"Insatser som inte är avslutade: {listed(kinds)}."
    return [OpenQuestion(text, url, "Se insatserna")]
