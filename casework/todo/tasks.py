"""Morning letters and the tasks that dates ask for, in the background."""

from celery import shared_task
from django.utils import timezone

from casework.todo import due, letter
from core import jobs
from core.gateway import GatewayError


@jobs.handler(letter.SEND, title="Morgonbrevet skickas")
def send_morning_letter(job, progress):
    """Send one user the day's letter, at most once."""
    try:
        letter.send(job.params["user"], job.params["day"])
    except GatewayError as error:
        raise jobs.Failure(str(error)) from None


@shared_task
def send_morning_letters() -> None:
    """Order the day's letters that have not been sent: nothing to do once they are."""
    letter.order_all(timezone.localdate())


@shared_task
def make_due_tasks() -> None:
    """Strike the tasks that dates no longer ask for, and make those they do: nothing to do the second time."""
    due.drop_outlived()
    due.make_due_tasks(timezone.localdate())
