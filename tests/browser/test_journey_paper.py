"""Paper: printed, signed by hand, photographed, read, looked through and registered."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from casework.models import Attendance, Attestation
from casework.signing.when import last_sunday
from core.periods import Month
from tests.casework.papers import as_photo, pictures_of
from tests.casework.rollcall_world import make_session, present
from tests.cast import enrol, make_person

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def session(pedagogue):
    """A session of last week with three who were there and have not signed."""
    session = make_session(pedagogue, held_on=last_sunday(timezone.localdate()))
    for first, last in (("Per", "Ek"), ("Maja", "Sten"), ("Åsa", "Öberg")):
        person = make_person(first, last)
        enrol(person, contact=pedagogue)
        present(session, person)
    return session


def test_a_list_comes_back_as_a_photograph(visitor, pedagogue, session, worker):
    anna = visitor(pedagogue)
    anna.goes_to(session.get_absolute_url())
    photo = photograph(anna.prints("Skriv ut lista"))
    anna.opens("Underlag")
    anna.sees("Utskrivna, inte tillbaka")
    sends_in(anna, photo)
    anna.ticks("Maja Sten", "Åsa Öberg")
    anna.presses("Spara underskrifterna")
    anna.sees("Sidan är registrerad: 2 rader underskrivna.", "Inga papper väntar")
    anna.goes_to(session.get_absolute_url())
    anna.sees("2 underskrivna", "1 saknar underskrift")
    expect(anna.row("Åsa Öberg")).to_contain_text("Underskriven")
    expect(anna.row("Per Ek")).to_contain_text("Saknar underskrift")


def test_a_certificate_is_printed_and_brought_back_with_the_telephone(
    visitor, pedagogue, session, worker
):
    person = session.attendance.get(participant__first_name="Åsa").participant
    anna = visitor(pedagogue, viewport=PHONE, has_touch=True)
    anna.goes_to(f"/deltagare/{person.pk}/underskrift/")
    anna.follows(f"Papper, {Month.of(session.held_on).label}")
    anna.sees("3 av 3 timmar är inte underskrivna.")
    photo = photograph(anna.prints("Skriv ut för underskrift"))
    anna.goes_to("/underlag/")
    sends_in(anna, photo)
    anna.presses("Deltagaren har skrivit under")
    anna.sees("Sidan är registrerad: 1 rad underskrivna.")
    anna.goes_to(f"/deltagare/{person.pk}/narvaro/")
    anna.sees("papper")
    attestation = Attestation.objects.get()
    assert attestation.method == "paper" and attestation.scan_page
    assert Attendance.objects.get(participant=person).attestation == attestation


def photograph(pdf: bytes) -> dict:
    """The paper's only page on a dark table, a little askew, as a file to send in."""
    (page,) = pictures_of(pdf)
    return {"name": "bild.jpg", "mimeType": "image/jpeg", "buffer": as_photo(page, tilt=3)}


def sends_in(anna, photo):
    """Send a picture in, and go on to its page when it has been read."""
    anna.follows("Läs in papper")
    anna.main.get_by_label("Filer").set_input_files(photo)
    anna.presses("Läs in pappren")
    anna.is_led_to("Inlästa papper")
    anna.follows("Gå igenom")
    anna.sees("Väntar på genomgång")
