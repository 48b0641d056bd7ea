"""Every route and its rule: views carry theirs, libraries' routes have theirs here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, get_resolver

from accounts.permissions import PUBLIC, SIGNED_IN

LIBRARY_RULES = {
    "account_login": PUBLIC,
    "account_logout": SIGNED_IN,
    "account_change_password": SIGNED_IN,
}


@dataclass(frozen=True)
class Route:
    """One entry of the URL table."""

    name: str
    pattern: str
    view: Any
    rule: Any


def rule_for(view, name: str):
    """Return the rule of a view: a permission, `signed_in`, `public`, or None when it has none."""
    return getattr(view, "rule", None) or LIBRARY_RULES.get(name)


def routes(patterns=None, prefix="", namespace="") -> Iterator[Route]:
    """Yield every route of the project, in order."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name or ''}"
            yield Route(name, path, entry.callback, rule_for(entry.callback, name))
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry.url_patterns, path, inner)


def without_rule() -> list[Route]:
    """Return the routes that nobody declared a rule for."""
    return [route for route in routes() if route.rule is None]


def routes_have_rules(app_configs, **kwargs):
    """Django's system check: a route without a rule stops every command and the start."""
    return [
        Error(
            f"The route {route.pattern!r} ({route.name or 'without name'}) has no rule.",
            hint="Put @requires(Permission.X), @signed_in or @public above its view.",
            id="accounts.E001",
        )
        for route in without_rule()
    ]


def check_routes() -> None:
    """Stop the web server's start when a route has no rule."""
    if faults := without_rule():
        names = ", ".join(route.pattern for route in faults)
        raise ImproperlyConfigured(f"These routes have no rule: {names}")
