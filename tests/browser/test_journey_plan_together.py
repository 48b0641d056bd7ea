"""The plan: written by two at once, agreed by all in their own ways, changed, and agreed anew."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from casework.models import PlanStatus, PlanVersion
from core import gateway
from tests.casework.papers import as_photo, pictures_of
from tests.casework.plans_world import agree_all, lay_table, put_forward
from tests.casework.todo_world import enrolled

PHONE = {"width": 390, "height": 844}
WISH = "Jag vill jobba med bilar."
MORNINGS = "Att någon ringer mig på morgonen."
CARD = "Hjälp med SL-kortet."


@pytest.fixture
def person(pedagogue, officer):
    """Åsa Öberg, with Anna, and with Britta as her officer, who may take part."""
    return enrolled(pedagogue, officer, first_name="Åsa", last_name="Öberg", consent=True)


@pytest.fixture
def alone(pedagogue, officer):
    """Per Ek, who has not let Arbetsförmedlingen take part; he has a telephone."""
    facts = {"first_name": "Per", "last_name": "Ek", "phone": "070-174 06 05"}
    return enrolled(pedagogue, officer, **facts)


@pytest.fixture(autouse=True)
def links_lead_here(settings, live_server):
    """What is sent leads to the server of the test."""
    settings.PUBLIC_URL = live_server.url
    gateway.outbox.clear()


def test_two_write_one_plan_and_everybody_agrees(visitor, pedagogue, officer, person):
    anna, britta = visitor(pedagogue), visitor(officer)
    for each in (anna, britta):
        each.goes_to(f"/deltagare/{person.pk}/plan/")
        each.sees("Ingen plan än")
        each.follows("Planera tillsammans")
    sees_what_the_other_writes(anna, britta)
    both_write_in_the_same_place(anna, britta)
    sets_a_goal_with_steps(anna)
    books_the_next_meeting(anna)
    they_are_done(anna)
    the_participant_draws(anna)
    anna.presses("Jag godkänner planen")
    anna.sees("Tack! Planen väntar nu på arbetsförmedlaren.")
    britta.goes_to(f"/deltagare/{person.pk}/plan/")
    britta.follows("Godkänn planen")
    britta.sees(WISH, MORNINGS, CARD)
    britta.presses("Jag godkänner planen")
    britta.sees("Alla har godkänt planen.", WISH, "Få en praktik", "Version 1, gäller från")
    anna.goes_to("/uppgifter/")
    anna.sees("Ring verkstaden", "Åsa Öberg")


def saved(visitor):
    """Wait until the page says that all is saved."""
    expect(visitor.page.locator("#plan-state")).to_contain_text("Sparat", timeout=15_000)


def sees_what_the_other_writes(anna, britta):
    anna.field("Det här vill jag").press_sequentially(WISH)
    saved(anna)
    expect(britta.field("Det här vill jag")).to_have_value(WISH, timeout=15_000)


def both_write_in_the_same_place(anna, britta):
    """Neither loses a word; they put them together, and then both screens say the same."""
    anna.field("Det här behöver jag").fill(MORNINGS)
    britta.field("Det här behöver jag").fill(CARD)
    second = re.compile("Två skrev här samtidigt. Båda finns kvar.")
    for each in (anna, britta):
        expect(each.main.get_by_text(second).first).to_be_visible(timeout=15_000)
        each.look_over(each.page)
    britta.main.get_by_role("button", name="Sätt ihop båda").first.click()
    both = re.compile(f"{MORNINGS}.*{CARD}|{CARD}.*{MORNINGS}", re.DOTALL)
    for each in (britta, anna):
        expect(each.field("Det här behöver jag")).to_have_value(both, timeout=15_000)
        expect(each.main.get_by_text(second)).to_have_count(0, timeout=15_000)


def sets_a_goal_with_steps(anna):
    anna.main.get_by_role("button", name="Nytt mål").click()
    anna.chooses("Praktik", "Slag av mål")
    anna.writes({"Mål": "Få en praktik"})
    anna.page.keyboard.press("Enter")
    anna.page.keyboard.type("Ring verkstaden")
    anna.main.get_by_role("combobox", name="Vem").last.select_option(label="Anna Berg")
    anna.writes({"Senast": (timezone.localdate() + timedelta(days=9)).isoformat()})
    saved(anna)
    anna.look_over(anna.page)


def books_the_next_meeting(anna):
    day = timezone.localdate() + timedelta(days=28)
    anna.writes({"Dag": day.isoformat(), "Tid": "13:30", "Plats": "Rum 4"})
    anna.presses("Boka")
    anna.sees("kl. 13:30", "Rum 4")
    expect(anna.field("Det här vill jag")).to_have_value(WISH)


def they_are_done(anna):
    anna.sends("Vi är klara")
    anna.sees("Är ni överens?", "deltagaren, huvudkontakten och arbetsförmedlaren")
    anna.presses("Vi är klara")
    anna.sees("Vilka har godkänt", "har inte godkänt än", "Ring verkstaden")


def the_participant_draws(anna):
    anna.follows("Här på skärmen")
    anna.sees("Min plan", WISH, "Ring verkstaden")
    anna.draws_signature()
    anna.presses("Jag är med på planen")
    anna.sees("Tack! Du är med på planen.")
    anna.follows("Gå vidare")
    anna.sees("har inte godkänt än")


def test_the_next_version_is_agreed_on_a_phone_in_another_language(
    visitor, pedagogue, alone, worker
):
    enrolment = alone.current_enrolment
    lay_table(enrolment, pedagogue)
    agree_all(put_forward(enrolment, pedagogue), pedagogue)
    anna, per = visitor(pedagogue), visitor(viewport=PHONE, has_touch=True, is_mobile=True)
    anna.goes_to(f"/deltagare/{alone.pk}/plan/tillsammans/")
    anna.sees("Samtalet hålls utan Arbetsförmedlingen")
    anna.writes({"Det här vill jag": "Jag vill jobba med bilar och motorcyklar."})
    saved(anna)
    anna.main.get_by_role("button", name="Nytt steg").click()
    anna.page.keyboard.type("Skriva ett cv")
    saved_again(anna)
    anna.sends("Vi är klara")
    anna.ticks_off("Vi har träffats i dag")
    anna.presses("Vi är klara")
    anna.chooses("English (inte granskad)", "Språk för deltagaren")
    anna.presses("SMS Länken gäller i tre dagar")
    anna.sees("Meddelandet skickas nu.")
    expect(anna.main.get_by_text("Skickad").first).to_be_visible(timeout=20_000)
    (sms,) = gateway.outbox
    assert "Per" not in sms.text and "plan" in sms.text
    agrees_by_the_link(per, re.search(r"http\S+", sms.text)[0])
    anna.page.reload()
    anna.sees("godkände med engångslänk")
    anna.presses("Jag godkänner planen")
    anna.sees("Alla har godkänt planen.")
    reads_what_changed(anna)
    states = PlanVersion.objects.order_by("number").values_list("status", flat=True)
    assert list(states) == [PlanStatus.REPLACED, PlanStatus.AGREED]


def saved_again(anna):
    """The step that was typed just now has come to the server."""
    expect(anna.page.locator(".plan-step[data-new]")).to_have_count(0, timeout=15_000)
    saved(anna)


def agrees_by_the_link(per, address):
    per.goes_to(address)
    per.sees("My plan", "Jag vill jobba med bilar och motorcyklar.", "Skriva ett cv")
    per.does_not_see("Per Ek")
    per.presses("I agree with the plan")
    per.sees("Thank you")
    per.goes_to(address)
    per.does_not_see("Skriva ett cv")


def reads_what_changed(anna):
    anna.follows("Version 2")
    anna.sees("Vad som ändrades från version 1", "Ändrad text", "Nytt steg")
    new = anna.main.locator("ins")
    expect(new.filter(has_text="motorcyklar")).to_be_visible()
    expect(new.filter(has_text="Skriva ett cv")).to_be_visible()


def test_a_plan_comes_back_signed_on_paper(visitor, pedagogue, alone):
    enrolment = alone.current_enrolment
    lay_table(enrolment, pedagogue)
    put_forward(enrolment, pedagogue)
    anna = visitor(pedagogue, viewport=PHONE, has_touch=True)
    anna.goes_to(f"/deltagare/{alone.pk}/plan/")
    anna.follows("Godkänn planen")
    page = pictures_of(anna.downloads("Skriv ut"))[0]
    anna.follows("Signerat papper")
    anna.presses("Spara pappret")
    anna.sees("Välj en fil eller ett foto.")
    photo = {"name": "bild.jpg", "mimeType": "image/jpeg", "buffer": as_photo(page)}
    anna.field("Pappret").set_input_files(photo)
    anna.presses("Spara pappret")
    anna.sees("Alla har godkänt planen.")
    anna.follows("Version 1")
    anna.sees("Signerat papper", "Sida 1")


def test_a_meeting_is_booked_moved_and_called_off(visitor, pedagogue, person):
    anna = visitor(pedagogue, viewport=PHONE, has_touch=True)
    anna.goes_to(f"/deltagare/{person.pk}/plan/")
    anna.follows("Boka trepartssamtal")
    anna.presses("Boka samtalet")
    anna.sees("Ange en tid.")
    day = timezone.localdate() + timedelta(days=9)
    anna.writes({"Dag": day.isoformat(), "Tid": "13:30", "Plats": "Rum 4"})
    anna.presses("Boka samtalet")
    anna.sees("Samtalet är bokat.", "kl. 13:30", "Rum 4, 60 minuter")
    anna.follows("Flytta")
    anna.writes({"Tid": "15:00"})
    anna.presses("Flytta samtalet")
    anna.sees("Samtalet är flyttat.", "kl. 15:00")
    anna.follows("Ställ in")
    anna.presses("Ställ in samtalet")
    anna.sees("Skriv kort varför")
    anna.writes({"Varför ställs det in?": "Åsa är sjuk."})
    anna.presses("Ställ in samtalet")
    anna.sees("Samtalet är inställt.")
