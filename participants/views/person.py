"""The participant's own page, and the page that asks why a closed file should be opened."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from core.htmx import render_page
from participants import access_log, actions, timeline
from participants.enums import Category
from participants.forms import OpenFileForm
from participants.models import Participant
from participants.next_steps import next_for
from participants.pages import cards_for, links_for, render_person
from participants.permissions import is_closed_to, with_participant
from participants.views.helpers import do, saved

MOST_EVENTS = 2000


@requires(Permission.VIEW_PARTICIPANTS)
@require_GET
@with_participant()
def detail(request, participant):
    """Show what the person needs next and everything that has happened."""
    today = timezone.localdate()
    step = None
    if participant.consent_covers(request.user, Category.PLAN):
        step = next_for([participant], request.user, today).get(participant.pk)
    context = {
        "step": step,
        "timeline": timeline.collect(
            participant, request.user, kind=request.GET.get("slag", ""), show=_how_many(request)
        ),
        "may": _may(request.user, participant),
        "links": links_for(request.user, participant),
        "cards": cards_for(request, participant),
    }
    return render_person(
        request,
        participant,
        "participants/participant_detail.html",
        context,
        tab="participants:detail",
        partial="timeline",
    )


def _how_many(request) -> int:
    asked = request.GET.get("visa", "")
    return min(int(asked), MOST_EVENTS) if asked.isdecimal() else timeline.PAGE


def _may(user, participant) -> dict:
    """What the page offers to do, by permission and by where the person is in their course."""
    enrolled = participant.current_enrolment is not None
    may = {
        "enrol": not enrolled and user.may(Permission.ENROL),
        "reassign": enrolled and user.may(Permission.ENROL),
        "exit": enrolled and user.may(Permission.ENROL),
        "extend": enrolled and user.may(Permission.REQUEST_EXTENSION),
        "consent": user.may(Permission.MANAGE_CONSENT),
        "protect": user.may(Permission.MARK_PROTECTED) or participant.is_protected,
    }
    return may | {"anything": any(may.values())}


@requires(Permission.OPEN_CLOSED_FILES)
@require_http_methods(["GET", "POST"])
def open_file(request, pk):
    """Ask why a closed file is to be opened, and open it for an hour."""
    people = Participant.objects.visible_to(request.user).for_list()
    participant = get_object_or_404(people, pk=pk)
    if not is_closed_to(request.user, participant):
        raise PermissionDenied
    form = OpenFileForm(request.POST or None)
    if form.is_valid() and do(
        form,
        actions.open_closed_file,
        participant=participant,
        reason=form.cleaned_data["reason"],
        by=request.user,
    ):
        return saved(request, "Akten är öppen i en timme.", "participants:detail", pk)
    access_log.shown(request, [participant], access_log.Action.LISTED)
    context = {"form": form, "participant": participant}
    status = 422 if form.is_bound else None
    return render_page(request, "participants/open_file.html", context, status=status)
