"""What is sent about a booked planning meeting: the calendar file to staff, and a reminder the day before.

A reminder is ordered once for each time (MeetingBooking.reminded_at) and sent at most once: a job whose worker
died may have sent it, so it is not done again. Nothing that is sent to staff holds a name.
"""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.models import BookingStatus, Channel, MeetingBooking
from casework.plans import calendar_file, parties
from casework.signing.links import channel_for, languages_of
from casework.signing.words import day_in, message
from core import gateway, jobs
from participants import access_log
from participants.enums import Category

REMIND = "casework.remind_of_planning_meeting"
UNKNOWN = "Vi vet inte om påminnelsen kom iväg. Den skickas inte igen."
SUBJECT = "BASUN: planeringssamtal"
PARTICIPANT = "participant"


def order_reminders(day: date) -> int:
    """Order the reminders of the meetings of the day after, once; returns how many meetings that was."""
    tomorrow = day + timedelta(days=1)
    due = MeetingBooking.objects.filter(
        status=BookingStatus.BOOKED, starts_at__date=tomorrow, reminded_at=None
    )
    return sum(_order(pk) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _order(pk: int) -> bool:
    """Claim a meeting's reminders and order them, in one transaction."""
    waiting = MeetingBooking.objects.filter(pk=pk, status=BookingStatus.BOOKED, reminded_at=None)
    if not waiting.update(reminded_at=timezone.now()):
        return False
    booking = MeetingBooking.objects.select_related("enrolment").get(pk=pk)
    staff = parties.of(booking.enrolment, timezone.localdate()).staff
    for who in (PARTICIPANT, *(user.pk for user in staff)):
        params = {"booking": pk, "sequence": booking.sequence, "to": who}
        jobs.enqueue(REMIND, params=params, by=None, key=f"{REMIND}:{pk}:{booking.sequence}:{who}")
    return True


def remind(job) -> bool:
    """Send one reminder, at most once; says whether there was one to send. Raises jobs.Failure."""
    booking = _still_booked(job)
    if booking is None:
        return False
    if job.attempts > 1:
        raise jobs.Failure(UNKNOWN)
    try:
        if job.params["to"] == PARTICIPANT:
            return _remind_participant(booking)
        return _remind_staff(booking, job.params["to"])
    except gateway.GatewayError as error:
        raise jobs.Failure(str(error)) from None


def invite(job) -> bool:
    """Mail one of the staff the calendar file of a booking as it now stands; says whether it was sent."""
    booking = MeetingBooking.objects.select_related("enrolment").get(pk=job.params["booking"])
    user = _of_staff(booking, job.params["user"])
    if user is None or booking.sequence != job.params["sequence"]:
        return False
    content = calendar_file.as_calendar(booking, now=timezone.now())
    attachment = (calendar_file.FILE_NAME, content.decode(), "text/calendar")
    try:
        gateway.send_mail(user.email, SUBJECT, _about(booking), [attachment])
    except gateway.GatewayError as error:
        raise jobs.Failure(str(error)) from None
    return True


def _still_booked(job) -> MeetingBooking | None:
    """Return the meeting as it was when the reminder was ordered; None when it has moved, gone or been."""
    coming = MeetingBooking.objects.filter(
        status=BookingStatus.BOOKED, starts_at__gt=timezone.now(), enrolment__ended_on=None
    )
    found = coming.select_related("enrolment__participant").filter(pk=job.params["booking"])
    return found.filter(sequence=job.params["sequence"]).first()


def _remind_participant(booking) -> bool:
    """Send the participant the time and the place in the language they last read, by SMS or mail."""
    person = booking.enrolment.participant
    way = channel_for(person)
    if way is None:
        return False
    code = languages_of([person])[person.pk]
    facts = _facts(booking, code)
    if way == Channel.SMS:
        gateway.send_sms(person.phone, message(code, "sms", section="meeting", **facts))
    else:
        subject = message(code, "subject", section="meeting")
        gateway.send_mail(person.email, subject, message(code, "mail", section="meeting", **facts))
    access_log.shown_to(None, [person], access_log.Action.CHANGED, what="remind_of_meeting")
    return True


def _remind_staff(booking, user_id) -> bool:
    user = _of_staff(booking, user_id)
    if user is None:
        return False
    gateway.send_mail(user.email, f"{SUBJECT} i morgon", _about(booking))
    return True


def _of_staff(booking, user_id) -> User | None:
    """Return the user if they still take part and may still see the person's plan."""
    staff = parties.of(booking.enrolment, timezone.localdate()).staff
    user = next((each for each in staff if each.pk == user_id and each.is_active), None)
    if user is None:
        return None
    people = type(booking.enrolment.participant).objects.visible_to(user, Category.PLAN)
    return user if people.filter(pk=booking.enrolment.participant_id).exists() else None


def _about(booking) -> str:
    """The mail to staff: when, where and how long, and the way to their own day. No names."""
    facts = _facts(booking, "sv")
    page = gateway.public_url(reverse("home"))
    if booking.status == BookingStatus.CANCELLED:
        return f"Hej!\n\nPlaneringssamtalet {facts['day']} kl. {facts['time']} är inställt.\n\nBASUN: {page}\n"
    return (
        f"Hej!\n\nDu har ett planeringssamtal {facts['day']} kl. {facts['time']}, {booking.minutes} minuter."
        f"\nPlats: {booking.place}\n\nVem det gäller ser du när du är inloggad: {page}\n"
    )


def _facts(booking, code: str) -> dict:
    at = timezone.localtime(booking.starts_at)
    return {"day": day_in(code, at.date()), "time": f"{at:%H:%M}", "place": booking.place}
