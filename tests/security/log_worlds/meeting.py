"""A meeting that goes on and one that is over: cards, decisions, a recap and its paper."""

from datetime import timedelta

from django.utils import timezone

from casework.models import (
    ItemState,
    Review,
    ReviewAttendee,
    ReviewDecision,
    ReviewItem,
    ReviewStatus,
    TaskSource,
)
from casework.todo.actions import create_task

ELSEWHERE = set()


def build(world):
    """Make what the pages show."""
    by, now = world.users["pedagogue"], timezone.now()
    people = (world.mine, world.other, world.hidden, world.protected)
    world.ended = _review(now - timedelta(days=7), by, ReviewStatus.CLOSED)
    world.ended_items = [
        ReviewItem.objects.create(
            review=world.ended, participant=person, position=place, state=ItemState.DISCUSSED,
            discussed_at=world.ended.started_at,
        )
        for place, person in enumerate(people)
    ]  # fmt: skip
    world.ended_decisions = [_decision(item, by) for item in world.ended_items]
    running = Review.objects.filter(status=ReviewStatus.RUNNING).first()
    world.meeting = running or _review(now, by, ReviewStatus.RUNNING)
    for place, person in enumerate(people):
        ReviewItem.objects.get_or_create(
            review=world.meeting, participant=person, defaults={"position": place}
        )
    world.meeting_items = list(world.meeting.items.order_by("pk"))
    first = next(item for item in world.meeting_items if item.participant_id == world.mine.pk)
    first.opened_at = now
    first.save()
    world.meeting.current = first
    world.meeting.save()
    ReviewAttendee.objects.get_or_create(review=world.meeting, user=by, defaults={"present": True})


def _review(at, by, status):
    closing = {"closed_at": at, "closed_by": by} if status == ReviewStatus.CLOSED else {}
    held_on = timezone.localdate(at)
    Review.objects.filter(held_on=held_on).delete()
    return Review.objects.create(
        held_on=held_on, status=status, started_at=at, leader=by, **closing
    )


def _decision(item, by):
    due = timezone.localdate()
    task = create_task(
        text="Ring", by=by, participant=item.participant, assigned_to=by, due_on=due,
        source=TaskSource.REVIEW,
    )  # fmt: skip
    return ReviewDecision.objects.create(
        item=item, text="Ring", user=by, due_on=due, task=task, decided_by=by
    )


def special(world) -> dict[str, list[dict]]:
    """Return what to open of each route."""
    both = [{"pk": world.meeting.pk}, {"pk": world.ended.pk}]
    items = [{"pk": item.pk} for item in (*world.meeting_items, *world.ended_items)]
    decisions = [{"pk": each.pk} for each in world.ended_decisions]
    of_review = ("start", "wall", "follow", "go", "close", "reopen", "recap", "protocol")
    of_item = ("item", "decide", "preview", "mark", "unmark", "postpone", "resume", "write")
    return (
        {f"review_meeting:{name}": both for name in of_review}
        | {f"review_meeting:{name}": items for name in of_item}
        | {f"review_meeting:{name}": decisions for name in ("take_back", "helped")}
    )
