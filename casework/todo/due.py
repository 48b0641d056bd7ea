"""Tasks that dates ask for by themselves, each made once: an enrolment that runs out."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from accounts.roles import Role
from casework.models import Task, TaskSource
from casework.todo import holders
from casework.todo.actions import create_task, drop
from participants.enums import Function
from participants.models import Enrolment, Extension
from participants.next_steps import ENDING_SOON_DAYS

TEXT = "Begär förlängning eller planera avslut"
OUTLIVED = "Behövs inte längre: slutdatumet är ändrat, en förlängning är begärd eller inskrivningen är avslutad."
KEY = "enrolment-ends:"
# An extension takes time to decide, and an exit to prepare.
BEFORE_THE_END = timedelta(days=14)


def asks_for_task(planned_end_on: date, day: date) -> bool:
    """Whether an enrolment ends so soon that somebody has to think about it. Pure."""
    return day <= planned_end_on <= day + timedelta(days=ENDING_SOON_DAYS)


def due_for(planned_end_on: date, day: date) -> date:
    """Until when: two weeks before the end, or today when that has passed. Pure."""
    return max(planned_end_on - BEFORE_THE_END, day)


def key_for(enrolment_pk: int, planned_end_on: date) -> str:
    """What makes the task once for each end that an enrolment is given. Pure."""
    return f"{KEY}{enrolment_pk}:{planned_end_on}"


def make_due_tasks(day: date) -> int:
    """Make the tasks the day asks for that nobody has made; returns how many.

    The main contact gets it; where there is none who works here and sees the person, the pedagogues.
    """
    soon = (day, day + timedelta(days=ENDING_SOON_DAYS))
    ending = _undecided().filter(planned_end_on__range=soon)
    ending = list(ending.select_related("participant").prefetch_related("assignments__user"))
    keys = {key_for(each.pk, each.planned_end_on): each for each in ending}
    made = set(Task.objects.filter(key__in=keys).values_list("key", flat=True))
    new = {key: each for key, each in keys.items() if key not in made}
    for key, enrolment in new.items():
        contact = _contact(enrolment)
        create_task(
            text=TEXT,
            by=None,
            participant=enrolment.participant,
            assigned_to=contact,
            to_role="" if contact else Role.PEDAGOGUE,
            due_on=due_for(enrolment.planned_end_on, day),
            source=TaskSource.DUE,
            key=key,
        )
    return len(new)


def drop_outlived() -> int:
    """Strike the tasks that were made here and that nothing asks for any longer; returns how many."""
    asked_for = {key_for(pk, end) for pk, end in _undecided().values_list("pk", "planned_end_on")}
    made = Task.objects.open().filter(source=TaskSource.DUE, key__startswith=KEY)
    outlived = [task for task in made if task.key not in asked_for]
    for task in outlived:
        drop(task=task, by=None, reason=OUTLIVED)
    return len(outlived)


def _undecided():
    """Enrolments that go on and for which nobody has asked for more time."""
    asked = Extension.objects.filter(enrolment=OuterRef("pk"), decided_at=None)
    return Enrolment.objects.filter(~Exists(asked), ended_on=None)


def _contact(enrolment):
    user = enrolment.assigned(Function.MAIN_CONTACT)
    works = user and user.is_active and holders.sees(user, enrolment.participant)
    return user if works else None
