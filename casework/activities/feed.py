"""A leader's calendar: a secret address that their own calendar fetches. No names of participants."""

import hashlib
from datetime import datetime, timedelta
from secrets import token_urlsafe
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from icalendar import Calendar, Event

from casework.models import ActivityKind, CalendarFeed, Session, SessionStatus

BACK, AHEAD = timedelta(days=30), timedelta(days=365)
TALK = "Individuellt samtal"


def hash_of(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_feed(*, by) -> str:
    """Give the user a new secret, and return it this once; the former one stops working."""
    token = token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user=by, defaults={"token_sha256": hash_of(token), "made_at": timezone.now()}
    )
    return token


@transaction.atomic
def end_feed(*, by) -> None:
    """Let the user's secret stop working."""
    CalendarFeed.objects.filter(user=by).delete()


def user_of(token: str):
    """Return the active user behind a token, or None."""
    feed = CalendarFeed.objects.select_related("user").filter(token_sha256=hash_of(token)).first()
    return feed.user if feed and feed.user.is_active else None


def sessions_of(user, day):
    """The sessions with times that the user leads, from a month back to a year ahead."""
    return (
        Session.objects.led_by(user)
        .filter(held_on__range=(day - BACK, day + AHEAD), starts_at__isnull=False)
        .select_related("activity")
        .order_by("held_on", "starts_at", "pk")
    )


def as_calendar(sessions, *, host: str, now: datetime) -> bytes:
    """Write sessions as an iCalendar file. Pure."""
    calendar = Calendar()
    for name, value in (
        ("prodid", "-//BASUN//aktiviteter//SV"),
        ("version", "2.0"),
        ("x-wr-calname", "BASUN"),
        ("refresh-interval;value=duration", "PT1H"),
        ("x-published-ttl", "PT1H"),
    ):
        calendar.add(name, value)
    for session in sessions:
        calendar.add_component(_event(session, host, now))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(session: Session, host: str, now: datetime) -> Event:
    cancelled = session.status == SessionStatus.CANCELLED
    event = Event()
    event.add("uid", f"session-{session.pk}@{host}")
    event.add("dtstamp", now)
    event.add("sequence", session.version)
    event.add("dtstart", _at(session, session.starts_at))
    event.add("dtend", _at(session, session.ends_at))
    event.add("summary", f"Inställt: {_title(session)}" if cancelled else _title(session))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if session.where:
        event.add("location", session.where)
    if session.theme and not _is_talk(session):
        event.add("description", session.theme)
    return event


def _is_talk(session) -> bool:
    return session.activity.kind == ActivityKind.INDIVIDUAL


def _title(session) -> str:
    """The activity's name; of talks only that it is one, since names of talks may tell of somebody."""
    return TALK if _is_talk(session) else session.activity.name


def _at(session, moment) -> datetime:
    stockholm = ZoneInfo("Europe/Stockholm")
    return datetime.combine(session.held_on, moment, tzinfo=stockholm)
