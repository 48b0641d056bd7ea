import pytest
from django.template.loader import render_to_string
from django.test import override_settings

from accounts.roles import Role
from basun import context
from core.registry import NavItem, Registry
from tests.cast import make_user
from tests.htmx import assert_swap_gives_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def developer(client):
    user = make_user(Role.DEVELOPER, "Disa", "Utvecklarsson")
    client.force_login(user)
    return user


@pytest.fixture
def entries(monkeypatch):
    """Three entries, one of them to a room that is not built."""
    navigation = Registry()
    navigation.register(NavItem("Hem", "home", "home", 0))
    navigation.register(NavItem("Galleri", "gallery", "star", 1, prefixes=("/byggdelar/",)))
    navigation.register(NavItem("Sedan", "framtid:lista", "clock", 2))
    monkeypatch.setattr(context.registry, "navigation", navigation)


def current(user, path):
    return [entry.label for entry in context.navigation(user, path) if entry.current]


def test_entry_of_the_room_one_is_in_is_current(developer, entries):
    assert current(developer, "/galleri/") == ["Galleri"]
    assert current(developer, "/byggdelar/12/") == ["Galleri"]
    assert current(developer, "/") == ["Hem"]
    assert current(developer, "/konto/byt-losenord/") == []


def test_room_that_is_not_built_has_no_entry(developer, entries):
    assert [entry.label for entry in context.navigation(developer, "/")] == ["Hem", "Galleri"]


def test_search_box_is_there_for_those_who_may_search(client, developer):
    assert "Sök deltagare" not in client.get("/galleri/").content.decode()
    client.force_login(make_user(Role.PEDAGOGUE, "Ines", "Handledare"))
    assert "Sök deltagare" in client.get("/konto/byt-losenord/").content.decode()


def test_user_menu_says_who_and_signs_out_by_post(client, developer):
    html = client.get("/galleri/").content.decode()
    assert "Disa Utvecklarsson" in html
    assert "Botkyrka kommun" in html
    assert '<form method="post" action="/konto/logga-ut/">' in html


@pytest.mark.parametrize("demo", [True, False])
def test_every_page_of_a_demo_says_so(client, demo):
    with override_settings(DEMO=demo):
        html = client.get("/konto/logga-in/").content.decode()
    assert ("Påhittade uppgifter: demo" in html) is demo
    assert ("Prova som" in html) is demo


def test_theme_is_read_from_the_cookie_and_nothing_else_is(client):
    client.cookies["theme"] = "dark"
    assert '<html lang="sv" data-theme="dark">' in client.get("/konto/logga-in/").content.decode()
    client.cookies["theme"] = '"><script>'
    assert '<html lang="sv">' in client.get("/konto/logga-in/").content.decode()


def test_wrong_password_is_explained_on_the_sign_in_page(client):
    answer = client.post("/konto/logga-in/", {"login": "ingen@exempel.se", "password": "fel"})
    assert "error-summary" in answer.content.decode()


@pytest.mark.parametrize("code", [400, 403, 404, 500, 503])
def test_error_page_needs_nothing_and_shows_the_way_out(code):
    html = render_to_string(f"{code}.html")
    assert "<h1>" in html
    assert "Till startsidan" in html


def test_stranger_to_the_gallery_is_sent_away(client):
    client.force_login(make_user(Role.PEDAGOGUE, "Ines", "Handledare"))
    assert client.get("/galleri/").status_code == 403


def test_gallery_fragment_swaps_into_the_page_it_belongs_to(client, developer):
    assert_swap_gives_page(client, "/galleri/?sida=2", start="/galleri/", target="results")
