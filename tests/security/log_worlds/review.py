"""A review to come with its agenda, one that was held, and a wish."""

from datetime import timedelta

from django.utils import timezone

from casework.models import Review, ReviewItem, ReviewStatus
from casework.review import actions, agenda, requests

ELSEWHERE = set()


def build(world):
    """Make an agenda with every kind of person, somebody postponed, and a closed review."""
    day, lead = timezone.localdate(), world.users["lead"]
    world.wish = requests.ask(
        participant=world.other, reason="prov", by=world.users["other_pedagogue"]
    )
    world.review = Review.objects.create(held_on=day + timedelta(days=3), leader=lead)
    agenda.make(review=world.review, by=lead)
    actions.postpone(item=world.review.items.get(participant=world.other), reason="prov", by=lead)
    now = timezone.now()
    world.held_review = Review.objects.create(
        held_on=day - timedelta(days=4), status=ReviewStatus.CLOSED, started_at=now,
        closed_at=now, closed_by=lead,
    )  # fmt: skip
    for person in (world.mine, world.hidden, world.left):
        ReviewItem.objects.create(
            review=world.held_review, participant=person, state="discussed",
            discussed_at=now - timedelta(days=4),
        )  # fmt: skip


def special(world) -> dict[str, list[dict]]:
    """Both reviews, every row."""
    both = [{"pk": world.review.pk}, {"pk": world.held_review.pk}]
    rows = [{"pk": item.pk} for item in world.review.items.all()]
    of_review = ("agenda", "edit", "refresh", "add", "present")
    of_row = ("move", "postpone", "take_back", "take_away")
    return (
        {f"review:{name}": both for name in of_review}
        | {f"review:{name}": rows for name in of_row}
        | {"review:withdraw": [{"pk": world.wish.pk}]}
    )
