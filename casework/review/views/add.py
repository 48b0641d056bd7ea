"""Putting somebody on the agenda by hand: search by name, say why."""

from django.db.models import Exists, OuterRef
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission, requires
from casework.models import ItemState, ReviewStatus
from casework.review import actions
from casework.review.forms import AddForm, PersonSearch
from casework.review.views.access import review_of
from core import search_words
from core.htmx import render_page
from participants import access_log, search
from participants.access_log import Action
from participants.enums import Category
from participants.models import Enrolment, Participant
from participants.views.helpers import do, saved

TEMPLATE = "casework/review_add.html"


def candidates(user):
    """Everybody enrolled whose plan the user may see."""
    enrolled = Enrolment.objects.filter(participant=OuterRef("pk"), ended_on=None)
    return Participant.objects.visible_to(user, Category.PLAN).filter(Exists(enrolled))


@requires(Permission.LEAD_REVIEW)
@require_http_methods(["GET", "POST"])
def add(request, pk):
    """Search among those enrolled, choose one, and say why they are taken up."""
    if "q" in request.POST:
        return search_words.redirect(request, "q", [])
    review = review_of(pk)
    if review.status == ReviewStatus.CLOSED:
        return redirect(review)
    form = AddForm(request.POST or None, cancel_url=review.get_absolute_url())
    if form.is_valid():
        person = candidates(request.user).filter(pk=form.cleaned_data["who"]).first()
        if person is None:
            form.add_error("who", "Sök och välj en deltagare.")
        elif do(
            form,
            actions.add,
            review=review,
            participant=person,
            reason=form.cleaned_data["reason"],
            by=request.user,
        ):
            return saved(request, "Deltagaren står på dagordningen.", "review:agenda", pk)
    return _show(request, review, form)


def _show(request, review, form):
    """Show whom the search found, and the one who was chosen when something else is missing."""
    people, text = candidates(request.user), search_words.words(request)[:200]
    may = set(people.values_list("pk", flat=True)) if text else set()
    hits = [hit for hit in search.find(request.user, text) if hit.participant.pk in may]
    chosen = _chosen(people, form, {hit.participant.pk for hit in hits})
    shown = [*(hit.participant for hit in hits), *chosen]
    access_log.shown(request, shown, Action.FOUND if text else Action.LISTED)
    there = review.items.exclude(state=ItemState.POSTPONED)
    there = there.filter(participant__in=[each.pk for each in shown])
    context = {
        "review": review,
        "form": form,
        "filters": PersonSearch({"q": text}),
        "hits": hits,
        "chosen": chosen,
        "chosen_pk": form.data.get("who", ""),
        "text": text,
        "there": set(there.values_list("participant", flat=True)),
    }
    status = 422 if request.method == "POST" else None
    return render_page(request, TEMPLATE, context, partial="results", status=status)


def _chosen(people, form, found: set[int]) -> list[Participant]:
    """The one who was chosen and stands not among the hits."""
    who = form.data.get("who", "")
    if not who.isdecimal() or int(who) in found:
        return []
    return list(people.filter(pk=int(who)).prefetch_related("protections"))
