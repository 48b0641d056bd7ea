"""What happens in the meeting itself. Keyword-only, atomic, `by` a user, logged when about a person.

`go` and `mark` carry what the screen showed: who presses next where another has pressed already moves
nobody twice. The shown participant is `review.current`; nobody is between the parts, and at the end.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from casework.models import (
    Helped,
    ItemState,
    Review,
    ReviewDecision,
    ReviewItem,
    ReviewStatus,
    TaskSource,
)
from casework.review import agenda, attendance, requests
from casework.review.agenda import changing, touch
from casework.review.lines import Line
from casework.review.steps import Step, after, before, first, places
from casework.todo import actions as tasks
from core.errors import Refused
from participants import access_log

ONE_AT_A_TIME = "En annan ärendedragning pågår redan. Avsluta den först."
NOT_RUNNING = "Ärendedragningen pågår inte."
TAKEN_BACK = "Beslutet togs tillbaka på ärendedragningen."
NOT_YOURS = "Bara den som skrev beslutet eller leder mötet kan ta tillbaka det."
SAME_DAY_ONLY = "En avslutad ärendedragning kan bara öppnas igen samma dag."
OTHERS = "Bara den som ledde ärendedragningen kan öppna den igen."


class NoteMoved(Refused):
    """Somebody else wrote about the participant meanwhile; nothing was kept."""

    def __init__(self, note: str):
        super().__init__(
            f"Någon annan skrev under tiden: ”{note}” Skriv ihop det, eller spara ditt i stället."
        )


def _levelled(text: str) -> str:
    return "\n".join(text.strip().splitlines())


@transaction.atomic
def start(*, review: Review, present, by) -> Review:
    """Begin: who is here, the reasons as they are now, and the first participant on the wall.

    Refuses while another goes on, or when the day has not come.
    """
    review = changing(review)
    if review.status != ReviewStatus.PLANNED:
        return review
    if Review.objects.filter(status=ReviewStatus.RUNNING).exists():
        raise Refused(ONE_AT_A_TIME)
    if review.held_on > timezone.localdate():
        raise Refused(f"Ärendedragningen är planerad till {review.held_on}. Ändra dagen först.")
    agenda.refresh(review=review, by=by)
    attendance.set_present(review=review, users=present, by=by)
    review.refresh_from_db()
    review.status, review.started_at, review.leader = ReviewStatus.RUNNING, timezone.now(), by
    review.save(update_fields=["status", "started_at", "leader"])
    _show(review, first(places(review, by)))
    return review


@transaction.atomic
def go(*, review: Review, shown: int | None, way: Step, by) -> bool:
    """Show the next or the one before; False when the wall had moved on from `shown` already."""
    review = _running(review)
    if review.current_id != shown:
        return False
    rows = places(review, by)
    _show(review, before(rows, review) if way == Step.BACK else after(rows, review, way))
    return True


@transaction.atomic
def mark(*, item: ReviewItem, by) -> None:
    """Somebody is gone through. If they are on the wall, the next one comes."""
    review, item = _item(item)
    _discussed(item)
    _log(item, by, "mark_discussed")
    if review.current_id == item.pk:
        _show(review, after(places(review, by), review, Step.ON))
    else:
        touch(review)


@transaction.atomic
def unmark(*, item: ReviewItem, by) -> None:
    """Somebody was not gone through after all; not when something was decided about them."""
    review, item = _item(item)
    if item.state != ItemState.DISCUSSED:
        return
    if item.decisions.filter(taken_back_at=None).exists():
        raise Refused("Det finns beslut om deltagaren. Ta tillbaka dem först.")
    item.state, item.discussed_at = ItemState.WAITING, None
    item.save(update_fields=["state", "discussed_at"])
    requests.reopen(item=item)
    _log(item, by, "unmark_discussed")
    touch(review)


@transaction.atomic
def postpone(*, item: ReviewItem, reason: str, by) -> None:
    """Put somebody off to the next review, with the reason. If they are on the wall, the next one comes."""
    from casework.review import actions

    review, item = _item(item)
    actions.postpone(item=item, reason=reason, by=by)
    if review.current_id == item.pk:
        review.refresh_from_db()
        _show(review, after(places(review, by), review, Step.ON))


@transaction.atomic
def write(*, item: ReviewItem, note: str, before: str, by) -> None:
    """Keep a few words about how it is; `before` is what stood there when it was written. Else NoteMoved."""
    review, item = _item(item)
    note = _levelled(note)[:1000]
    if item.note == note:
        return
    if item.note != _levelled(before):
        raise NoteMoved(item.note)
    item.note = note
    item.save(update_fields=["note"])
    _log(item, by, "write_in_review")
    touch(review)


@transaction.atomic
def decide(*, item: ReviewItem, line: Line, by) -> ReviewDecision:
    """Keep a decision and make its task; the participant is then gone through.

    Refuses a person or a function that may not see the participant (`deciders.must_see`).
    """
    from accounts.models import User
    from casework.review.deciders import must_see

    review, item = _item(item)
    must_see(item.participant, line)
    user = User.objects.get(pk=line.who.pk) if line.who else None
    task = tasks.create_task(
        text=line.text,
        by=by,
        participant=item.participant,
        assigned_to=user,
        to_role=line.to_role,
        due_on=line.due_on,
        source=TaskSource.REVIEW,
    )
    decision = ReviewDecision.objects.create(
        item=item,
        text=line.text,
        user=user,
        to_role=line.to_role,
        due_on=line.due_on,
        task=task,
        decided_by=by,
    )
    _discussed(item)
    _log(item, by, "decide_in_review")
    touch(review)
    return decision


@transaction.atomic
def take_back(*, decision: ReviewDecision, by, leads: bool) -> None:
    """Take back a decision written wrong, and strike its task; twice is once."""
    review, item = _item(decision.item)
    decision = ReviewDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.taken_back_at:
        return
    if not leads and decision.decided_by_id != by.pk:
        raise Refused(NOT_YOURS)
    decision.taken_back_at = timezone.now()
    decision.save(update_fields=["taken_back_at"])
    if decision.task_id:
        tasks.drop(task=decision.task, by=by, reason=TAKEN_BACK)
    _log(item, by, "take_back_decision")
    touch(review)


@transaction.atomic
def judge(*, review: Review, decision: ReviewDecision, helped: str, by) -> None:
    """Say whether an earlier decision helped; "" takes the answer away."""
    review = _running(review)
    if helped and helped not in Helped.values:
        raise Refused("Välj ett av svaren.")
    decision = ReviewDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    decision.helped = helped
    decision.judged_at, decision.judged_by = (timezone.now(), by) if helped else (None, None)
    decision.save(update_fields=["helped", "judged_at", "judged_by"])
    _log(decision.item, by, "judge_decision")
    touch(review)


@transaction.atomic
def close(*, review: Review, by) -> Review:
    """End the meeting: those still waiting were not reached, and come first on the next agenda."""
    review = _running(review)
    waiting = review.items.filter(state=ItemState.WAITING)
    seen = list(waiting.visible_to(by).values_list("participant", flat=True))
    waiting.update(state=ItemState.NOT_REACHED)
    review.status, review.current = ReviewStatus.CLOSED, None
    review.closed_at, review.closed_by = timezone.now(), by
    review.save(update_fields=["status", "current", "closed_at", "closed_by"])
    access_log.shown_to(by, seen, access_log.Action.CHANGED, what="close_review")
    touch(review)
    return review


@transaction.atomic
def reopen(*, review: Review, by) -> Review:
    """Go on with a meeting that was ended by mistake: by the one who led it, on the same day."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    if review.status != ReviewStatus.CLOSED:
        return review
    if review.leader_id != by.pk:
        raise Refused(OTHERS)
    if timezone.localdate(review.closed_at) != timezone.localdate():
        raise Refused(SAME_DAY_ONLY)
    if Review.objects.filter(status=ReviewStatus.RUNNING).exists():
        raise Refused(ONE_AT_A_TIME)
    left = review.items.filter(state=ItemState.NOT_REACHED)
    seen = list(left.visible_to(by).values_list("participant", flat=True))
    left.update(state=ItemState.WAITING)
    review.status, review.closed_at, review.closed_by = ReviewStatus.RUNNING, None, None
    review.save(update_fields=["status", "closed_at", "closed_by"])
    access_log.shown_to(by, seen, access_log.Action.CHANGED, what="reopen_review")
    touch(review)
    return review


def default_due(review: Review):
    """Return the day a decision without a day is to be done by: the day before the next review. One query."""
    later = Review.objects.filter(held_on__gt=review.held_on, status=ReviewStatus.PLANNED)
    following = later.order_by("held_on").values_list("held_on", flat=True).first()
    due = following - timedelta(days=1) if following else review.held_on + timedelta(days=7)
    return max(due, timezone.localdate())


def _show(review: Review, item_id: int | None) -> None:
    """Put somebody on the wall, or nobody."""
    review.current_id = item_id
    review.save(update_fields=["current"])
    ReviewItem.objects.filter(pk=item_id).update(opened_at=timezone.now())
    touch(review)


def _discussed(item: ReviewItem) -> None:
    if item.state == ItemState.DISCUSSED:
        return
    item.state, item.discussed_at, item.postponed_reason = ItemState.DISCUSSED, timezone.now(), ""
    item.save(update_fields=["state", "discussed_at", "postponed_reason"])
    requests.answer(item=item)


def _running(review: Review) -> Review:
    review = changing(review)
    if review.status != ReviewStatus.RUNNING:
        raise Refused(NOT_RUNNING)
    return review


def _item(item: ReviewItem) -> tuple[Review, ReviewItem]:
    """Return the running review and the item, locked in that order."""
    review = _running(item.review)
    items = review.items.select_related("participant").select_for_update(of=("self",))
    found = items.filter(pk=item.pk).first()
    if found is None:
        raise Refused("Deltagaren står inte längre på dagordningen.")
    return review, found


def _log(item, by, what) -> None:
    access_log.shown_to(by, [item.participant_id], access_log.Action.CHANGED, what=what)
