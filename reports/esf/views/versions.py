"""A version of a month: what moved since the one before, its files, and its way to Statistics Sweden."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.permissions import Permission, requires
from core.errors import Refused
from core.registry import Event
from core.states import TransitionError
from core.swedish import as_day
from participants import access_log
from participants.access_log import Action
from reports.esf import actions, layout, people
from reports.esf.changes import from_json, summary
from reports.esf.forms import ReceiptForm
from reports.esf.models import EsfFile, EsfVersion, VersionStatus
from reports.views import CONTENT_TYPES

CHANGES_PER_PAGE = 100
HIDDEN = (
    "Filerna i den här versionen går inte att hämta längre, eftersom skyddet för uppgifter i dem har ändrats."
    " Gör om månaden och hämta den nya versionen."
)


@requires(Permission.REPORT_ESF)
@require_GET
def version_detail(request, pk):
    """Show a version; the people whose rows moved are those the user may see, and are logged."""
    version = get_object_or_404(EsfVersion.objects.select_related("locked_by", "template"), pk=pk)
    changes = [from_json(each) for each in version.changes]
    page = Paginator(changes, CHANGES_PER_PAGE).get_page(request.GET.get("sida"))
    seen = people.visible(request.user, {each.person for each in page})
    lines = [(seen[each.person], each.words) for each in page if each.person in seen]
    access_log.shown(request, {person.pk for person, _ in lines}, Action.LISTED)
    latest = EsfVersion.objects.filter(month=version.month).order_by("-number").first()
    context = {
        "version": version,
        "version_words": f"Version {version.number}",
        "latest": latest,
        "is_latest": latest.pk == version.pk,
        "may_send": version.can_move_to(VersionStatus.SENT) and latest.pk == version.pk,
        "may_receive": version.can_move_to(VersionStatus.RECEIVED),
        "files": sorted(version.files.defer("content"), key=_place),
        "events": _events(version),
        "page": page,
        "lines": lines,
        "summary": summary(changes),
        "not_verified": layout.NOT_VERIFIED,
    }
    return render(request, "reports/esf_version.html", context)


def _place(file: EsfFile) -> int:
    """The workbook first: it is what is sent."""
    return EsfFile.Format.values.index(file.format)


def _events(version: EsfVersion) -> list[Event]:
    return [
        Event(
            as_day(step.at),
            step.get_status_display(),
            text=step.note,
            tone=VersionStatus(step.status).tone,
            icon=VersionStatus(step.status).icon,
            by=step.by.name if step.by else "",
            at=step.at,
        )
        for step in version.steps.select_related("by").order_by("-at", "-pk")
    ]


@requires(Permission.REPORT_ESF)
@require_GET
def version_file(request, pk, format):
    """Send a file of a version; everybody it names is logged.

    Refused when it names somebody the user may not see: somebody protected since it was made.
    """
    file = get_object_or_404(EsfFile.objects.select_related("version"), version=pk, format=format)
    named = people.named_in(file)
    if named - set(people.visible_keys(request.user, named)):
        messages.warning(request, HIDDEN)
        return redirect(file.version)
    access_log.shown(request, named, Action.EXPORTED)
    return HttpResponse(
        bytes(file.content),
        content_type=CONTENT_TYPES[file.format],
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )


@requires(Permission.REPORT_ESF)
@require_POST
def mark_sent(request, pk):
    """Note that a version has gone to Statistics Sweden."""
    version = get_object_or_404(EsfVersion, pk=pk)
    try:
        actions.mark_sent(version=version, by=request.user)
    except (Refused, TransitionError) as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"{version.period.label.capitalize()} är markerad som skickad.")
    return redirect(version)


@requires(Permission.REPORT_ESF)
@require_http_methods(["GET", "POST"])
def receipt(request, pk):
    """Keep the receipt of a version that was sent."""
    version = get_object_or_404(EsfVersion, pk=pk)
    form = ReceiptForm(request.POST or None, cancel_url=version.get_absolute_url())
    if form.is_valid():
        try:
            actions.register_receipt(version=version, by=request.user, **form.cleaned_data)
        except (Refused, TransitionError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kvittensen är registrerad.")
            return redirect(version)
    status = 422 if form.is_bound else 200
    context = {"form": form, "version": version}
    return render(request, "reports/esf_receipt.html", context, status=status)
