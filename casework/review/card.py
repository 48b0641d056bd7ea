"""One calm card about a participant: what the meeting looks at. Asked for with somebody's eyes.

On the wall in the joint part those are the eyes of the room (`room.as_the_room`), so that the consents
decide about every line; in the municipality's own part, and on one's own screen, the user's own.
A fixed number of queries whatever the agenda holds; most are those of the rooms that tell what happened.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from casework.models import Helped, ItemState, ReviewDecision, ReviewItem, TaskStatus
from casework.plans.reading import current_versions, own_words
from casework.review import attendance
from casework.review.rows import Row, rows_of
from casework.review.signals import phases_of
from casework.review.steps import shared_at
from core import registry
from core.registry import Event, NextStep, Phase
from core.swedish import as_day, counted, iso_date
from participants.enums import Category, Function
from participants.models import Participant
from participants.next_steps import next_for

EVENTS = 5
REASONS = 4
# Without an earlier review, what happened is told this far back.
LOOK_BACK = timedelta(days=28)
# What the review itself tells stands in its own place on the card.
OWN_LABEL = "Ärendedragning"
KEYS = {str(number): each for number, each in enumerate(Helped, start=1)}


@dataclass(frozen=True, slots=True)
class Earlier:
    """A decision of the review before: what became of it, and whether it helped."""

    decision: ReviewDecision
    happened: str
    tone: str
    icon: str
    is_asked: bool = False

    @property
    def helped(self) -> str:
        """The answer in words, or ""."""
        return self.decision.get_helped_display()


@dataclass(frozen=True, slots=True)
class Card:
    """Everything on one card, as far as the eyes may see."""

    row: Row
    age: int
    contact: str
    weeks: str
    phase: Phase | None
    words: list[tuple[str, str]]
    since: date
    events: list[Event]
    more_events: int
    earlier: list[Earlier]
    discussed_on: date | None
    decisions: list[ReviewDecision]
    absent: list[attendance.Needed]
    next_step: NextStep | None

    @property
    def item(self) -> ReviewItem:
        """The row of the agenda."""
        return self.row.item

    @property
    def person(self) -> Participant:
        """Who it is about."""
        return self.row.person

    @property
    def reasons(self):
        """Why they are on the agenda: the heaviest ones."""
        return self.row.reasons[:REASONS]

    @property
    def more_reasons(self) -> int:
        """How many reasons are not shown."""
        return max(len(self.row.reasons) - REASONS, 0)

    @property
    def is_done(self) -> bool:
        """Whether they are gone through."""
        return self.item.state == ItemState.DISCUSSED

    @property
    def is_postponed(self) -> bool:
        """Whether they are put off."""
        return self.item.state == ItemState.POSTPONED

    @property
    def is_long(self) -> bool:
        """Whether the young person's words need a smaller size."""
        return sum(len(text) for _, text in self.words) > 280

    @property
    def asked(self) -> Earlier | None:
        """The earlier decision whose answer the keys give now."""
        return next((each for each in self.earlier if each.is_asked), None)


def load(item_id: int, review, eyes) -> Card | None:
    """Return the card as the eyes may see it, or None when they may not see the person."""
    people = Participant.objects.visible_to(eyes, Category.PLAN)
    person = people.filter(review_items=item_id).for_list().first()
    if person is None:
        return None
    items = ReviewItem.objects.filter(pk=item_id).select_related("added_by")
    item = items.prefetch_related("decisions__user", "decisions__task").get()
    item.participant = person
    return _card(rows_of([item], eyes)[0], review, eyes)


def _card(row: Row, review, eyes) -> Card:
    person, today = row.person, timezone.localdate()
    before = previous_of(person, review, eyes)
    discussed_on = as_day(before.discussed_at) if before else None
    since = discussed_on or today - LOOK_BACK
    events = events_since(person, eyes, since, today)
    enrolment = row.enrolment
    contact = enrolment.assigned(Function.MAIN_CONTACT) if enrolment else None
    plan = current_versions([person]).get(person.pk)
    here = attendance.present(review)
    return Card(
        row=row,
        age=person.age_on(today),
        contact=contact.name if contact else "",
        weeks=_weeks(enrolment, today),
        phase=phases_of([person], eyes, today).get(person.pk),
        words=own_words(plan.content) if plan else [],
        since=since,
        events=events[:EVENTS],
        more_events=max(len(events) - EVENTS, 0),
        earlier=_earlier(before, today),
        discussed_on=discussed_on,
        decisions=[each for each in row.item.decisions.all() if each.taken_back_at is None],
        absent=[each for each in attendance.needed_for(row) if each.user.pk not in here],
        next_step=next_for([person], eyes, today).get(person.pk),
    )


def _weeks(enrolment, today: date) -> str:
    if enrolment is None:
        return ""
    weeks = enrolment.weeks_on(today)
    return counted(weeks, "vecka", "veckor") if weeks else "Första veckan"


def previous_of(person, review, eyes) -> ReviewItem | None:
    """Return when the person was last gone through before this review, as far as the eyes may know. Up to four queries."""
    items = ReviewItem.objects.filter(
        participant=person, state=ItemState.DISCUSSED, review__held_on__lt=review.held_on
    )
    items = items.order_by("-review__held_on").prefetch_related(
        "decisions__user", "decisions__task"
    )
    found = list(items[:4])
    if eyes.needs_consent:
        told = shared_at({item.pk: (person.pk, item.discussed_at) for item in found})
        found = [item for item in found if told[item.pk]]
    return found[0] if found else None


def events_since(person, eyes, since: date, today: date) -> list[Event]:
    """Return what happened to the person since a day, newest first. Costs the queries of the sources."""
    events = [
        event
        for source in registry.timeline
        if source.label != OWN_LABEL
        for event in source.collect(person, eyes)
        if since <= event.on <= today
    ]
    return sorted(events, key=lambda event: event.on, reverse=True)


def _earlier(before: ReviewItem | None, today: date) -> list[Earlier]:
    """Return what was decided then; the first without an answer is asked about."""
    if before is None:
        return []
    asked, found = False, []
    for decision in before.decisions.all():
        if decision.taken_back_at:
            continue
        # What was never done can't have helped.
        was_done = decision.task is None or decision.task.status == TaskStatus.DONE
        asks = was_done and not asked and not decision.helped
        asked |= asks
        found.append(Earlier(decision, *happened(decision, today), is_asked=asks))
    return found


def happened(decision: ReviewDecision, today: date) -> tuple[str, str, str]:
    """Say what became of a decision, with its tone and icon. No query when the task is loaded."""
    task = decision.task
    if task is None:
        return "", "neutral", "circle"
    if task.status == TaskStatus.DONE:
        outcome = f": {task.outcome}" if task.outcome else ""
        return f"Gjort {iso_date(task.closed_at)}{outcome}", "good", "check-circle"
    if task.status == TaskStatus.DROPPED:
        why = f": {task.outcome}" if task.outcome else ""
        return f"Struket{why}", "neutral", "cross"
    if task.is_overdue(today):
        return f"Inte gjort, skulle varit klart {iso_date(task.due_on)}", "bad", "stop"
    return f"Pågår, senast {iso_date(task.due_on)}", "info", "clock"
