"""What the weekly review adds to other pages: the home page's card, and a line of one's day."""

from datetime import date, timedelta

from django.utils import timezone

from casework.models import ReviewItem
from casework.review.agenda import coming
from casework.review.rows import rows_of
from casework.signing.missing import own_ids
from core.registry import TodayEntry
from core.swedish import WEEKDAYS, relative_day
from participants import access_log
from participants.access_log import Action

# How many names the card shows, and how long before the meeting it is shown.
MOST = 8
DAYS_BEFORE = 7


def when(held_on: date, today: date) -> str:
    """Say which day, as one says it: i dag, i morgon, på torsdag; further off the date. Pure."""
    days = (held_on - today).days
    if 0 <= days < 2:
        return relative_day(held_on, today)
    return f"på {WEEKDAYS[held_on.weekday()]}" if 2 <= days < DAYS_BEFORE else f"{held_on}"


def home_card(request) -> dict | None:
    """Whom of the user's own participants the next review will talk about, so that one can prepare.

    Hidden when no review comes within a week.
    """
    today = timezone.localdate()
    review = coming(today).filter(held_on__lte=today + timedelta(days=DAYS_BEFORE)).first()
    if review is None:
        return None
    items = ReviewItem.objects.visible_to(request.user).filter(review=review)
    mine = items.filter(participant__in=own_ids(request.user, today))
    found = mine.select_related("participant", "added_by").prefetch_related(
        "participant__protections"
    )
    rows = [row for row in rows_of(found, request.user) if row.is_waiting]
    access_log.shown(
        request, [row.person for row in rows[:MOST]], Action.LISTED, what="home:review"
    )
    return {
        "review": review,
        "when": when(review.held_on, today),
        "rows": rows[:MOST],
        "mine": len(rows),
        "more": max(len(rows) - MOST, 0),
        "total": items.count(),
    }


def today(user, day: date) -> list[TodayEntry]:
    """The review on its day. One query."""
    return [
        TodayEntry(
            "Ärendedragning",
            at=review.starts_at,
            text=review.place,
            url=review.get_absolute_url(),
            icon="message",
        )
        for review in coming(day).filter(held_on=day)
    ]
