from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.management import passwords
from accounts.models import User
from accounts.permissions import Permission

pytestmark = pytest.mark.django_db
GOOD = "sju gula cyklar i regn"


@pytest.fixture
def typed(monkeypatch):
    def type_in(password):
        monkeypatch.setattr(passwords, "getpass", lambda prompt: password)

    return type_in


def create(email="Eva.Ek@exempel.se"):
    call_command(
        "create_user", email, first_name="Eva", last_name="Ek", authority="kommun",
        role=["project_lead"], stdout=StringIO(),
    )  # fmt: skip


def change(user, **options):
    out = StringIO()
    call_command("change_user", user.email, stdout=out, **options)
    return out.getvalue()


def test_a_first_user_can_be_made_and_sign_in(client, typed):
    typed(GOOD)
    create()
    client.post(reverse("account_login"), {"login": "eva.ek@exempel.se", "password": GOOD})
    assert client.get(reverse("home")).context["user"].may(Permission.MAKE_REPORTS)


@pytest.mark.parametrize("password", ["kort", "", "password1234567890"[:14]])
def test_a_weak_password_makes_nobody(typed, password):
    typed(password)
    with pytest.raises(CommandError, match="15"):
        create()
    assert not User.objects.exists()


def test_an_address_has_one_account(typed):
    typed(GOOD)
    create()
    with pytest.raises(CommandError, match="already"):
        create("eva.ek@exempel.se")


def test_a_deactivated_user_is_out_at_the_next_request(client, pedagogue):
    client.force_login(pedagogue)
    assert "deactivated" in change(pedagogue, deactivate=True)
    assert client.get(reverse("participants:list")).status_code == 302
    assert "is active" in change(pedagogue, activate=True)


def test_roles_are_given_and_taken_at_the_next_request(client, pedagogue):
    client.force_login(pedagogue)
    assert client.get(reverse("imports:start")).status_code == 403
    said = change(pedagogue, add_role=["administrator"], remove_role=["pedagogue"])
    assert said.endswith("roles: administrator\n")
    assert client.get(reverse("imports:start")).status_code == 200
    assert client.get(reverse("participants:detail", args=[1])).status_code == 404


def test_a_new_password_takes_the_place_of_the_old(pedagogue, typed):
    typed(GOOD)
    change(pedagogue, password=True)
    pedagogue.refresh_from_db()
    assert pedagogue.check_password(GOOD)


def test_nobody_is_changed_when_the_address_is_unknown():
    with pytest.raises(CommandError, match="Nobody"):
        call_command("change_user", "ingen@exempel.se", deactivate=True)
