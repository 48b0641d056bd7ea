"""Who can hold a task: one who works here, has tasks, and may see the person it is about."""

from collections import defaultdict

from django.db.models import Q

from accounts.models import RoleGrant, User
from accounts.permissions import Permission
from accounts.roles import ROLES, Role
from casework.models import Task
from casework.models.todo import FUNCTIONS
from casework.todo.rules import why_nobody
from core.errors import Refused
from participants.enums import Category
from participants.models import Participant

ROLES_WITH_TASKS = [role for role in Role if Permission.HAVE_TASKS in ROLES[role].permissions]
NO_CONSENT = (
    "{name} kan inte få uppgiften: deltagaren har inte lämnat samtycke till att Arbetsförmedlingen ser"
    " planeringen. Välj någon i kommunen, eller fråga deltagaren om samtycke."
)
NOT_THEIRS = (
    "{name} kan inte få uppgiften, eftersom {name} inte ser deltagaren. Välj någon annan, eller ge"
    " {name} ett uppdrag för deltagaren först."
)


def colleagues():
    """Active staff who have tasks, in Swedish order of name."""
    return User.objects.active_with_role(*ROLES_WITH_TASKS)


def functions() -> list[tuple[str, str]]:
    """The functions a task can be given to, as (value, word)."""
    return [(role.value, role.label) for role in FUNCTIONS]


def sees(user, participant) -> bool:
    """Whether the user may see tasks about the person (nobody: always). One query."""
    if participant is None:
        return True
    people = Participant.objects.visible_to(user, Category.PLAN)
    return people.filter(pk=participant.pk).exists()


def must_see(user, participant) -> None:
    """Refuse to give a user a task about somebody they may not see, and say why. At most two queries."""
    if user is None or sees(user, participant):
        return
    covered = participant.consent_covers(user, Category.PLAN)
    raise Refused((NOT_THEIRS if covered else NO_CONSENT).format(name=user.name))


def with_roles(users) -> list:
    """Load the roles of many users at once. One query."""
    users, roles = list(users), defaultdict(list)
    grants = RoleGrant.objects.filter(user__in=users).order_by("role")
    for user, role in grants.values_list("user", "role"):
        roles[user].append(Role(role))
    for user in users:
        user.roles = roles[user.pk]
    return users


def reachable(user):
    """The tasks the user may open: those they see, and for those who see every file also what is about
    nobody and left by somebody who no longer works here.
    """
    tasks = Task.objects.visible_to(user)
    if user.may(Permission.OPEN_CLOSED_FILES):
        left = Q(participant=None, assigned_to__is_active=False)
        return Task.objects.filter(Q(pk__in=tasks.values("pk")) | left)
    return tasks


def without_holder(tasks):
    """Those of the tasks that nobody will do. Three queries to ask, whatever the number of tasks."""
    tasks = tasks.open()
    ids = tasks.exclude(assigned_to=None).order_by().values("assigned_to")
    holders = with_roles(User.objects.filter(pk__in=ids))
    condition = Q(assigned_to=None) & ~Q(to_role__in=_roles_with_somebody())
    for user in holders:
        condition |= Q(assigned_to=user) & _out_of_reach(user)
    return tasks.filter(condition)


def _out_of_reach(user) -> Q:
    if not user.may(Permission.HAVE_TASKS):
        return Q()
    seen = Participant.objects.visible_to(user, Category.PLAN).values("pk")
    return Q(participant__isnull=False) & ~Q(participant__in=seen)


def _roles_with_somebody() -> list[str]:
    active = RoleGrant.objects.filter(user__is_active=True, role__in=FUNCTIONS)
    return list(active.order_by().values_list("role", flat=True).distinct())


def why_without(task, roles_of: dict) -> str:
    """Say why nobody will do one of `without_holder`. No query when `assigned_to` is loaded.

    `roles_of` are the holders' roles, by key.
    """
    user = task.assigned_to
    if user is None:
        return why_nobody(role_has=False)
    may = any(
        Permission.HAVE_TASKS in ROLES[role].permissions for role in roles_of.get(user.pk, ())
    )
    return why_nobody(holder=user.name, works_here=user.is_active, may=may, sees=False)
