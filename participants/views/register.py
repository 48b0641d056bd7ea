"""Search before create: nobody is registered twice."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission, requires
from core.htmx import render_page
from participants import access_log, actions, search
from participants.errors import NumberTaken, Refused
from participants.forms import RegisterForm, SearchBeforeForm
from participants.views.helpers import saved


@requires(Permission.EDIT_PARTICIPANTS)
@require_http_methods(["GET", "POST"])
def register_search(request):
    """Step one: is the person here already? Then the form for a new one, filled with what was typed."""
    form = SearchBeforeForm(request.POST or None)
    context = {"form": form}
    if form.is_valid():
        context |= _found(request, form.cleaned_data, form.name())
    return render_page(request, "participants/register_search.html", context)


def _found(request, typed, name) -> dict:
    number = typed["number"]
    sentence, taken_by = search.explain_taken(request.user, number.value) if number else ("", None)
    hits = search.find_person(
        request.user,
        number=number.value if number else "",
        name=name,
        birth_date=typed["birth_date"],
    )
    shown = [hit.participant for hit in hits] + ([taken_by] if taken_by else [])
    access_log.shown(request, shown, access_log.Action.FOUND)
    initial = typed | {"number": number.formatted if number else ""}
    action = reverse("participants:register")
    new = None if sentence else RegisterForm(initial=initial, action=action)
    return {"searched": True, "hits": hits, "sentence": sentence, "taken_by": taken_by, "new": new}


@requires(Permission.EDIT_PARTICIPANTS)
@require_http_methods(["GET", "POST"])
def register(request):
    """Step two: register. Somebody who came in between is kindly pointed out."""
    if request.method == "GET":
        return redirect("participants:register_search")
    form = RegisterForm(request.POST)
    context = {"form": form}
    if form.is_valid():
        try:
            person = actions.register(by=request.user, **form.cleaned_data)
        except NumberTaken:
            context |= _taken(request, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return saved(request, "Deltagaren är registrerad.", "participants:detail", person.pk)
    return render_page(request, "participants/register.html", context, status=422)


def _taken(request, form) -> dict:
    number = form.cleaned_data["number"].value
    sentence, taken_by = search.explain_taken(request.user, number)
    form.add_error("number", sentence or search.NEUTRAL)
    if taken_by:
        access_log.shown(request, [taken_by], access_log.Action.FOUND)
    return {"taken_by": taken_by}
