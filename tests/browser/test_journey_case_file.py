"""A pedagogue's day with the case file: what the day holds, notes, measures, a wish for the review."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from casework.models import CaseNote, Task
from participants.enums import Function
from tests.casework.notes_world import make_note
from tests.casework.rollcall_world import expect as expected
from tests.casework.rollcall_world import make_session
from tests.casework.todo_world import enrolled, make_task
from tests.cast import assign

PHONE = {"width": 390, "height": 844}
TEXT = "Hon vill bli bagare och har hittat en kurs. Vi skrev ett brev tillsammans."


@pytest.fixture
def person(pedagogue, officer):
    """Åsa Öberg: Anna's own, with Britta as her officer, who may read everything."""
    return enrolled(pedagogue, officer, first_name="Åsa", last_name="Öberg", consent=True)


def test_the_day_begins_at_home_on_the_phone(visitor, pedagogue, person):
    today = timezone.localdate()
    per = enrolled(pedagogue, first_name="Per", last_name="Ek")
    expected(make_session(pedagogue, name="CV-verkstad"), person)
    expected(make_session(pedagogue, name="Språkcafé", held_on=today - timedelta(days=1)), person)
    make_task(pedagogue, person=per, text="Ring om praktiken", days=-2)
    make_task(pedagogue, person=person, text="Skicka brevet")
    anna = visitor(pedagogue, viewport=PHONE, has_touch=True)
    anna.goes_to("/")
    anna.sees("I dag", "CV-verkstad", "Skicka brevet", "1 försenad uppgift")
    anna.sees("Försenad uppgift: Ring om praktiken")
    closes_yesterdays_roster(anna)
    anna.goes_to("/")
    calls_somebody(anna)


def closes_yesterdays_roster(anna):
    anna.follows("Språkcafé", under="Närvaro att stänga")
    anna.main.get_by_role("button", name="Resten är här").click()
    anna.sees("1 här", "0 väntas")
    anna.waits_for_swap()
    anna.presses("Jag intygar det här och stänger")
    anna.sees("Stängt")


def calls_somebody(anna):
    """Whom to ring stands at home with why; done with a tap."""
    anna.follows("Försenad uppgift: Ring om praktiken")
    anna.taps("Klar", on="Ring om praktiken")
    anna.row("Ring om praktiken").get_by_label("Hur gick det?").fill("Han kommer på måndag.")
    anna.taps("Spara", on="Ring om praktiken")
    anna.goes_to("/")
    anna.does_not_see("1 försenad uppgift")


def test_a_note_is_two_clicks_away_and_what_was_agreed_becomes_tasks(
    visitor, pedagogue, other_pedagogue, person
):
    anna = visitor(pedagogue)
    anna.goes_to("/tillfallen/")
    anna.begins("Ny anteckning")
    anna.follows("Åsa Öberg")
    expect(anna.field("Anteckning")).to_be_focused()
    writes_with_her_in_the_room(anna)
    anna.sends("Signera")
    anna.sees("Anteckningen är signerad.", TEXT, "Skicka brevet (Anna Berg", "Boka studiebesök")
    tasks = Task.objects.values_list("text", "assigned_to__first_name", "to_role")
    assert set(tasks) == {("Skicka brevet", "Anna", ""), ("Boka studiebesök", "Olle", "")}
    anna.follows("Att göra")
    anna.sees("Skicka brevet", "Boka studiebesök", "Anteckning")
    corrects_it(anna)
    assert CaseNote.objects.get().versions.count() == 2


def writes_with_her_in_the_room(anna):
    """A template, a phrase, her own words; three things agreed, of which one is hers to do."""
    anna.main.locator("summary", has_text="Mallar").click()
    anna.main.get_by_role("button", name="Uppföljning").click()
    expect(anna.field("Anteckning")).to_have_value(re.compile("^Sedan sist:"))
    anna.main.get_by_role("button", name="Ångra mallen").click()
    anna.field("Anteckning").press_sequentially(TEXT)
    anna.main.locator("summary", has_text="Fraser").click()
    anna.main.get_by_role("button", name="Vi gick igenom planen tillsammans.").click()
    agrees(anna, 1, "Skicka brevet", "Jag")
    agrees(anna, 2, "Boka studiebesök", "Olle Dahl")
    agrees(anna, 3, "Läsa om kursen", "Deltagaren")
    anna.chooses("Vägledning", "Slags samtal")
    anna.ticks("45")
    expect(anna.main.get_by_text("Sparat").first).to_be_visible(timeout=15_000)
    anna.look_over(anna.page)


def agrees(anna, number, what, who):
    anna.writes({f"Vad, rad {number}": what})
    anna.chooses(who, f"Vem, rad {number}")


def corrects_it(anna):
    """The first words stay readable, with what changed and why."""
    anna.follows("Anteckningar")
    anna.follows(f"{timezone.localdate()}")
    anna.follows("Rätta eller ändra vem som får läsa")
    anna.writes({"Varför rättar du?": "Fel yrke.", "Anteckning": TEXT.replace("bagare", "kock")})
    anna.sends("Signera")
    anna.sees("Rättelsen är signerad.", "Rättad", "Hon vill bli kock")
    anna.follows(f"{timezone.localdate()}")
    anna.sees("Vad som har rättats", "Fel yrke.", "Version 1,", TEXT)


def test_a_restricted_note_is_a_stub_to_others(
    visitor, pedagogue, other_pedagogue, officer, person
):
    anna = visitor(pedagogue)
    anna.goes_to(f"/deltagare/{person.pk}/anteckningar/ny/")
    anna.writes({"Anteckning": "Det som hon berättade hemma hos sig."})
    anna.ticks("Spärrad")
    anna.sends("Signera")
    anna.sees("Skriv varför anteckningen är spärrad.")
    anna.writes({"Varför är den spärrad?": "Rör hennes familj."})
    anna.sends("Signera")
    anna.sees("Anteckningen är signerad.", "Det som hon berättade hemma hos sig.", "Spärrad")
    for user in (other_pedagogue, officer):
        colleague = visitor(user)
        colleague.goes_to(f"/deltagare/{person.pk}/anteckningar/")
        colleague.sees("Innehållet är spärrat av Anna Berg.", "fråga Anna Berg")
        colleague.does_not_see("hemma hos sig", "Rör hennes familj.")


def test_a_note_that_was_not_signed_waits_at_home(visitor, pedagogue, person):
    """She writes on the phone, which falls asleep; at her desk it goes on where it was."""
    on_the_bus = visitor(pedagogue, viewport=PHONE, has_touch=True)
    on_the_bus.goes_to("/")
    on_the_bus.begins("Ny anteckning")
    on_the_bus.writes({"Namn, personnummer, telefon eller kod": "öberg"})
    on_the_bus.waits_for_swap()
    on_the_bus.follows("Åsa Öberg")
    on_the_bus.field("Anteckning").press_sequentially(TEXT)
    expect(on_the_bus.main.get_by_text("Sparat").first).to_be_visible(timeout=15_000)
    on_the_bus.page.close()
    anna = visitor(pedagogue)
    anna.goes_to("/")
    anna.follows("Åsa Öberg", under="Osignerade anteckningar")
    assert anna.field("Anteckning").input_value() == TEXT
    anna.sends("Låt ligga osignerad")
    anna.sees("Utkastet ligger kvar osignerat", "Dina osignerade utkast")
    anna.goes_to("/")
    anna.follows("Åsa Öberg", under="Osignerade anteckningar")
    anna.sends("Signera")
    anna.sees("Anteckningen är signerad.", TEXT)
    anna.goes_to("/")
    anna.does_not_see("Osignerade anteckningar")


def test_an_old_note_is_found_by_any_form_of_a_word(
    visitor, pedagogue, other_pedagogue, officer, person
):
    make_note(person, pedagogue, text="Hon ville ha praktik på ett bageri.", days_ago=50)
    make_note(person, pedagogue, text="Vi talade om bussen.", days_ago=3)
    make_note(
        person,
        pedagogue,
        text="Praktiken blev aldrig av, sade hon i förtroende.",
        audience="restricted",
        restricted_reason="Förtroende",
        days_ago=2,
    )
    olle = visitor(other_pedagogue)
    olle.goes_to("/")
    olle.opens("Anteckningar")
    olle.writes({"Ord i anteckningarna": "praktiken"})
    olle.sees("Hon ville ha praktik på ett bageri.")
    olle.waits_for_swap()
    assert "praktik" not in olle.page.url
    olle.does_not_see("Vi talade om bussen.", "i förtroende")
    olle.follows("Åsa Öberg")
    olle.sees("Hon ville ha praktik på ett bageri.", "Signerad av Anna Berg")


def test_a_measure_begins_and_ends(visitor, pedagogue, counsellor, person):
    anna = visitor(pedagogue)
    anna.goes_to(f"/deltagare/{person.pk}/")
    anna.follows("Insatser")
    anna.follows("Ny insats")
    anna.chooses("Kurs eller utbildning", "Slag")
    anna.writes({"Vad, till exempel": "Truckkort"})
    anna.presses("Lägg till insatsen")
    anna.sees("Skriv hos vem insatsen är")
    anna.writes({"Verksamhet utanför BASUN": "Truckskolan i Tumba"})
    anna.presses("Lägg till insatsen")
    anna.sees("Insatsen är tillagd.", "Truckkort", "Truckskolan i Tumba", "Pågår")
    anna.follows("Avsluta")
    anna.ticks("Hjälpte delvis")
    anna.writes({"Med egna ord": "Teorin gick bra, körningen tas om."})
    anna.presses("Avsluta insatsen")
    anna.sees("Insatsen är avslutad.", "Hjälpte delvis", "körningen tas om")


def test_somebody_is_asked_for_at_the_review(visitor, pedagogue, other_pedagogue, person):
    olle = visitor(other_pedagogue, viewport=PHONE, has_touch=True)
    olle.goes_to(f"/deltagare/{person.pk}/")
    olle.follows("Ta upp på ärendedragningen")
    olle.presses("Be om att ta upp")
    olle.sees("Skriv varför, kort.")
    olle.writes({"Varför": "Har slutat svara på sms."})
    olle.presses("Be om att ta upp")
    olle.sees("Deltagaren tas upp på nästa ärendedragning.")
    olle.follows("Ta upp på ärendedragningen")
    olle.sees("Redan önskat", "Har slutat svara på sms.")
    olle.presses("Ta tillbaka")
    olle.sees("Önskemålet är tillbakataget.")


@pytest.mark.parametrize("name", ["counsellor", "sius", "coordinator"])
def test_others_have_a_home_of_their_own(request, visitor, pedagogue, person, name):
    """Whoever follows somebody has them at home, with their tasks and what their function must do."""
    user = request.getfixturevalue(name)
    functions = {"counsellor": Function.COUNSELLOR, "sius": Function.SIUS}
    if name in functions:
        assign(person.current_enrolment, functions[name], user)
    make_task(user, person=person, text="Ring skolan")
    make_task(None, by=pedagogue, to_role=user.roles[0], text="Svara på frågan om kursen")
    colleague = visitor(user)
    colleague.goes_to("/")
    colleague.sees("I dag", "Ring skolan", "Åsa Öberg", "1 uppgift som någon av er ska ta")
    colleague.follows("1 uppgift som någon av er ska ta")
    colleague.taps("Jag tar den", on="Svara på frågan om kursen")
    expect(colleague.row("Svara på frågan om kursen")).to_contain_text("Du")
