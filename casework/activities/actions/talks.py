"""Individual talks: a session with the one (or few) who are to come."""

from collections.abc import Iterable

from django.db import transaction

from casework.activities import rosters
from casework.activities.actions.activities import make_activity
from casework.activities.actions.sessions import make_session
from casework.models import Activity, ActivityKind, ActivityType, Session
from participants import access_log
from participants.errors import Refused
from participants.models import Participant


@transaction.atomic
def book_talk(
    *, participants: Iterable[Participant], by, activity: Activity | None = None, **when
) -> Session:
    """Book a talk; `when` is as for `make_session`. Without an activity it is the user's own talks."""
    activity = activity or own_talks(by)
    if activity.kind != ActivityKind.INDIVIDUAL:
        raise Refused("Välj en individuell aktivitet.")
    session = make_session(activity=activity, by=by, **when)
    people = [each.pk for each in participants]
    rosters.expect(session, people)
    access_log.shown_to(by, people, access_log.Action.CHANGED, what="activities:talk")
    return session


def own_talks(user) -> Activity:
    """Return the activity that holds a user's individual talks; makes it the first time."""
    own = Activity.objects.current().filter(
        kind=ActivityKind.INDIVIDUAL, type=ActivityType.TALK, leaders__user=user
    )
    return own.order_by("pk").first() or make_activity(
        name=_free_name(f"Samtal med {user.name}"),
        kind=ActivityKind.INDIVIDUAL,
        type=ActivityType.TALK,
        leaders=[user],
        by=user,
    )


def _free_name(name: str) -> str:
    """The name, or with a number when somebody else has it already."""
    taken = set(Activity.objects.filter(name__startswith=name).values_list("name", flat=True))
    names = [name, *(f"{name} ({number})" for number in range(2, len(taken) + 3))]
    return next(each for each in names if each not in taken)
