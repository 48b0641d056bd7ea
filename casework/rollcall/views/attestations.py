"""One attestation, and those that wait for the responsible person's signature."""

from decimal import Decimal
from itertools import groupby

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from casework import attest
from casework.languages import language
from casework.models import EsfProject
from casework.rollcall import strokes
from casework.rollcall.views.access import with_attestation
from casework.rollcall.waiting import MOST, waiting_for
from casework.sums import hours
from core.swedish import counted
from participants import access_log
from participants.pages import render_person


@requires(Permission.VIEW_ATTENDANCE)
@require_GET
@with_attestation
def attestation(request, attestation):
    """Show what was signed, how and when, and what has been changed since."""
    person = attestation.participant
    access_log.shown(request, [person])
    context = {
        "heading": "Underskrift",
        "attestation": attestation,
        "language": language(attestation.language),
        "covers": _covers(attestation),
        "breaks": attestation.breaks.select_related("attendance", "broken_by"),
        "standing": attestation.rows.count(),
        "is_intact": attest.is_intact(attestation),
        "can_be_checked": bool(attestation.rows_sha256),
        "path": strokes.svg_path(attestation.strokes) if attestation.strokes else "",
        "view_box": strokes.VIEW_BOX,
    }
    return render_person(request, person, "casework/roster_attestation.html", context)


def _covers(attestation) -> list[tuple]:
    """Return (day, activity, hours) of each row as it was signed; of a paper read from a file, as it stands."""
    if attestation.covers:
        return [
            (each["on"], each["activity"], hours(Decimal(each["hours"])))
            for each in attestation.covers
        ]
    rows = attestation.rows.select_related("session__activity").order_by("held_on", "pk")
    return [(row.held_on.isoformat(), row.session.activity.name, hours(row.hours)) for row in rows]


@requires(Permission.TAKE_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def countersign(request):
    """Show the signatures that wait for the user's own, by person, and sign beside them all at once."""
    if request.method == "POST":
        return _countersign(request)
    found = waiting_for(request.user).select_related("participant")
    found = found.prefetch_related("participant__protections", "rows__session__activity")
    shown = list(found[:MOST])
    access_log.shown(request, [each.participant_id for each in shown], access_log.Action.LISTED)
    project = EsfProject.on(timezone.localdate())
    context = {
        "people": [
            (person, [(each, *_standing(each)) for each in group])
            for person, group in groupby(shown, key=lambda each: each.participant)
        ],
        "count": len(shown),
        "total": found.count(),
        "text": attest.COUNTER_TEXT,
        "is_needed": project is None or project.needs_countersignature,
    }
    return render(request, "casework/roster_countersign.html", context)


def _standing(attestation) -> tuple[list, str, bool]:
    """Return the rows that stand, their hours in words, and whether it is still what was signed."""
    rows = sorted(attestation.rows.all(), key=lambda row: (row.held_on, row.pk))
    return rows, hours(sum((row.hours for row in rows), Decimal(0))), attest.is_intact(attestation)


def _countersign(request):
    shown = [key for key in request.POST.getlist("attestation") if key.isascii() and key.isdigit()]
    ids = list(waiting_for(request.user).filter(pk__in=shown).values_list("pk", flat=True))
    signature = attest.countersign(attestation_ids=ids, by=request.user)
    if signature:
        done = counted(signature.attestations.count(), "underskrift", "underskrifter")
        messages.success(request, f"Du har kontrasignerat {done}.")
    else:
        messages.info(request, "Det fanns inget kvar att kontrasignera.")
    return redirect("rollcall:countersign")
