"""The figures on screen, the rows behind them, and the archive of reports."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from core.htmx import render_page
from core.periods import Month
from participants import access_log
from participants.access_log import Action
from reports import actions, definitions, pictures, rows, tables
from reports.choice import choose
from reports.facts import everybody, load_facts
from reports.forms import OrderForm
from reports.models import Report, ReportFile, ReportKind
from reports.overview import load_overview
from reports.tiles import headline

ROWS_PER_PAGE = 50
REPORTS_PER_PAGE = 25
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@requires(Permission.VIEW_FIGURES)
@require_GET
def key_figures(request):
    """Show every figure of a period with its goal and its definition. No persons."""
    choice = choose(request.GET, timezone.localdate())
    overview = load_overview(everybody(), choice.period)
    context = {
        "choice": choice,
        "overview": overview,
        "tiles": headline(overview),
        "in_and_out": pictures.in_and_out(overview.trend),
        "charts": [pictures.result(overview), pictures.girls(overview)],
        "volume": pictures.volume(overview),
        "summary": tables.summary(overview),
        "main": tables.main(overview.figures),
        "months": tables.by_month(overview),
        "splits": tables.splits(overview.figures),
        "may_open": request.user.may(Permission.VIEW_FIGURE_ROWS),
        "may_make": request.user.may(Permission.MAKE_REPORTS),
        "why_not": definitions.NOT_FOR_SPREADING_WHY,
    }
    return render_page(request, "reports/key_figures.html", context, partial="figures")


@requires(Permission.VIEW_FIGURE_ROWS)
@require_GET
def figure_rows(request, figure):
    """Show the people behind a figure whom this user may see; each shown is logged."""
    chosen = rows.FIGURES.get(figure)
    if chosen is None:
        raise Http404
    choice = choose(request.GET, timezone.localdate())
    facts = load_facts(everybody(), choice.period)
    found = chosen.find(facts, choice.period, _narrowing(request.GET))
    page = Paginator(rows.visible_rows(chosen, found, request.user), ROWS_PER_PAGE).get_page(
        request.GET.get("sida")
    )
    named = rows.with_people(chosen, page.object_list, request.user)
    access_log.shown(request, {row.person.pk for row in named}, Action.LISTED)
    context = {"figure": chosen, "choice": choice, "page": page, "rows": named}
    return render_page(request, "reports/figure_rows.html", context, partial="results")


def _narrowing(given):
    try:
        return rows.narrowing(given)
    except ValueError as error:
        raise Http404 from error


@requires(Permission.VIEW_FIGURES)
@require_GET
def report_list(request):
    """Show the archive, the latest first."""
    page = Paginator(Report.objects.for_list(), REPORTS_PER_PAGE).get_page(request.GET.get("sida"))
    may_make = request.user.may(Permission.MAKE_REPORTS)
    return render_page(
        request, "reports/report_list.html", {"page": page, "may_make": may_make}, partial="results"
    )


@requires(Permission.VIEW_FIGURES)
@require_GET
def report_detail(request, pk):
    """Show one report: where it comes from, and its files."""
    report = get_object_or_404(Report.objects.for_list(), pk=pk)
    return render(request, "reports/report_detail.html", {"report": report})


@requires(Permission.VIEW_FIGURES)
@require_GET
def report_file(request, pk, format):
    """Send one file of a report, as a download and never kept by a browser. It holds no persons."""
    file = get_object_or_404(ReportFile, report=pk, format=format)
    return HttpResponse(
        bytes(file.content),
        content_type=CONTENT_TYPES[file.format],
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )


@requires(Permission.MAKE_REPORTS)
@require_http_methods(["GET", "POST"])
def report_order(request):
    """Order a report; its job's page shows how far it has come."""
    last = Month.of(timezone.localdate()) + -1
    initial = {
        "kind": ReportKind.KEY_FIGURES,
        "start": request.GET.get("from", last),
        "end": request.GET.get("to", last),
    }
    form = OrderForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        return redirect(
            actions.order(data["kind"], form.period, by_month=data["by_month"], by=request.user)
        )
    status = 422 if form.is_bound else 200
    return render(request, "reports/report_order.html", {"form": form}, status=status)
