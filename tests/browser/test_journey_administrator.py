"""An administrator reads in a register: with faults, mended, and once more by mistake."""

import pytest

from participants.models import Enrolment, Participant
from tests.imports.sheets import as_csv, new_number, row

RIGHT, WRONG = new_number(), "20010101-2380"


def sheet(*rows) -> dict:
    """The rows as a file that a browser can send."""
    return {"name": "register.csv", "mimeType": "text/csv", "buffer": as_csv(*rows).getvalue()}


@pytest.fixture
def mended():
    """A register of two people, without faults."""
    return sheet(row(RIGHT), row(Förnamn="Per", Efternamn="Ek"))


@pytest.fixture
def faulty():
    """The same register as it first came."""
    return sheet(row(RIGHT), row(WRONG, Förnamn="Per", Inskriven="2018-02-30"))


@pytest.fixture
def hanna(visitor, administrator):
    return visitor(administrator)


def test_a_register_is_read_in_once_it_has_no_faults(hanna, faulty, mended, worker):
    reads_the_faults(hanna, faulty)
    looks_at_what_would_change(hanna, mended)
    confirms(hanna)
    changes_nothing_the_second_time(hanna, mended)
    assert (Participant.objects.count(), Enrolment.objects.count()) == (2, 2)


def reads_the_faults(hanna, file):
    hanna.goes_to("/")
    hanna.opens("Inläsning")
    sends(hanna, file)
    hanna.sees("Filen har fel, så inget har lästs in", "Rad 3", "kontrollsiffra", "2018-02-30")
    assert "Rad;Kolumn;Fel" in hanna.downloads("Hämta hela listan").decode("utf-8-sig")
    assert not Participant.objects.exists()


def sends(hanna, file):
    hanna.ticks("Registret")
    hanna.field("Fil").set_input_files(file)
    hanna.presses("Kontrollera filen")
    hanna.is_led_to("Register från fil")


def looks_at_what_would_change(hanna, file):
    hanna.follows("Skicka in den rättade filen")
    sends(hanna, file)
    hanna.sees("Filen har inga fel", "Det här kommer att ändras", "2 nya personer", "Öberg")
    assert not Participant.objects.exists()


def confirms(hanna):
    hanna.presses("Läs in 2 rader")
    hanna.waits_for("Filen är inläst")
    hanna.sees("Filen är inläst", "2 nya personer")


def changes_nothing_the_second_time(hanna, file):
    hanna.opens("Inläsning")
    sends(hanna, file)
    hanna.sees("Filen är redan inläst", "inget ändrat")
    assert hanna.main.get_by_role("button", name="Läs in").count() == 0


def test_a_register_is_read_in_without_javascript(visitor, administrator, mended, worker):
    hanna = visitor(administrator, java_script_enabled=False)
    hanna.goes_to("/inlasning/")
    sends(hanna, mended)
    confirms(hanna)
    assert Participant.objects.count() == 2
