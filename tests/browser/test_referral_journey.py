"""From somebody who asks to an enrolment, as a pedagogue does it, with and without JavaScript."""

import pytest
from django.conf import settings
from django.utils import timezone

from participants.models import Enrolment
from tests.cast import make_person, next_number
from tests.referrals.conftest import make_referral

WIDER_THAN_ITSELF = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def sign_in_page(new_page, client, pedagogue):
    """Open pages as a pedagogue, in a browser of one's choice."""

    def make(**options):
        page = new_page(reduced_motion="reduce", **options)
        client.force_login(pedagogue)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.goto("/konto/logga-in/")
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}]
        )
        return page

    return make


def take_in(page, look):
    """Go from the empty first step to an enrolment; `look` is called on each page."""
    page.goto("/remisser/ny/")
    page.get_by_label("Förnamn").fill("Åsa")
    page.get_by_role("button", name="Sök", exact=True).click()
    page.locator("#id_last_name").fill("Öberg")
    page.locator("#id_number").fill(next_number(timezone.localdate().replace(year=2001, day=1)))
    look(page)
    page.get_by_role("button", name="Nästa").click()
    page.get_by_label("Vem remitterar?").select_option(label="Socialförvaltningen")
    look(page)
    page.get_by_role("button", name="Nästa").click()
    page.get_by_label("Saknar gymnasieexamen").check()
    look(page)
    page.get_by_role("button", name="Spara remissen").click()
    look(page)
    page.get_by_role("link", name="Godta och skriv in").click()
    page.get_by_label("Anna Berg – 0").check()
    look(page)
    page.get_by_role("button", name="Godta och skriv in").click()


def test_a_person_is_taken_in_without_javascript(sign_in_page):
    page = sign_in_page(java_script_enabled=False)

    take_in(page, lambda page: None)

    assert Enrolment.objects.get().referral.body.name == "Socialförvaltningen"


def test_a_person_is_taken_in_on_a_phone_and_every_page_is_accessible(sign_in_page, axe):
    def look(page):
        axe(page)
        assert not page.evaluate(WIDER_THAN_ITSELF)

    take_in(sign_in_page(viewport={"width": 360, "height": 740}), look)

    assert Enrolment.objects.get().participant.full_name == "Åsa Öberg"


def test_the_waiting_list_is_searched_while_one_types(sign_in_page, axe):
    make_referral(make_person("Maja", "Öberg"))
    make_referral(make_person("Per", "Ek"))
    page = sign_in_page()
    page.goto("/remisser/")

    page.get_by_label("Sök namn, nummer eller beteckning").press_sequentially("öb")
    page.get_by_role("link", name="Per Ek").wait_for(state="detached")

    assert page.get_by_role("link", name="Maja Öberg").is_visible()
    assert "berg" not in page.url
    axe(page)


def test_the_check_follows_the_ticks(sign_in_page):
    page = sign_in_page()
    seventeen = timezone.localdate().replace(year=timezone.localdate().year - 17, day=1)
    page.goto("/remisser/ny/")
    page.get_by_label("Förnamn").fill("Åsa")
    page.get_by_role("button", name="Sök", exact=True).click()
    page.locator("#id_last_name").fill("Öberg")
    page.locator("#id_number").fill(next_number(seventeen))
    page.get_by_role("button", name="Nästa").click()
    page.get_by_label("Vem remitterar?").select_option(label="Socialförvaltningen")
    page.get_by_role("button", name="Nästa").click()
    warning = page.locator("#check").get_by_text("Villkor 2 är inte ikryssat")
    assert warning.is_visible()

    page.get_by_label("Utanför alla system").check()

    warning.wait_for(state="detached")
