"""The rows of an agenda, as a user may see them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils import timezone

from accounts.roles import Authority
from casework.models import ItemState, ReviewItem
from casework.review.room import Part, part_of
from core.registry import ReviewSignal
from participants.enums import Category
from participants.models import Consent
from participants.review_weights import Weight

ORDER = list(Part)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is on the agenda, as a tag; kept with the agenda as it stood."""

    text: str
    weight: int = 0
    tone: str = "warn"
    icon: str = "flag"
    since: str | None = None
    category: str = "plan"

    @property
    def label(self) -> str:
        """The words, as `{% status_tag %}` asks for them."""
        return self.text


def kept(signal: ReviewSignal) -> dict:
    """Return a signal as a row keeps it."""
    return {
        "text": signal.text,
        "weight": int(signal.weight),
        "tone": signal.tone,
        "icon": signal.icon,
        "since": signal.since.isoformat() if signal.since else None,
        "category": signal.category,
    }


@dataclass
class Row:
    """A participant on an agenda, in the part they belong to now.

    `reasons` is what the user may be told, `room_reasons` what may be said and shown when
    Arbetsförmedlingen's staff are in the room; both by the consents of this moment.
    """

    item: ReviewItem
    part: Part
    reasons: list[Reason] = field(default_factory=list)
    room_reasons: list[Reason] = field(default_factory=list)
    # Whether the user, and the room, may be told what colleagues wrote in words of their own.
    words: bool = True
    room_words: bool = True

    @property
    def person(self):
        """Who it is about."""
        return self.item.participant

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be gone through."""
        return self.item.state == ItemState.WAITING

    @cached_property
    def enrolment(self):
        """The current enrolment, or None. No query."""
        return self.person.current_enrolment


def items_in_order(review, user) -> list[Row]:
    """Return everybody on the agenda whom the user may see, in every state, part by part in order.

    Seven queries whatever the number: people, what their names need, parts and consents.
    """
    items = list(items_of(review, user))
    for item in items:
        item.review = review
    return rows_of(items, user)


def rows_at(review, user, keys) -> list[Row]:
    """Return the rows of some items, those the user may see, part by part in order. Seven queries whatever the number."""
    items = list(items_of(review, user).filter(pk__in=list(keys)))
    for item in items:
        item.review = review
    return rows_of(items, user)


def items_of(review, user):
    """Return the items the user may see with all that a row tells of the person."""
    items = ReviewItem.objects.visible_to(user).filter(review=review)
    return items.select_related("participant", "added_by").prefetch_related(
        "participant__protections", "participant__enrolments__assignments__user"
    )


def rows_of(items, user) -> list[Row]:
    """Return items as rows, part by part in order. Three queries beside the items' own."""
    items, today = list(items), timezone.localdate()
    parts = part_of([item.participant for item in items], today)
    covered = _covered(items, today)
    rows = []
    for item in items:
        told = covered[item.participant_id]
        free = Category.NOTES in told
        room = [*_added(item, free), *_told(item.room_reasons, told)]
        own = [*_added(item, True), *(Reason(**each) for each in item.reasons)]
        row = Row(item, parts[item.participant_id], own, room, True, free)
        if user.needs_consent:
            row.reasons, row.words = room, free
        rows.append(row)
    return sorted(rows, key=lambda row: (ORDER.index(row.part), row.item.position, row.item.pk))


def _covered(items, day: date) -> dict[int, set[str]]:
    """Return what Arbetsförmedlingen may be told of each person now. One query."""
    found = defaultdict(set)
    consents = Consent.objects.valid_on(day).filter(
        participant__in=[item.participant_id for item in items],
        authority=Authority.EMPLOYMENT_SERVICE,
    )
    for person, category in consents.values_list("participant", "category"):
        found[person].add(category)
    return found


def _added(item, words: bool) -> list[Reason]:
    """Why a colleague put the person on the agenda, as a reason."""
    if item.added_by is None:
        return []
    name = item.added_by.name
    text = f"{name} lade till: {item.added_reason}" if words else f"{name} lade till"
    return [Reason(text, Weight.ASKED, "accent", "message")]


def _told(reasons: list[dict], covered: set[str]) -> list[Reason]:
    if Category.PLAN not in covered:
        return []
    return [Reason(**each) for each in reasons if each.get("category", "plan") in covered]
