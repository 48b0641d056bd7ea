"""This app's cards on the home page. Each logs the persons it shows."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.permissions import Permission
from core import registry
from core.registry import NextStep
from core.swedish import counted
from participants import access_log, lists
from participants.contacts import SILENT_DAYS, is_silent, last_contacts
from participants.models import Extension, Participant
from participants.next_steps import ENDING_SOON_DAYS, next_for

MOST = 8
# A whole caseload; larger ones show those who need something most.
MOST_OWN = 25
# What two weeks without contact weigh beside the urgency of a next step.
SILENT = 40


def register() -> None:
    """Put the cards in their order."""
    for template, context, order, permission in (
        ("needs", needs, 10, Permission.VIEW_PARTICIPANTS),
        ("orphans", orphans, 4, Permission.DECIDE_EXTENSION),
        ("extensions", extensions, 15, Permission.DECIDE_EXTENSION),
        ("ending", ending, 20, Permission.VIEW_PARTICIPANTS),
    ):
        registry.home_cards.register(
            registry.HomeCard(
                f"participants/cards/{template}.html",
                context,
                order,
                permission,
                wide=template in {"needs", "ending"},
            )
        )


@dataclass(frozen=True, slots=True)
class Mine:
    """One of the user's own participants: what comes next, and when anybody last heard of them."""

    person: Participant
    step: NextStep | None
    last: date | None
    is_silent: bool

    @property
    def ago(self) -> str:
        """How long ago the last contact was, in days: they are what is counted."""
        days = (timezone.localdate() - self.last).days
        return (
            ("i dag", "i går")[days] if days < 2 else f"för {counted(days, 'dag', 'dagar')} sedan"
        )

    @property
    def weight(self) -> int:
        """How high up they stand: whom to ring today."""
        return (self.step.urgency if self.step else 0) + SILENT * self.is_silent


def needs(request) -> dict | None:
    """The user's own participants, those who need something most first; hidden without a caseload."""
    if not lists.has_caseload(request.user):
        return None
    day = timezone.localdate()
    people = list(lists.with_row_facts(lists.own_people(request.user)).order_by("sort_name", "pk"))
    steps, last = next_for(people, request.user, day), last_contacts(people, day)
    rows = [_mine(each, steps.get(each.pk), last.get(each.pk), day) for each in people]
    rows.sort(key=lambda row: (-row.weight, row.last or date.min))
    shown = rows[:MOST_OWN]
    _log(request, [row.person for row in shown], "needs")
    silent = sum(row.is_silent for row in rows)
    return {"rows": shown, "total": len(rows), "silent": silent, "days": SILENT_DAYS}


def _mine(person, step, last, day) -> Mine:
    begun = person.current_enrolment.starts_on
    return Mine(person, step, last, begun <= day and is_silent(last, begun, day))


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


def orphans(request) -> dict | None:
    """Those without a main contact, or whose main contact has left; hidden when there are none."""
    people = lists.narrow(lists.current_people(request.user), {"lage": lists.WITHOUT_CONTACT})
    total = people.count()
    if not total:
        return None
    rows = list(people.order_by("sort_name", "pk").prefetch_related("protections")[:MOST])
    _log(request, rows, "orphans")
    return {"rows": rows, "total": total, "state": lists.WITHOUT_CONTACT}


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
