"""What tasks add to other pages: next step, timeline, the review's agenda, the exit, the person's card."""

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from casework.left_unsigned import STAYS_OPEN
from casework.models import Task, TaskStatus
from casework.todo.lists import Line, for_list
from casework.todo.rules import due_words
from core.registry import Event, NextStep, OpenQuestion, ReviewSignal
from core.swedish import counted, iso_date
from participants.enums import Category
from participants.models import Enrolment

# Beside the urgencies of participants/next_steps.py: under an end that is near, over a missing consent.
URGENCY = 55
SIGNAL_WEIGHT = 35
SIGNAL_AFTER = timedelta(days=7)
ON_CARD = 5
# So much of a task's text fits in a sentence among others.
FEW_WORDS = 80


def _overdue(participants, user, day: date):
    if not user.may(Permission.VIEW_PLAN):
        return Task.objects.none()
    ids = [each.pk for each in participants]
    tasks = Task.objects.open().overdue(day).filter(participant__in=ids)
    return tasks.visible_to(user) if user.needs_consent else tasks


def next_steps(participants, user, day: date) -> dict[int, NextStep]:
    """The task about each person that has been late the longest. One query."""
    steps: dict[int, NextStep] = {}
    for task in _overdue(participants, user, day).order_by("due_on", "pk"):
        url = task.get_absolute_url() if user.may(Permission.HAVE_TASKS) else ""
        text = f"Försenad uppgift: {_few_words(task.text)}"
        steps.setdefault(
            task.participant_id, NextStep(text, URGENCY, task.due_on, url, tone="warn")
        )
    return steps


def signals(participants, user, day: date) -> dict[int, list[ReviewSignal]]:
    """Those with a task that has been late for more than a week: one reason each. One query."""
    found: dict[int, list[ReviewSignal]] = {}
    for task in _overdue(participants, user, day - SIGNAL_AFTER).order_by("due_on", "pk"):
        text = f"Uppgift försenad sedan {iso_date(task.due_on)}"
        found.setdefault(
            task.participant_id, [ReviewSignal(text, SIGNAL_WEIGHT, task.due_on, icon="clock")]
        )
    return found


def events(participant, user) -> list[Event]:
    """The tasks that were done. Needs the plan's consent; one query."""
    if not user.may(Permission.VIEW_PLAN) or not participant.consent_covers(user, Category.PLAN):
        return []
    done = Task.objects.filter(participant=participant, status=TaskStatus.DONE)
    may = user.may(Permission.HAVE_TASKS)
    return [
        Event(
            on=timezone.localdate(task.closed_at),
            title=task.text,
            text=task.outcome,
            icon="check",
            tone="good",
            url=task.get_absolute_url() if may else "",
            by=task.closed_by.name if task.closed_by else "",
            at=task.closed_at,
        )
        for task in done.select_related("closed_by")
    ]


def exit_questions(enrolment, user, day: date) -> list[OpenQuestion]:
    """The person's open tasks: nothing is closed by itself. One query."""
    count = Task.objects.open().filter(participant=enrolment.participant_id).count()
    if not count:
        return []
    ways = ()
    if user and user.may(Permission.HAVE_TASKS):
        key = [enrolment.participant_id]
        ways = (
            ("Se uppgifterna", reverse("todo:person", args=key)),
            ("Stryk dem", reverse("todo:strike", args=key)),
        )
    words = counted(count, "uppgift är öppen", "uppgifter är öppna")
    text = f"{words}. Det som inte görs eller stryks ligger kvar hos den som har det."
    return [OpenQuestion(text, ways=ways)]


def open_file() -> Q:
    """Whoever left not long ago with work undone is an open file: those who have the work can do it.

    Only what was there at the exit counts, so that nobody keeps a file open with a new task.
    """
    undone = Task.objects.open().filter(
        participant=OuterRef("participant"), created_at__lte=OuterRef("exited_at")
    )
    left = Enrolment.objects.filter(
        Exists(undone),
        participant=OuterRef("pk"),
        ended_on__gte=timezone.localdate() - STAYS_OPEN,
    )
    return Q(Exists(left))


def person_card(request, participant) -> dict | None:
    """The nearest open tasks about the person. Three queries; None without any."""
    tasks = Task.objects.visible_to(request.user).open().filter(participant=participant)
    lines = [Line(task, request.user, timezone.localdate()) for task in for_list(tasks)]
    if not lines:
        return None
    return {"lines": lines[:ON_CARD], "more": max(len(lines) - ON_CARD, 0)}


def open_tasks(participants, user, day: date) -> dict[int, list[tuple[str, str]]]:
    """What is to be done about each person, for the review: (text, who and when). One query."""
    if not user.may(Permission.VIEW_PLAN):
        return {}
    ids = [each.pk for each in participants]
    tasks = Task.objects.open().visible_to(user).filter(participant__in=ids)
    found = defaultdict(list)
    for task in tasks.select_related("assigned_to").order_by(
        F("due_on").asc(nulls_last=True), "pk"
    ):
        found[task.participant_id].append((task.text, f"{task.who}, {due_words(task.due_on, day)}"))
    return dict(found)


def _few_words(text: str) -> str:
    return text if len(text) <= FEW_WORDS else f"{text[: FEW_WORDS - 1].rstrip()}…"
