"""What the reviews tell of a person: when they were talked about, and what was decided."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from casework.models import ItemState, ReviewDecision, ReviewItem
from casework.review.steps import shared_at
from core.registry import Event
from core.swedish import iso_date
from participants.enums import Category


def events(participant, user) -> list[Event]:
    """When the team talked about the person, and what it decided. Needs the plan's consent; two queries.

    Staff of Arbetsförmedlingen see those held while the consent was there: what was said in the
    municipality's own part is not told afterwards. Two queries more for them.
    """
    if not user.may(Permission.VIEW_PLAN) or not participant.consent_covers(user, Category.PLAN):
        return []
    stands = ReviewDecision.objects.filter(taken_back_at=None).select_related("user")
    items = ReviewItem.objects.filter(participant=participant, state=ItemState.DISCUSSED)
    items = items.select_related("review").prefetch_related(Prefetch("decisions", stands))
    found = list(items)
    if user.needs_consent:
        told = shared_at({item.pk: (participant.pk, item.discussed_at) for item in found})
        found = [item for item in found if told[item.pk]]
    return [_event(item, user) for item in found]


def _event(item, user) -> Event:
    lines = [_words(decision) for decision in item.decisions.all()]
    may_read = user.may(Permission.TAKE_PART_IN_REVIEW)
    return Event(
        on=timezone.localdate(item.discussed_at),
        title="Genomgången på ärendedragningen",
        text="\n".join(lines) or "Inget nytt beslut.",
        icon="message",
        tone="accent",
        url=reverse("review_meeting:recap", args=[item.review_id]) if may_read else "",
        at=item.discussed_at,
    )


def _words(decision) -> str:
    whom = decision.user.name if decision.user else decision.get_to_role_display()
    return f"{decision.text} ({whom}, senast {iso_date(decision.due_on)})"
