"""A review to come, people who are due, and what happened at the one before."""

from datetime import date, timedelta

from django.utils import timezone

from casework.models import ItemState, Review, ReviewDecision, ReviewItem, ReviewStatus
from casework.todo.actions import create_task
from participants.enums import Category
from tests.cast import enrol, make_person


def days_ago(days: int) -> date:
    """Return the day that many days ago; negative is to come."""
    return timezone.localdate() - timedelta(days=days)


def make_review(held_on: date | None = None, **facts) -> Review:
    """Create a planned review three days from now, without an agenda."""
    return Review.objects.create(held_on=held_on or days_ago(-3), **facts)


def closed_review(held_on: date, by) -> Review:
    """Create a review that was held and closed."""
    now = timezone.now()
    return make_review(
        held_on, status=ReviewStatus.CLOSED, started_at=now, closed_at=now, closed_by=by
    )


def discussed(review: Review, person, on: date | None = None) -> ReviewItem:
    """Let somebody have been gone through at a review."""
    at = timezone.now() - timedelta(days=(timezone.localdate() - (on or review.held_on)).days)
    return ReviewItem.objects.create(
        review=review, participant=person, state=ItemState.DISCUSSED, discussed_at=at
    )


def decide(item: ReviewItem, by, *, due_on: date, text: str = "Ringa socialtjänsten"):
    """Let something have been decided about somebody, with its task."""
    task = create_task(
        text=text, by=by, participant=item.participant, assigned_to=by, due_on=due_on
    )
    return ReviewDecision.objects.create(
        item=item, text=text, user=by, due_on=due_on, task=task, decided_by=by
    )


def enrolled(contact=None, *, days: int = 60, consent=True, **facts):
    """Create somebody enrolled so many days ago, by default with every consent."""
    person = make_person(consent=Category if consent is True else consent, **facts)
    enrol(person, contact=contact, starts_on=days_ago(days))
    return person


def texts(found: dict, person) -> list[str]:
    """Return the reasons to talk about somebody, in words."""
    return [signal.text for signal in found.get(person.pk, [])]
