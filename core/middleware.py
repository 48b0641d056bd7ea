"""What every request and answer has in common."""

import uuid

from django.shortcuts import render

from core.access_log import LogUnavailable


class RequestIdMiddleware:
    """Give each request a number that stands in the log and in the answer, never a name."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4().hex
        response = self.get_response(request)
        response["X-Request-Id"] = request.id
        return response


class PrivateResponseMiddleware:
    """Let no browser or proxy keep a page that was made for a signed-in user."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store, private"
        return response


class AccessLogFailureMiddleware:
    """Show a calm page instead of a person when the access log can't be written."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, LogUnavailable):
            return render(request, "503.html", status=503)
        return None
