"""Many certificates at once: choose, wait, fetch."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from casework.models import Bundle
from casework.sheets import bundles, choice
from casework.sheets.forms import MISSING, BundleForm
from core.errors import Refused
from core.periods import Month
from participants import access_log

LATEST = 10


@requires(Permission.REGISTER_SHEETS)
@require_http_methods(["GET", "POST"])
def month(request):
    """Choose a month and whose certificates to print; only counts are shown, no persons."""
    chosen = _month(request)
    groups = choice.groups(request.user, chosen)
    sent = request.POST if request.method == "POST" else None
    form = BundleForm(sent, groups=groups)
    if form.is_valid() and (job := _order(request, form, chosen)):
        return redirect(job)
    context = {
        "month": chosen,
        "before": chosen + -1,
        "after": chosen + 1,
        "groups": groups,
        "form": form,
        "latest": _own(request).exclude(content=b"").defer("content")[:LATEST],
    }
    return render(request, "casework/bundle_order.html", context, status=_status(form))


def _order(request, form, chosen):
    data = form.cleaned_data
    try:
        return bundles.order_month(
            month=chosen,
            whose=data["whose"],
            only_missing=data["which"] == MISSING,
            by=request.user,
        )
    except Refused as error:
        form.add_error(None, str(error))
        return None


@requires(Permission.TAKE_ATTENDANCE)
@require_GET
def bundle_detail(request, pk):
    """Show one of one's own bundles: how much is in it, and whether it can be fetched. No persons."""
    bundle = get_object_or_404(_own(request).defer("content"), pk=pk)
    may_fetch = bundle.wiped_at is None and bundles.may_be_fetched(bundle, request.user)
    context = {"bundle": bundle, "may_fetch": may_fetch, "size": bundles.size_words(bundle)}
    return render(request, "casework/bundle_detail.html", context)


@requires(Permission.TAKE_ATTENDANCE)
@require_GET
def bundle_file(request, pk):
    """Send a bundle; everybody in it is logged. Refused when somebody in it may not be seen any more."""
    bundle = get_object_or_404(_own(request), pk=pk)
    if bundle.wiped_at is not None:
        raise Http404
    if not bundles.may_be_fetched(bundle, request.user):
        messages.error(request, bundles.CHANGED)
        return redirect(bundle)
    access_log.shown(request, bundle.people, access_log.Action.PRINTED)
    return HttpResponse(
        bytes(bundle.content),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="intyg-{bundle.pk}.pdf"'},
    )


def _own(request):
    return Bundle.objects.filter(made_by=request.user)


def _month(request) -> Month:
    """The month of the address, else the one that was last over."""
    try:
        return Month.parse(request.GET.get("manad", ""))
    except ValueError:
        return Month.of(timezone.localdate()) + -1


def _status(form) -> int:
    return 422 if form.is_bound else 200
