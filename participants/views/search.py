"""Searching everybody the user may see."""

from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission, requires
from core import search_words
from core.htmx import render_page
from participants import access_log, search


@requires(Permission.VIEW_PARTICIPANTS)
@require_http_methods(["GET", "POST"])
def find(request):
    """Show who matches, and why. What was typed comes by POST and never stands in an address."""
    if request.method == "POST":
        return search_words.redirect(request, "q", [])
    text = search_words.words(request)[:200]
    hits = search.find(request.user, text)
    access_log.shown(request, [hit.participant for hit in hits], access_log.Action.FOUND)
    context = {
        "text": text,
        "hits": hits,
        "full": len(hits) == search.MOST_HITS,
        "may_register": request.user.may(Permission.EDIT_PARTICIPANTS),
        "tells_more": not request.user.needs_consent,
    }
    return render_page(request, "participants/search.html", context, partial="results")
