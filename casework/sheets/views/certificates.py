"""One person's certificate of a month, and the sheet of a session."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import Permission, requires
from casework.models import Attendance, Session
from casework.sheets import certificates, printing
from core.errors import Refused
from core.periods import Month
from participants.enums import Category
from participants.models import Participant
from participants.pages import render_person
from participants.permissions import with_participant


@requires(Permission.VIEW_ATTENDANCE)
@require_GET
@with_participant(Category.ATTENDANCE)
def certificate(request, participant, month):
    """Show what a person's certificate of a month says, and offer to print it."""
    month = _month(month)
    one = Participant.objects.visible_to(request.user).filter(pk=participant.pk)
    found = certificates.load(one, month)
    months = _months(participant)
    context = {
        "month": month,
        "certificate": found[0] if found else None,
        "before": max((each for each in months if each < month), default=None),
        "after": min((each for each in months if each > month), default=None),
        "may_print": request.user.may(Permission.TAKE_ATTENDANCE),
        "is_over": month.last < timezone.localdate(),
    }
    return render_person(
        request, participant, "casework/certificate_detail.html", context, tab="casework:attendance"
    )


@requires(Permission.TAKE_ATTENDANCE)
@require_POST
@with_participant(Category.ATTENDANCE)
def certificate_ink(request, participant, month):
    """Print the certificate to sign by hand."""
    return _print(request, participant, printing.print_month, month)


@requires(Permission.TAKE_ATTENDANCE)
@require_POST
@with_participant(Category.ATTENDANCE)
def certificate_digital(request, participant, month):
    """Print the certificate with the signatures it has."""
    return _print(request, participant, printing.print_digital, month)


@requires(Permission.TAKE_ATTENDANCE)
@require_POST
def session_sheet(request, pk):
    """Print a session's sheet, with those on the roster whom the user may see."""
    session = get_object_or_404(Session.objects.select_related("activity"), pk=pk)
    try:
        return answer(printing.print_session(session, request.user))
    except Refused as error:
        messages.error(request, str(error))
        return redirect(session)


def answer(printed: printing.Printed) -> HttpResponse:
    """Answer with a PDF, to be shown where the browser can and printed from there."""
    return HttpResponse(
        printed.content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{printed.file_name}"'},
    )


def _print(request, participant, action, month):
    try:
        return answer(action(participant, _month(month), request.user))
    except Refused as error:
        messages.error(request, str(error))
        return redirect("sheets:certificate", participant.pk, month)


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Http404 from error


def _months(participant) -> list[Month]:
    """Return the months in which the person has hours. One query."""
    days = Attendance.objects.taken_part().filter(participant=participant)
    return sorted({Month.of(day) for day in days.values_list("held_on", flat=True)})
