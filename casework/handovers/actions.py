"""What is done with caseloads. Keyword-only, atomic, `by` a user, each person logged."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from casework.handovers import access
from casework.handovers.caseload import Held, Terms, held_by, may_move, other_tasks
from casework.models import CaseloadMove, Handover, MoveKind, Task
from casework.todo import actions as todo
from core.errors import Refused
from participants import access_log
from participants.actions.assignments import check_may_hold, give_back, hand_over
from participants.models import ReadAccess

ONE_DAY = timedelta(days=1)
CHANGED = "Något har ändrats sedan sidan visades. Ladda om sidan och börja om."
NOTHING = "Välj minst en deltagare eller uppgift, och vem som tar över."
WHY = "Överlämning"


@transaction.atomic
def move_caseload(
    *,
    from_user,
    terms: Terms,
    to: dict[int, object],
    tasks: dict[int, object],
    by,
    reason: str = "",
) -> CaseloadMove:
    """Hand over what somebody has: `to` is the new user by assignment, `tasks` by task.

    All or nothing. The tasks about a participant go along to the same colleague. For good, the one
    who leaves may read for a time; on leave, everything goes back by itself the day after.
    """
    if not may_move(by, from_user):
        raise Refused("Du kan bara lämna över dina egna deltagare. Be projektledaren.")
    if not to and not tasks:
        raise Refused(NOTHING)
    # Two who move the same caseload come one after the other.
    User.objects.select_for_update(no_key=True).get(pk=from_user.pk)
    held = held_by(from_user, by, terms)
    chosen = _chosen(held, to)
    given = _given(other_tasks(from_user, by, terms, held), tasks)
    move = CaseloadMove.objects.create(
        from_user=from_user,
        kind=terms.kind,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        reads_until=terms.reads_until,
        reason=reason.strip(),
        moved_by=by,
    )
    for each, user in chosen:
        _hand_over(move, each, user, terms, by)
    for task, user in given:
        todo.move(task=task, by=by, to_user=user, reason=WHY)
    if terms.reads_until:
        _let_read(move, {each.person.pk for each, _ in chosen}, by)
    return move


def _chosen(held: list[Held], to) -> list:
    """Pair what is held with the new user; refuse what is not there, or whom it can't be given to."""
    by_key = {each.assignment.pk: each for each in held}
    if not set(to) <= set(by_key):
        raise Refused(CHANGED)
    chosen = [(by_key[pk], user) for pk, user in to.items()]
    for each, user in chosen:
        check_may_hold(each.function, user)
    return chosen


def _given(open_tasks: list[Task], tasks) -> list:
    by_key = {task.pk: task for task in open_tasks}
    if not set(tasks) <= set(by_key):
        raise Refused(CHANGED)
    return [(by_key[pk], user) for pk, user in tasks.items()]


def _hand_over(move, each: Held, user, terms, by) -> None:
    hand_over(
        enrolment=each.assignment.enrolment,
        function=each.function,
        holder=move.from_user,
        user=user,
        from_day=terms.starts_on,
        until=terms.until,
        by=by,
    )
    Handover.objects.create(
        move=move, enrolment=each.assignment.enrolment, function=each.function, to_user=user
    )
    for task in each.tasks:
        todo.move(task=task, by=by, to_user=user, reason=WHY)


def _let_read(move, people, by) -> None:
    """The one who leaves may open the files for a time, to answer questions."""
    ReadAccess.objects.bulk_create(
        ReadAccess(
            participant_id=pk,
            user=move.from_user,
            reason=WHY,
            starts_on=move.starts_on,
            ends_on=move.reads_until,
            granted_by=by,
        )
        for pk in people
    )


@transaction.atomic
def change_return(*, move: CaseloadMove, back_on: date, by) -> CaseloadMove:
    """Let somebody on leave be back on another day than was said: earlier, or later.

    What has become somebody else's in the meantime stays theirs.
    """
    move = CaseloadMove.objects.select_for_update().select_related("from_user").get(pk=move.pk)
    today = timezone.localdate()
    _check_return(move, back_on, today)
    before = move.ends_on + ONE_DAY
    for each in access.handovers_of(move, by):
        if each.enrolment.ended_on is None:
            _come_back(move, each, before, back_on, by)
    move.ends_on = max(back_on - ONE_DAY, move.starts_on)
    move.save(update_fields=["ends_on"])
    return move


def _check_return(move, back_on, today) -> None:
    if move.kind != MoveKind.LEAVE:
        raise Refused("Den här överlämningen gäller tills vidare och har ingen sista dag.")
    if not may_change(move):
        raise Refused("Ledigheten är över. Gör en ny överlämning.")
    if back_on < max(today, move.starts_on):
        raise Refused(f"Ange {max(today, move.starts_on)} eller en senare dag.")
    if back_on == move.ends_on + ONE_DAY:
        raise Refused("Det är samma dag som förut. Ange en annan.")


def may_change(move) -> bool:
    """Whether the leave goes on or is still to come."""
    return move.kind == MoveKind.LEAVE and move.ends_on >= timezone.localdate()


def _come_back(move, handover, before: date, back_on: date, by) -> None:
    facts = {"enrolment": handover.enrolment, "function": handover.function, "by": by}
    if back_on < before:
        give_back(user=move.from_user, back_on=before, from_day=back_on, **facts)
        return
    rows = handover.enrolment.assignments.filter(function=handover.function)
    back = rows.filter(user=move.from_user, starts_on=before).exists()
    cover = rows.filter(ends_on=before).exclude(user=move.from_user).order_by("-starts_on").first()
    if back and cover:
        hand_over(holder=move.from_user, user=cover.user, from_day=before, until=back_on, **facts)


@transaction.atomic
def take_back_tasks(*, move: CaseloadMove, by) -> int:
    """Give the open tasks that went along back to the one who was away; returns how many."""
    left = list(access.tasks_with_others(move, by))
    for task in left:
        todo.move(task=task, by=by, to_user=move.from_user, reason="Tillbaka från ledighet")
    return len(left)


class TextChanged(Refused):
    """Somebody else has written in between. `current` is the handover as it stands now."""

    def __init__(self, current):
        super().__init__("Någon annan har skrivit här medan du skrev. Inget är borta.")
        self.current = current


@transaction.atomic
def write_text(*, handover: Handover, text: str, version: int, by) -> Handover:
    """Keep what the new contact needs to know; raises TextChanged when it stands otherwise than `version`."""
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    text = text.strip()
    if handover.text_version != version:
        raise TextChanged(handover)
    if handover.text == text:
        return handover
    handover.text = text
    handover.text_version += 1
    handover.written_at, handover.written_by = timezone.now(), by
    handover.save(update_fields=["text", "text_version", "written_at", "written_by"])
    access_log.changed(handover.enrolment.participant, by=by, what="write_handover")
    return handover


@transaction.atomic
def mark_read(*, handover: Handover, by) -> Handover:
    """The new contact has read it; a second time changes nothing."""
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    if handover.to_user_id != by.pk:
        raise Refused("Bara den som tar över markerar att överlämningen är läst.")
    if handover.read_at is None:
        handover.read_at = timezone.now()
        handover.save(update_fields=["read_at"])
        access_log.changed(handover.enrolment.participant, by=by, what="read_handover")
    return handover
