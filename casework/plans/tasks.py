"""Letters about planning meetings, and tasks of plans that are soon to be reviewed, in the background."""

from celery import shared_task
from django.utils import timezone

from casework.plans import bookings, letters, reviews
from core import jobs


@jobs.handler(bookings.INVITE, title="Kalenderfilen skickas")
def mail_planning_meeting(job, progress):
    """Mail one of the staff the calendar file of a booking. The same file twice is one meeting in a calendar."""
    return {"sent": letters.invite(job)}


@jobs.handler(letters.REMIND, title="Påminnelsen skickas")
def remind_of_planning_meeting(job, progress):
    """Send one reminder of a planning meeting, at most once."""
    return {"sent": letters.remind(job)}


@shared_task
def remind_of_planning_meetings() -> None:
    """Order the reminders of tomorrow's meetings that have not been ordered."""
    letters.order_reminders(timezone.localdate())


@shared_task
def ask_for_plan_reviews() -> None:
    """Give the main contacts a task for each plan that is soon to be reviewed; once for each day it is to be."""
    reviews.give_tasks(timezone.localdate())
