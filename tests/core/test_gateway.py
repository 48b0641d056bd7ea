"""Text messages and mail: numbers, the provider's answers, and that nothing about the person leaks."""

import logging
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from django.core import mail

from core import gateway
from core.gateway import GatewayError, mobile_number

TEXT = "BASUN: skriv under din närvaro här: https://basun.example/u/hemligt/"


@pytest.fixture
def provider(settings):
    """A provider on this machine: answers with `status`, or with nothing when that is None."""
    server = HTTPServer(("127.0.0.1", 0), Provider)
    server.status, server.seen = 200, []
    settings.SMS_GATEWAY, settings.SMS_TIMEOUT = "46elks", 1
    settings.SMS_USER, settings.SMS_PASSWORD = "user", "secret"
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/a1/sms"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


class Provider(BaseHTTPRequestHandler):
    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.seen.append((form, self.headers["Authorization"]))
        if self.server.status is None:
            self.close_connection = True
            return
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.mark.parametrize(
    "written",
    ["070-174 06 05", "0701740605", "+46701740605", "0046 70 174 06 05", "46701740605"]
    + ["+46 (0)70-174 06 05", "070–174\u00a006\u00a005", "070.174.06.05"],
)
def test_a_mobile_number_is_read_however_it_is_written(written):
    assert mobile_number(written) == "+46701740605"


@pytest.mark.parametrize(
    "written",
    ["", "08-123 456 78", "070-174 06", "070-174 06 055", "0711740605", "+4570174060", "telefon"]
    + ["701740605", "+46701740605; 0701740606"],
)
def test_what_is_no_swedish_mobile_is_refused_with_a_sentence(written):
    with pytest.raises(GatewayError, match="inget svenskt mobilnummer"):
        mobile_number(written)
    assert not gateway.is_mobile(written)


def test_the_provider_gets_from_to_and_message_with_user_and_password(provider):
    gateway.send_sms("070-174 06 05", TEXT)
    form, authorization = provider.seen[0]
    assert form == {"from": ["BASUN"], "to": ["+46701740605"], "message": [TEXT]}
    assert authorization == "Basic dXNlcjpzZWNyZXQ="


@pytest.mark.parametrize(
    ("status", "words"), [(403, "tog inte emot"), (500, "tog inte emot"), (None, "svarade inte")]
)
def test_a_provider_that_refuses_or_is_silent_gives_a_sentence_without_number_or_text(
    provider, caplog, capsys, status, words
):
    provider.status = status
    with caplog.at_level(logging.DEBUG), pytest.raises(GatewayError, match=words) as caught:
        gateway.send_sms("070-174 06 05", TEXT)
    told = str(caught.value) + caplog.text + "".join(capsys.readouterr())
    assert "1740605" not in told and "hemligt" not in told
    assert caught.value.__cause__ is None


def test_a_provider_that_is_not_there_gives_the_same_sentence(provider, settings):
    settings.SMS_URL = "http://127.0.0.1:1/"
    with pytest.raises(GatewayError, match="svarade inte"):
        gateway.send_sms("070-174 06 05", TEXT)


def test_the_console_masks_the_number_and_shows_the_link(settings, capsys):
    settings.SMS_GATEWAY = "console"
    gateway.send_sms("070-174 06 05", TEXT)
    printed = capsys.readouterr().out
    assert "+46*******05" in printed and "hemligt" in printed and "174" not in printed


def test_mail_goes_through_djangos_settings(settings):
    gateway.send_mail("nura@exempel.se", "BASUN", TEXT)
    assert (mail.outbox[0].to, mail.outbox[0].body) == (["nura@exempel.se"], TEXT)


def test_mail_that_cannot_be_sent_gives_a_sentence_without_the_address(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(GatewayError, match="E-postservern tog inte emot") as caught:
        gateway.send_mail("nura@exempel.se", "BASUN", TEXT)
    assert "nura" not in str(caught.value)


def test_the_deploy_check_wants_a_public_address_and_ways_out(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert len(gateway.settings_are_for_deploy(None)) == 3
    settings.PUBLIC_URL, settings.SMS_GATEWAY = "https://basun.example", "46elks"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert gateway.settings_are_for_deploy(None) == []


def test_a_gateway_that_is_not_there_or_lacks_its_password_stops_the_start(settings):
    settings.SMS_GATEWAY, settings.SMS_PASSWORD = "duva", ""
    assert [error.id for error in gateway.settings_are_whole(None)] == ["core.E001"]
    settings.SMS_GATEWAY = "46elks"
    assert [error.id for error in gateway.settings_are_whole(None)] == ["core.E002"]


def test_links_begin_with_the_public_address(settings):
    settings.PUBLIC_URL = "https://basun.example"
    assert gateway.public_url("/u/x/") == "https://basun.example/u/x/"
