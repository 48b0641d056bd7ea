"""A planning meeting that is to be held: booked, moved, cancelled, held. Keyword-only, atomic, `by` a user, logged."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from casework import actions
from casework.models import BookingStatus, MeetingBooking, PlanningMeeting, Session, SessionStatus
from casework.plans import parties
from core import jobs
from core.errors import Refused
from core.swedish import iso_date
from participants import access_log
from participants.errors import refusing
from participants.models import Enrolment

INVITE = "casework.mail_planning_meeting"
# A meeting may be written in as it begins.
GRACE = timedelta(minutes=15)

PASSED = "Tiden har redan varit. Välj en tid som kommer."
ENDED = "Inskrivningen är avslutad. Det går inte att boka."
THERE_IS_ONE = "Det finns redan ett bokat trepartssamtal. Flytta det, eller ställ in det först."
CHANGED = "Bokningen har ändrats av någon annan. Läs den nya tiden och försök igen."
NOT_BOOKED = "Samtalet är inte längre bokat. Ladda om sidan."
ENROLMENT_ENDED = "Inskrivningen avslutades."
TWICE = ("booking_one_open_each", "casework_meetingbooking.enrolment_id")


def booking_of(enrolment: Enrolment) -> MeetingBooking | None:
    """Return the meeting that is booked, also one whose time has come and that nobody has said was held."""
    return enrolment.meeting_bookings.filter(status=BookingStatus.BOOKED).first()


def begins_at(day: date, at: time) -> datetime:
    """Return a day and a time of the clock as a moment."""
    return timezone.make_aware(datetime.combine(day, at))


def clashes(*, enrolment, starts_at: datetime, minutes: int, but=None) -> list[str]:
    """Say which of the staff already have something then, never with whom. Two queries and those of the parties."""
    staff = parties.of(enrolment, timezone.localdate()).staff
    ends_at = starts_at + timedelta(minutes=minutes)
    others = MeetingBooking.objects.filter(
        status=BookingStatus.BOOKED,
        starts_at__lt=ends_at,
        starts_at__gt=starts_at - timedelta(hours=12),
        enrolment__assignments__user__in=staff,
        enrolment__assignments__ends_on=None,
    ).exclude(pk=but.pk if but else None)
    busy = {
        (user, at, length)
        for user, at, length in others.values_list(
            "enrolment__assignments__user", "starts_at", "minutes"
        )
        if at + timedelta(minutes=length) > starts_at
    }
    words = [
        _busy(user, "trepartssamtal", at, at + timedelta(minutes=length))
        for user in staff
        for key, at, length in sorted(busy, key=lambda each: each[1])
        if key == user.pk
    ]
    return words + _sessions(staff, starts_at, ends_at)


def _sessions(staff, starts_at, ends_at) -> list[str]:
    """Say which of the staff lead an activity then."""
    begins, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    found = []
    for user in staff:
        led = Session.objects.led_by(user).filter(
            held_on=begins.date(), starts_at__lt=ends.time(), ends_at__gt=begins.time()
        )
        led = led.exclude(status=SessionStatus.CANCELLED).values_list("starts_at", "ends_at")
        found += [
            f"{user.name} leder en aktivitet kl. {one:%H:%M}–{other:%H:%M} den dagen."
            for one, other in led.distinct()
        ]
    return found


def _busy(user, what, begins, ends) -> str:
    begins, ends = timezone.localtime(begins), timezone.localtime(ends)
    return f"{user.name} har redan ett {what} kl. {begins:%H:%M}–{ends:%H:%M} den dagen."


@transaction.atomic
def book(*, enrolment: Enrolment, starts_at: datetime, minutes: int, place: str, by):
    """Book a planning meeting. One of today that is still booked is the one we sit in: it was held."""
    _must_be_ahead(starts_at)
    if enrolment.ended_on:
        raise Refused(ENDED)
    hold_todays(enrolment=enrolment, by=by)
    with refusing(Refused(THERE_IS_ONE), *TWICE):
        booking = MeetingBooking.objects.create(
            enrolment=enrolment, starts_at=starts_at, minutes=minutes, place=place, booked_by=by
        )
    return _tell(booking, by, "book_meeting")


@transaction.atomic
def move(
    *, booking: MeetingBooking, starts_at: datetime, minutes: int, place: str, version: int, by
):
    """Move a booked meeting to another time or place; everybody is told, and reminded of the new time."""
    _must_be_ahead(starts_at)
    booking = _lock(booking, version)
    if booking.starts_at != starts_at:
        booking.reminded_at = None
    booking.starts_at, booking.minutes, booking.place = starts_at, minutes, place
    return _save(booking, by, "move_meeting")


@transaction.atomic
def cancel(*, booking: MeetingBooking, reason: str, by, version: int | None = None):
    """Cancel a booked meeting, with a reason."""
    booking = _lock(booking, version)
    booking.status, booking.cancel_reason = BookingStatus.CANCELLED, reason.strip()
    return _save(booking, by, "cancel_meeting")


@transaction.atomic
def hold_by_hand(*, enrolment: Enrolment, held_on: date, by) -> PlanningMeeting:
    """Record a meeting that was held without the plan's page; a booking of that day was this meeting."""
    actions.record_meeting(enrolment=enrolment, held_on=held_on, by=by)
    return hold(enrolment=enrolment, held_on=held_on, by=by)


@transaction.atomic
def hold(*, enrolment: Enrolment, held_on: date, by) -> PlanningMeeting:
    """Say that the three met on a day; the booking of that day, if there is one, was this meeting."""
    meeting = enrolment.planning_meetings.filter(held_on=held_on).first()
    if meeting is None:
        meeting = actions.record_meeting(enrolment=enrolment, held_on=held_on, by=by)
    booking = booking_of(enrolment)
    has_one = MeetingBooking.objects.filter(meeting=meeting).exists()
    if booking and not has_one and timezone.localdate(booking.starts_at) == held_on:
        booking = _lock(booking, None)
        booking.status, booking.meeting = BookingStatus.HELD, meeting
        booking.version += 1
        booking.save(update_fields=["status", "meeting", "version"])
    return meeting


@transaction.atomic
def hold_todays(*, enrolment: Enrolment, by) -> None:
    """Note that the meeting booked for today, or for a day that has been, was held on that day."""
    booking = booking_of(enrolment)
    if booking and timezone.localdate(booking.starts_at) <= timezone.localdate():
        hold(enrolment=enrolment, held_on=timezone.localdate(booking.starts_at), by=by)


def cancel_coming(enrolment: Enrolment, by) -> None:
    """Cancel what is booked when an enrolment has ended."""
    if booking := booking_of(enrolment):
        cancel(booking=booking, reason=ENROLMENT_ENDED, by=by)


def _must_be_ahead(starts_at) -> None:
    if starts_at < timezone.now() - GRACE:
        raise Refused(PASSED)


def _lock(booking, version) -> MeetingBooking:
    found = MeetingBooking.objects.select_for_update(of=("self",)).select_related("enrolment")
    booking = found.get(pk=booking.pk)
    if booking.status != BookingStatus.BOOKED:
        raise Refused(NOT_BOOKED)
    if version is not None and booking.version != version:
        raise Refused(CHANGED)
    return booking


def _save(booking, by, what):
    booking.version += 1
    booking.sequence += 1
    booking.save()
    return _tell(booking, by, what)


def _tell(booking, by, what) -> MeetingBooking:
    """Log it, and order a mail with the calendar file to each of the staff."""
    access_log.shown_to(
        by, [booking.enrolment.participant_id], access_log.Action.CHANGED, what=what
    )
    if booking.starts_at > timezone.now():
        for user in parties.of(booking.enrolment, timezone.localdate()).staff:
            params = {"booking": booking.pk, "sequence": booking.sequence, "user": user.pk}
            key = f"{INVITE}:{booking.pk}:{booking.sequence}:{user.pk}"
            jobs.enqueue(INVITE, params=params, by=by, key=key)
    return booking


def words_of(booking: MeetingBooking) -> str:
    """Say when and where, in a sentence. Pure."""
    at = timezone.localtime(booking.starts_at)
    return f"{iso_date(at)} kl. {at:%H:%M}, {booking.place}"
