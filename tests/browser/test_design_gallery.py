"""The components in a real browser: by day and by night, narrow, by keyboard, without JavaScript."""

import pytest
from django.conf import settings

from accounts.roles import Role
from tests.cast import make_user

NARROW = {"width": 320, "height": 700}
WIDER_THAN_ITSELF = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SMALL_TARGETS = """[...document.querySelectorAll('a, button, summary, input, select')].filter(each => {
  const box = each.getBoundingClientRect();
  const inText = each.matches('p a, li > a:only-child, h3 a, th a, td a, label a');
  return box.width && !inText && each.type != 'hidden' && (box.width < 24 || box.height < 24)
    && !each.closest('.sr-only') && !each.matches('.skip, [type=radio], [type=checkbox]');
}).map(each => each.outerHTML.slice(0, 120))"""


@pytest.fixture
def gallery(new_page, client):
    """Open the gallery as a developer, in a browser of one's choice."""

    def make(**options):
        page = new_page(reduced_motion="reduce", **options)
        client.force_login(make_user(Role.DEVELOPER, "Disa", "Utvecklarsson"))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.goto("/konto/logga-in/")
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}]
        )
        page.goto("/galleri/")
        return page

    return make


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_gallery_is_accessible_by_day_and_by_night(gallery, axe, scheme):
    axe(gallery(color_scheme=scheme))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sign_in_is_accessible_after_a_mistake(new_page, axe, scheme):
    page = new_page(color_scheme=scheme)
    page.goto("/konto/logga-in/")
    page.fill("[name=login]", "ingen@exempel.se")
    page.fill("[name=password]", "fel lösenord helt och hållet")
    page.click("button[type=submit]")
    assert page.locator(".error-summary").is_visible()
    axe(page)


def test_nothing_is_wider_than_the_narrowest_phone(gallery, axe):
    page = gallery(viewport=NARROW, has_touch=True)
    assert not page.evaluate(WIDER_THAN_ITSELF)
    axe(page)


def test_targets_are_large_enough(gallery):
    assert gallery(viewport=NARROW, has_touch=True).evaluate(SMALL_TARGETS) == []


def test_theme_is_chosen_and_remembered(gallery):
    page = gallery(color_scheme="light")
    page.click("[data-theme-toggle]")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_list_is_filtered_while_one_types_and_the_address_follows(gallery):
    page = gallery()
    page.fill("#tables [name=sok]", "åsa")
    page.wait_for_url("**/galleri/?sok=*")
    assert page.locator("#results tbody tr").count() == 4


def test_keyboard_reaches_the_content_first_and_sees_where_it_is(gallery):
    page = gallery()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.focus(".skip")
    page.keyboard.press("Enter")
    assert page.url.endswith("#innehall")
    page.focus(".button--primary")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


def test_menu_opens_and_closes_by_keyboard(gallery):
    page = gallery()
    page.focus(".menu summary")
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Logga ut").is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("button", name="Logga ut").is_hidden()


def test_page_works_without_javascript(gallery):
    page = gallery(java_script_enabled=False)
    page.click(".menu summary")
    assert page.get_by_role("button", name="Logga ut").is_visible()
    page.click("#results a[rel=next]")
    assert page.locator("#results tbody tr").count() == 1
