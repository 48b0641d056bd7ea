"""The day's sessions, and those that are not closed."""

from datetime import date, timedelta

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.permissions import Permission, requires
from casework.rollcall import today as lists
from casework.rollcall.waiting import waiting_for


@requires(Permission.TAKE_ATTENDANCE)
@require_GET
def today(request):
    """Show a day's sessions and what waits to be closed. Names nobody, so nobody is logged."""
    now = timezone.localdate()
    day = _day(request.GET.get("dag", "")) or now
    context = {
        "day": day,
        "today": now,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "lines": lists.of_day(request.user, day),
        "to_close": lists.to_close(request.user, now),
        "waiting": waiting_for(request.user).count(),
    }
    return render(request, "casework/roster_today.html", context)


def card(request) -> dict | None:
    """What the home page shows: what is not closed, and what waits to be countersigned; None without any.

    The sessions of today that the user leads stand in the card "I dag".
    """
    lines = lists.to_close(request.user, timezone.localdate())
    waiting = waiting_for(request.user).count()
    return {"lines": lines, "waiting": waiting} if lines or waiting else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
