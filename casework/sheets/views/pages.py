"""A page that came back: its picture beside its rows, and what to do with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.permissions import Permission, requires
from casework.models import ScanPage, SheetKind
from casework.sheets import review, scans
from casework.sheets.forms import AsideForm, CodeForm
from core.errors import Refused
from core.swedish import counted
from participants import access_log


@requires(Permission.REGISTER_SHEETS)
@require_http_methods(["GET", "POST"])
def page_review(request, pk):
    """Show a page beside its rows; save who has signed on it, and go on to the next page."""
    page = _page(request, pk)
    if request.method == "POST":
        return _register(request, page)
    return _show(request, page)


def _register(request, page):
    ticked = [int(row) for row in request.POST.getlist("row") if row.isdecimal()]
    try:
        scans.register(page=page, row_ids=ticked, by=request.user)
    except Refused as error:
        return _show(request, _page(request, page.pk), problem=str(error), ticked=set(ticked))
    people = counted(len(ticked), "rad", "rader")
    messages.success(request, f"Sidan är registrerad: {people} underskrivna.")
    return _on(request, page)


def _show(request, page, *, problem="", ticked=None, code_form=None):
    lines = review.lines_of(page, request.user) if page.sheet else []
    access_log.shown(request, [line.person for line in lines])
    can_sign = page.can_register and any(line.may_sign for line in lines)
    is_month = bool(page.sheet) and page.sheet.kind == SheetKind.MONTH
    if ticked is None:
        # One person, one signature: most often it is there. On a list each line is looked at.
        ticked = {line.row.pk for line in lines if is_month and line.may_sign}
    context = {
        "page": page,
        "lines": lines,
        "is_month": is_month,
        "can_sign": can_sign,
        "all_signed": bool(lines) and all(line.is_signed for line in lines),
        "ticked": ticked,
        "problem": problem,
        "code_form": code_form or CodeForm(),
        "aside_form": AsideForm(),
        "left": review.waiting(request.user).exclude(pk=page.pk).count(),
    }
    status = 422 if problem or (code_form and code_form.errors) else 200
    return render(request, "casework/scan_page.html", context, status=status)


@requires(Permission.REGISTER_SHEETS)
@require_GET
def page_picture(request, pk):
    """Send the picture of a page; everybody on the page's rows is logged."""
    page = get_object_or_404(
        ScanPage.objects.visible_to(request.user).select_related("sheet"), pk=pk
    )
    if page.sheet:
        rows = page.sheet.rows.filter(page=page.sheet_page)
        access_log.shown(request, rows.values_list("attendance__participant", flat=True))
    return HttpResponse(bytes(page.picture), content_type="image/jpeg")


@requires(Permission.REGISTER_SHEETS)
@require_POST
def page_code(request, pk):
    """Lead a page to its paper by the code, read by eye."""
    page = _page(request, pk)
    form = CodeForm(request.POST)
    try:
        if form.is_valid():
            return redirect(scans.enter_code(page=page, by=request.user, **form.cleaned_data))
    except Refused as error:
        form.add_error(None, str(error))
    return _show(request, page, code_form=form)


@requires(Permission.REGISTER_SHEETS)
@require_POST
def page_aside(request, pk):
    """Lay a page aside and go on to the next."""
    page = _page(request, pk)
    form = AsideForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    return _settled(request, page, scans.put_aside, "Sidan är lagd åt sidan.", note=note)


@requires(Permission.REGISTER_SHEETS)
@require_POST
def page_take_back(request, pk):
    """Take up again a page that was laid aside."""
    page = _page(request, pk)
    try:
        scans.take_back(page=page, by=request.user)
    except Refused as error:
        messages.error(request, str(error))
    return redirect(page)


def _settled(request, page, action, sentence, **facts):
    try:
        action(page=page, by=request.user, **facts)
    except Refused as error:
        messages.error(request, str(error))
        return redirect(page)
    messages.success(request, sentence)
    return _on(request, page)


def _on(request, page):
    """The next page that waits, or the list when none does."""
    return redirect(review.next_after(page, request.user) or "sheets:scan_list")


def _page(request, pk) -> ScanPage:
    pages = ScanPage.objects.visible_to(request.user).defer("picture", "scan__content")
    pages = pages.select_related(
        "scan", "settled_by", "sheet__session__activity", "sheet__participant"
    )
    return get_object_or_404(pages, pk=pk)
