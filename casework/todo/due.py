"""Tasks that dates ask for by themselves, each made once: an enrolment that runs out."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from accounts.roles import Role
from casework.models import Task, TaskSource
from casework.todo import holders
from casework.todo.actions import create_task
from participants.enums import Function
from participants.models import Enrolment, Extension
from participants.next_steps import ENDING_SOON_DAYS

TEXT = "Begär förlängning eller planera avslut"
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
    return f"enrolment-ends:{enrolment_pk}:{planned_end_on}"


def make_due_tasks(day: date) -> int:
    """Make the tasks the day asks for that nobody has made; returns how many.

    The main contact gets it; where there is none who works here and sees the person, the pedagogues.
    """
    asked = Extension.objects.filter(enrolment=OuterRef("pk"), decided_at=None)
    ending = Enrolment.objects.filter(
        ~Exists(asked),
        ended_on=None,
        planned_end_on__range=(day, day + timedelta(days=ENDING_SOON_DAYS)),
    )
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


def _contact(enrolment):
    user = enrolment.assigned(Function.MAIN_CONTACT)
    works = user and user.is_active and holders.sees(user, enrolment.participant)
    return user if works else None
