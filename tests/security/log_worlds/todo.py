"""What the pages of todo show, so that there is somebody to log."""

from datetime import timedelta

from django.utils import timezone

from accounts.roles import Role
from casework.models import Task
from casework.todo import actions

# The tap on a line answers only to POST.
ELSEWHERE = {"todo:act"}


def build(world):
    """A task about everybody for everybody: theirs, their function's, given, done, without an owner."""
    day = timezone.localdate()
    people = [
        world.mine, world.other, world.hidden, world.protected, world.closed, world.left, world.new
    ]  # fmt: skip
    pedagogue, lead = world.users["pedagogue"], world.users["lead"]
    for number, person in enumerate(people):
        for user in world.users.values():
            actions.create_task(
                text="Att göra", by=lead, participant=person, assigned_to=user,
                due_on=day + timedelta(days=number - 1),
            )  # fmt: skip
        for role in (Role.PEDAGOGUE, Role.PROJECT_LEAD, Role.EMPLOYMENT_OFFICER):
            actions.create_task(text="Vår", by=pedagogue, participant=person, to_role=role)
        done = actions.create_task(text="Gjort", by=lead, participant=person, assigned_to=lead)
        actions.finish(task=done, by=pedagogue, outcome="Bra")
        moved = actions.create_task(text="Bytt", by=lead, participant=person, assigned_to=lead)
        actions.move(task=moved, by=lead, to_user=pedagogue, reason="prov")
    actions.create_task(text="Om ingen", by=pedagogue, assigned_to=pedagogue)


def special(world) -> dict[str, list[dict]]:
    """Every kind of task of each person, and the one about nobody."""
    some = {}
    for task in Task.objects.order_by("pk"):
        some.setdefault((task.participant_id, task.text), {"pk": task.pk})
    tasks = list(some.values())
    return {f"todo:{name}": tasks for name in ("detail", "give", "drop")}
