"""One move: who took over whom, what has been written and read, and the way back from leave."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.permissions import Permission, requires
from casework.handovers import access, actions
from casework.handovers.caseload import may_move
from casework.handovers.forms import ReturnForm
from core.swedish import counted
from participants import access_log
from participants.views.helpers import do, saved


def _move_or_404(request, pk):
    moves = access.moves_for(request.user).select_related("from_user", "moved_by")
    return get_object_or_404(moves, pk=pk)


@requires(Permission.VIEW_PLAN)
@require_GET
def move(request, pk):
    """Show who took over whom, who has a text, who has read it, and tasks that lie with others."""
    one = _move_or_404(request, pk)
    rows = list(access.handovers_of(one, request.user))
    is_back = one.ends_on is not None and one.ends_on < timezone.localdate()
    may_change = may_move(request.user, one.from_user)
    left = list(access.tasks_with_others(one, request.user)) if is_back and may_change else []
    people = [row.enrolment.participant_id for row in rows]
    people += [task.participant_id for task in left]
    access_log.shown(request, people, access_log.Action.LISTED)
    context = {
        "move": one,
        "rows": [(row, access.reads_text(request.user, row)) for row in rows],
        "written": sum(1 for row in rows if row.text),
        "read": sum(1 for row in rows if row.read_at),
        "is_mine": one.from_user == request.user,
        "may_list": request.user.may(Permission.MOVE_CASELOAD),
        "may_return": may_change and actions.may_change(one),
        "is_back": is_back,
        "left": left,
    }
    return render(request, "casework/handover_move.html", context)


@requires(Permission.MOVE_CASELOAD)
@require_http_methods(["GET", "POST"])
def change_return(request, pk):
    """Let somebody on leave be back earlier, or later."""
    one = _move_or_404(request, pk)
    if not may_move(request.user, one.from_user) or not actions.may_change(one):
        raise Http404
    form = ReturnForm(
        request.POST or None,
        initial={"back_on": max(timezone.localdate(), one.starts_on)},
        cancel_url=reverse("handovers:move", args=[one.pk]),
    )
    if form.is_valid() and do(
        form, actions.change_return, move=one, by=request.user, **form.cleaned_data
    ):
        return saved(request, "Ledigheten är ändrad.", "handovers:move", one.pk)
    status = 422 if form.is_bound else None
    context = {"move": one, "form": form}
    return render(request, "casework/handover_return.html", context, status=status)


@requires(Permission.MOVE_CASELOAD)
@require_POST
def take_back(request, pk):
    """Give the open tasks that went along back to the one who was away."""
    one = _move_or_404(request, pk)
    if not may_move(request.user, one.from_user):
        raise Http404
    count = actions.take_back_tasks(move=one, by=request.user)
    messages.success(request, f"{counted(count, 'uppgift', 'uppgifter')} är tillbaka.")
    return redirect("handovers:move", one.pk)
