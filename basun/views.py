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
    for card in in_order(registry.home_cards.for_user(request.user), request.user):
        context = card.context(request)
        if context is not None:
            cards.append({"template": card.template, "wide": card.wide, "context": context})
    return render(request, "basun/home.html", {"cards": cards, "roles": request.user.roles})


def in_order(cards, user) -> list:
    """Return the cards as this user reads them: what their work begins with, then the rest."""
    return sorted(cards, key=lambda card: not (card.first_for and user.may(card.first_for)))
