"""Opening a closed file for an hour."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from participants import access_log
from participants.errors import Refused
from participants.models import ClosedFileOpening, Participant

OPEN_FOR = timedelta(hours=1)


@transaction.atomic
def open_closed_file(*, participant: Participant, reason: str, by) -> ClosedFileOpening:
    """Open a closed file for the user for one hour, with a written reason that is kept."""
    if not reason.strip():
        raise Refused("Skriv varför du behöver öppna akten.")
    now = timezone.now()
    opening = ClosedFileOpening.objects.create(
        participant=participant,
        user=by,
        reason=reason.strip(),
        opened_at=now,
        open_until=now + OPEN_FOR,
    )
    access_log.changed(participant, by=by, what="open_closed_file", action=access_log.Action.OPENED)
    return opening
