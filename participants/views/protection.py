"""Protected identity: who may see the person, and the two people it takes to unmark."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.permissions import Permission, requires
from participants import actions
from participants.errors import Refused
from participants.forms import ProtectForm, ReaderForm, UnmarkForm
from participants.models import ProtectionReader
from participants.pages import render_person
from participants.permissions import with_participant
from participants.views.helpers import ask, do, saved

PAGE = "participants:protection"


def _open_protection(participant):
    return get_object_or_404(participant.protections.select_related("end_asked_by"), ended_at=None)


@requires(Permission.VIEW_PARTICIPANTS)
@require_GET
@with_participant()
def protection(request, participant):
    """Show whether the person is protected, and who stands on the list."""
    marked = participant.protections.filter(ended_at=None).select_related("end_asked_by").first()
    today = timezone.localdate()
    readers = marked.readers.select_related("user") if marked else ProtectionReader.objects.none()
    context = {
        "heading": "Skyddade personuppgifter",
        "marked": marked,
        "readers": [(each, not each.valid_until or each.valid_until >= today) for each in readers],
        "may_mark": request.user.may(Permission.MARK_PROTECTED),
        "may_unmark": request.user.may(Permission.UNMARK_PROTECTED),
        "asked_by_me": bool(marked) and marked.end_asked_by_id == request.user.pk,
    }
    return render_person(request, participant, "participants/protection.html", context)


@requires(Permission.MARK_PROTECTED)
@require_http_methods(["GET", "POST"])
@with_participant()
def protect(request, participant):
    """Mark the person as protected, at once."""
    form = ProtectForm(request.POST or None)
    if form.is_valid() and do(
        form, actions.mark_protected, participant=participant, by=request.user, **form.cleaned_data
    ):
        return saved(
            request, "Personuppgifterna är skyddade från och med nu.", PAGE, participant.pk
        )
    return ask(request, participant, form, "Skydda personuppgifter", {"kind": "protect"})


@requires(Permission.MARK_PROTECTED)
@require_http_methods(["GET", "POST"])
@with_participant()
def reader_add(request, participant):
    """Put somebody on the list."""
    marked = _open_protection(participant)
    form = ReaderForm(request.POST or None)
    if form.is_valid() and do(
        form, actions.add_reader, protection=marked, by=request.user, **form.cleaned_data
    ):
        name = form.cleaned_data["user"].name
        return saved(request, f"{name} kan nu se deltagaren.", PAGE, participant.pk)
    return ask(request, participant, form, "Lägg till på listan")


@requires(Permission.MARK_PROTECTED)
@require_POST
@with_participant()
def reader_remove(request, participant, reader_pk):
    """Take somebody off the list."""
    marked = _open_protection(participant)
    reader = get_object_or_404(marked.readers.select_related("user"), pk=reader_pk)
    itself = reader.user_id == request.user.pk
    _try(request, actions.remove_reader, "Listan är ändrad.", reader=reader)
    if itself and not type(participant).objects.visible_to(request.user).filter(pk=participant.pk):
        return redirect("participants:list")
    return redirect(PAGE, participant.pk)


@requires(Permission.UNMARK_PROTECTED)
@require_http_methods(["GET", "POST"])
@with_participant()
def unmark_ask(request, participant):
    """Ask that the protection be taken away."""
    marked = _open_protection(participant)
    form = UnmarkForm(request.POST or None)
    if form.is_valid() and do(
        form, actions.ask_unmark, protection=marked, by=request.user, **form.cleaned_data
    ):
        sentence = "En annan person på listan behöver bekräfta innan skyddet tas bort."
        return saved(request, sentence, PAGE, participant.pk)
    return ask(request, participant, form, "Ta bort skyddet", {"kind": "unmark"})


@requires(Permission.UNMARK_PROTECTED)
@require_POST
@with_participant()
def unmark_confirm(request, participant):
    """Take the protection away, as the second person."""
    _try(
        request,
        actions.confirm_unmark,
        "Skyddet är borttaget.",
        protection=_open_protection(participant),
    )
    return redirect("participants:detail", participant.pk)


def _try(request, action, sentence, **facts):
    """Run an action that has a button and no form; say what came of it."""
    try:
        action(by=request.user, **facts)
        messages.success(request, sentence)
    except Refused as refusal:
        messages.error(request, str(refusal))
