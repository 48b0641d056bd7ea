"""How allauth fits this house: no sign-up, our throttle, Swedish answers."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError

from accounts import throttle


def client_address(request) -> str:
    """Return the address the request came from, past our own proxies only (TRUSTED_PROXIES)."""
    hops = [
        hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()
    ]
    if settings.TRUSTED_PROXIES and len(hops) >= settings.TRUSTED_PROXIES:
        return hops[-settings.TRUSTED_PROXIES]
    return request.META.get("REMOTE_ADDR", "")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the system administrator; nobody signs up."""

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        seconds = throttle.seconds_left(credentials.get("email", ""), client_address(request))
        if seconds:
            minutes = -(-seconds // 60)
            wait = f"{seconds} sekunder" if seconds < 60 else f"{minutes} minuter"
            raise ValidationError(
                f"Det har blivit fel många gånger. Vänta {wait} och försök igen.",
                code="too_many_login_attempts",
            )

    def authenticate(self, request, **credentials):
        """Give a deactivated account the answer of an unknown one."""
        user = super().authenticate(request, **credentials)
        if user and not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return user

    def authentication_failed(self, request, **credentials):
        throttle.note_failure(credentials.get("email", ""), client_address(request))

    def post_login(self, request, user, **kwargs):
        throttle.note_success(user.email, client_address(request))
        return super().post_login(request, user, **kwargs)

    def add_message(self, request, level, message_template, *args, **kwargs):
        """Say nothing about signing in and out: the page that follows says it."""
