"""Places and the queue to them. Every function wants the activity's lock, `locked`."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from casework.activities import rosters
from casework.models import Activity, SignUp, SignUpStatus
from participants import access_log
from participants.models import Enrolment


def locked(activity: Activity) -> Activity:
    """Return the activity as it stands now, with its row locked until the transaction ends."""
    return Activity.objects.select_for_update().get(pk=activity.pk)


def free_places(activity: Activity) -> float:
    """How many places are free, counting everybody, also those a user can't see. One query."""
    if activity.capacity is None:
        return float("inf")
    return activity.capacity - activity.sign_ups.filter(status=SignUpStatus.PLACE).count()


def let_in(activity: Activity) -> list[SignUp]:
    """Give free places to those who have waited longest and are still enrolled; return their sign-ups.

    Logged as the system's doing: who asked for the change may not even see them.
    """
    free = free_places(activity)
    if free < 1:
        return []
    enrolled = Enrolment.objects.filter(participant=OuterRef("participant"), ended_on=None)
    waiting = activity.sign_ups.open().filter(Exists(enrolled), status=SignUpStatus.WAITING)
    waiting = waiting.select_related("participant")
    lucky = list(waiting if free == float("inf") else waiting[: int(free)])
    today = timezone.localdate()
    for each in lucky:
        each.status, each.from_day = SignUpStatus.PLACE, max(each.from_day, today)
    SignUp.objects.bulk_update(lucky, ["status", "from_day"])
    rosters.fill_for(lucky)
    people = [each.participant_id for each in lucky]
    access_log.shown_to(None, people, access_log.Action.CHANGED, what="activities:let_in")
    return lucky
