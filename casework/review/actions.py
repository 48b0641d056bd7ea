"""What people do to an agenda. Keyword-only, atomic, `by` a user; nothing can be done to a closed one."""

from datetime import date, time

from django.db import transaction

from casework.models import ItemState, Review, ReviewItem
from casework.review import agenda
from casework.review.agenda import changing, number, touch
from casework.review.order import moved_before
from core.errors import Refused
from participants import access_log
from participants.errors import StaleEdit, refusing

TAKEN = ("casework_review.held_on", "casework_review_held_on")
THERE = "Deltagaren står redan på dagordningen."
DONE = "Deltagaren är redan genomgången."
NOT_ENROLLED = "Bara den som är inskriven kan tas upp."
SAME_DAY = (
    "Det finns redan en ärendedragning den dagen. Välj en annan dag, eller öppna den som finns."
)


@transaction.atomic
def plan(*, held_on: date, starts_at: time | None, place: str, leader, by) -> Review:
    """Plan a review and make its agenda."""
    with refusing(Refused(SAME_DAY), *TAKEN):
        review = Review.objects.create(
            held_on=held_on, starts_at=starts_at, place=place.strip(), leader=leader, made_by=by
        )
    agenda.make(review=review, by=by)
    return review


@transaction.atomic
def change(
    *, review: Review, held_on: date, starts_at: time | None, place: str, leader, revision: int, by
) -> Review:
    """Change when and where a review is, and who leads it. Changed by somebody else meanwhile: StaleEdit."""
    review = changing(review)
    if review.revision != revision:
        raise StaleEdit(review)
    review.held_on, review.starts_at = held_on, starts_at
    review.place, review.leader = place.strip(), leader
    with refusing(Refused(SAME_DAY), *TAKEN):
        review.save(update_fields=["held_on", "starts_at", "place", "leader"])
    touch(review)
    return review


@transaction.atomic
def move(
    *,
    item: ReviewItem,
    before: ReviewItem | None,
    after: ReviewItem | None = None,
    revision: int,
    by,
) -> None:
    """Put somebody before or after another; the agenda must be as the user saw it."""
    review = changing(item.review, revision=revision)
    items = {each.pk: each for each in review.items.order_by("position", "pk").only("position")}
    order = list(items)
    if after is not None:
        following = [pk for pk in order if pk != item.pk]
        place = following.index(after.pk) + 1
        target = following[place] if place < len(following) else None
    else:
        target = before.pk if before else None
    if target == item.pk:
        return
    number([items[pk] for pk in moved_before(order, item.pk, target)])
    ReviewItem.objects.filter(pk=item.pk).update(moved=True)
    touch(review)


@transaction.atomic
def add(*, review: Review, participant, reason: str, by) -> ReviewItem:
    """Take somebody up at a review, and say why. One who was postponed comes back."""
    review = changing(review)
    if participant.current_enrolment is None:
        raise Refused(NOT_ENROLLED)
    item = review.items.filter(participant=participant).first()
    if item and item.state == ItemState.DISCUSSED:
        raise Refused(DONE)
    if item and item.state == ItemState.WAITING:
        raise Refused(THERE)
    item = item or ReviewItem(review=review, participant=participant, position=_last(review))
    item.state, item.postponed_reason = ItemState.WAITING, ""
    item.added_by, item.added_reason = by, reason.strip()
    if item.pk is None:
        due = agenda.due_people(by, review.held_on, only=[participant.pk]).get(participant.pk)
        told = due or agenda.NOTHING
        item.reasons, item.room_reasons = told.reasons, told.room_reasons
    item.save()
    _done(review, item, by, "add_to_review")
    return item


def _last(review) -> int:
    last = review.items.order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1


@transaction.atomic
def take_away(*, item: ReviewItem, by) -> bool:
    """Take away somebody who was added by mistake; one who is due stays for those reasons. Says whether it went."""
    review, item = _waiting(item)
    if item.added_by_id is None:
        raise Refused(
            "Deltagaren står här för att en regel sade det. Skjut upp i stället, och skriv varför."
        )
    _done(review, item, by, "take_from_review")
    if item.reasons or item.opened_at or item.note or item.decisions.exists():
        item.added_by, item.added_reason = None, ""
        item.save(update_fields=["added_by", "added_reason"])
        return False
    item.delete()
    return True


@transaction.atomic
def postpone(*, item: ReviewItem, reason: str, by) -> ReviewItem:
    """Put somebody off to the next review, and say why: there it is a reason of its own."""
    review, item = _waiting(item)
    if not reason.strip():
        raise Refused("Skriv varför den skjuts upp.")
    item.state, item.postponed_reason = ItemState.POSTPONED, reason.strip()
    item.save(update_fields=["state", "postponed_reason"])
    _done(review, item, by, "postpone_in_review")
    return item


@transaction.atomic
def take_back(*, item: ReviewItem, by) -> ReviewItem:
    """Take up somebody who was postponed after all."""
    review = changing(item.review)
    item = review.items.select_for_update().get(pk=item.pk)
    if item.state != ItemState.POSTPONED:
        return item
    item.state, item.postponed_reason = ItemState.WAITING, ""
    item.save(update_fields=["state", "postponed_reason"])
    _done(review, item, by, "take_back_in_review")
    return item


def _waiting(item) -> tuple[Review, ReviewItem]:
    """Return the review and the item, locked, or refuse: somebody else was first."""
    review = changing(item.review)
    found = review.items.select_for_update().filter(pk=item.pk).first()
    if found is None:
        raise Refused("Deltagaren står inte längre på dagordningen.")
    if found.state != ItemState.WAITING:
        raise Refused(f"Det är redan gjort: {found.get_state_display().lower()}.")
    return review, found


def _done(review, item, by, what) -> None:
    touch(review)
    access_log.shown_to(by, [item.participant_id], access_log.Action.CHANGED, what=what)
