"""What every page knows: where one can go, who one is, and whether this is a demo."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from accounts.permissions import Permission
from basun.demo.logins import LOGINS
from core import registry

THEMES = {"light", "dark"}
# How many entries fit in the bar at the bottom of a phone; the rest stand under "Mer".
ON_A_PHONE = 4


@dataclass(frozen=True)
class Entry:
    """An entry of the main navigation, as the page draws it."""

    label: str
    url: str
    icon: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class Action:
    """A button in the bar at the top, as the page draws it."""

    label: str
    url: str
    icon: str
    key: str
    person_url_name: str


def page(request) -> dict:
    """Return the frame: `navigation`, `quick_actions`, `search_url`, `demo`, `theme`. One query for the roles."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    entries = navigation(user, request.path) if signed_in else []
    may_search = signed_in and user.may(Permission.VIEW_PARTICIPANTS)
    theme = request.COOKIES.get("theme", "")
    return {
        "navigation": entries,
        "navigation_first": entries[:ON_A_PHONE],
        "navigation_rest": entries[ON_A_PHONE:],
        "quick_actions": quick_actions(user) if signed_in else [],
        "search_url": url_or_nothing("participants:search") if may_search else "",
        "demo": settings.DEMO,
        "demo_logins": demo_logins,
        "theme": theme if theme in THEMES else "",
    }


def navigation(user, path: str) -> list[Entry]:
    """Return the entries the user may see; the one with the longest matching address is current."""
    items = [(item, url_or_nothing(item.url_name)) for item in registry.navigation.for_user(user)]
    items = [(item, url) for item, url in items if url]
    matches = {url: _match(path, url, item.prefixes) for item, url in items}
    best = max(matches.values(), default=0)
    return [
        Entry(item.label, url, item.icon, current=best > 0 and matches[url] == best)
        for item, url in items
    ]


def quick_actions(user) -> list[Action]:
    """Return what the user can begin from every page."""
    actions = [
        (each, url_or_nothing(each.url_name)) for each in registry.quick_actions.for_user(user)
    ]
    return [
        Action(each.label, url, each.icon, each.key, each.person_url_name)
        for each, url in actions
        if url
    ]


def _match(path: str, url: str, prefixes) -> int:
    """Return how much of the path an entry covers; the front page covers only itself."""
    starts = [start for start in (url, *prefixes) if start != "/" or path == "/"]
    return max((len(start) for start in starts if path.startswith(start)), default=0)


def url_or_nothing(name: str) -> str:
    """Return the address of a named page, or nothing while its room is not built."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def demo_logins() -> list:
    """Return the demo's logins for the sign-in page; none outside a demo."""
    return LOGINS if settings.DEMO else []
