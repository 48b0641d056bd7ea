"""The participant draws a signature on the leader's tablet, and reads what they sign in a language of theirs."""

from decimal import Decimal

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from casework import attest
from casework.languages import language, languages
from casework.models import Attendance, AttestationMethod
from casework.rollcall import strokes
from casework.rollcall.views.access import closed, with_attestation, with_row
from casework.sums import hours
from core.errors import Refused
from participants import access_log
from participants.enums import Category
from participants.permissions import with_participant

PAGE = "casework/roster_sign.html"


@requires(Permission.TAKE_ATTENDANCE)
@require_http_methods(["GET", "POST"])
@with_row
def sign_row(request, row):
    """Sign for one row of a roster, or for it and everything else the person has not signed for."""
    person = row.participant
    if way := closed(request, person):
        return way
    back = f"{row.session.get_absolute_url()}#rad-{row.pk}"
    every = list(attest.rows_to_sign(person))
    wanted = every if "alla" in request.GET else [each for each in every if each.pk == row.pk]
    more = [each for each in every if each.pk != row.pk]
    context = {
        "back": back,
        "more": more,
        "more_hours": hours(sum((each.hours for each in more), Decimal(0))),
    }
    return _page(request, person, wanted, context, every)


@requires(Permission.TAKE_ATTENDANCE)
@require_http_methods(["GET", "POST"])
@with_participant(Category.ATTENDANCE)
def sign_person(request, participant):
    """Sign for everything a person has not signed for, at the desk."""
    back = reverse("casework:attendance", args=[participant.pk])
    rows = list(attest.rows_to_sign(participant))
    return _page(request, participant, rows, {"back": back}, rows)


def _page(request, person, rows, context, every):
    """Show what is to be signed; when it is signed, lead on to the thanks."""
    code = language(request.GET.get("sprak", "")).code
    context |= {"languages": languages().values(), "language": language(code), "person": person}
    words = context["words"] = language(code)["sign"]
    if request.method == "POST":
        try:
            attestation = _sign(request, person, code)
        except attest.RowsChanged:
            shown = set(request.POST.getlist("rows"))
            rows = [each for each in every if str(each.pk) in shown]
            context["error"] = words["changed"]
        except Refused as refused:
            little = str(refused) == strokes.TOO_LITTLE
            context["error"] = words["too_little"] if little else str(refused)
        else:
            return redirect(_thanks(attestation, request))
    access_log.shown(request, [person])
    context["offer"] = attest.offer_for(rows, language=code)
    context["lines"] = [(each, hours(each.hours)) for each in rows]
    context["sum"] = hours(context["offer"].hours)
    return render(request, PAGE, context, status=422 if "error" in context else None)


def _sign(request, person, code):
    return attest.attest(
        participant=person,
        row_ids=[
            int(key) for key in request.POST.getlist("rows") if key.isascii() and key.isdigit()
        ],
        shown_sha256=request.POST.get("sha256", ""),
        method=AttestationMethod.DRAWN,
        by=request.user,
        language=code,
        strokes=strokes.read(request.POST.get("strokes", "")),
    )


def _thanks(attestation, request) -> str:
    address = reverse("rollcall:thanks", args=[attestation.pk])
    match = request.resolver_match
    return f"{address}?rad={match.kwargs['pk']}" if match.url_name == "sign_row" else address


@requires(Permission.TAKE_ATTENDANCE)
@require_GET
@with_attestation
def thanks(request, attestation):
    """Thank, in the language that was signed in, without a name: the tablet is in the person's hands."""
    key = request.GET.get("rad", "")
    row = Attendance.objects.filter(
        attestation=attestation, pk=key if key.isascii() and key.isdigit() else 0
    ).first()
    back = reverse("casework:attendance", args=[attestation.participant_id])
    if row:
        back = f"{reverse('rollcall:roster', args=[row.session_id])}#rad-{row.pk}"
    spoken = language(attestation.language)
    context = {"words": spoken["sign"], "language": spoken, "back": back, "at": timezone.now()}
    return render(request, "casework/roster_thanks.html", context)
