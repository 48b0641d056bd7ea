"""Where the meeting is: whom the wall shows, who comes next, and in which part.

Whether Arbetsförmedlingen's staff have left the room is known by the first participant of the
municipality's own part having been put on the wall. A card opened in the joint part whose consent is
withdrawn meanwhile shows nothing more (`withdrawn`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from accounts.roles import Authority
from casework.models import ItemState, Review, ReviewItem
from casework.review.room import Part, parts_of
from core.swedish import as_day
from participants.enums import Category
from participants.models import Consent


class Step(StrEnum):
    """How the wall is turned: on, back, or on from the break, when the others have left the room."""

    ON = "on"
    BACK = "back"
    THEY_LEFT = "they_left"


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place on the agenda, without anything about them."""

    item: int
    part: Part
    state: str
    opened_at: datetime | None
    person: int

    @property
    def is_waiting(self) -> bool:
        """Whether they are still to be gone through."""
        return self.state == ItemState.WAITING


def places(review: Review, user) -> list[Place]:
    """Return everybody of the agenda whom the user may see, in order. Three queries, no names."""
    items = ReviewItem.objects.visible_to(user).filter(review=review)
    rows = list(
        items.order_by("position", "pk").values_list("pk", "participant", "state", "opened_at")
    )
    parts = parts_of([person for _, person, _, _ in rows], timezone.localdate())
    found = [Place(pk, parts[person], state, at, person) for pk, person, state, at in rows]
    return [place for part in Part for place in found if place.part == part]


def first(rows: Sequence[Place]) -> int | None:
    """Return whom the meeting begins with; nobody when there is no joint part."""
    return next((place.item for place in in_part(rows, Part.JOINT)), None)


def in_part(rows: Sequence[Place], part: Part) -> list[Place]:
    """Return those who are gone through in a part: not the postponed."""
    return [place for place in rows if place.part == part and place.state != ItemState.POSTPONED]


def own_part_begun(rows: Sequence[Place], review: Review) -> bool:
    """Whether somebody without consent has been on the wall, so that the others have left the room."""
    own = (place for place in rows if place.part == Part.OWN and place.opened_at)
    opened = {place.item for place in own if place.opened_at >= review.started_at}
    return bool(opened - withdrawn(opened))


def after(rows: Sequence[Place], review: Review, way: Step) -> int | None:
    """Return who comes next; None is the break, or the end. The break is left only by saying that they are gone."""
    begun = own_part_begun(rows, review)
    if review.current_id is None:
        own = in_part(rows, Part.OWN) if begun or way == Step.THEY_LEFT else []
        return next((place.item for place in own if place.state == ItemState.WAITING), None)
    return _following(rows, review.current_id, Part.OWN if begun else Part.JOINT)


def before(rows: Sequence[Place], review: Review) -> int | None:
    """Return who came before. From the own part nobody goes back to the joint one."""
    part = Part.OWN if own_part_begun(rows, review) else Part.JOINT
    if review.current_id is None:
        return next((place.item for place in reversed(in_part(rows, part))), None)
    return _following(list(reversed(rows)), review.current_id, part) or review.current_id


def _following(rows, current: int, part: Part) -> int | None:
    """Return the first of the part who stands after the current one.

    If that one has left the part while on the wall, it goes on with whoever of the part still waits.
    """
    place = next((place for place, each in enumerate(rows) if each.item == current), None)
    if place is not None and rows[place].part == part:
        rest = in_part(rows[place + 1 :], part)
    else:
        rest = [each for each in in_part(rows, part) if each.state == ItemState.WAITING]
    return rest[0].item if rest else None


def withdrawn(items) -> set[int]:
    """Return those of the items that were opened while consent held and have none now. Three queries."""
    if not items:
        return set()
    opened = ReviewItem.objects.filter(pk__in=items).exclude(opened_at=None)
    opened = list(opened.values_list("pk", "participant", "opened_at"))
    then = shared_at({pk: (person, at) for pk, person, at in opened})
    now = shared_at({pk: (person, timezone.now()) for pk, person, _ in opened})
    return {pk for pk, shared in then.items() if shared and not now[pk]}


def shared_at(moments: dict[int, tuple[int, datetime]]) -> dict[int, bool]:
    """Say for each (person, moment), by key, whether the plan could be shared with Arbetsförmedlingen then. One query."""
    consents: dict[int, list] = {}
    found = Consent.objects.filter(
        participant__in={person for person, _ in moments.values()},
        authority=Authority.EMPLOYMENT_SERVICE,
        category=Category.PLAN,
    )
    for consent in found:
        consents.setdefault(consent.participant_id, []).append(consent)
    return {
        key: any(_held(consent, at) for consent in consents.get(person, ()))
        for key, (person, at) in moments.items()
    }


def _held(consent, at: datetime) -> bool:
    day = as_day(at)
    if consent.given_on > day or (consent.valid_until and consent.valid_until < day):
        return False
    return consent.withdrawn_at is None or consent.withdrawn_at > at
