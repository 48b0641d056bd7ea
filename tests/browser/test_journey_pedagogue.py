"""A pedagogue's work with one young person, from the first call to the exit."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import PASSWORD, enrol, make_person, next_number

MAJA = {"Förnamn": "Maja", "Efternamn": "Öström"}


@pytest.fixture
def number():
    """A number of somebody who is twenty-two."""
    today = timezone.localdate()
    return next_number(today.replace(year=today.year - 22, day=1))


def test_a_pedagogue_takes_somebody_in_and_sees_them_through(
    visitor, pedagogue, other_pedagogue, officer, number
):
    enrol(make_person("Per", "Ek"), contact=pedagogue)
    anna = visitor()
    signs_in(anna, pedagogue)
    finds_nobody(anna)
    writes_a_referral(anna, number)
    takes_it_on_and_enrols(anna)
    meets_and_asks_for_consent(anna)
    asks_for_more_time(anna)
    ends_it_with_work(anna)
    reads_it_all_again(anna)


def signs_in(anna, user):
    anna.goes_to("/")
    anna.writes({"E-post": user.email, "Lösenord": PASSWORD})
    anna.presses("Logga in")
    anna.sees("Mina deltagare", "Per Ek")


def finds_nobody(anna):
    anna.searches("Maja Öström")
    anna.sees("Ingen träff")


def writes_a_referral(anna, number):
    anna.opens("Remisser")
    anna.follows("Ny remiss")
    anna.writes(MAJA)
    anna.presses("Sök")
    anna.sees("Sökningen gav ingen träff")
    anna.writes({"Personnummer": number, "Telefon": "070-174 06 05"})
    anna.presses("Nästa")
    anna.chooses("Socialförvaltningen", "Vem remitterar?")
    anna.writes({"Handläggare där": "Sven Åberg", "Varför remitteras": "Vill bli bagare."})
    goes_back_and_finds_what_was_typed(anna, number)
    anna.presses("Nästa")
    anna.ticks("Saknar gymnasieexamen")
    anna.presses("Spara remissen")
    anna.sees("Remissen är sparad")


def goes_back_and_finds_what_was_typed(anna, number):
    anna.presses("Tillbaka")
    assert anna.field("Efternamn").input_value() == "Öström"
    assert anna.field("Personnummer").input_value() == number
    anna.presses("Nästa")
    assert anna.field("Handläggare där").input_value() == "Sven Åberg"
    assert anna.field("Varför remitteras").input_value() == "Vill bli bagare."


def takes_it_on_and_enrols(anna):
    anna.presses("Ta hand om")
    anna.sees("Nu har du hand om remissen.")
    anna.follows("Godta och skriv in")
    anna.sees("Anna Berg – 1 deltagare")
    anna.ticks("Olle Dahl – 0 deltagare")
    anna.chooses("Britta Falk", "Arbetsförmedlare")
    anna.presses("Godta och skriv in")
    anna.sees("Maja Öström", "Olle Dahl", "Inget samtycke till Arbetsförmedlingen")


def meets_and_asks_for_consent(anna):
    anna.follows("Registrera trepartssamtal")
    anna.presses("Spara trepartssamtalet")
    anna.sees("Trepartssamtalet är sparat. Skriv planen här.", "Ingen plan än")
    anna.follows("Samtycke")
    anna.follows("Registrera samtycke")
    anna.ticks("Planering och inskrivning", "Närvaro")
    anna.writes({"Hur det lämnades": "Muntligt, vid mötet"})
    anna.presses("Registrera samtycke")
    anna.sees("Samtycket är registrerat.")


def asks_for_more_time(anna):
    later = timezone.localdate() + timedelta(days=300)
    anna.follows("Översikt")
    anna.follows("Förlängning")
    anna.writes({"Nytt planerat slut": later.isoformat(), "Skäl": "Praktiken börjar i höst."})
    anna.presses("Begär förlängning")
    anna.sees("Begäran väntar på projektledaren.")


def ends_it_with_work(anna):
    anna.follows("Avsluta inskrivningen")
    anna.sees("En begäran om förlängning väntar på beslut.")
    anna.chooses("Arbete utan stöd", "Orsak")
    anna.writes({"Om avslutet": "Bageriet i Tumba."})
    anna.presses("Avsluta inskrivningen")
    anna.sees("Inskrivningen är avslutad.")


def reads_it_all_again(anna):
    anna.searches("Maja Öström")
    anna.follows("Maja Öström")
    anna.sees("Remiss", "Inskriven", "Trepartssamtal", "Samtycke lämnat", "Förlängning begärd")
    anna.sees("Avslutad", "Bageriet i Tumba.")
