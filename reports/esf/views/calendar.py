"""The project's months, and what is done with several of them at once."""

from itertools import groupby

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import Permission, requires
from core.errors import Refused
from core.periods import Month
from core.swedish import counted
from reports.esf import actions, layout
from reports.esf.calendar import load_calendar
from reports.esf.overview import overview_of
from reports.esf.templates import confirmed_template


@requires(Permission.REPORT_ESF)
@require_GET
def calendar(request):
    """Show every month with its state, its deadline and its hours. No persons, so nothing is logged."""
    found = load_calendar(timezone.localdate())
    newest_first = reversed(found.months)
    context = {
        "years": [
            (year, list(months))
            for year, months in groupby(newest_first, key=lambda each: each.month.year)
        ],
        "overview": overview_of(found),
        "calendar": found,
        "template": confirmed_template(),
        "not_verified": layout.NOT_VERIFIED,
        "stopped": _stopped(request),
    }
    return render(request, "reports/esf_calendar.html", context)


def _stopped(request) -> Month | None:
    """The month before which a row of locks stopped, as the job's way back tells."""
    try:
        return Month.parse(request.GET.get("stopp", ""))
    except ValueError:
        return None


@requires(Permission.REPORT_ESF)
@require_POST
def make_again(request):
    """Make every month that must be sent again, as one chain."""
    return _order(request, actions.order_again)


@requires(Permission.REPORT_ESF)
@require_POST
def lock_open(request):
    """Lock every open month, oldest first."""
    return _order(request, actions.order_open)


def _order(request, action):
    try:
        return redirect(action(by=request.user))
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("esf:calendar")


@requires(Permission.REPORT_ESF)
@require_POST
def mark_all_sent(request):
    """Note that every locked month has been sent."""
    try:
        sent = actions.mark_all_sent(by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        count = counted(len(sent), "månad är markerad", "månader är markerade")
        messages.success(
            request, f"{count} som skickade." if len(sent) > 1 else f"{count} som skickad."
        )
    return redirect("esf:calendar")
