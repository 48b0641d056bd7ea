"""Text messages and mail out of the house: whoever wants one sent calls `send_sms` or `send_mail`.

Which way a text message goes is the setting SMS_GATEWAY:

- `console` prints it, the number masked: nothing is sent, and a link can be tried
- `46elks` posts it to that provider
- `memory` keeps it in `outbox`, for tests

Neither raises anything but GatewayError, whose Swedish sentence says what to do and holds neither the
number nor the text. Nothing is written in any log.
"""

import re
import smtplib
import sys
import urllib.error
import urllib.request
from base64 import b64encode
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urlencode, urljoin

from django.conf import settings
from django.core import checks, mail

NOT_MOBILE = "Numret är inget svenskt mobilnummer. Skriv det så här: 070-174 06 05."
REFUSED = (
    "SMS-leverantören tog inte emot meddelandet. Tala med förvaltaren, eller välj ett annat sätt."
)
NO_ANSWER = "SMS-leverantören svarade inte. Försök igen om en stund, eller välj ett annat sätt."
NO_MAIL = "E-postservern tog inte emot meddelandet. Försök igen om en stund, eller välj SMS."
# The series of Swedish mobile numbers, without the zero or the 46 before them.
MOBILE = re.compile(r"7[02369]\d{7}")


class GatewayError(Exception):
    """The message was not sent. The message of the exception is a Swedish sentence for the user."""


@dataclass(frozen=True, slots=True)
class Sms:
    """One text message."""

    number: str
    text: str


# What the memory gateway has been given.
outbox: list[Sms] = []


def mobile_number(written: str) -> str:
    """Return a Swedish mobile number as +46701740605, however it was written. Pure.

    Raises GatewayError for a landline, a number abroad, or one that is too short or too long.
    """
    digits = re.sub(r"[\s()./\u2010-\u2015-]", "", written)
    national = re.sub(r"^(\+46|0046|46(?=7\d{8}$))0?|^0", "", digits)
    if national == digits or not MOBILE.fullmatch(national):
        raise GatewayError(NOT_MOBILE)
    return f"+46{national}"


def is_mobile(written: str) -> bool:
    """Say whether a text message can be sent to the number. Pure."""
    try:
        mobile_number(written)
    except GatewayError:
        return False
    return True


def send_sms(number: str, text: str) -> None:
    """Send a text message; raises GatewayError when it was not sent."""
    GATEWAYS[settings.SMS_GATEWAY](Sms(mobile_number(number), text))


def send_mail(address: str, subject: str, text: str, attachments=()) -> None:
    """Send a mail in plain text, as Django's EMAIL_... settings say; raises GatewayError.

    `attachments` are (file name, content, kind); like subjects they hold no names.
    """
    try:
        mail.EmailMessage(subject, text, None, [address], attachments=list(attachments)).send()
    except (smtplib.SMTPException, OSError):
        raise GatewayError(NO_MAIL) from None


def public_url(path: str) -> str:
    """Return an address of this system as people outside it write it (PUBLIC_URL)."""
    return urljoin(settings.PUBLIC_URL, path)


def _print(sms: Sms) -> None:
    masked = f"{sms.number[:3]}{'*' * (len(sms.number) - 5)}{sms.number[-2:]}"
    sys.stdout.write(f"SMS till {masked} (skickas inte):\n{sms.text}\n")
    sys.stdout.flush()


def _post_to_46elks(sms: Sms) -> None:
    """Post the form that 46elks asks for; it answers 200 when it has taken the message."""
    form = urlencode({"from": settings.SMS_FROM, "to": sms.number, "message": sms.text})
    user = f"{settings.SMS_USER}:{settings.SMS_PASSWORD}".encode()
    request = urllib.request.Request(  # noqa: S310  (the address is a setting)
        settings.SMS_URL,
        data=form.encode(),
        headers={"Authorization": f"Basic {b64encode(user).decode()}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=settings.SMS_TIMEOUT):  # noqa: S310
            return
    except urllib.error.HTTPError as error:
        error.close()
        raise GatewayError(REFUSED) from None
    except (OSError, HTTPException, ValueError):
        raise GatewayError(NO_ANSWER) from None


GATEWAYS = {"console": _print, "46elks": _post_to_46elks, "memory": outbox.append}


def settings_are_whole(app_configs, **kwargs) -> list:
    """Django's system check: a gateway that there is, with all it needs."""
    if settings.SMS_GATEWAY not in GATEWAYS:
        words = ", ".join(GATEWAYS)
        return [checks.Error(f"SMS_GATEWAY must be one of {words}.", id="core.E001")]
    missing = not (settings.SMS_USER and settings.SMS_PASSWORD)
    if settings.SMS_GATEWAY == "46elks" and missing:
        return [checks.Error("46elks needs SMS_USER and SMS_PASSWORD.", id="core.E002")]
    return []


def settings_are_for_deploy(app_configs, **kwargs) -> list:
    """Django's deploy check: links lead here over TLS, and messages leave the house."""
    found = []
    if not settings.PUBLIC_URL.startswith("https://"):
        words = "PUBLIC_URL must be the address people use, with https://: links are made of it."
        found.append(checks.Warning(words, id="core.W001"))
    if settings.SMS_GATEWAY in {"console", "memory"}:
        words = "SMS_GATEWAY sends nothing: text messages to participants do not leave the house."
        found.append(checks.Warning(words, id="core.W002"))
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        words = "EMAIL_BACKEND sends nothing: mail does not leave the house."
        found.append(checks.Warning(words, id="core.W003"))
    return found


def register_checks() -> None:
    """Tell Django of the checks above."""
    checks.register(settings_are_whole)
    checks.register(settings_are_for_deploy, deploy=True)
