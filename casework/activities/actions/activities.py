"""Making, changing and putting away activities."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from casework.activities.actions.queue import let_in, locked
from casework.models import Activity, ActivityLeader, Session, SessionStatus, SignUp
from participants.errors import Refused, StaleEdit, refusing

FIELDS = ("name", "kind", "type", "description", "place", "capacity")
NAME_RULES = ("casework_activity.name", "casework_activity_name")
NAME_TAKEN = (
    "Det finns redan en aktivitet som heter så. Lägg till något som skiljer, till exempel veckan."
)
KIND_STAYS = "Slaget kan inte ändras när aktiviteten har tillfällen eller anmälda. Gör en ny aktivitet i stället."


@dataclass(frozen=True, slots=True)
class Outside:
    """A leader from an association or a company, who has no account."""

    name: str
    organisation: str = ""


@transaction.atomic
def make_activity(*, name: str, kind: str, by, leaders: Iterable = (), **facts) -> Activity:
    """Make an activity; `facts` are those of FIELDS, `leaders` users and `Outside`s."""
    with refusing(Refused(NAME_TAKEN), *NAME_RULES):
        activity = Activity.objects.create(name=name.strip(), kind=kind, created_by=by, **facts)
    set_leaders(activity, leaders)
    return activity


@transaction.atomic
def change_activity(
    *, activity: Activity, version: int, by, leaders: Iterable | None = None, **facts
) -> list[SignUp]:
    """Change an activity as written on a form that showed `version`; returns whom more places let in.

    Raises StaleEdit when somebody has saved since; nothing is then changed. `by` is kept for those who
    are let in.
    """
    activity = locked(activity)
    if activity.version != version:
        raise StaleEdit(activity)
    if facts.get("kind", activity.kind) != activity.kind and _is_used(activity):
        raise Refused(KIND_STAYS)
    for name in FIELDS:
        setattr(activity, name, facts.get(name, getattr(activity, name)))
    activity.version += 1
    with refusing(Refused(NAME_TAKEN), *NAME_RULES):
        activity.save(update_fields=[*FIELDS, "version"])
    if leaders is not None:
        set_leaders(activity, leaders)
    return let_in(activity)


def _is_used(activity) -> bool:
    return activity.sessions.exists() or activity.sign_ups.exists()


def set_leaders(activity: Activity, leaders: Iterable) -> None:
    """Let exactly these lead the activity: users, and `Outside`s. Part of another action."""
    activity.leaders.all().delete()
    ActivityLeader.objects.bulk_create(
        ActivityLeader(activity=activity, name=each.name, organisation=each.organisation)
        if isinstance(each, Outside)
        else ActivityLeader(activity=activity, user=each)
        for each in dict.fromkeys(leaders)
    )


@transaction.atomic
def archive(*, activity: Activity, by) -> None:
    """Put an activity away; refused while sessions are planned, since somebody expects them."""
    activity = locked(activity)
    if Session.objects.filter(activity=activity, status=SessionStatus.PLANNED).exists():
        raise Refused(
            "Det finns planerade tillfällen kvar. Stäng, ställ in eller ta bort dem först."
        )
    activity.archived_at = timezone.now()
    activity.version += 1
    activity.save(update_fields=["archived_at", "version"])


@transaction.atomic
def bring_back(*, activity: Activity, by) -> None:
    """Take an activity out of the archive again."""
    activity = locked(activity)
    activity.archived_at = None
    activity.version += 1
    activity.save(update_fields=["archived_at", "version"])
