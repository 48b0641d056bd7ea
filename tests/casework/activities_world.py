"""What tests of activities begin with: an activity, its sessions, and people to sign up."""

from datetime import date, time, timedelta
from decimal import Decimal

from django.utils import timezone

from casework.activities import actions
from casework.models import Activity, ActivityKind, Session, SessionStatus
from tests.cast import enrol, make_person

NINE, NOON, THREE = time(9), time(12), time(15)
MORNING = {"starts_at": NINE, "ends_at": NOON, "planned_hours": Decimal(3)}


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def course(name="CV-verkstad", *, kind=ActivityKind.GROUP, **facts) -> Activity:
    return actions.make_activity(name=name, kind=kind, by=None, **facts)


def session(activity, day: date | None = None, **facts) -> Session:
    day = day or in_days(7)
    return actions.make_session(activity=activity, held_on=day, by=None, **(MORNING | facts))


def held(activity, day: date) -> Session:
    """One that came from a file: a day, no times."""
    return Session.objects.create(activity=activity, held_on=day, status=SessionStatus.HELD)


def enrolled(first_name=None, **facts):
    contact = facts.pop("contact", None)
    person = make_person(first_name, **facts)
    enrol(person, contact=contact)
    return person


def signed_up(activity, person, by=None, **facts):
    facts = {"from_day": timezone.localdate()} | facts
    return actions.sign_up(activity=activity, participant=person, by=by, **facts)
