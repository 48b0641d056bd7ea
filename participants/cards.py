"""This app's cards on the home page. Each logs the persons it shows."""

from django.utils import timezone

from accounts.permissions import Permission
from core import registry
from participants import access_log, lists
from participants.models import Extension
from participants.next_steps import ENDING_SOON_DAYS, next_for

MOST = 8


def register() -> None:
    """Put the cards in their order."""
    for template, context, order, permission in (
        ("needs", needs, 10, Permission.VIEW_PARTICIPANTS),
        ("extensions", extensions, 15, Permission.DECIDE_EXTENSION),
        ("ending", ending, 20, Permission.VIEW_PARTICIPANTS),
    ):
        registry.home_cards.register(
            registry.HomeCard(
                f"participants/cards/{template}.html",
                context,
                order,
                permission,
                wide=template == "needs",
            )
        )


def needs(request) -> dict | None:
    """What the user's own participants need now, the most urgent first; hidden without a caseload."""
    if not lists.has_caseload(request.user):
        return None
    people = list(lists.with_row_facts(lists.own_people(request.user)).order_by("sort_name", "pk"))
    steps = next_for(people, request.user, timezone.localdate())
    waiting = sorted(
        (each for each in people if each.pk in steps), key=lambda each: -steps[each.pk].urgency
    )
    shown = [(each, steps[each.pk]) for each in waiting[:MOST]]
    _log(request, [each for each, _ in shown], "needs")
    return {"rows": shown, "total": len(people), "waiting": len(waiting)}


def ending(request) -> dict | None:
    """Enrolments whose planned end has passed or is near, among everybody the user may see.

    Those with a caseload see their own instead, in `needs`, so the card is for the others.
    """
    if lists.has_caseload(request.user):
        return None
    people = lists.narrow(lists.current_people(request.user), {"lage": lists.ENDING})
    page = lists.page_of(people, request.user, "slut", 1)
    rows = page.object_list[:MOST]
    _log(request, [row.participant for row in rows], "ending")
    return {"rows": rows, "total": page.paginator.count, "days": ENDING_SOON_DAYS}


def extensions(request) -> dict:
    """Wishes for more time that wait for the lead's decision, the oldest first."""
    people = lists.current_people(request.user)
    waiting = (
        Extension.objects.filter(decided_at=None, enrolment__participant__in=people)
        .select_related("enrolment__participant", "asked_by")
        .prefetch_related("enrolment__participant__protections")
        .order_by("asked_at", "pk")
    )
    rows = list(waiting[:MOST])
    _log(request, [row.enrolment.participant for row in rows], "extensions")
    return {"rows": rows, "total": waiting.count()}


def _log(request, people, card: str) -> None:
    access_log.shown(request, people, access_log.Action.LISTED, what=f"home:{card}")
