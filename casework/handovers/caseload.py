"""What somebody has that can be handed over, to whom, and how it is dealt out evenly."""

import heapq
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import Role
from casework.models import CaseloadMove, MoveKind, Task
from casework.models.todo import FUNCTIONS
from participants.actions.assignments import ROLE_FOR
from participants.enums import Category, Function
from participants.models import Assignment, Consent, Participant
from participants.workload import colleagues as with_load

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a caseload moves: for good or on leave, from when, until when, and who may read how long."""

    kind: MoveKind
    starts_on: date
    ends_on: date | None = None
    reads_days: int = 0

    @property
    def on_leave(self) -> bool:
        """Whether it goes back."""
        return self.kind == MoveKind.LEAVE

    @property
    def until(self) -> date | None:
        """The day somebody on leave is back."""
        return self.ends_on + ONE_DAY if self.ends_on else None

    @property
    def reads_until(self) -> date | None:
        """The last day the one who left may read."""
        if self.on_leave or not self.reads_days:
            return None
        return self.starts_on + timedelta(days=self.reads_days)


@dataclass(slots=True)
class Held:
    """Somebody's function for one participant, and the tasks that go along with it."""

    assignment: Assignment
    person: Participant
    tasks: list[Task] = field(default_factory=list)
    without_consent: bool = False

    @property
    def function(self) -> Function:
        """What it is."""
        return Function(self.assignment.function)

    @property
    def field(self) -> str:
        """The name of its select."""
        return f"to-{self.assignment.pk}"


@dataclass(slots=True)
class Colleague:
    """Somebody who could take over a function, with how many they have of it."""

    user: User
    load: int
    away_until: date | None = None

    @property
    def pk(self) -> int:
        """The user's key."""
        return self.user.pk

    @property
    def label(self) -> str:
        """As a list to choose from says it."""
        away = f", ledig till {self.away_until}" if self.away_until else ""
        return f"{self.user.name} ({self.load}{away})"


def may_move(user, giver) -> bool:
    """Whether the user may hand over what somebody has: the lead anybody's, others their own."""
    if not user.may(Permission.MOVE_CASELOAD):
        return False
    return giver.pk == user.pk or Role.PROJECT_LEAD in user.roles


def givers(user, day: date):
    """Whose participants the user may hand over: those who have any, or tasks. One query.

    Closed accounts too; only people the user may see are counted.
    """
    if Role.PROJECT_LEAD not in user.roles:
        return User.objects.filter(pk=user.pk)
    rows = Assignment.objects.opening_on(day).filter(
        user=OuterRef("pk"), enrolment__participant__in=Participant.objects.visible_to(user)
    )
    tasks = Task.objects.visible_to(user).open().filter(assigned_to=OuterRef("pk"))
    return User.objects.filter(Exists(rows) | Exists(tasks)).order_by(
        "-is_active", "sort_name", "pk"
    )


def held_by(giver, user, terms: Terms) -> list[Held]:
    """What somebody holds of the days, that the user may see, with the tasks that go along.

    Each function of a participant once, by name. Nine queries.
    """
    assignments = Assignment.objects.opening_on(terms.starts_on).filter(
        user=giver,
        enrolment__ended_on=None,
        enrolment__participant__in=Participant.objects.visible_to(user, Category.PLAN),
    )
    if terms.until:
        assignments = assignments.filter(starts_on__lt=terms.until)
    rows = list(assignments.select_related("enrolment").order_by("-starts_on", "pk").distinct())
    latest = {(row.enrolment_id, row.function): row for row in rows}
    people = Participant.objects.filter(
        pk__in={row.enrolment.participant_id for row in rows}
    ).for_list()
    by_key = {person.pk: person for person in people}
    held = [Held(row, by_key[row.enrolment.participant_id]) for row in latest.values()]
    held.sort(key=lambda each: (each.function, each.person.sort_name, each.assignment.pk))
    _add_tasks(held, giver, user, terms)
    _add_consent(held, giver)
    return held


def _add_tasks(held, giver, user, terms) -> None:
    first = {}
    for each in held:
        first.setdefault(each.person.pk, each)
    for task in tasks_of(giver, user, terms).filter(participant__in=list(first)):
        first[task.participant_id].tasks.append(task)


def _add_consent(held, giver) -> None:
    """Mark those whom staff of another authority don't see until there is consent."""
    if not giver.needs_consent:
        return
    people = Participant.objects.filter(pk__in={each.person.pk for each in held})
    consented = people.filter(consents__in=_plan_consents(giver.authority)).values_list(
        "pk", flat=True
    )
    seen = set(consented)
    for each in held:
        each.without_consent = each.person.pk not in seen


def _plan_consents(authority):
    return Consent.objects.valid_on(timezone.localdate()).filter(
        authority=authority, category=Category.PLAN
    )


def tasks_of(giver, user, terms: Terms):
    """Somebody's open tasks that the user may see and that are due when they have gone. One query.

    What is due before a move that is to come stays with the one who still is here.
    """
    tasks = Task.objects.visible_to(user).open().mine(giver)
    if user != giver:
        # Those about nobody that somebody else gave them: no case content, and nobody else sees them.
        nobody_s = Task.objects.open().mine(giver).filter(participant=None)
        tasks = Task.objects.filter(Q(pk__in=tasks.values("pk")) | Q(pk__in=nobody_s.values("pk")))
    if terms.starts_on > timezone.localdate():
        tasks = tasks.exclude(due_on__lt=terms.starts_on)
    return tasks.select_related("participant").order_by("due_on", "pk")


def other_tasks(giver, user, terms: Terms, held) -> list[Task]:
    """Their tasks about nobody, or about somebody they have no function for. Two queries."""
    people = {each.person.pk for each in held}
    tasks = tasks_of(giver, user, terms).prefetch_related("participant__protections")
    return [task for task in tasks if task.participant_id not in people]


def colleagues_for(function: Function, giver, user, terms: Terms) -> list[Colleague]:
    """Who could take a function over, with their loads. Two queries."""
    day = timezone.localdate()
    users = with_load(user, function, ROLE_FOR[function], day).exclude(pk=giver.pk)
    away = away_on(terms.starts_on)
    return [Colleague(each, each.load, away.get(each.pk)) for each in users]


def anybody_for_tasks(giver) -> list[User]:
    """Who could take a task over. Two queries."""
    return list(User.objects.active_with_role(*FUNCTIONS).exclude(pk=giver.pk))


def away_on(day: date) -> dict[int, date]:
    """Who has handed over for a leave that covers the day, and until when. One query."""
    leaves = CaseloadMove.objects.filter(kind=MoveKind.LEAVE, starts_on__lte=day, ends_on__gte=day)
    return dict(leaves.order_by("ends_on").values_list("from_user", "ends_on"))


def deal_evenly(keys, loads: dict[int, int]) -> dict[int, int]:
    """Give each key to the colleague who has the fewest so far. Pure; nobody to deal to gives nothing.

    `loads` is how many each has before; of those with equally few, the first in order.
    """
    order = {pk: index for index, pk in enumerate(loads)}
    heap = [(load, order[pk], pk) for pk, load in loads.items()]
    heapq.heapify(heap)
    dealt = {}
    for key in keys if heap else ():
        load, place, pk = heapq.heappop(heap)
        dealt[key] = pk
        heapq.heappush(heap, (load + 1, place, pk))
    return dealt
