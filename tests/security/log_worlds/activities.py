from datetime import time, timedelta
from decimal import Decimal

from django.utils import timezone

from casework.activities import actions, feed
from casework.models import ActivityTemplate, SignUp

ELSEWHERE = set()


def build(world):
    """A course that is full and has a queue, a talk, and a leader's calendar."""
    day, by = timezone.localdate() + timedelta(days=3), world.users["pedagogue"]
    times = {"starts_at": time(9), "ends_at": time(12), "planned_hours": Decimal(3)}
    world.course = actions.make_activity(
        name="Provkurs", kind="group", capacity=3, leaders=[by], by=by
    )
    world.planned = actions.make_session(activity=world.course, held_on=day, by=by, **times)
    for person in (world.hidden, world.mine, world.protected, world.other):
        actions.sign_up(activity=world.course, participant=person, by=by, from_day=day)
    world.talk = actions.book_talk(
        participants=[world.mine, world.hidden], held_on=day, by=by, **times
    )
    world.calendar_token = feed.make_feed(by=by)


def special(world) -> dict[str, list[dict]]:
    """Both activities, both sessions, every sign-up."""
    both = [{"pk": world.course.pk}, {"pk": world.talk.activity_id}]
    sessions = [{"pk": world.planned.pk}, {"pk": world.talk.pk}]
    of_activity = ("detail", "edit", "archive", "session_new", "series", "sign_up")
    of_session = ("session_edit", "session_cancel", "session_restore", "session_remove")
    return (
        {f"activities:{name}": both for name in of_activity}
        | {f"activities:{name}": sessions for name in of_session}
        | {
            "activities:leave": [{"pk": each.pk} for each in SignUp.objects.all()],
            "activities:from_template": [{"pk": ActivityTemplate.objects.first().pk}],
            "activities:feed": [{"token": world.calendar_token}, {"token": "fel"}],
        }
    )
