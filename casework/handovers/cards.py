"""Cards on the home page: what has become one's own, and what one has to write. Each logs whom it shows."""

from django.db.models import Q
from django.utils import timezone

from accounts.roles import Role
from casework.handovers import access
from casework.handovers.caseload import givers
from casework.models import MoveKind
from participants import access_log

MOST = 8


def _rows(request, handovers, what) -> dict | None:
    rows = handovers.filter(enrolment__ended_on=None).select_related(
        "enrolment__participant", "to_user", "move__from_user"
    )
    rows = rows.prefetch_related("enrolment__participant__protections")
    rows = list(rows.order_by("move__starts_on", "enrolment__participant__sort_name", "pk"))
    if not rows:
        return None
    shown = rows[:MOST]
    people = [row.enrolment.participant for row in shown]
    access_log.shown(request, people, access_log.Action.LISTED, what=what)
    return {"rows": shown, "total": len(rows)}


def _going_on():
    """Moves for good, and leaves that are not over."""
    return Q(move__kind=MoveKind.GOOD) | Q(move__ends_on__gte=timezone.localdate())


def to_read(request) -> dict | None:
    """Participants that have been handed over to the user, until they have read about them."""
    handovers = access.handovers_for(request.user).filter(to_user=request.user, read_at=None)
    return _rows(request, handovers.filter(_going_on()), "home:handed_over")


def to_write(request) -> dict | None:
    """Participants the user hands over and has written nothing about."""
    handovers = access.handovers_for(request.user).filter(
        move__from_user=request.user, text="", read_at=None
    )
    return _rows(request, handovers.filter(_going_on()), "home:to_write")


def left_behind(request) -> dict | None:
    """Colleagues whose accounts are closed and who still have participants or tasks; names no participant."""
    if Role.PROJECT_LEAD not in request.user.roles:
        return None
    users = list(givers(request.user, timezone.localdate()).filter(is_active=False)[:MOST])
    return {"users": users} if users else None
