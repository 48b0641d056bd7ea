"""The agenda of a weekly review: made, made again, and the next one found.

    agenda.make(review=review, by=user)       # everybody who has a reason
    agenda.refresh(review=review, by=user)    # the same again; what people have done to it stands
    rows = agenda.items_in_order(review, user)

Nobody enrolled is left out because of who makes it: a person whom that user may not see is asked about
with the eyes of their main contact, and stands on the agenda for those who may see them.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from casework.models import ItemState, Review, ReviewItem, ReviewRequest, ReviewStatus
from casework.review import signals
from casework.review.attendance import expect_everybody
from casework.review.contacts import discussed_by_key
from casework.review.order import arrange, need
from casework.review.room import Part, parts_of
from casework.review.rows import Row, items_in_order, kept
from core.errors import Refused
from participants.enums import Function
from participants.models import Enrolment, Participant

__all__ = ["Change", "Row", "changing", "items_in_order", "make", "next_review", "refresh"]

CLOSED = "Ärendedragningen är avslutad. Dagordningen kan inte ändras längre."
CHANGED = (
    "Någon annan har ändrat dagordningen. Nu visas den som den är: gör om ändringen om den behövs."
)


@dataclass(frozen=True, slots=True)
class Due:
    """The reasons to talk about somebody: all of them, and those that may be told in the room."""

    reasons: list[dict]
    room_reasons: list[dict]


NOTHING = Due([], [])
# All that the rules ask of a person themselves: when they came, and when it should end.
PERIODS = Prefetch(
    "enrolments",
    Enrolment.objects.only("participant", "starts_on", "planned_end_on", "ended_on"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """What making an agenda again changed: keys of the people who came and went."""

    came: frozenset[int]
    went: frozenset[int]


@transaction.atomic
def make(*, review: Review, by) -> Change:
    """Put everybody who is due on the agenda, by need. A fixed number of queries for any number of people."""
    return refresh(review=review, by=by)


@transaction.atomic
def refresh(*, review: Review, by) -> Change:
    """Make the agenda again: new reasons, those newly due, and without those who no longer are.

    Who was moved keeps the place; who was postponed, gone through or added by hand stays.
    """
    review = changing(review)
    due = due_people(by, review.held_on)
    standing = list(review.items.order_by("position", "pk"))
    went = {item.participant_id for item in standing if _is_stale(item, due)}
    review.items.filter(participant__in=went, state=ItemState.WAITING).delete()
    stay = [item for item in standing if item.participant_id not in went]
    came = due.keys() - {item.participant_id for item in standing}
    new = [ReviewItem(review=review, participant_id=person) for person in came]
    changed = _tell(stay, due)
    _tell(new, due)
    moved = _put_in_order(stay, new, review.held_on)
    ReviewItem.objects.bulk_update(changed, ["reasons", "room_reasons"], batch_size=500)
    ReviewItem.objects.bulk_update(moved, ["position"], batch_size=500)
    ReviewItem.objects.bulk_create(new, batch_size=500)
    expect_everybody(review)
    touch(review)
    return Change(frozenset(came), frozenset(went))


def _is_stale(item, due) -> bool:
    """Whether a row was there for reasons that are gone, and nobody has done anything to it."""
    if item.state != ItemState.WAITING or item.participant_id in due:
        return False
    return not (item.moved or item.added_by_id or item.note or item.opened_at)


def _tell(items, due) -> list[ReviewItem]:
    """Give those who wait the reasons of now; returns those whose reasons are others than before."""
    changed = []
    for item in items:
        if item.state != ItemState.WAITING:
            continue
        told = due.get(item.participant_id, NOTHING)
        if (item.reasons, item.room_reasons) != (told.reasons, told.room_reasons):
            item.reasons, item.room_reasons = told.reasons, told.room_reasons
            changed.append(item)
    return changed


def _put_in_order(stay, new, day: date) -> list[ReviewItem]:
    """Set everybody's position, part by part; returns those who stood elsewhere. Three queries.

    Within a part: who was moved keeps the place, the others go by need around them.
    """
    items = {item.participant_id: item for item in (*stay, *new)}
    parts, discussed = parts_of(items, timezone.localdate()), discussed_by_key(items, day)
    order = []
    for part in Part:
        order += arrange(
            [item.participant_id for item in stay if parts[item.participant_id] == part],
            {item.participant_id for item in stay if _is_fixed(item)},
            sorted(item.participant_id for item in new if parts[item.participant_id] == part),
            lambda person: need(weights_of(items[person]), discussed.get(person)),
        )
    moved = []
    for position, person in enumerate(order, start=1):
        if items[person].position != position:
            items[person].position = position
            moved.append(items[person])
    return [item for item in moved if item.pk]


def _is_fixed(item) -> bool:
    return item.moved or item.state != ItemState.WAITING


def weights_of(item) -> list[int]:
    """Return what the reasons of a row weigh; somebody put there by hand weighs as one asked for."""
    weights = [each["weight"] for each in item.reasons]
    return [*weights, signals.ADDED_BY_HAND] if item.added_by_id else weights


def due_people(by, day: date, *, only=None) -> dict[int, Due]:
    """Return everybody enrolled on the day who has a reason, with the reasons in both forms.

    `only` narrows to some keys. A fixed number of queries, and as many again for each main contact of
    somebody protected whom the user may not see.
    """
    enrolled = Enrolment.objects.filter(ended_on=None, starts_on__lte=day)
    people = Participant.objects.filter(pk__in=enrolled.values("participant"))
    if only is not None:
        people = people.filter(pk__in=only)
    seen = set(people.visible_to(by).values_list("pk", flat=True))
    people = list(people.only("pk").prefetch_related(PERIODS))
    groups = {by: [each for each in people if each.pk in seen]}
    groups |= _by_contact([each for each in people if each.pk not in seen], day)
    due = {}
    for eyes, group in groups.items():
        if eyes is not None:
            due |= _due(group, eyes, day)
    return due


def _by_contact(people, day) -> dict:
    """Return people by their main contact on the day. Two queries."""
    groups = defaultdict(list)
    prefetch_related_objects(people, "enrolments__assignments__user")
    for person in people:
        groups[person.current_enrolment.assigned(Function.MAIN_CONTACT, day)].append(person)
    return groups


def _due(people, eyes, day) -> dict[int, Due]:
    found, told = signals.collect_for_both(people, eyes, day)
    return {
        person: Due([kept(each) for each in reasons], [kept(each) for each in told.get(person, [])])
        for person, reasons in found.items()
    }


def changing(review: Review, *, revision: int | None = None) -> Review:
    """Return the review locked for a change, or refuse: closed, or changed by somebody else meanwhile."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    if review.status == ReviewStatus.CLOSED:
        raise Refused(CLOSED)
    if revision is not None and review.revision != revision:
        raise Refused(CHANGED)
    return review


def touch(review: Review) -> None:
    """Let those who follow know that there is something new."""
    review.revision += 1
    review.save(update_fields=["revision"])


@transaction.atomic
def again(*, participant, by) -> None:
    """Ask anew why one person is due, at the next review whose agenda is made, if there is one.

    Whoever has got a first reason is put there by need; whoever has none left is taken away.
    """
    review = coming().filter(items__isnull=False).first()
    if review is None:
        return
    review = changing(review)
    item = review.items.filter(participant=participant).first()
    due = due_people(by, review.held_on, only=[participant.pk]).get(participant.pk)
    if item is None and due:
        _insert(review, participant, due)
    elif item and _is_stale(item, {participant.pk: due} if due else {}):
        item.delete()
    elif item and item.state == ItemState.WAITING:
        told = due or NOTHING
        item.reasons, item.room_reasons = told.reasons, told.room_reasons
        item.save(update_fields=["reasons", "room_reasons"])
    touch(review)


def _insert(review, participant, due) -> None:
    """Put a new row before the first one that weighs less."""
    new = ReviewItem(review=review, participant=participant)
    new.reasons, new.room_reasons = due.reasons, due.room_reasons
    standing = list(review.items.order_by("position", "pk"))
    weight = max(weights_of(new))
    lighter = (
        place
        for place, item in enumerate(standing)
        if item.state == ItemState.WAITING and max(weights_of(item), default=0) < weight
    )
    place = next(lighter, len(standing))
    new.save()
    number([*standing[:place], new, *standing[place:]])


def number(items: list[ReviewItem]) -> None:
    """Let the items stand in this order. One query for each five hundred that change place."""
    moved = []
    for position, item in enumerate(items, start=1):
        if item.position != position:
            item.position = position
            moved.append(item)
    ReviewItem.objects.bulk_update(moved, ["position"], batch_size=500)


def coming(day: date | None = None):
    """The reviews that are planned or going on, the first first."""
    day = day or timezone.localdate()
    waiting = Review.objects.filter(
        status__in=(ReviewStatus.PLANNED, ReviewStatus.RUNNING), held_on__gte=day
    )
    return waiting.order_by("held_on").distinct()


@transaction.atomic
def next_review(review: Review, by=None) -> Review:
    """Return the next planned review after this one; there is one a week later if nobody has planned any."""
    later = Review.objects.filter(held_on__gt=review.held_on)
    planned = later.filter(status=ReviewStatus.PLANNED).order_by("held_on").first()
    if planned:
        return planned
    held_on, taken = review.held_on, set(later.values_list("held_on", flat=True))
    while held_on == review.held_on or held_on in taken:
        held_on += timedelta(weeks=1)
    return Review.objects.create(
        held_on=held_on,
        starts_at=review.starts_at,
        place=review.place,
        leader=review.leader,
        made_by=by,
    )


def open_requests(participant):
    """The wishes of colleagues that nobody has met yet."""
    return ReviewRequest.objects.filter(participant=participant, item=None, withdrawn_at=None)
