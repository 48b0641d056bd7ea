"""What the ESF months put on the home page."""

from django.utils import timezone

from reports.esf.calendar import load_calendar
from reports.esf.overview import overview_of

MONTHS_ON_A_CARD = 4


def months_card(request) -> dict | None:
    """The next deadline, what waits, and the latest months; nothing before the project has months."""
    calendar = load_calendar(timezone.localdate())
    if not calendar.months:
        return None
    latest = list(reversed(calendar.months))[:MONTHS_ON_A_CARD]
    return {"overview": overview_of(calendar), "latest": latest, "calendar": calendar}
