"""Reading in a file: send it, look at what it would change, confirm."""

import csv
import io

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.permissions import Permission, requires
from casework.imports import actions
from casework.imports.forms import UploadForm
from casework.imports.models import ImportUpload, UploadKind, UploadState
from casework.imports.preview import preview_of
from core.swedish import iso_moment
from participants import access_log

LATEST = 10
FAULTS_SHOWN = 200
# A cell that begins so would be run as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@requires(Permission.IMPORT_REGISTER)
@require_http_methods(["GET", "POST"])
def start(request):
    """Take in a file and order its check; below it one's latest ones."""
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        upload = actions.receive(
            kind=form.cleaned_data["kind"],
            content=form.cleaned_data["file"].read(),
            with_consent=form.cleaned_data.get("with_consent", False),
            by=request.user,
        )
        return redirect(upload.job)
    latest = ImportUpload.objects.visible_to(request.user).defer("content", "faults")[:LATEST]
    context = {"form": form, "latest": latest, "columns": columns()}
    return render(request, "casework/import_start.html", context)


def columns() -> list[tuple[str, list[str]]]:
    """Return the headers each kind of file must have."""
    return [(kind.label, actions.RESOURCES[kind].columns()) for kind in UploadKind]


@requires(Permission.IMPORT_REGISTER)
@require_GET
def detail(request, pk):
    """Show how far a file has come: its faults, or its first rows and what they would change."""
    upload = _own(request, pk)
    context = {"upload": upload, "outcome": upload.outcome}
    if upload.state == UploadState.READY:
        preview = preview_of(upload, request.user)
        access_log.shown(request, preview.people, access_log.Action.LISTED)
        context |= {"preview": preview}
    if upload.found:
        context["summary"] = actions.resource_of(upload).summary(upload.outcome)
    context["faults"] = upload.fault_list[:FAULTS_SHOWN]
    context["more_faults"] = max(len(upload.faults) - FAULTS_SHOWN, 0)
    return render(request, "casework/import_detail.html", context)


@requires(Permission.IMPORT_REGISTER)
@require_POST
def confirm(request, pk):
    """Read the file in; of two who confirm at once, one orders and both see the same progress."""
    upload = actions.confirm(upload=_own(request, pk))
    return redirect(upload.job if upload.state == UploadState.SAVING and upload.job else upload)


@requires(Permission.IMPORT_REGISTER)
@require_POST
def check_again(request, pk):
    """Check once more a file that did not fit any longer."""
    upload = _own(request, pk)
    if upload.state != UploadState.STALE:
        return redirect(upload)
    return redirect(actions.check_again(upload=upload).job)


@requires(Permission.IMPORT_REGISTER)
@require_POST
def discard(request, pk):
    """Wipe a file that is not to be read."""
    upload = actions.discard(upload=_own(request, pk))
    if upload.state == UploadState.WIPED:
        messages.success(request, "Filen är borttagen. Inget har lästs in från den.")
        return redirect("imports:start")
    return redirect(upload)


@requires(Permission.IMPORT_REGISTER)
@require_GET
def faults(request, pk):
    """Give the whole list of faults as a file; it names rows and columns, no people."""
    upload = _own(request, pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="fel-i-filen.csv"'
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["Rad", "Kolumn", "Fel"])
    for fault in upload.fault_list:
        writer.writerow([fault.row, as_text(fault.column), as_text(fault.text)])
    made = f"{len(upload.faults)} fel, uttaget {iso_moment(timezone.now())} av {request.user.name}"
    writer.writerow(["", "", made])
    response.write(text.getvalue().encode("utf-8-sig"))
    return response


def as_text(words: str) -> str:
    """Return words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(FORMULA) else words


def _own(request, pk) -> ImportUpload:
    return get_object_or_404(ImportUpload.objects.visible_to(request.user), pk=pk)
