"""Mina deltagare, and everybody current."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission, requires
from core import search_words
from core.htmx import render_page
from participants import access_log, lists
from participants.pages import TabLink


@requires(Permission.VIEW_PARTICIPANTS)
@require_http_methods(["GET", "POST"])
def own_list(request):
    """Show the user's own participants; those without a caseload go on to everybody."""
    if not lists.has_caseload(request.user):
        return redirect("participants:list_all")
    return _show(request, lists.own_people(request.user), mine=True)


@requires(Permission.VIEW_PARTICIPANTS)
@require_http_methods(["GET", "POST"])
def all_list(request):
    """Show everybody current whom the user may see."""
    return _show(request, lists.current_people(request.user), mine=False)


def _show(request, people, *, mine: bool):
    """A list is searched by name, so the filters come by POST and lead on (core/search_words.py)."""
    if request.method == "POST":
        return search_words.redirect(request, "q", lists.ListFilter.ADDRESSED)
    filters = lists.filters_of(request, mine=mine)
    chosen = filters.chosen()
    order = chosen.get("sortera", "namn")
    page = lists.page_of(lists.narrow(people, chosen), request.user, order, request.GET.get("sida"))
    access_log.shown(request, [row.participant for row in page], access_log.Action.LISTED)
    context = {
        "page": page,
        "filters": filters,
        "order": order,
        "mine": mine,
        "narrowed": bool(chosen.keys() - {"sortera"}),
    } | _choices(request.user, mine)
    return render_page(request, "participants/participant_list.html", context, partial="results")


def _choices(user, mine: bool) -> dict:
    """What the page offers this user beside the list."""
    views = [
        TabLink("Mina deltagare", reverse("participants:list"), mine),
        TabLink("Alla aktuella", reverse("participants:list_all"), not mine),
    ]
    return {
        "views": views if lists.has_caseload(user) else [],
        "may_register": user.may(Permission.EDIT_PARTICIPANTS),
        "may_export": not mine and user.may(Permission.EXPORT_PARTICIPANTS),
        "consent_bound": user.needs_consent,
    }
