"""Somebody came who was not signed up."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission, requires
from casework.models import Attendance
from casework.rollcall import actions
from casework.rollcall.views.access import with_session
from core import search_words
from core.errors import Refused
from core.htmx import render_page
from participants import access_log, search
from participants.enums import Category
from participants.models import Enrolment, Participant


@requires(Permission.TAKE_ATTENDANCE)
@require_http_methods(["GET", "POST"])
@with_session
def walk_in(request, session):
    """Search among those enrolled on the day; what was typed comes by POST."""
    if request.method == "POST":
        return search_words.redirect(request, "q", [])
    text = search_words.words(request)[:200]
    hits = _among(enrolled(request.user, session.held_on), search.find(request.user, text))
    people = [hit.participant for hit in hits]
    listed = Attendance.objects.filter(session=session, participant__in=people)
    access_log.shown(request, people, access_log.Action.FOUND)
    context = {
        "session": session,
        "text": text,
        "hits": hits,
        "listed": set(listed.values_list("participant", flat=True)),
    }
    return render_page(request, "casework/roster_walk_in.html", context, partial="results")


@requires(Permission.TAKE_ATTENDANCE)
@require_POST
@with_session
def walk_in_add(request, session):
    """Put the person on the roster as present."""
    people = enrolled(request.user, session.held_on)
    key = request.POST.get("participant", "")
    person = get_object_or_404(people, pk=key if key.isascii() and key.isdigit() else 0)
    try:
        row = actions.add_walk_in(session=session, participant=person, by=request.user)
    except Refused as refused:
        access_log.shown(request, [person], access_log.Action.LISTED)
        messages.warning(request, str(refused))
        return redirect(session)
    return redirect(f"{session.get_absolute_url()}#rad-{row.pk}")


def enrolled(user, day):
    """Return the people the user may see attendance of who are enrolled on a day."""
    current = Enrolment.objects.filter(Q(ended_on=None) | Q(ended_on__gte=day), starts_on__lte=day)
    people = Participant.objects.visible_to(user, Category.ATTENDANCE)
    return people.filter(pk__in=current.values("participant"))


def _among(people, hits):
    keys = [hit.participant.pk for hit in hits]
    kept = set(people.filter(pk__in=keys).values_list("pk", flat=True))
    return [hit for hit in hits if hit.participant.pk in kept]
