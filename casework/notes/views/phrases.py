"""A user's own phrases: a few words that are often written."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission, requires
from casework.models import QuickPhrase
from casework.notes.forms import PhraseForm

MOST = 40


@requires(Permission.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
def phrases(request):
    """Show the user's own phrases and everybody's, and add one."""
    form = PhraseForm(request.POST or None)
    own = QuickPhrase.objects.filter(user=request.user)
    if form.is_valid():
        text = form.cleaned_data["text"].strip()
        if own.count() >= MOST:
            form.add_error("text", f"Du har redan {MOST} fraser. Ta bort någon först.")
        else:
            own.get_or_create(user=request.user, text=text)
            messages.success(request, "Frasen är sparad.")
            return redirect("notes:phrases")
    context = {"form": form, "own": own, "common": QuickPhrase.objects.filter(user=None)}
    return render(
        request, "casework/note_phrases.html", context, status=422 if form.is_bound else None
    )


@requires(Permission.WRITE_NOTES)
@require_POST
def phrase_remove(request, phrase):
    """Remove one of the user's own phrases."""
    get_object_or_404(QuickPhrase, pk=phrase, user=request.user).delete()
    messages.success(request, "Frasen är borttagen.")
    return redirect("notes:phrases")
