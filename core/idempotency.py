"""A form sent twice does its work once: a double click, a resend, a retry after an unknown outcome."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect

from core.models import UsedKey

FIELD = "once_key"
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}


class IdempotencyMiddleware:
    """Run every unsafe request in one transaction, together with the key of its form.

    The key is stored only if the answer is a redirect, that is when something was done. A second
    request with the same key waits for the first and is sent where that one led. An answer of 500 or
    above rolls everything back, so a retry is safe.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in SAFE:
            return self.get_response(request)
        key = request.POST.get(FIELD, "")[:64]
        with transaction.atomic():
            used = self._claim(request, key)
            if isinstance(used, HttpResponseRedirect):
                return used
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            elif used:
                self._keep(used, response)
            return response

    def _claim(self, request, key):
        if not key or not request.user.is_authenticated:
            return None
        try:
            with transaction.atomic():
                return UsedKey.objects.create(user=request.user, key=key, path=request.path[:200])
        except IntegrityError:
            done = UsedKey.objects.get(user=request.user, key=key)
            messages.info(request, "Det var redan sparat. Inget har gjorts två gånger.")
            return HttpResponseRedirect(done.location)

    def _keep(self, used, response):
        if response.status_code in {301, 302, 303} or "HX-Redirect" in response:
            used.location = response.get("Location") or response["HX-Redirect"]
            used.save(update_fields=["location"])
        else:
            used.delete()
