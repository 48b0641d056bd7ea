"""Handing over: who and for how long, dealing out, looking it over, and doing it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.permissions import Permission, requires
from casework.handovers import access, actions
from casework.handovers.caseload import may_move
from casework.handovers.dealing import dealing
from casework.handovers.forms import READS_DAYS, StartForm
from casework.models import MoveKind
from core.errors import Refused
from participants import access_log

PER_PAGE = 15


@requires(Permission.MOVE_CASELOAD)
@require_http_methods(["GET", "POST"])
def start(request):
    """Ask who hands over and for how long; below stand the moves that have been made."""
    today = timezone.localdate()
    initial = {"vem": request.user.pk, "hur": MoveKind.LEAVE, "fran": today, "laser": READS_DAYS}
    form = StartForm(request.POST or None, initial=initial, user=request.user)
    if form.is_valid():
        giver = form.cleaned_data["vem"]
        return redirect(f"{reverse('handovers:deal', args=[giver.pk])}?{_address(form)}")
    moves = access.moves_for(request.user).select_related("from_user", "moved_by")
    page = Paginator(moves, PER_PAGE).get_page(request.GET.get("sida"))
    context = {"form": form, "page": page, "today": today}
    status = 422 if form.is_bound else None
    return render(request, "casework/handover_start.html", context, status=status)


def _address(form) -> str:
    """The terms as they stand in an address: days and how, nothing about anybody."""
    terms = form.terms()
    given = {"hur": terms.kind, "fran": terms.starts_on}
    given |= {"till": terms.ends_on} if terms.on_leave else {"laser": terms.reads_days}
    return urlencode(given)


@requires(Permission.MOVE_CASELOAD)
@require_http_methods(["GET", "POST"])
def deal(request, user):
    """Deal out what somebody has, look it over, and do it."""
    giver = get_object_or_404(User, pk=user)
    if not may_move(request.user, giver):
        raise Http404
    form = StartForm(request.GET.dict() | {"vem": giver.pk}, user=request.user)
    if not form.is_valid():
        messages.error(request, "Ange hur länge det gäller.")
        return redirect("handovers:start")
    terms = form.terms()
    dealt = dealing(giver, request.user, terms, request.POST)
    do = request.POST.get("do", "")
    refusal = ""
    if do in {"visa", "gor"}:
        try:
            if do == "gor":
                return _do(request, giver, terms, dealt)
            if not dealt.to and not dealt.task_to:
                raise Refused(actions.NOTHING)
        except Refused as refused:
            refusal, do = str(refused), ""
    access_log.shown(request, dealt.people, access_log.Action.LISTED)
    context = {
        "giver": giver,
        "is_self": giver == request.user,
        "terms": terms,
        "dealt": dealt,
        "refusal": refusal,
        "reason": request.POST.get("reason", ""),
        "back_url": reverse("handovers:start"),
    }
    name = "preview" if do == "visa" else "deal"
    status = 422 if refusal else None
    return render(request, f"casework/handover_{name}.html", context, status=status)


def _do(request, giver, terms, dealt):
    move = actions.move_caseload(
        from_user=giver,
        terms=terms,
        to=dealt.to,
        tasks=dealt.task_to,
        reason=request.POST.get("reason", "")[:200],
        by=request.user,
    )
    messages.success(request, "Överlämningen är gjord.")
    return redirect("handovers:move", move.pk)
