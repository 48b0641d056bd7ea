"""A pedagogue is on leave: somebody covers, reads what is to be known, and it goes back by itself."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from tests.casework.todo_world import enrolled, make_task

PHONE = {"width": 390, "height": 844}
WORDS = "Ring på eftermiddagen, hen sover länge. Lova inget om lägenheten."


@pytest.fixture
def person(pedagogue):
    """Åsa Öberg, Anna's own, with something to be done."""
    person = enrolled(pedagogue, first_name="Åsa", last_name="Öberg")
    make_task(pedagogue, person=person, text="Ring CSN", days=2)
    return person


@pytest.fixture
def others(pedagogue, other_pedagogue):
    """Two more of Anna's own, and one of Olle's."""
    for first, last in (("Per", "Ek"), ("Maja", "Sten")):
        enrolled(pedagogue, first_name=first, last_name=last)
    enrolled(other_pedagogue, first_name="Nora", last_name="Vik")


def test_a_colleague_covers_during_a_leave_and_then_it_is_back(
    visitor, lead, pedagogue, other_pedagogue, person, others
):
    frida = visitor(lead)
    deals_out(frida)
    writes_what_is_to_be_known(visitor(pedagogue))
    reads_it_on_the_phone(visitor(other_pedagogue, viewport=PHONE, has_touch=True))
    frida.page.reload()
    frida.sees("1 av 3 har en text att läsa, och 1 är lästa.")
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        is_back(visitor(pedagogue), person)
        does_not_have_them_any_more(visitor(other_pedagogue))


def deals_out(frida):
    """Frida looks it over before she does it."""
    today = timezone.localdate()
    frida.goes_to("/")
    frida.opens("Överlämningar")
    frida.chooses("Anna Berg", "Vem lämnar över")
    frida.ticks("Under ledighet")
    frida.presses("Välj vem som tar över")
    frida.sees("Ange sista dagen borta.")
    frida.writes({"Till och med": (today + timedelta(days=6)).isoformat()})
    frida.presses("Välj vem som tar över")
    frida.sees("Vem tar över efter Anna Berg?", "Åsa Öberg", "1 uppgift")
    frida.sees(f"Den {today + timedelta(days=7)} går allt tillbaka av sig självt.")
    frida.main.get_by_role("button", name="Dela lika").click()
    frida.sees("(+3)")
    frida.writes({"Varför": "Semester"})
    looks_it_over(frida)
    frida.sees("Stämmer det här?", "Ring CSN", "Olle Dahl: 1 → 4")
    frida.presses("Lämna över")
    frida.sees("Överlämningen är gjord.", "Semester.", "0 av 3 har en text att läsa")


def looks_it_over(frida):
    with frida.page.expect_navigation():
        frida.main.get_by_role("button", name="Titta igenom").last.click()
    frida.look_over(frida.page)


def writes_what_is_to_be_known(anna):
    """Kept while she writes; she closes the page without a button, and comes back to it."""
    anna.goes_to("/")
    anna.sees("det som inte står i akten")
    anna.follows("Åsa Öberg", under="Skriv överlämning")
    anna.sees("från Anna Berg till Olle Dahl")
    anna.field("Det som Olle Dahl behöver veta").press_sequentially(WORDS)
    expect(anna.page.locator("#saved")).to_contain_text("Sparat", timeout=15_000)
    anna.goes_to("/")
    assert anna.main.locator(".card", has_text="Skriv överlämning").get_by_text("Åsa").count() == 0


def reads_it_on_the_phone(olle):
    olle.goes_to("/")
    olle.follows("Åsa Öberg", under="Överlämnade till dig")
    olle.sees(WORDS, "Ring CSN", "Nästa steg", "Ingen planering är bestämd tillsammans än.")
    olle.presses("Jag har läst")
    olle.sees("Markerad som läst.")
    olle.goes_to("/uppgifter/")
    olle.sees("Ring CSN", "Åsa Öberg")


def is_back(anna, person):
    """Who has her is Anna again; the tasks come back with a press."""
    anna.goes_to(f"/deltagare/{person.pk}/")
    anna.sees("Anna Berg")
    anna.opens("Överlämningar")
    anna.follows("Anna Berg")
    anna.sees("Uppgifter som ligger kvar hos andra", "hos Olle Dahl")
    anna.presses("Ta tillbaka uppgifterna")
    anna.sees("1 uppgift är tillbaka.")
    anna.goes_to("/uppgifter/")
    anna.sees("Ring CSN", "Försenad")


def does_not_have_them_any_more(olle):
    olle.goes_to("/")
    olle.does_not_see("Överlämnade till dig", "Åsa Öberg")
    olle.goes_to("/uppgifter/")
    olle.does_not_see("Ring CSN")


def test_who_leaves_for_good_hands_over_oneself(visitor, pedagogue, other_pedagogue, person):
    anna = visitor(pedagogue, viewport=PHONE, has_touch=True)
    anna.goes_to("/overlamning/")
    anna.ticks("För gott")
    anna.presses("Välj vem som tar över")
    anna.sees("Vem tar över efter dig?")
    looks_it_over(anna)
    anna.sees("Välj minst en deltagare eller uppgift, och vem som tar över.")
    anna.chooses("Olle Dahl", "Vem tar över Åsa Öberg?")
    looks_it_over(anna)
    anna.presses("Lämna över")
    anna.sees("Överlämningen är gjord.", "Får läsa akterna till och med")
    anna.follows("Skriv")
    anna.writes({"Det som Olle Dahl behöver veta": WORDS})
    anna.presses("Spara")
    anna.sees("Texten är sparad.")
    olle = visitor(other_pedagogue)
    olle.goes_to(f"/deltagare/{person.pk}/")
    olle.sees("Olle Dahl")
