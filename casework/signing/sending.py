"""What the job does that sends a link: claim it, send it, note how it went. Never twice for one link."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from casework.models import Channel, SigningLink
from casework.signing import links
from casework.signing.words import message
from core import gateway
from participants.enums import Category
from participants.models import Participant

NOT_KNOWN = "Vi vet inte om meddelandet kom iväg. Fråga deltagaren, eller skicka en ny påminnelse."
NO_LONGER = (
    "Meddelandet skickades inte: den som beställde det har inte längre tillgång till deltagaren."
)


@transaction.atomic
def claim(link_id: str) -> links.Made | None:
    """Give a waiting link its token, once; None when there is nothing to send.

    A link that was claimed before, by a worker that then died, may have been sent: it is not sent
    again but noted as failed, and its token still opens if the message did arrive.
    """
    token, now = links.new_token(), timezone.now()
    waiting = SigningLink.objects.filter(pk=link_id, cancelled_at=None)
    if waiting.filter(token_sha256=None, failed_at=None).update(
        token_sha256=links.hash_of(token), expires_at=now + links.SENT_LASTS
    ):
        link = SigningLink.objects.select_related("participant").get(pk=link_id)
        return links.Made(link, token)
    waiting.filter(sent_at=None, failed_at=None).update(failed_at=now, failure=NOT_KNOWN)
    return None


def deliver(made: links.Made, by) -> str:
    """Send the message; returns why it was not sent, or nothing. Reads the person as they are now."""
    link, person = made.link, made.link.participant
    category, section = (
        (Category.PLAN, "plan_message")
        if link.plan_version_id
        else (Category.ATTENDANCE, "message")
    )
    if by and not Participant.objects.visible_to(by, category).filter(pk=person.pk):
        return NO_LONGER
    write = partial(message, link.language, section=section, url=made.url)
    try:
        if link.channel == Channel.SMS:
            gateway.send_sms(person.phone, write("sms"))
        else:
            gateway.send_mail(person.email, write("subject"), write("mail"))
    except gateway.GatewayError as error:
        return str(error)
    return ""


def note(link: SigningLink, failure: str) -> None:
    """Write down how the sending went."""
    now = timezone.now()
    facts = {"failed_at": now, "failure": failure} if failure else {"sent_at": now}
    SigningLink.objects.filter(pk=link.pk).update(**facts)
