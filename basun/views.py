"""The page everybody starts from."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.permissions import signed_in
from basun.home import Shown, arrange, greeting
from core import registry


@signed_in
@require_GET
def home(request):
    """Show the cards that apps have registered for what this user may do.

    Each card logs the persons it shows. Costs the queries of its cards.
    """
    user, now = request.user, timezone.localtime()
    found = [(card, card.context(request)) for card in registry.home_cards.for_user(user)]
    shown = [Shown(card, context) for card, context in found if context is not None]
    context = {
        "home": arrange(shown, user),
        "greeting": greeting(now),
        "day": now.date(),
    }
    return render(request, "basun/home.html", context)
