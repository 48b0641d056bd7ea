"""The page everybody starts from."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.permissions import signed_in
from core import registry


@signed_in
@require_GET
def home(request):
    """Show the cards that apps have registered for what this user may do.

    Each card logs the persons it shows. Costs the queries of its cards.
    """
    cards = []
    for card in registry.home_cards.for_user(request.user):
        context = card.context(request)
        if context is not None:
            cards.append({"template": card.template, "wide": card.wide, "context": context})
    return render(request, "basun/home.html", {"cards": cards, "roles": request.user.roles})
