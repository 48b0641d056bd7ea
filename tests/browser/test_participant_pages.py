"""Lists, search and a person's pages in a real browser, at both widths."""

import pytest
from django.conf import settings
from django.utils import timezone

from participants.enums import Area
from participants.models import Participant
from tests.browser.conftest import PHONE
from tests.cast import enrol, make_person, protect

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

WIDER_THAN_ITSELF = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LONG = {
    "first_name": "Maximiliana-Konstantinopola Åsa-Ängla",
    "last_name": "von Österreich-Södermalmsvägen af Grödinge",
    "email": "maximiliana.konstantinopola.von.osterreich@ett-mycket-langt-namn.exempel.se",
}
PAGES = [
    "",
    "uppgifter/",
    "uppgifter/andra/",
    "nummer/",
    "kommundel/",
    "noteringar/ny/",
    "skydd/",
    "skydd/markera/",
    "samtycke/",
    "samtycke/nytt/",
    "inskrivningar/",
    "uppdrag/",
    "uppdrag/main_contact/",
    "forlangning/",
    "avslut/",
    "narvaro/",
    "trepartssamtal/",
]


@pytest.fixture
def person(pedagogue, officer):
    person = make_person(**LONG, area=Area.ALBY, phone="070-1740605")
    enrol(person, contact=pedagogue, officer=officer)
    return person


@pytest.fixture
def sign_in_page(new_page, client):
    """Open pages as somebody, in a browser of one's choice."""

    def make(user, **options):
        page = new_page(reduced_motion="reduce", **options)
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.goto("/konto/logga-in/")
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}]
        )
        return page

    return make


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_every_page_of_a_person_is_accessible_and_no_wider_than_the_screen(
    sign_in_page, axe, pedagogue, person, width
):
    page = sign_in_page(pedagogue, **({"viewport": PHONE} if width == "phone" else {}))
    for path in PAGES:
        page.goto(f"/deltagare/{person.pk}/{path}")
        axe(page)
        assert not page.evaluate(WIDER_THAN_ITSELF), path


@pytest.mark.parametrize(
    "path", ["/", "/deltagare/", "/deltagare/alla/", "/deltagare/sok/", "/deltagare/ny/"]
)
def test_lists_and_search_are_accessible_on_a_phone(sign_in_page, axe, pedagogue, person, path):
    protect(make_person(), [pedagogue])
    page = sign_in_page(pedagogue, viewport=PHONE)
    page.goto(path)
    axe(page)
    assert not page.evaluate(WIDER_THAN_ITSELF)


def test_a_list_is_narrowed_as_one_types_and_no_name_stands_in_the_address(
    sign_in_page, pedagogue, person
):
    enrol(make_person("Bo", "Ek"), contact=pedagogue)
    page = sign_in_page(pedagogue)
    page.goto("/deltagare/alla/")
    page.get_by_label("Sök i listan").press_sequentially("maxi")
    page.get_by_text("1–1 av 1 deltagare").wait_for()
    assert "maxi" not in page.url
    page.reload()
    assert page.locator("#results tbody tr").count() == 1
    assert page.get_by_label("Sök i listan").input_value() == "maxi"


def test_a_misspelt_name_is_found_from_the_top_of_any_page_without_javascript(
    sign_in_page, pedagogue
):
    make_person("Fatima", "Al-Hassan")
    page = sign_in_page(pedagogue, java_script_enabled=False)
    page.goto("/")
    page.locator("#sok").fill("fatimma")
    page.locator("#sok").press("Enter")
    page.get_by_text("namnet liknar").wait_for()
    page.get_by_role("link", name="Fatima Al-Hassan").click()
    assert page.url.endswith(Participant.objects.get().get_absolute_url())


def test_an_enrolment_is_ended_from_the_page_of_the_person(sign_in_page, axe, pedagogue, person):
    page = sign_in_page(pedagogue)
    page.goto(f"/deltagare/{person.pk}/")
    page.get_by_role("link", name="Avsluta inskrivningen").click()
    page.get_by_role("button", name="Avsluta inskrivningen").click()
    page.get_by_text("Välj en orsak.").first.wait_for()
    axe(page)
    page.get_by_label("Orsak").select_option(label="Studier")
    page.get_by_role("button", name="Avsluta inskrivningen").click()
    page.get_by_text("Inskrivningen är avslutad.").wait_for()
    assert person.enrolments.get().ended_on == timezone.localdate()
