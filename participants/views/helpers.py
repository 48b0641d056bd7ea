"""What the pages with forms have in common."""

from django.contrib import messages
from django.shortcuts import redirect

from participants.errors import Refused
from participants.pages import render_person


def do(form, action, **facts):
    """Run an action; a refusal becomes a sentence above the form, and None comes back."""
    try:
        return action(**facts)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def saved(request, sentence: str, name: str, *args):
    """Say what was done and lead on to a page."""
    messages.success(request, sentence)
    return redirect(name, *args)


def ask(request, participant, form, heading: str, context=None, *, template="", tab=""):
    """Show a form about a person; 422 when what was sent in has to be corrected."""
    return render_person(
        request,
        participant,
        template or "participants/person_form.html",
        {"form": form, "heading": heading} | (context or {}),
        tab=tab,
        status=422 if form.is_bound else None,
    )
