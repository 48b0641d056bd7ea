"""What of this app's own stands open when an enrolment is to end."""

from core.registry import OpenQuestion
from participants.models import Enrolment


def extension_waits(enrolment: Enrolment, user, day) -> list[OpenQuestion]:
    """A wish for more time that nobody has answered. One query."""
    if not enrolment.extensions.filter(decided_at=None).exists():
        return []
    text = "En begäran om förlängning väntar på beslut. Den besvaras inte om du avslutar."
    return [OpenQuestion(text)]
