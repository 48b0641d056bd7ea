"""How a link looks: where it stands, in a word with its colour and icon. Pure."""

from datetime import datetime, timedelta

from casework.models import Channel, SigningLink
from casework.signing.when import Look

# A page asks no longer than this whether a message has been sent.
LOOKED_FOR = timedelta(minutes=10)


def look_of(link: SigningLink, now: datetime) -> Look:
    """Return where a link stands; what the participant did last weighs the most."""
    if link.used_at:
        return Look("Underskriven", "good", "check-circle")
    if link.disputed_at:
        return Look("Något stämmer inte", "bad", "flag")
    if link.cancelled_at:
        return Look("Återkallad", "neutral", "cross")
    if link.failed_at and not link.opened_at:
        return Look("Kom inte fram", "bad", "stop")
    if link.expires_at <= now:
        return Look("Gick ut", "neutral", "clock")
    if link.opened_at:
        return Look("Öppnad", "info", "eye")
    return _sending(link)


def _sending(link) -> Look:
    if link.channel == Channel.QR:
        return Look("Visas som QR-kod", "info", "phone")
    if link.sent_at:
        return Look("Skickad", "info", "mail")
    return Look("Skickas", "neutral", "hourglass")


def is_waiting(link: SigningLink, now: datetime) -> bool:
    """Say whether something may still happen to the link by itself, soon, while somebody looks on."""
    if link.used_at or link.cancelled_at or link.disputed_at or link.expires_at <= now:
        return False
    if link.channel == Channel.QR:
        return True
    return not (link.sent_at or link.failed_at) and link.created_at > now - LOOKED_FOR
