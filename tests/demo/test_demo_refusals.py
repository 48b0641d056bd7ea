"""Demo data goes only into an empty database that is meant for it."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from basun.demo import checks
from basun.demo.logins import PASSWORD
from participants.models import Participant

pytestmark = pytest.mark.django_db


def test_without_demo_users_nothing_is_wrong(settings, lead):
    settings.DEMO = False
    assert checks.no_demo_users(None, databases=["default"]) == []


def test_load_demo_refuses_outside_a_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="never in production"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_load_demo_leaves_a_database_alone_that_is_not_empty(settings, lead, capsys):
    settings.DEMO = True
    call_command("load_demo")
    assert "inte tom" in capsys.readouterr().out and not Participant.objects.exists()


def test_the_logins_are_shown_only_in_a_demo(settings, capsys):
    settings.DEMO = True
    call_command("demo_logins")
    assert PASSWORD in capsys.readouterr().out
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo_logins")


def test_the_password_would_be_allowed():
    assert len(PASSWORD) >= 15
