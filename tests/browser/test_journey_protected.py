"""Somebody's identity becomes protected: for colleagues they stop existing, at once."""

import pytest

from tests.cast import enrol, make_person


@pytest.fixture
def person(pedagogue, officer):
    person = make_person("Åsa", "Öberg", phone="070-174 06 05")
    enrol(person, contact=pedagogue, officer=officer)
    return person


@pytest.fixture
def anna(visitor, pedagogue, person):
    """The main contact, who has just marked the person."""
    anna = visitor(pedagogue)
    marks(anna, person)
    return anna


@pytest.fixture
def olle(visitor, other_pedagogue, person):
    """A colleague, who had the person on the screen before."""
    olle = visitor(other_pedagogue)
    olle.goes_to("/deltagare/alla/")
    olle.sees("Åsa Öberg")
    return olle


def marks(anna, person):
    anna.goes_to(person.get_absolute_url())
    anna.follows("Skyddade personuppgifter")
    anna.follows("Markera som skyddad")
    anna.ticks("Sekretessmarkering")
    anna.writes({"Källa": "Beslut från Skatteverket"})
    anna.presses("Markera nu")
    anna.sees("Personuppgifterna är skyddade från och med nu.")


def test_a_colleague_finds_the_protected_nowhere(olle, anna, person):
    assert olle.goes_to(person.get_absolute_url()).status == 404
    olle.goes_to("/deltagare/alla/")
    olle.does_not_see("Öberg", person.code)
    for words in ("Öberg", person.number, person.phone, person.code):
        olle.searches(words)
        olle.sees("Ingen träff")


def test_the_check_before_registering_tells_a_colleague_nothing(olle, anna, person):
    olle.goes_to("/deltagare/")
    olle.follows("Ny deltagare")
    olle.writes({"Personnummer": person.number, "Förnamn": "Åsa", "Efternamn": "Öberg"})
    olle.presses("Sök")
    olle.sees("Det går inte att registrera det här numret. Kontakta projektledaren.")
    olle.does_not_see("Personen finns", person.code, "Träff på")


def test_those_on_the_list_read_a_code_where_others_may_look_over_their_shoulder(anna, person):
    anna.goes_to("/deltagare/")
    anna.sees(person.code)
    anna.does_not_see("Öberg")
    anna.searches("Öberg")
    anna.sees(person.code)
    anna.follows(person.code)
    anna.sees("Skyddade personuppgifter")
