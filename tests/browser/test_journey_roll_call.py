"""A morning's roll call: on the telephone, with keys alone, by two leaders at once, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from casework.models import Attendance, AttendanceStatus, Session
from tests.browser.test_journey_keyboard import Keys, signs_in
from tests.casework.rollcall_world import expect as expected
from tests.casework.rollcall_world import make_session
from tests.cast import enrol, make_person

PHONE = {"width": 390, "height": 844}
# As the roster has them: by their last names.
NAMES = [
    *(
        "Gun Alm",
        "Hugo Ask",
        "Isa Björk",
        "Jon Dal",
        "Cleo Ek",
        "Lova Hed",
        "Mio Holm",
        "Dana Lund",
    ),
    *("Farid Noor", "Elin Sjö", "Omar Sten", "Nora Vik", "Adam Åberg", "Kim Äng", "Berit Öst"),
]


@pytest.fixture
def session(pedagogue) -> Session:
    """This morning's session, with fifteen who are signed up, and Åsa Öberg who is not."""
    session = make_session(pedagogue)
    for name in NAMES:
        first, last = name.split()
        expected(session, make_person(first, last), contact=pedagogue)
    enrol(make_person("Åsa", "Öberg"), contact=pedagogue)
    return session


def status_of(session) -> dict[str, str]:
    """What the roster came to, by first name: those who were not there all the time."""
    rows = Attendance.objects.filter(session=session).select_related("participant")
    return {
        row.participant.first_name: row.absence_reason or str(row.hours)
        for row in rows
        if row.hours != 3
    }


def test_a_leader_calls_the_roll_on_the_telephone(visitor, pedagogue, session):
    anna = visitor(pedagogue, viewport=PHONE, has_touch=True)
    anna.goes_to("/")
    anna.follows("CV-verkstad", under="I dag")
    anna.sees("15 väntas")
    notes_who_is_not_there(anna)
    somebody_comes_late(anna)
    somebody_comes_unasked(anna)
    the_rest_is_there(anna)
    closes_when_everybody_is_accounted_for(anna)
    session.refresh_from_db()
    assert session.status == "held" and session.closed_by == pedagogue
    assert status_of(session) == {"Adam": "ill", "Berit": "no_word", "Cleo": "2.75"}


def notes_who_is_not_there(anna):
    for name, reason in (("Adam Åberg", "Sjuk"), ("Berit Öst", "Hörde inte av sig")):
        anna.taps("Frånvarande", on=name)
        anna.taps(reason, on=name)
        expect(anna.row(name)).to_contain_text(f"Frånvarande: {reason}")


def somebody_comes_late(anna):
    anna.row("Cleo Ek").get_by_role("button", name="Sen", exact=True).click()
    anna.look_over(anna.page)
    anna.taps("09:15", on="Cleo Ek")
    expect(anna.row("Cleo Ek")).to_contain_text("Här 2,75 h")
    expect(anna.row("Cleo Ek")).to_contain_text("kom 09:15")


def somebody_comes_unasked(anna):
    anna.follows("Kom utan anmälan")
    anna.field("Namn, personnummer").press_sequentially("öberg")
    anna.sees("Åsa Öberg")
    anna.waits_for_swap()
    anna.main.get_by_role("button", name="Lägg till som här").click()
    anna.sees("Utan anmälan", "12 väntas")


def the_rest_is_there(anna):
    anna.main.get_by_role("button", name="Resten är här").click()
    anna.sees("14 här", "2 frånvarande", "0 väntas")
    anna.waits_for_swap()


def closes_when_everybody_is_accounted_for(anna):
    anna.taps("Ångra", on="Omar Sten")
    anna.presses("Jag intygar det här och stänger")
    anna.sees("Tillfället kan inte stängas än", "1 person är inte avprickad: Omar Sten.")
    anna.taps("Här", on="Omar Sten")
    anna.presses("Jag intygar det här och stänger")
    anna.sees("Stängt", "14 saknar underskrift")


def test_a_leader_calls_the_roll_with_keys_alone(new_page, pedagogue, session):
    page = new_page(reduced_motion="reduce")
    page.goto("/tillfallen/")
    keys = RollKeys(page)
    signs_in(keys, pedagogue)
    keys.tab_to("CV-verkstad")
    keys.enter()
    marks_with_letters(keys)
    adds_somebody(keys)
    keys.tab_to("Resten är här", most=120, key="Shift+Tab")
    page.keyboard.press("Enter")
    keys.sees("0 väntas")
    keys.tab_to("Jag intygar det här", most=120)
    keys.enter()
    keys.sees("Stängt")
    assert status_of(session) == {"Gun": "no_word", "Isa": "2.75"}


def marks_with_letters(keys):
    """From the first row down: absent for a reason, there, late, and a mistake that is taken back."""
    keys.press("ArrowDown", row="Gun Alm")
    keys.press("f", says="Varför?")
    keys.press("6", says="Frånvarande: Hörde inte av sig")
    keys.press("ArrowDown", row="Hugo Ask")
    keys.press("h", says="Här 3 h")
    keys.press("ArrowDown", row="Isa Björk")
    keys.press("s", says="När kom Isa Björk?")
    keys.press("Enter", says="kom 09:15")
    keys.press("ArrowDown", row="Jon Dal")
    keys.press("h", says="Här 3 h")
    keys.press("u", says="Väntas")
    keys.press("ArrowUp", row="Isa Björk")


def adds_somebody(keys):
    keys.tab_to("Kom utan anmälan", key="Shift+Tab")
    keys.enter()
    keys.write("öberg")
    keys.sees("Åsa Öberg")
    keys.tab_to("Lägg till som här")
    keys.enter()
    keys.sees("Utan anmälan")


class RollKeys(Keys):
    """Keys on a roster: where the focus is and what its row says after each."""

    def press(self, key: str, *, row: str = "", says: str = ""):
        """Press a key; the focus is on the row then, or its row says this."""
        self.page.keyboard.press(key)
        here = self.page.locator(".roster__item", has=self.page.locator(":focus"))
        here = here.or_(self.page.locator(".roster__item:focus"))
        if row:
            expect(here).to_have_attribute("aria-label", row)
        if says:
            expect(here).to_contain_text(says)

    def sees(self, words: str):
        """Wait until the words stand on the page."""
        expect(self.page.locator("main").get_by_text(words).first).to_be_visible()


def test_two_leaders_lose_nothing_and_the_second_is_told(
    visitor, pedagogue, other_pedagogue, session
):
    anna, olle = visitor(pedagogue), visitor(other_pedagogue)
    for each in (anna, olle):
        each.goes_to(session.get_absolute_url())
    first, second = NAMES[:7], NAMES[7:14]
    for mine, yours in zip(first, second, strict=True):
        anna.row(mine).get_by_role("button", name="Här", exact=True).click()
        olle.row(yours).get_by_role("button", name="Här", exact=True).click()
    for each in (anna, olle):
        each.waits_for_swap()
    here = Attendance.objects.filter(session=session, status=AttendanceStatus.PRESENT)
    assert here.count() == 14
    both_mark_the_same(anna, olle, "Berit Öst")
    olle.goes_to(session.get_absolute_url())
    olle.sees("14 här", "1 frånvarande", "0 väntas")


def both_mark_the_same(anna, olle, name):
    """The first stands; the second reads whose it is, and may still decide otherwise."""
    anna.taps("Här", on=name)
    olle.taps("Frånvarande", on=name)
    note = olle.row(name).get_by_role("alert")
    expect(note).to_contain_text("Anna Berg hann före: raden står nu som närvarande 3 timmar.")
    olle.taps("Ändra ändå: frånvarande", on=name)
    olle.taps("Sjuk", on=name)
    expect(olle.row(name)).to_contain_text("Frånvarande: Sjuk")


def test_the_roll_is_called_without_javascript(visitor, pedagogue, session):
    anna = visitor(pedagogue, java_script_enabled=False)
    anna.goes_to("/tillfallen/")
    anna.follows("CV-verkstad")
    for name, button, says in (
        ("Adam Åberg", "Här", "Här 3 h"),
        ("Berit Öst", "Frånvarande", "Saknar orsak"),
        ("Berit Öst", "Vård av barn", "Frånvarande: Vård av barn"),
        ("Adam Åberg", "Ångra", "Väntas"),
    ):
        with anna.page.expect_navigation():
            anna.row(name).get_by_role("button", name=re.compile(f"^{button}")).first.click()
        expect(anna.row(name)).to_contain_text(says)
    anna.presses("Resten är här")
    anna.presses("Jag intygar det här och stänger")
    anna.sees("Stängt")
    assert status_of(session) == {"Berit": "child_care"}
