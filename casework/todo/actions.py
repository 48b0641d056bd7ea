"""What is done with tasks. Keyword-only, atomic, `by` a user, logged when they are about a person.

Whoever gives a task to somebody chooses a user or a function (`to_role`), never both.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.roles import Role
from casework.models import Task, TaskMove, TaskSource, TaskStatus
from core.errors import Refused
from participants import access_log

CHANGED = "Uppgiften har ändrats av någon annan. Ladda om sidan och försök igen."
CLOSED = "Uppgiften är redan avslutad."
REOPENED = "Uppgiften är öppen igen. Markera den som klar först."
TAKEN = "{name} hann ta uppgiften före dig."
NOBODY = "Välj vem som ska göra uppgiften: en person eller en funktion."
NOT_ACTIVE = "{name} arbetar inte här längre. Välj någon annan."


@transaction.atomic
def create_task(
    *,
    text: str,
    by,
    participant=None,
    assigned_to=None,
    to_role: Role | str = "",
    due_on: date | None = None,
    source: TaskSource = TaskSource.HAND,
    note=None,
    step=None,
    key: str | None = None,
) -> Task:
    """Give a task to a user or to a function; with a `key` that there already is, that task comes back."""
    _must_be_one(assigned_to, to_role)
    if key and (there_is := Task.objects.filter(key=key).first()):
        return there_is
    task = Task.objects.create(
        text=text.strip(),
        participant=participant,
        assigned_to=assigned_to,
        to_role=to_role,
        due_on=due_on,
        source=source,
        note=note,
        step=step,
        key=key,
        created_by=by,
    )
    _log(task, by, "create_task")
    return task


@transaction.atomic
def finish(*, task: Task, by, outcome: str = "", version: int | None = None) -> Task:
    """Say that a task is done; one already done stays as it is."""
    return _close(task, TaskStatus.DONE, by, outcome, version, "finish_task")


@transaction.atomic
def drop(*, task: Task, by, reason: str, version: int | None = None) -> Task:
    """Strike a task that is not to be done, and say why."""
    return _close(task, TaskStatus.DROPPED, by, reason, version, "drop_task")


@transaction.atomic
def reopen(*, task: Task, by) -> Task:
    """Open a closed task again."""
    task = _lock(task)
    if task.is_open:
        return task
    task.status, task.closed_at, task.closed_by, task.outcome = TaskStatus.OPEN, None, None, ""
    return _save(task, by, "reopen_task", "status", "closed_at", "closed_by", "outcome")


@transaction.atomic
def set_due(*, task: Task, by, due_on: date | None, version: int | None = None) -> Task:
    """Move an open task to another day, or to none."""
    task = _lock(task, version)
    if not task.is_open:
        raise Refused(CLOSED)
    if task.due_on == due_on:
        return task
    task.due_on = due_on
    return _save(task, by, "set_task_due", "due_on")


@transaction.atomic
def tell_outcome(*, task: Task, by, outcome: str) -> Task:
    """Say afterwards how a task went."""
    task = _lock(task)
    if task.is_open:
        raise Refused(REOPENED)
    task.outcome = outcome.strip()
    return _save(task, by, "tell_task_outcome", "outcome")


@transaction.atomic
def take(*, task: Task, by) -> Task:
    """Take an open task that a function has; somebody else may have been faster."""
    task = _lock(task)
    if task.assigned_to_id == by.pk:
        return task
    if task.assigned_to_id:
        raise Refused(TAKEN.format(name=task.assigned_to.name))
    return move(task=task, by=by, to_user=by)


@transaction.atomic
def move(
    *,
    task: Task,
    by,
    to_user=None,
    to_role: Role | str = "",
    reason: str = "",
    version: int | None = None,
) -> Task:
    """Give an open task to another user or function, and keep who had it."""
    _must_be_one(to_user, to_role)
    task = _lock(task, version)
    if not task.is_open:
        raise Refused(CLOSED)
    if (task.assigned_to, task.to_role) == (to_user, to_role):
        return task
    TaskMove.objects.create(
        task=task,
        from_user=task.assigned_to,
        to_user=to_user,
        to_role=to_role,
        reason=reason,
        by=by,
    )
    task.assigned_to, task.to_role = to_user, to_role
    return _save(task, by, "move_task", "assigned_to", "to_role")


def _close(task, status, by, outcome, version, what) -> Task:
    task = _lock(task, version)
    if task.status == status:
        return task
    if not task.is_open:
        raise Refused(CLOSED)
    task.status, task.closed_at, task.closed_by = status, timezone.now(), by
    task.outcome = outcome.strip()
    return _save(task, by, what, "status", "closed_at", "closed_by", "outcome")


def _lock(task, version=None) -> Task:
    # Without joins: PostgreSQL locks the row as it is now, but joins what it pointed at before the wait.
    task = Task.objects.select_for_update().get(pk=task.pk)
    if version is not None and task.version != version:
        raise Refused(CHANGED)
    return task


def _save(task, by, what, *fields) -> Task:
    task.version += 1
    task.save(update_fields=["version", *fields])
    _log(task, by, what)
    return task


def _must_be_one(user, role) -> None:
    if bool(user) == bool(role):
        raise Refused(NOBODY)
    if user and not user.is_active:
        raise Refused(NOT_ACTIVE.format(name=user.name))


def _log(task, by, what) -> None:
    if task.participant_id:
        access_log.shown_to(by, [task.participant_id], access_log.Action.CHANGED, what=what)
