"""When somebody last met or reached a participant, and when the team last talked about them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from casework.models import Attendance, ItemState, ReviewItem
from core import registry
from core.swedish import as_day


def last_contacts(participants: Iterable, day: date) -> dict[int, date]:
    """Return the last day, up to and with `day`, that somebody met or reached each person.

    Asks every room that has registered a rule. A fixed number of queries.
    """
    participants = list(participants)
    latest: dict[int, date] = {}
    for rule in registry.last_contacts:
        for person, on in rule.find(participants, day).items():
            if on and on <= day and (person not in latest or on > latest[person]):
                latest[person] = on
    return latest


def from_attendance(participants, day: date) -> dict[int, date]:
    """The last day each person took part in an activity or came to a talk. One query."""
    came = Attendance.objects.taken_part().filter(participant__in=_keys(participants))
    came = came.filter(held_on__lte=day).order_by().values("participant")
    return dict(came.annotate(last=Max("held_on")).values_list("participant", "last"))


def last_discussed(participants, day: date) -> dict[int, date]:
    """Return the day each person was last gone through at a review, up to and with `day`. One query."""
    return discussed_by_key(_keys(participants), day)


def discussed_by_key(keys: Iterable[int], day: date) -> dict[int, date]:
    """The same for keys of people."""
    gone_through = ReviewItem.objects.filter(
        participant__in=list(keys), state=ItemState.DISCUSSED, review__held_on__lte=day
    )
    found = gone_through.order_by().values("participant").annotate(last=Max("discussed_at"))
    return {person: as_day(last) for person, last in found.values_list("participant", "last")}


def _keys(participants) -> list[int]:
    return [each.pk for each in participants]
