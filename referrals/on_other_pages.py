"""What other rooms' pages show of referrals: the timeline, the next step, the home page, open files."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from core.registry import Event, NextStep
from core.swedish import counted
from participants import access_log
from participants.access_log import Action
from referrals.models import Referral, ReferralStep
from referrals.presenters import event, rows
from referrals.waiting import LATE_AFTER_DAYS, WARN_AFTER_DAYS, wait_look

# Beside the urgencies of participants/next_steps.py: from "inte inskriven än" upwards with the wait.
URGENCY, URGENCY_WARN, URGENCY_LATE = 35, 55, 78
ON_HOME = 6


def open_file() -> Q:
    """People with an unanswered referral are open files: the team has to be able to answer it."""
    waiting = Referral.objects.unanswered(timezone.now()).filter(participant=OuterRef("pk"))
    return Q(Exists(waiting))


def events(participant, user) -> list[Event]:
    """Each step of a person's referrals, for those who may see referrals. One query."""
    if not user.may(Permission.VIEW_REFERRALS):
        return []
    steps = ReferralStep.objects.filter(referral__participant=participant)
    steps = steps.select_related("referral__body", "by").order_by("-at", "-pk")
    return [event(step, step.referral) for step in steps]


def next_steps(participants, user, day) -> dict[int, NextStep]:
    """A referral that waits for an answer, for those who may see referrals. One query."""
    if not user.may(Permission.VIEW_REFERRALS):
        return {}
    waiting = Referral.objects.open().filter(participant__in=participants)
    return {referral.participant_id: _next_step(referral, day) for referral in waiting}


def _next_step(referral, day):
    days = referral.days_waited(day)
    urgency = URGENCY_LATE if days >= LATE_AFTER_DAYS else URGENCY
    if WARN_AFTER_DAYS <= days < LATE_AFTER_DAYS:
        urgency = URGENCY_WARN
    since = f"sedan {counted(days, 'dag', 'dagar')}" if days else "sedan i dag"
    return NextStep(
        f"Remiss väntar på svar {since}.",
        urgency,
        url=referral.get_absolute_url(),
        tone=wait_look(days).tone,
    )


def home_card(request) -> dict | None:
    """The longest waiting referrals; logs the people it shows. Nothing when nobody waits."""
    waiting = Referral.objects.visible_to(request.user).open()
    total = waiting.count()
    if not total:
        return None
    shown = list(waiting.for_list()[:ON_HOME])
    people = [referral.participant_id for referral in shown]
    access_log.shown(request, people, Action.LISTED, what="referrals:home_card")
    return {
        "rows": rows(shown, request.user, timezone.localdate()),
        "total": total,
        "url": reverse("referrals:list"),
    }
