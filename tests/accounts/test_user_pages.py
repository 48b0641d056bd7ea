import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import RoleGrant, User
from accounts.roles import Role
from tests.cast import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
GOOD = "sju gula cyklar i regn"


@pytest.fixture
def karl(client, system_administrator):
    return sign_in(client, system_administrator)


def given(user=None, **changes):
    facts = {
        "email": "Eva.Ek@exempel.se", "first_name": "Eva", "last_name": "Ek", "authority": "kommun",
        "phone": "", "is_active": "on", "roles": ["pedagogue"], "password": GOOD,
    }  # fmt: skip
    if user:
        facts |= {
            name: getattr(user, name) for name in ("email", "first_name", "last_name", "authority")
        }
        facts |= {"roles": list(user.roles), "password": ""}
    return {name: value for name, value in (facts | changes).items() if value is not None}


def new(client, **changes):
    return client.post(reverse("users:new"), given(**changes))


def edit(client, user, **changes):
    return client.post(reverse("users:edit", args=[user.pk]), given(user, **changes))


def test_the_list_shows_everybody_with_roles_and_no_participant(karl, pedagogue, officer):
    page = karl.get(reverse("users:list")).content.decode()
    assert "Anna Berg" in page and "Coachande pedagog" in page and "Arbetsförmedlingen" in page


def test_a_new_user_can_sign_in_and_who_gave_the_role_is_kept(client, karl, system_administrator):
    assert new(karl).status_code == 302
    assert RoleGrant.objects.get(user__email="eva.ek@exempel.se").granted_by == system_administrator
    client.logout()
    client.post(reverse("account_login"), {"login": "eva.ek@exempel.se", "password": GOOD})
    assert client.get(reverse("participants:list")).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password": "kort"}, "password"),
        ({"password": ""}, "password"),
        ({"password": "eva.ek@exempel.se"}, "password"),
        ({"email": "anna.berg@exempel.se"}, "email"),
        ({"authority": ""}, "authority"),
        ({"roles": ["employment_officer"]}, "authority"),
        ({"roles": ["kung"]}, "roles"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nobody_is_made(karl, pedagogue, wrong, field):
    answer = new(karl, **wrong)
    assert answer.status_code == 422 and field in answer.context["form"].errors
    assert User.objects.count() == 2


def test_roles_are_exactly_those_that_are_ticked(karl, pedagogue):
    edit(karl, pedagogue, roles=["administrator", "log_reviewer"])
    assert set(User.objects.get(pk=pedagogue.pk).roles) == {Role.ADMINISTRATOR, Role.LOG_REVIEWER}


def test_an_edit_without_a_password_keeps_it(karl, pedagogue):
    edit(karl, pedagogue, last_name="Bergström")
    pedagogue.refresh_from_db()
    assert pedagogue.last_name == "Bergström" and pedagogue.check_password(PASSWORD)


def test_a_closed_account_is_out_at_the_next_click(karl, pedagogue):
    anna = sign_in(Client(), pedagogue)
    edit(karl, pedagogue, is_active=None)
    assert anna.get(reverse("home")).status_code == 302


@pytest.mark.parametrize("change", [{"roles": ["project_lead"]}, {"is_active": None}])
def test_nobody_changes_their_own_roles_or_closes_their_own_account(
    karl, system_administrator, change
):
    answer = edit(karl, system_administrator, **change)
    assert answer.status_code == 422
    assert User.objects.get(pk=system_administrator.pk).roles == [Role.SYSTEM_ADMINISTRATOR]
    assert User.objects.get(pk=system_administrator.pk).is_active


def test_one_may_change_ones_own_name_and_stay_signed_in(karl, system_administrator):
    assert edit(karl, system_administrator, phone="08-530 610 00").status_code == 302
    assert karl.get(reverse("users:list")).status_code == 200
