"""Which tasks stand in which list, and a line of one as the page draws it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from accounts.permissions import Permission
from accounts.roles import Scope
from casework.models import Task, TaskStatus
from casework.todo import holders
from casework.todo.rules import Due, days_to_choose, due_group, due_words
from core.swedish import iso_moment
from participants.lists import own_people
from participants.models import Enrolment, Participant

PER_PAGE = 50
# So long a task just closed still stands below the list, to be opened again.
UNDO = timedelta(minutes=30)
MOST_JUST_DONE = 10

MINE, OURS, GIVEN, NOBODYS = "mina", "vara", "givna", "utan-agare"
LABELS = {MINE: "Mina", OURS: "Våra", GIVEN: "Jag har gett", NOBODYS: "Utan ägare"}


def views_for(user) -> list[str]:
    """The lists a user has: those who hand over participants also see what nobody will do."""
    views = [MINE, OURS, GIVEN]
    return [*views, NOBODYS] if user.may(Permission.MOVE_CASELOAD) else views


def of_view(user, view: str):
    """The open tasks of one of the user's lists. The query alone costs none, except `utan-agare` (three)."""
    if view == NOBODYS:
        return _nobodys(user)
    tasks = Task.objects.visible_to(user).open()
    if view == OURS:
        return tasks.ours(user)
    if view == GIVEN:
        return tasks.filter(created_by=user).exclude(assigned_to=user)
    return tasks.mine(user)


def _nobodys(user):
    """For those who see every file everything; for others what is about their own participants."""
    if Permission.MOVE_CASELOAD not in user.permissions:
        return Task.objects.none()
    tasks = holders.reachable(user)
    if user.scope != Scope.ALL:
        tasks = tasks.filter(participant__in=own_people(user).values("pk"))
    return holders.without_holder(tasks)


def for_list(tasks):
    """Everything a line shows, the nearest day first. One query and one prefetch."""
    enrolments = Enrolment.objects.filter(participant=OuterRef("participant"))
    left = Exists(enrolments) & ~Exists(enrolments.filter(ended_on=None))
    tasks = tasks.select_related("participant", "assigned_to", "created_by", "closed_by")
    tasks = tasks.prefetch_related("participant__protections").annotate(person_has_left=left)
    return tasks.order_by(F("due_on").asc(nulls_last=True), "pk")


def page_of(user, tasks, number) -> Page:
    """One page of lines. Three queries, and the one of the count."""
    page = Paginator(for_list(tasks), PER_PAGE).get_page(number)
    day = timezone.localdate()
    page.object_list = [Line(task, user, day) for task in page.object_list]
    return page


def just_done(user) -> list:
    """What the user closed a moment ago, the latest first. Two queries."""
    done = Task.objects.visible_to(user).filter(
        closed_by=user, closed_at__gte=timezone.now() - UNDO
    )
    day = timezone.localdate()
    return [
        Line(task, user, day) for task in for_list(done).order_by("-closed_at")[:MOST_JUST_DONE]
    ]


@dataclass(frozen=True)
class Line:
    """A task as a list shows it to a user. No query for a task of `for_list`."""

    task: Task
    user: object
    day: date
    # What has happened to it meanwhile, told on the line.
    note: str = ""
    why_nobody: str = ""

    @property
    def person(self) -> Participant | None:
        """Whom it is about."""
        return self.task.participant

    @property
    def has_left(self) -> bool:
        """Whether the one it is about has left the programme."""
        return getattr(self.task, "person_has_left", False)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.task.is_open

    @property
    def due(self) -> Due:
        """In which group it stands."""
        return due_group(self.task.due_on, self.day)

    @property
    def when(self) -> str:
        """When it is due, in words."""
        return due_words(self.task.due_on, self.day)

    @property
    def is_mine(self) -> bool:
        """Whether the user has it."""
        return self.task.assigned_to_id == self.user.pk

    @property
    def may_take(self) -> bool:
        """Whether it is a function's of the user's that nobody has taken."""
        return self.task.assigned_to_id is None and self.task.to_role in self.user.roles

    @cached_property
    def who(self) -> str:
        """Who has it: Du, a name, or a function."""
        return "Du" if self.is_mine else self.task.who

    @property
    def closed(self) -> str:
        """When it was closed and by whom: 2026-11-23 14:05, Olle Dahl."""
        task = self.task
        who = "du" if task.closed_by_id == self.user.pk else task.closed_by and task.closed_by.name
        words = iso_moment(task.closed_at)
        return f"{words}, {who}" if who else words

    @property
    def is_done(self) -> bool:
        """Whether it was done, not struck."""
        return self.task.status == TaskStatus.DONE

    @property
    def choices(self):
        """The days it can be moved to with one tap."""
        return [each for each in days_to_choose(self.day) if each.day != self.task.due_on]
