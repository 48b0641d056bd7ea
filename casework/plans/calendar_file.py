"""A booked planning meeting as a calendar file: when and where, never with whom. Pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from casework.models import BookingStatus, MeetingBooking

TITLE = "Planeringssamtal, BASUN"
FILE_NAME = "planeringssamtal.ics"
CONTENT_TYPE = "text/calendar; charset=utf-8"


def as_calendar(booking: MeetingBooking, *, now: datetime) -> bytes:
    """Write a booking; the same `uid` and a higher `sequence` move or cancel what a calendar already has."""
    cancelled = booking.status == BookingStatus.CANCELLED
    calendar = Calendar()
    for name, value in (
        ("prodid", "-//BASUN//planering//SV"),
        ("version", "2.0"),
        ("method", "CANCEL" if cancelled else "PUBLISH"),
    ):
        calendar.add(name, value)
    event = Event()
    begins = booking.starts_at.astimezone(ZoneInfo("Europe/Stockholm"))
    for name, value in (
        ("uid", f"{booking.uid}@basun"),
        ("dtstamp", now),
        ("sequence", booking.sequence),
        ("dtstart", begins),
        ("dtend", begins + timedelta(minutes=booking.minutes)),
        ("summary", f"Inställt: {TITLE}" if cancelled else TITLE),
        ("status", "CANCELLED" if cancelled else "CONFIRMED"),
        ("location", booking.place),
    ):
        event.add(name, value)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()
