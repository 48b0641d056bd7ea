"""The ways to sign for one's hours without paper, at a telephone's width and at a desk.

And what follows: the word beside it, an hour changed afterwards, who must still sign, the exit.
"""

import io
import re

import pytest
import zxingcpp
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from casework.models import Attendance
from casework.signing.when import last_sunday
from core import gateway
from tests.browser.conftest import DESKTOP
from tests.casework.rollcall_world import make_session, present
from tests.cast import enrol, make_person

PHONE = {"width": 390, "height": 844}
SCREENS = {
    "desk": {"viewport": DESKTOP},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
}


@pytest.fixture(params=SCREENS)
def screen(request):
    """What the staff look at: a desk's screen, and a telephone."""
    return SCREENS[request.param]


@pytest.fixture
def person(pedagogue):
    """Åsa Öberg, who can be reached by telephone and by mail."""
    person = make_person("Åsa", "Öberg", phone="070-174 06 05", email="asa@exempel.se")
    enrol(person, contact=pedagogue)
    return person


@pytest.fixture
def session(pedagogue, person):
    """A session of last week where Åsa and two others were there and nobody has signed."""
    session = make_session(pedagogue, held_on=last_sunday(timezone.localdate()))
    present(session, person)
    for first, last in (("Per", "Ek"), ("Maja", "Sten")):
        other = make_person(first, last)
        enrol(other, contact=pedagogue)
        present(session, other)
    return session


@pytest.fixture(autouse=True)
def links_lead_here(settings, live_server):
    """What is sent leads to the server of the test."""
    settings.PUBLIC_URL = live_server.url
    gateway.outbox.clear()


def test_somebody_draws_their_name_and_the_leader_signs_beside(visitor, pedagogue, session, screen):
    anna = visitor(pedagogue, **screen)
    anna.goes_to(session.get_absolute_url())
    hands_over_the_screen(anna)
    draws_twice(anna)
    gets_the_screen_back(anna)
    sees_the_drawing(anna)
    signs_beside(anna)
    changes_an_hour(anna, session)


def hands_over_the_screen(anna):
    with anna.page.expect_navigation():
        anna.row("Åsa Öberg").get_by_role("link", name="Skriv under").click()
    anna.look_over(anna.page)
    anna.sees("Skriv under dina timmar", "CV-verkstad", "sammanlagt 3 timmar")
    anna.does_not_see("Per Ek")
    anna.presses("Skriv under")
    expect(anna.main.get_by_role("alert")).to_contain_text("Rita din underskrift i rutan.")


def draws_twice(anna):
    """The first try does not please."""
    anna.draws_signature()
    anna.main.get_by_role("button", name="Rita om").click()
    anna.draws_signature()
    anna.look_over(anna.page)
    anna.presses("Skriv under")
    anna.sees("Tack! Dina timmar är underskrivna.")


def gets_the_screen_back(anna):
    anna.follows("Tillbaka till listan")
    expect(anna.row("Åsa Öberg")).to_contain_text("Underskriven")
    anna.sees("1 underskrivna", "2 saknar underskrift")


def sees_the_drawing(anna):
    anna.follows("Underskriven")
    anna.sees("Orörd: stämmer med det som skrevs under", "Inte kontrasignerad", "Anna Berg")
    drawing = anna.main.get_by_role("img", name="Den ritade underskriften")
    expect(drawing).to_be_visible()
    assert len(drawing.locator("path").get_attribute("d")) > 60


def signs_beside(anna):
    anna.goes_to("/tillfallen/")
    anna.follows("Kontrasignera 1 underskrift")
    anna.sees("Åsa Öberg", "3 timmar", "Först då räknas timmarna")
    anna.presses("Jag intygar det här för 1 underskrift")
    anna.goes_to("/tillfallen/kontrasignera/")
    anna.sees("Inget att kontrasignera")


def changes_an_hour(anna, session):
    """Afterwards it turns out that she left early: her word no longer holds, and she must sign anew."""
    anna.goes_to("/underskrifter/")
    anna.does_not_see("Åsa Öberg")
    anna.goes_to(session.get_absolute_url())
    row = anna.row("Åsa Öberg")
    row.get_by_role("button", name="Ändra tid").click()
    row.get_by_label("Timmar", exact=True).fill("2")
    anna.taps("Spara", on="Åsa Öberg")
    expect(row).to_contain_text("Raden är underskriven. Om du ändrar den")
    row.get_by_label("Varför ändras raden?").fill("Gick en timme tidigare.")
    anna.taps("Ändra till närvarande 2 timmar", on="Åsa Öberg")
    expect(row).to_contain_text("Underskriften gäller inte längre")
    expect(row).to_contain_text("Gick en timme tidigare.")
    expect(row).to_contain_text("Saknar underskrift")
    anna.goes_to("/underskrifter/")
    anna.sees("Åsa Öberg")


def test_somebody_signs_on_their_own_phone_by_a_qr_code(
    visitor, pedagogue, session, person, screen
):
    anna, asa = visitor(pedagogue, **screen), visitor(**SCREENS["phone"])
    anna.goes_to(f"/deltagare/{person.pk}/underskrift/")
    anna.presses("QR-kod På deltagarens egen telefon, här och nu")
    anna.sees("Det syns här när deltagaren har skrivit under.")
    address = code_on(anna)
    reads_in_arabic_and_in_swedish(asa, address)
    anna.sees("Sidan är öppnad")
    asa.presses("Jag skriver under")
    asa.sees("Tack! Dina timmar är underskrivna.", "Du kan stänga sidan.")
    anna.sees("Timmarna är underskrivna. Koden gäller inte längre.")
    anna.look_over(anna.page)
    asa.goes_to(address)
    asa.sees("Länken går inte att använda", "Be din kontaktperson om en ny.")
    anna.follows("Tillbaka")
    anna.sees("Allt är underskrivet", "Underskriven")


def code_on(anna) -> str:
    """Read the code off the screen, as a camera does."""
    picture = anna.main.get_by_role("img", name=re.compile("QR-kod")).screenshot()
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return code.text


def reads_in_arabic_and_in_swedish(asa, address):
    assert asa.goes_to(address).status == 200
    asa.does_not_see("Åsa")
    way = asa.page.locator("html")
    chooses_language(asa, "العربية")
    expect(way).to_have_attribute("dir", "rtl")
    chooses_language(asa, "Svenska")
    expect(way).to_have_attribute("dir", "ltr")
    asa.sees("CV-verkstad", "sammanlagt 3 timmar")


def chooses_language(asa, name):
    with asa.page.expect_navigation():
        asa.page.get_by_role("navigation").get_by_role("link", name=name).click()
    asa.look_over(asa.page)


def test_what_does_not_add_up_is_read_by_the_pedagogue(
    visitor, pedagogue, session, person, worker, screen
):
    anna, asa = visitor(pedagogue, **screen), visitor(**SCREENS["phone"])
    anna.goes_to(f"/deltagare/{person.pk}/underskrift/")
    anna.presses("SMS Länken gäller i tre dagar")
    anna.sees("Meddelandet skickas nu.")
    expect(anna.main.get_by_role("status").get_by_text("Skickad")).to_be_visible(timeout=20_000)
    (sms,) = gateway.outbox
    assert "Åsa" not in sms.text and sms.number == "+46701740605"
    says_what_is_wrong(asa, re.search(r"http\S+", sms.text)[0])
    anna.goes_to("/underskrifter/")
    anna.sees("Något stämmer inte, säger deltagaren", "Jag gick klockan elva.")
    anna.main.get_by_role("button", name="Läst").click()
    anna.sees("Invändningen är markerad som läst.")
    assert Attendance.objects.get(participant=person).attestation is None


def says_what_is_wrong(asa, address):
    asa.goes_to(address)
    asa.main.get_by_text("Något stämmer inte").click()
    asa.look_over(asa.page)
    asa.writes({"Vad stämmer inte?": "Jag gick klockan elva."})
    asa.presses("Skicka")
    asa.sees("Din kontaktperson får veta det. Du har inte skrivit under något.")


def test_who_must_still_sign_is_reminded_or_leaves_for_a_reason(
    visitor, pedagogue, lead, session, person, worker
):
    anna, frida = visitor(pedagogue), visitor(lead, viewport=PHONE, has_touch=True)
    anna.goes_to("/")
    anna.follows("Visa alla", under="Måste skriva under")
    anna.sees("Åsa Öberg", "Maja Sten", "Per Ek", "Inte påmind")
    reminds(anna)
    leaves_unsigned(anna, person)
    frida.goes_to("/")
    frida.follows("Visa alla", under="Avslut utan underskrift")
    frida.sees("Åsa Öberg", "3 timmar utan underskrift", "Hon svarar inte.", "Anna Berg")


def reminds(anna):
    line = anna.main.get_by_role("row", name=re.compile("Åsa Öberg"))
    line.get_by_role("button", name=re.compile("SMS")).click()
    expect(line.get_by_role("status")).to_contain_text("Skickad", timeout=20_000)
    expect(line).to_contain_text("Påmind")
    anna.look_over(anna.page)
    others = anna.main.get_by_role("row", name=re.compile("Per Ek"))
    expect(others).to_contain_text("Saknar mobil och e-post")


def leaves_unsigned(anna, person):
    anna.goes_to(f"/deltagare/{person.pk}/avslut/")
    anna.sees("Gör klart det här före avslutet", "Underskrift saknas för 3 timmar")
    anna.sees("Skriv under på skärmen", "Visa QR eller skicka länk")
    anna.chooses("Arbete utan stöd", "Orsak")
    anna.presses("Avsluta inskrivningen")
    anna.sees("Skriv varför, eller gör klart det som står överst först.")
    anna.writes({"Varför kan underskriften inte tas nu?": "Hon svarar inte."})
    anna.presses("Avsluta inskrivningen")
    anna.sees("Inskrivningen är avslutad.")
