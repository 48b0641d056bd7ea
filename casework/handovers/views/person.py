"""One participant as the new contact reads them: five calm minutes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import Permission, requires
from casework.handovers import access, actions
from casework.handovers.overview import overview
from core.errors import Refused
from core.htmx import render_page, wants_fragment
from participants.enums import Category
from participants.pages import render_person
from participants.permissions import with_participant

TEMPLATE = "casework/handover_person.html"


def _handover_or_404(request, pk):
    handovers = access.handovers_for(request.user).select_related(
        "enrolment", "move__from_user", "move__moved_by", "to_user", "written_by"
    )
    return get_object_or_404(handovers, pk=pk)


@requires(Permission.VIEW_PLAN)
@require_GET
def person(request, pk):
    """Show what the leaver wants known, and everything that is open."""
    handover = _handover_or_404(request, pk)
    return _page(request, handover.enrolment.participant_id, handover=handover)


@with_participant(Category.PLAN)
def _page(request, participant, *, handover, clash=None, status=None):
    user = request.user
    context = {
        "heading": "Överlämning",
        "handover": handover,
        "move": handover.move,
        "found": overview(handover, participant, user),
        "reads_text": access.reads_text(user, handover),
        "may_write": access.writes_text(user, handover),
        "may_read": user.pk == handover.to_user_id and handover.read_at is None,
        "clash": clash,
    }
    return render_person(request, participant, TEMPLATE, context, status=status)


@requires(Permission.VIEW_PLAN)
@require_POST
def write(request, pk):
    """Keep what is written, a few seconds after the last key or by the button.

    What somebody else wrote in between is shown beside one's own, and both can be kept.
    """
    handover = _handover_or_404(request, pk)
    if not access.writes_text(request.user, handover):
        raise PermissionDenied
    text = request.POST.get("text", "")[:20000]
    version = request.POST.get("version", "")
    if "do" in request.POST and request.POST["do"] != "spara":
        version = request.POST["do"].partition("-")[2]
        if request.POST["do"].startswith("bada-"):
            text = f"{handover.text}\n\n{text}"
    if not version.isdigit():
        raise Http404
    try:
        kept = actions.write_text(
            handover=handover, text=text, version=int(version), by=request.user
        )
    except actions.TextChanged as changed:
        return _clash(request, handover, changed.current, text)
    if wants_fragment(request) and "do" not in request.POST:
        return render_page(request, TEMPLATE, {"kept": kept}, partial="saved")
    messages.success(request, "Texten är sparad.")
    return redirect("handovers:person", pk)


def _clash(request, handover, current, text):
    clash = {"text": text, "theirs": current.text, "version": current.text_version}
    if wants_fragment(request):
        context = {"handover": handover, "clash": clash, "old": request.POST.get("version")}
        return render_page(request, TEMPLATE, context, partial="saved")
    participant = handover.enrolment.participant_id
    return _page(request, participant, handover=handover, clash=clash, status=409)


@requires(Permission.VIEW_PLAN)
@require_POST
def read(request, pk):
    """The new contact has read it."""
    handover = _handover_or_404(request, pk)
    try:
        actions.mark_read(handover=handover, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Markerad som läst.")
    return redirect("handovers:person", pk)
