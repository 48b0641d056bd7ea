"""What came back: sending it in, and what waits for somebody's eyes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from casework.models import Scan, ScanPage
from casework.sheets import review, scans
from casework.sheets.forms import ScanForm
from core.htmx import render_page
from core.models.job import OPEN_STATES
from core.swedish import counted
from participants import access_log

PER_PAGE = 25


@requires(Permission.REGISTER_SHEETS)
@require_GET
def scan_list(request):
    """Show the pages that wait, then the papers that were printed and have not come back."""
    waiting = review.waiting(request.user)
    printed = Paginator(review.not_returned(request.user), PER_PAGE)
    page = printed.get_page(request.GET.get("sida"))
    first = list(waiting[:PER_PAGE])
    shown = [each.sheet for each in first] + list(page.object_list)
    access_log.shown(request, review.shown_people(shown), access_log.Action.LISTED)
    context = {
        "waiting": first,
        "waiting_count": waiting.count(),
        "page": page,
        "today": timezone.localdate(),
        "reading": Scan.objects.filter(
            uploaded_by=request.user, read_at=None, job__state__in=OPEN_STATES
        ).count(),
    }
    return render_page(request, "casework/scan_list.html", context, partial="results")


@requires(Permission.REGISTER_SHEETS)
@require_http_methods(["GET", "POST"])
def scan_new(request):
    """Take in files and order their reading; a single one leads to how far it has come."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ScanForm(*sent, skipped=getattr(request, "files_skipped", 0))
    if form.is_valid():
        found = scans.receive(contents=form.cleaned_data["files"], by=request.user)
        if len(found) == 1:
            return redirect(found[0].job)
        messages.success(
            request, f"{counted(len(found), 'fil', 'filer')} läses in. Sidorna dyker upp här."
        )
        return redirect("sheets:scan_list")
    status = 422 if form.is_bound else 200
    return render(request, "casework/scan_new.html", {"form": form}, status=status)


@requires(Permission.REGISTER_SHEETS)
@require_GET
def scan_detail(request, pk):
    """Show the pages of a file that one sent in, as far as one may see them."""
    scan = get_object_or_404(
        Scan.objects.defer("content").select_related("job"), pk=pk, uploaded_by=request.user
    )
    pages = list(
        ScanPage.objects.visible_to(request.user)
        .filter(scan=scan)
        .defer("picture")
        .select_related("sheet__session__activity", "sheet__participant", "settled_by")
        .prefetch_related("sheet__participant__protections")
    )
    people = review.shown_people([page.sheet for page in pages])
    access_log.shown(request, people, access_log.Action.LISTED)
    first = next((page for page in pages if page.is_waiting), None)
    return render(
        request, "casework/scan_detail.html", {"scan": scan, "pages": pages, "first": first}
    )
