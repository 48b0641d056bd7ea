"""The participant's own phone, and the member of staff who waits beside it."""

import pytest

from casework.languages import languages
from casework.models import Attestation
from tests.browser.conftest import PHONE
from tests.casework.signing_world import came, qr
from tests.cast import enrol, make_person

ROOM = {"viewport": PHONE, "has_touch": True}


@pytest.fixture
def nura(pedagogue):
    person = make_person("Nura", "Sommarsson", phone="070-174 06 05")
    enrol(person, contact=pedagogue)
    came(person, 0), came(person, 9, activity="Ett långt namn på en aktivitet om arbetslivet")
    return person


def test_the_page_can_be_read_and_used_in_every_language(visitor, nura, pedagogue):
    made, address = qr(nura, pedagogue)
    phone = visitor(None, **ROOM)
    for code, spoken in languages().items():
        phone.goes_to(f"{address}?sprak={code}")
        phone.page.locator("summary", has_text=spoken["public"]["wrong"]).click()
        phone.look_over(phone.page)
    phone.goes_to("/u/finns-inte/?sprak=ar")


def test_without_scripts_somebody_signs_in_somali(visitor, nura, pedagogue):
    made, address = qr(nura, pedagogue)
    phone = visitor(None, java_script_enabled=False, **ROOM)
    phone.goes_to(address)
    phone.page.get_by_role("link", name="Soomaali").click()
    phone.presses("Waan saxiixayaa")
    phone.sees("Mahadsanid!")
    assert Attestation.objects.get().language == "so"


def test_staff_show_a_code_and_see_when_it_has_been_signed(visitor, nura, pedagogue):
    anna = visitor(pedagogue)
    anna.goes_to(f"/deltagare/{nura.pk}/underskrift/")
    anna.main.get_by_role("button", name="QR-kod").click()
    anna.sees("Låt deltagaren rikta sin mobilkamera")
    made, address = qr(nura, pedagogue)
    anna.page.get_by_text("Koden gäller inte längre").wait_for()


def test_a_reminder_from_the_list_swaps_its_row_and_keeps_the_focus_there(visitor, nura, pedagogue):
    anna = visitor(pedagogue)
    anna.goes_to("/underskrifter/")
    anna.main.get_by_role("button", name="SMS till Nura").press("Enter")
    anna.page.get_by_text("Skickas", exact=True).wait_for()
    assert anna.page.evaluate("document.activeElement.id") == f"remind-{nura.pk}"
