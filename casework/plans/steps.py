"""How it goes with the steps of a plan: ticked as done, counted, and given to staff as tasks."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from casework.models import PlanStep, PlanVersion, StepWho, Task, TaskSource, TaskStatus
from casework.plans.content import kind_label
from casework.todo import actions as todo
from core.errors import Refused
from participants import access_log

NOT_IN_PLAN = "Steget finns inte i planen som gäller. Ladda om sidan."
NO_LONGER = "Steget finns inte kvar i planen."


@dataclass(frozen=True, slots=True)
class Shown:
    """A step of a version as it was agreed to, and how it goes with it."""

    content: dict
    row: PlanStep | None
    due: date | None
    task: Task | None
    today: date

    @property
    def is_done(self) -> bool:
        """Whether it is ticked."""
        return bool(self.row and self.row.done_on)

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been done."""
        return bool(self.due and self.due < self.today and not self.is_done)

    @property
    def task_is_done(self) -> bool:
        """Whether the task it became is finished while the step is not ticked: perhaps it should be."""
        return bool(self.task and self.task.status == TaskStatus.DONE and not self.is_done)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of a version, with its steps."""

    content: dict
    steps: list[Shown]

    @property
    def kind(self) -> str:
        """What it is about, in words."""
        return kind_label(self.content["kind"])


@dataclass(frozen=True, slots=True)
class Progress:
    """How many steps of a version are done, and which is the next."""

    done: int
    total: int
    next: Shown | None


def shown(content: dict, today: date) -> list[Goal]:
    """Return a content's goals with how it goes with each step. Two queries."""
    ids = [step["id"] for goal in content["goals"] for step in goal["steps"]]
    rows = {
        str(each.pk): each for each in PlanStep.objects.filter(pk__in=ids).select_related("done_by")
    }
    tasks = {str(each.step_id): each for each in Task.objects.filter(step__in=ids).order_by("pk")}
    return [
        Goal(goal, [_shown(each, rows, tasks, today) for each in goal["steps"]])
        for goal in content["goals"]
    ]


def progress_of(goals: list[Goal]) -> Progress:
    """Count the steps; the next is the one due first of those not done. Pure."""
    every = [step for goal in goals for step in goal.steps]
    left = [step for step in every if not step.is_done]
    first = min(left, key=lambda step: step.due or date.max, default=None)
    return Progress(len(every) - len(left), len(every), first)


@transaction.atomic
def tick(*, version: PlanVersion, step_id, by, done: bool, outcome: str = "") -> PlanStep:
    """Say that a step is done, or that it is not after all; no new version. Its open task is finished."""
    known = {step["id"] for goal in version.content["goals"] for step in goal["steps"]}
    if str(step_id) not in known:
        raise Refused(NOT_IN_PLAN)
    step = PlanStep.objects.select_for_update(of=("self",)).get(pk=step_id)
    if done and step.done_on is None:
        step.done_on, step.done_by = timezone.localdate(), by
    elif not done:
        step.done_on = step.done_by = None
    step.outcome = outcome.strip() if done else ""
    step.save(update_fields=["done_on", "done_by", "outcome"])
    if done:
        for task in Task.objects.filter(step=step).open():
            todo.finish(task=task, by=by, outcome=outcome)
    person = version.plan.enrolment.participant_id
    access_log.shown_to(by, [person], access_log.Action.CHANGED, what="tick_step")
    return step


def give_tasks(version: PlanVersion, by) -> None:
    """Make a task of each step that one of us takes; drop the tasks of steps that are no longer there."""
    ids = [step["id"] for goal in version.content["goals"] for step in goal["steps"]]
    person = version.plan.enrolment.participant
    steps = PlanStep.objects.filter(pk__in=ids, who=StepWho.STAFF, done_on=None)
    for step in steps.select_related("user"):
        _give(step, person, version.plan.enrolment, by)
    gone = Task.objects.filter(step__goal__plan=version.plan).open().exclude(step__in=steps)
    for task in gone.exclude(step__done_on__isnull=False):
        todo.drop(task=task, by=by or version.proposed_by, reason=NO_LONGER)


def _give(step, person, enrolment, by) -> None:
    """Give one step to whoever takes it; who has left is stood in for by the main contact."""
    user = step.user if step.user.is_active else enrolment.main_contact
    if user is None or not user.is_active:
        return
    task = todo.create_task(
        text=step.text,
        by=by,
        participant=person,
        assigned_to=user,
        due_on=step.due_on,
        source=TaskSource.PLAN,
        step=step,
        key=f"step:{step.pk}",
    )
    if not task.is_open:
        return
    if task.assigned_to_id != user.pk:
        todo.move(task=task, by=by or task.created_by or user, to_user=user)
    Task.objects.filter(pk=task.pk).update(text=step.text, due_on=step.due_on)


def _shown(content, rows, tasks, today) -> Shown:
    due = date.fromisoformat(content["by"]) if content["by"] else None
    return Shown(content, rows.get(content["id"]), due, tasks.get(content["id"]), today)
