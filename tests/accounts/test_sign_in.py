import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts import throttle
from accounts.models import FailedSignIn
from accounts.roles import ROLES, Role
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def attempt(client, email, password, address="10.1.1.1"):
    data = {"login": email, "password": password}
    return client.post(reverse("account_login"), data, REMOTE_ADDR=address)


def signed_in(client):
    return "_auth_user_id" in client.session


def test_the_right_password_leads_home(client, pedagogue):
    response = attempt(client, pedagogue.email, PASSWORD)
    assert (response.status_code, response["Location"]) == (302, reverse("home"))


def test_the_address_may_be_written_with_capitals(client, pedagogue):
    attempt(client, pedagogue.email.upper(), PASSWORD)
    assert signed_in(client)


def test_known_and_unknown_accounts_get_the_same_answer(client, pedagogue):
    known = attempt(client, pedagogue.email, "fel")
    unknown = attempt(client, "ingen.alls@exempel.se", "fel")
    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
    assert known.context["form"].non_field_errors()


def test_a_deactivated_user_does_not_get_in(client, pedagogue):
    pedagogue.is_active = False
    pedagogue.save(update_fields=["is_active"])
    attempt(client, pedagogue.email, PASSWORD)
    assert not signed_in(client)


def test_deactivation_works_at_the_next_request(client, pedagogue):
    client.force_login(pedagogue)
    assert client.get(reverse("home")).status_code == 200
    pedagogue.is_active = False
    pedagogue.save(update_fields=["is_active"])
    assert client.get(reverse("home")).status_code == 302


def test_after_many_failures_the_right_password_has_to_wait(client, pedagogue):
    for _ in range(throttle.FREE_PER_ACCOUNT):
        attempt(client, pedagogue.email, "fel")
    response = attempt(client, pedagogue.email, PASSWORD)
    assert not signed_in(client)
    assert "Vänta" in response.content.decode()


def test_a_stranger_elsewhere_locks_nobody_out(client, pedagogue):
    for _ in range(20):
        attempt(client, pedagogue.email, "fel", address="10.9.9.9")
    attempt(client, pedagogue.email, PASSWORD, address="10.1.1.1")
    assert signed_in(client)


def test_the_wait_ends_and_success_forgets_the_failures(client, pedagogue):
    for _ in range(throttle.FREE_PER_ACCOUNT):
        attempt(client, pedagogue.email, "fel")
    FailedSignIn.objects.update(last_at=timezone.now() - timedelta(minutes=1))
    attempt(client, pedagogue.email, PASSWORD)
    assert signed_in(client)
    assert FailedSignIn.objects.filter(failures__gt=0).count() == 1  # the address as a whole


def test_a_made_up_proxy_header_gives_no_new_address(client, pedagogue):
    for number in range(throttle.FREE_PER_ACCOUNT):
        client.post(
            reverse("account_login"),
            {"login": pedagogue.email, "password": "fel"},
            headers={"X-Forwarded-For": f"10.2.2.{number}"},
        )
    assert throttle.seconds_left(pedagogue.email, "127.0.0.1") > 0


def test_neither_address_nor_account_is_stored_in_the_throttle(client, pedagogue):
    attempt(client, pedagogue.email, "fel")
    stored = str(list(FailedSignIn.objects.values()))
    assert pedagogue.email not in stored
    assert "10.1.1.1" not in stored


@given(st.integers(0, 10_000), st.integers(1, 60))
def test_the_wait_never_shrinks_and_never_passes_its_longest(failures, free):
    wait = throttle.wait_after(failures, free)
    assert timedelta(0) <= wait <= throttle.wait_after(failures + 1, free) <= throttle.LONGEST_WAIT
    assert (wait == timedelta(0)) == (failures < free)


def test_a_session_ends_after_half_an_hour_without_a_request(client, pedagogue):
    client.force_login(pedagogue)
    client.get(reverse("home"))
    session = client.session
    session["seen_at"] = time.time() - 31 * 60
    session.save()
    assert client.get(reverse("home")).status_code == 302


def test_a_session_ends_after_ten_hours_whatever_happens(client, pedagogue):
    client.force_login(pedagogue)
    client.get(reverse("home"))
    session = client.session
    session["started_at"] = time.time() - 10 * 3600 - 1
    session.save()
    assert client.get(reverse("home")).status_code == 302


def test_a_part_of_a_page_asked_for_too_late_leads_the_whole_page_to_sign_in(client):
    asked_from = "http://testserver/deltagare/alla/?sida=2#results"
    headers = {"HX-Request": "true", "HX-Current-URL": asked_from}
    answer = client.get("/deltagare/alla/", headers=headers)
    assert answer.status_code == 200 and answer.content == b""
    back = "/deltagare/alla/%3Fsida%3D2"
    assert answer["HX-Redirect"] == f"{reverse('account_login')}?next={back}"


def test_an_address_of_another_house_is_not_led_back_to(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "https://ond.example/deltagare/"}
    answer = client.get("/deltagare/alla/", headers=headers)
    assert answer["HX-Redirect"] == f"{reverse('account_login')}?next=/deltagare/"


def test_signing_in_gives_a_new_session(client, pedagogue):
    session = client.session
    session["something"] = 1
    session.save()
    before = session.session_key
    attempt(client, pedagogue.email, PASSWORD)
    assert client.session.session_key != before


@pytest.mark.parametrize("password", ["kort", "aaaaaaaaaaaaaa", "passwordpassword1"[:14]])
def test_a_short_password_is_refused_on_change(client, pedagogue, password):
    client.force_login(pedagogue)
    data = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    client.post(reverse("account_change_password"), data)
    pedagogue.refresh_from_db()
    assert pedagogue.check_password(PASSWORD)


def test_nobody_can_sign_up(client):
    assert client.get("/konto/signup/").status_code == 404
    assert client.get("/accounts/signup/").status_code == 404


def test_every_role_is_described_as_data():
    assert set(ROLES) == set(Role)
    assert all(facts.sentence.endswith(".") for facts in ROLES.values())
