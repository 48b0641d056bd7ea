"""How long ago somebody met or reached each participant."""

from collections.abc import Iterable
from datetime import date

from core import registry
from participants.models import Participant

# After so many days without contact somebody should ring.
SILENT_DAYS = 14


def last_contacts(participants: Iterable[Participant], day: date) -> dict[int, date]:
    """Return the last day of contact by person, of those with any. The queries of the rules."""
    participants = list(participants)
    last: dict[int, date] = {}
    for rule in registry.last_contacts if participants else ():
        for pk, on in rule.find(participants, day).items():
            last[pk] = max(on, last.get(pk, on))
    return last


def is_silent(last: date | None, since: date, day: date) -> bool:
    """Whether nobody has met or reached them for so long that somebody should; pure.

    Without any contact it is counted from `since`, the first day in the programme.
    """
    return (day - max(last or since, since)).days > SILENT_DAYS
