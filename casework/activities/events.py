"""What this part adds to a participant's page: the timeline, and what stands open at the exit."""

from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from casework.models import SignUp, SignUpStatus
from core.registry import Event
from participants.enums import Category


def sign_ups(participant, user) -> list[Event]:
    """When the person was signed up for something and when they left it. Needs the attendance consent.

    One query.
    """
    if not user.may(Permission.VIEW_ATTENDANCE):
        return []
    if not participant.consent_covers(user, Category.ATTENDANCE):
        return []
    found = SignUp.objects.filter(participant=participant)
    found = found.select_related("activity", "signed_up_by", "left_by")
    return [event for each in found for event in _events(each)]


def _events(sign_up: SignUp) -> list[Event]:
    waiting = sign_up.status == SignUpStatus.WAITING
    verb = "Väntar på plats i" if waiting else "Anmäld till"
    events = [_event(sign_up, verb, sign_up.signed_up_at, sign_up.signed_up_by, "plus")]
    if sign_up.left_at:
        events.append(_event(sign_up, "Slutade i", sign_up.left_at, sign_up.left_by, "arrow-left"))
    return events


def _event(sign_up, verb, at, by, icon) -> Event:
    return Event(
        on=timezone.localdate(at),
        title=f"{verb} {sign_up.activity.name}",
        icon=icon,
        tone="info" if icon == "plus" else "neutral",
        url=reverse("activities:detail", args=[sign_up.activity_id]),
        by=by.name if by else "",
        at=at,
    )
