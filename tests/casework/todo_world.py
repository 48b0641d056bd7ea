"""Tasks, as the tests about them need them."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from casework.models import Task
from casework.todo.actions import create_task
from core.models import AccessLogEntry
from tests.cast import enrol, make_person


def make_task(user=None, *, person=None, days: int | None = 0, text="Ring CSN", **facts) -> Task:
    """Give a task to a user (or to a function), due so many days from today."""
    due_on = None if days is None else timezone.localdate() + timedelta(days=days)
    facts = {"by": user, "assigned_to": user, "due_on": due_on} | facts
    return create_task(text=text, participant=person, **facts)


def enrolled(contact=None, officer=None, **facts):
    """Make a person enrolled with these."""
    person = make_person(**facts)
    enrol(person, contact=contact, officer=officer)
    return person


def act(client, task, do, **more):
    """Tap on a line; `fragment=True` as htmx does."""
    headers = {"HX-Request": "true"} if more.pop("fragment", False) else {}
    data = {"do": do, "version": task.version} | more
    return client.post(reverse("todo:act", args=[task.pk]), data, headers=headers)


def logged(action=None) -> list[int]:
    """The persons in the access log, oldest first."""
    entries = AccessLogEntry.objects.order_by("id")
    if action:
        entries = entries.filter(action=action)
    return list(entries.values_list("person_id", flat=True))
