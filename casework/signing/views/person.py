"""One person's hours to sign, the ways to sign them, and what became of earlier links."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import Permission, requires
from casework.attest import rows_to_sign
from casework.models import Channel, SigningLink
from casework.models.project import due_on
from casework.signing import links
from casework.signing.forms import LanguageForm, SendForm
from casework.signing.looks import is_waiting, look_of
from casework.signing.qr import as_data_url
from casework.signing.when import Look, deadline_look
from casework.sums import hours
from core.errors import Refused
from core.gateway import is_mobile
from core.periods import Month
from participants.enums import Category
from participants.pages import render_person
from participants.permissions import with_participant

HEADING = "Be om underskrift"
MOST_LINKS = 20
ON_ITS_WAY = "Meddelandet skickas nu. Nedan står om det kom fram, och om det har öppnats."


@dataclass(frozen=True, slots=True)
class Line:
    """One link of the history, with where it stands now."""

    link: SigningLink
    look: Look
    is_waiting: bool
    may_cancel: bool


@requires(Permission.TAKE_ATTENDANCE)
@require_GET
@with_participant(Category.ATTENDANCE)
def person(request, participant):
    """Show what is to be signed, the ways side by side, and the history."""
    return _page(request, participant)


def _page(request, participant, *, error="", status=None):
    today = timezone.localdate()
    rows = list(rows_to_sign(participant).filter(held_on__lte=today))
    months = sorted({Month.of(row.held_on) for row in rows})
    spoken = links.languages_of([participant])[participant.pk]
    context = {
        "heading": HEADING,
        "rows": [(row, hours(row.hours)) for row in rows],
        "sum": hours(sum((row.hours for row in rows), Decimal(0))),
        "months": [_deadline(month, today) for month in months],
        "papers": [(month.label, str(month)) for month in months],
        "form": LanguageForm(initial={"sprak": spoken}),
        "has_mobile": is_mobile(participant.phone),
        "history": _history(participant),
        "error": error,
    }
    template = "casework/signing_person.html"
    return render_person(request, participant, template, context, status=status)


@requires(Permission.TAKE_ATTENDANCE)
@require_POST
@with_participant(Category.ATTENDANCE)
def qr(request, participant):
    """Make a QR code and show it big; the code stands in this answer and nowhere else."""
    form = LanguageForm(request.POST)
    spoken = form.cleaned_data["sprak"] if form.is_valid() else "sv"
    try:
        made = links.make_qr(participant=participant, by=request.user, language=spoken)
    except Refused as refusal:
        return _page(request, participant, error=str(refusal), status=422)
    context = {
        "heading": "QR-kod",
        "line": line_of(made.link, timezone.now()),
        "picture": as_data_url(made.url),
        "until": timezone.localtime(made.link.expires_at),
        "language": spoken,
    }
    return render_person(request, participant, "casework/signing_qr.html", context)


@requires(Permission.TAKE_ATTENDANCE)
@require_POST
@with_participant(Category.ATTENDANCE)
def send(request, participant):
    """Send a link by SMS or e-mail."""
    form = SendForm(request.POST)
    if not form.is_valid():
        return _page(request, participant, error="Välj sätt och språk igen.", status=422)
    try:
        links.send_link(
            participant=participant,
            channel=Channel(form.cleaned_data["satt"]),
            language=form.cleaned_data["sprak"],
            by=request.user,
        )
    except Refused as refusal:
        return _page(request, participant, error=str(refusal), status=422)
    messages.success(request, ON_ITS_WAY)
    return redirect("signing:person", participant.pk)


@requires(Permission.TAKE_ATTENDANCE)
@require_GET
def link_status(request, pk):
    """Say where a link stands, without saying whose it is; pages ask for it by themselves."""
    link = get_object_or_404(SigningLink.objects.visible_to(request.user), pk=pk)
    context = {"line": line_of(link, timezone.now()), "is_big": "stor" in request.GET}
    return render(request, "casework/signing_link_status.html", context)


@requires(Permission.TAKE_ATTENDANCE)
@require_POST
def cancel(request, pk):
    """Call a link back."""
    link = get_object_or_404(SigningLink.objects.visible_to(request.user), pk=pk)
    try:
        links.cancel(link=link, by=request.user)
        messages.success(request, "Länken är återkallad och går inte längre att öppna.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_page_of(link))


@requires(Permission.TAKE_ATTENDANCE)
@require_POST
def objection_seen(request, pk):
    """Mark what a participant says is wrong as read."""
    link = get_object_or_404(SigningLink.objects.visible_to(request.user), pk=pk)
    links.objection_seen(link=link, by=request.user)
    messages.success(request, "Invändningen är markerad som läst.")
    if request.POST.get("till") == "listan":
        return redirect("signing:missing")
    return redirect(_page_of(link))


def _page_of(link) -> str:
    """Return the page that the links of a person's hours, or of their plan, stand on."""
    name = "plans:proposal" if link.plan_version_id else "signing:person"
    return reverse(name, args=[link.participant_id])


def _history(participant) -> list[Line]:
    found = SigningLink.objects.to_hours().filter(participant=participant)
    now = timezone.now()
    return [line_of(link, now) for link in found.select_related("created_by")[:MOST_LINKS]]


def line_of(link, now) -> Line:
    """Return a link with where it stands now, as the pages about links show it. Pure."""
    may_cancel = not (link.used_at or link.cancelled_at) and link.expires_at > now
    return Line(link, look_of(link, now), is_waiting(link, now), may_cancel)


def _deadline(month, today) -> tuple[str, object, Look]:
    due = due_on(month)
    return month.label, due, deadline_look((due - today).days)
