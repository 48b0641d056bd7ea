"""Signing up, waiting and leaving."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from casework.activities import rosters
from casework.activities.actions.queue import free_places, let_in, locked
from casework.models import Activity, ActivityKind, SignUp, SignUpStatus
from participants import access_log
from participants.errors import Refused
from participants.models import Enrolment, Participant

ALREADY = "Deltagaren har redan en plats i aktiviteten."
ALREADY_WAITING = "Deltagaren står redan på väntelistan."


@transaction.atomic
def sign_up(*, activity: Activity, participant: Participant, by, from_day: date) -> SignUp:
    """Sign somebody up: a place, or when it is full the end of the queue. Refused for who is there."""
    activity = _open(activity)
    there = activity.sign_ups.open().filter(participant=participant).first()
    if there:
        raise Refused(ALREADY if there.status == SignUpStatus.PLACE else ALREADY_WAITING)
    (made,) = _sign_up(activity, [participant], by, from_day)
    return made


@transaction.atomic
def sign_up_many(
    *, activity: Activity, participants: Iterable[Participant], by, from_day: date
) -> list[SignUp]:
    """Sign several up in the order given; those who are there already are passed over."""
    activity = _open(activity)
    there = set(activity.sign_ups.open().values_list("participant", flat=True))
    new = [each for each in participants if each.pk not in there]
    if not new:
        raise Refused("Alla du valde är redan anmälda.")
    return _sign_up(activity, new, by, from_day)


def _open(activity) -> Activity:
    activity = locked(activity)
    if activity.archived_at:
        raise Refused("Aktiviteten är undanlagd. Ta fram den igen för att anmäla någon.")
    if activity.kind == ActivityKind.INDIVIDUAL:
        raise Refused("Aktiviteten är individuell. Boka ett samtal i stället.")
    return activity


def _sign_up(activity, participants, by, from_day) -> list[SignUp]:
    enrolled = Enrolment.objects.filter(participant__in=participants, ended_on=None)
    if enrolled.count() < len(participants):
        raise Refused("Bara den som är inskriven kan anmälas. Skriv in deltagaren först.")
    free = free_places(activity)
    made = [
        SignUp.objects.create(
            activity=activity,
            participant=each,
            status=SignUpStatus.PLACE if index < free else SignUpStatus.WAITING,
            from_day=from_day,
            signed_up_by=by,
        )
        for index, each in enumerate(participants)
    ]
    rosters.fill_for([each for each in made if each.status == SignUpStatus.PLACE])
    access_log.shown_to(by, participants, access_log.Action.CHANGED, what="activities:sign_up")
    return made


@transaction.atomic
def leave(*, sign_up: SignUp, by, day: date | None = None) -> list[SignUp]:
    """Let somebody leave an activity or its queue; returns those whom the place went to.

    They are no longer expected from `day` (today) on; what has been noted stays.
    """
    activity = locked(sign_up.activity)
    sign_up = SignUp.objects.select_for_update(of=("self",)).get(pk=sign_up.pk)
    if sign_up.status == SignUpStatus.LEFT:
        raise Refused("Deltagaren är redan avanmäld.")
    _leave(sign_up, by, day or timezone.localdate())
    access_log.shown_to(
        by, [sign_up.participant_id], access_log.Action.CHANGED, what="activities:leave"
    )
    return let_in(activity)


def _leave(sign_up, by, day) -> None:
    rosters.forget(sign_up, day)
    sign_up.status, sign_up.left_at, sign_up.left_by = SignUpStatus.LEFT, timezone.now(), by
    sign_up.save(update_fields=["status", "left_at", "left_by"])


def leave_those_exited(day: date) -> int:
    """Let everybody whose enrolment has ended leave their activities; returns how many left.

    By the clock, for exits that are read in from a file. Safe to run twice.
    """
    ended = Enrolment.objects.filter(participant=OuterRef("participant"))
    gone = (
        SignUp.objects.open()
        .filter(~Exists(ended.not_ended_on(day)))
        .annotate(ended_on=Subquery(ended.order_by("-ended_on").values("ended_on")[:1]))
    )
    return sum(
        _empty(activity, gone.filter(activity=activity), day)
        for activity in Activity.objects.filter(pk__in=gone.order_by().values("activity"))
    )


@transaction.atomic
def _empty(activity, gone, day) -> int:
    activity = locked(activity)
    sign_ups = list(gone.select_for_update(of=("self",)))
    for each in sign_ups:
        _leave(each, None, each.ended_on + timedelta(days=1) if each.ended_on else day)
    people = [each.participant_id for each in sign_ups]
    access_log.shown_to(None, people, access_log.Action.CHANGED, what="activities:leave")
    let_in(activity)
    return len(sign_ups)
