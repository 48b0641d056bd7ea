"""One URL, one view, one template: htmx gets a named fragment of it, everybody else the page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_page(
    request,
    template: str,
    context: dict | None = None,
    *,
    partial: str = "",
    status: int | None = None,
) -> HttpResponse:
    """Render a page, or its fragment `partial` when htmx asks for a part of it.

    The fragment is a `{% partialdef results inline %}` in the same template. A page restored from
    history or followed as a boosted link is always whole.
    """
    name = f"{template}#{partial}" if partial and wants_fragment(request) else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def wants_fragment(request) -> bool:
    """Say whether htmx will swap the answer into a page that is already there."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request
