"""The two rules that need no permission. Each view carries one rule; a route without one stops the start."""

from django.contrib.auth.decorators import login_not_required

PUBLIC = "public"
SIGNED_IN = "signed_in"


def signed_in(view):
    """Let every signed-in user through; the view itself decides what is theirs."""
    view.rule = SIGNED_IN
    return view


def public(view):
    """Let anybody through, without signing in."""
    view = login_not_required(view)
    view.rule = PUBLIC
    return view
