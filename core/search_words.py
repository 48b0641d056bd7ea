"""Search words that stay out of addresses: names and numbers must not stand in logs and histories.

A list takes its search by POST, keeps the words in the session and redirects to an address with a
token instead (`?sok=k3J9…`). The address works for paging, going back and reloading, in the same
session only.
"""

from secrets import token_urlsafe
from urllib.parse import urlencode

from django.http import HttpResponseRedirect

PARAMETER = "sok"
SESSION_KEY = "search_words"
# As many searches as somebody may want to step back through; older ones are forgotten.
KEPT = 50


def keep(request, words: str) -> str:
    """Keep the words in the session and return their token; "" for no words."""
    words = words.strip()
    if not words:
        return ""
    kept = request.session.get(SESSION_KEY, {})
    token = next((token for token, known in kept.items() if known == words), token_urlsafe(6))
    kept = {**{key: value for key, value in kept.items() if key != token}, token: words}
    request.session[SESSION_KEY] = dict(list(kept.items())[-KEPT:])
    return token


def words(request) -> str:
    """Return the words behind the token of the address; "" when there are none any more."""
    return request.session.get(SESSION_KEY, {}).get(request.GET.get(PARAMETER, ""), "")


def redirect(request, word_field: str, other_fields: list[str]) -> HttpResponseRedirect:
    """Answer a search: back to the same list, with a token for the words and the other filters."""
    query = {name: request.POST.get(name, "") for name in other_fields}
    query[PARAMETER] = keep(request, request.POST.get(word_field, ""))
    query = {name: value for name, value in query.items() if value}
    return HttpResponseRedirect(f"{request.path}?{urlencode(query)}" if query else request.path)
