"""The roster of a session: who came, who did not, and who has signed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import Permission, requires
from casework.attest import COUNTER_TEXT
from casework.models import EsfProject
from casework.rollcall import actions, taps
from casework.rollcall.actions import NotReady, ReasonNeeded, RowMoved
from casework.rollcall.roster import Line, Note, counts
from casework.rollcall.views.access import with_row, with_session
from core.errors import Refused
from core.htmx import wants_fragment
from core.states import TransitionError
from participants import access_log

PAGE = "casework/roster.html"
BEFORE_CLOSING = "Gör klart den här raden innan du stänger."


@requires(Permission.TAKE_ATTENDANCE)
@require_GET
@with_session
def roster(request, session):
    """Show everybody on the roster whom the user may see."""
    return show(request, session)


def show(request, session, *, notes=None, unready=None, partial="", status=None):
    """Render the roster, or a part of it, and log those on it. Queries alike for any number."""
    rows = list(actions.rows_of(session, request.user))
    project = EsfProject.on(timezone.localdate())
    context = {
        "session": session,
        "lines": [Line(row, session, (notes or {}).get(row.pk)) for row in rows],
        "counts": counts(rows),
        "unready": unready,
        "counter_text": COUNTER_TEXT,
        "countersigns": project is None or project.needs_countersignature,
        "is_future": session.held_on > timezone.localdate(),
    }
    access_log.shown(request, [row.participant_id for row in rows], access_log.Action.LISTED)
    return render(request, f"{PAGE}#{partial}" if partial else PAGE, context, status=status)


@requires(Permission.TAKE_ATTENDANCE)
@require_POST
@with_row
def mark(request, row):
    """Do what a tap on a row says; htmx gets the row and the counts, others the page again."""
    note = _tap(request, row)
    session = row.session
    if wants_fragment(request):
        return _swap(request, session, row, note)
    if note:
        return show(request, session, notes={row.pk: note}, status=422)
    return redirect(f"{session.get_absolute_url()}#rad-{row.pk}")


def _tap(request, row) -> Note | None:
    """Mark the row; return what stood in the way, if anything did."""
    wanted = None
    try:
        wanted = taps.read(request.POST, row)
        actions.mark(
            row_id=row.pk,
            version=_number(request.POST.get("version", "")),
            status=wanted.status,
            hours=wanted.hours,
            absence_reason=wanted.absence_reason,
            arrived_at=wanted.arrived_at,
            left_at=wanted.left_at,
            reason=request.POST.get("reason", ""),
            by=request.user,
        )
    except RowMoved as moved:
        label = f"Ändra ändå: {wanted.words}"
        return Note(f"{moved} Du ville skriva {wanted.words}.", wanted.code, label)
    except ReasonNeeded as needed:
        return Note(str(needed), wanted.code, f"Ändra till {wanted.words}", asks_reason=True)
    except Refused as refused:
        return Note(str(refused))
    return None


def _swap(request, session, row, note):
    rows = list(actions.rows_of(session, request.user))
    now = next(each for each in rows if each.pk == row.pk)
    access_log.shown(request, [row.participant_id], access_log.Action.LISTED)
    context = {"line": Line(now, session, note), "counts": counts(rows), "session": session}
    return render(request, f"{PAGE}#tapped", context)


@requires(Permission.TAKE_ATTENDANCE)
@require_POST
@with_session
def rest(request, session):
    """Mark everybody still expected as there all the time."""
    try:
        count = actions.mark_rest_present(session=session, by=request.user)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        if not count and not wants_fragment(request):
            messages.info(request, "Alla var redan avprickade.")
    if wants_fragment(request):
        return show(request, session, partial="swapped")
    return redirect(session)


@requires(Permission.TAKE_ATTENDANCE)
@require_POST
@with_session
def close(request, session):
    """Close the session; or name those who have no mark, and show the first of them."""
    try:
        actions.close(session=session, by=request.user)
    except NotReady as unready:
        notes = {row.pk: Note(BEFORE_CLOSING) for row in unready.rows}
        return show(request, session, notes=notes, unready=unready, status=422)
    except (Refused, TransitionError) as refused:
        messages.warning(request, str(refused))
        return redirect(session)
    messages.success(request, "Tillfället är stängt.")
    return redirect(session)


@requires(Permission.TAKE_ATTENDANCE)
@require_POST
@with_session
def reopen(request, session):
    """Open a closed session again."""
    try:
        actions.reopen(session=session, reason=request.POST.get("reason", ""), by=request.user)
    except (Refused, TransitionError) as refused:
        messages.warning(request, str(refused))
        return redirect(f"{reverse('rollcall:roster', args=[session.pk])}#stang")
    messages.success(request, "Tillfället är öppet igen.")
    return redirect(session)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
