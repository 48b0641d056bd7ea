"""Links and digests, sent in the background."""

from celery import shared_task
from django.utils import timezone

from casework.signing import digest, links, sending
from core import jobs
from core.gateway import GatewayError


@jobs.handler(links.SEND, title="Påminnelsen skickas")
def send_link(job, progress):
    """Send one link, at most once; a failure stands on the link, where staff look for it."""
    made = sending.claim(job.params["link"])
    if made is None:
        return
    failure = sending.deliver(made, job.created_by)
    with jobs.finish(job) as result:
        sending.note(made.link, failure)
        result["sent"] = not failure


@jobs.handler(digest.SEND, title="Veckobrevet skickas")
def send_digest(job, progress):
    """Send one user the week's digest, at most once."""
    try:
        digest.send(job.params["user"], job.params["monday"])
    except GatewayError as error:
        raise jobs.Failure(str(error)) from None


@shared_task
def send_digests() -> None:
    """Order the week's digests that have not been sent: nothing to do once they are."""
    digest.order_all(timezone.localdate())
