"""Sessions end by themselves, and no view runs without a rule."""

import time
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

from accounts.permissions import PUBLIC, SIGNED_IN
from accounts.routes import rule_for

STARTED, SEEN = "started_at", "seen_at"
# The moment last seen is written at most this often, so that reading pages rarely writes the session.
SEEN_EVERY = 60
# A page that asks for news by itself says so, and does not keep the session alive.
BY_ITSELF = "X-By-Itself"


class SessionLimitsMiddleware:
    """End a session after 30 minutes without a request, or 10 hours after sign-in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = time.time()
            session = request.session
            started, seen = session.setdefault(STARTED, now), session.setdefault(SEEN, now)
            if (
                now - seen > settings.SESSION_IDLE_SECONDS
                or now - started > settings.SESSION_MAX_SECONDS
            ):
                logout(request)
            elif now - seen > SEEN_EVERY and BY_ITSELF not in request.headers:
                session[SEEN] = now
        return self.get_response(request)


class SignInAgainMiddleware:
    """Lead the whole page to sign-in when a part of it was asked for and the session has ended.

    Without it the sign-in page would be swapped into a row of a list. Afterwards one is back on the page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        to_sign_in = response.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
        if not (request.headers.get("HX-Request") and to_sign_in):
            return response
        page = urlsplit(request.headers.get("HX-Current-URL", ""))
        back = urlunsplit(page._replace(scheme="", netloc="", fragment=""))
        return HttpResponseClientRedirect(redirect_to_login(back or "/").url)


class PermissionMiddleware:
    """Refuse any view that has declared no rule, and hold the routes of libraries to theirs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        rule = rule_for(view, request.resolver_match.view_name)
        if rule is None:
            raise ImproperlyConfigured(f"{request.resolver_match.view_name} has no rule.")
        if rule == PUBLIC:
            return None
        if not request.user.is_authenticated:
            # Libraries let some of their own pages past LoginRequiredMiddleware.
            return redirect_to_login(request.get_full_path())
        if rule != SIGNED_IN and not request.user.may(rule):
            raise PermissionDenied
        return None
