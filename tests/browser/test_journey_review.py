"""A whole review with twelve participants: led with keys alone, followed by a colleague and by the officer."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from casework.models import ItemState, Review, ReviewDecision, Task
from casework.todo.actions import finish
from core.swedish import long_day
from participants import actions
from participants.enums import Category
from tests.browser.test_journey_keyboard import Keys, signs_in
from tests.browser.visitor import looked_over_by
from tests.casework.notes_world import make_note
from tests.casework.review_world import closed_review, days_ago, decide, discussed
from tests.cast import enrol, make_person

SHARED = (
    *("Gun Alm", "Hugo Ask", "Isa Björk", "Jon Dal", "Cleo Ek", "Lova Hed", "Mio Holm"),
    "Dana Lund",
)
OWN = ("Farid Noor", "Elin Sjö", "Omar Sten")
CALL = "Ring Försäkringskassan"


class Room(Keys):
    """The leader at the keyboard, before the wall."""

    @property
    def main(self):
        return self.page.locator("main")

    @property
    def name(self) -> str:
        """Whose card stands on the wall."""
        return self.page.locator(".meet__name").inner_text()

    def press(self, *keys: str):
        for key in keys:
            self.page.keyboard.press(key)

    def turns(self, key: str) -> str:
        """Press a key that turns the card, wait until it has, and return what stands there then."""
        before = self.page.locator(".scene h1").inner_text()
        self.press(key)
        expect(self.page.locator(".scene h1")).not_to_have_text(before)
        return self.page.locator(".scene h1").inner_text()

    def sees(self, *words: str):
        for each in words:
            expect(self.main.get_by_text(each).first).to_be_visible()

    def does_not_see(self, *words: str):
        for each in words:
            expect(self.main.get_by_text(each)).to_have_count(0)


@pytest.fixture
def people(lead, pedagogue, officer):
    """Twelve who are due or will be asked for: nine shared with Arbetsförmedlingen, three not.

    About Gun two things were decided last week, and one was done; Nora has been gone through then, so she is not due.
    """
    last = closed_review(days_ago(7), lead)
    people = {name: someone(name, pedagogue, officer, True) for name in SHARED}
    people |= {name: someone(name, pedagogue, officer, ()) for name in OWN}
    gun = discussed(last, people["Gun Alm"])
    decide(gun, pedagogue, due_on=days_ago(1), text="Fråga om hälsan")
    done = decide(gun, pedagogue, due_on=days_ago(2), text="Följ med till banken")
    finish(task=done.task, by=pedagogue)
    people["Nora Vik"] = nora = someone("Nora Vik", pedagogue, officer, True, days=20)
    discussed(last, nora)
    make_note(nora, pedagogue)
    return people


def someone(name, contact, officer, consent, *, days=60):
    """Somebody enrolled so many days ago, with their staff."""
    first, last = name.split()
    person = make_person(first, last, consent=consent)
    enrol(person, contact=contact, officer=officer, starts_on=days_ago(days))
    return person


def test_twelve_are_gone_through_by_key(visitor, new_page, axe, lead, pedagogue, officer, people):
    page = new_page(reduced_motion="reduce")
    page.goto("/arendedragning/")
    room = Room(page)
    look = looked_over_by(axe)
    signs_in(room, lead)
    makes_the_agenda(room)
    look(page)
    changes_it(room, look)
    begins(room)
    look(page)
    anna, britta = visitor(pedagogue), visitor(officer)
    for each in (anna, britta):
        each.goes_to("/arendedragning/")
        each.follows(long_day(timezone.localdate()))
        each.follows("Följ mötet")
        shows(each, room.name)
    decides(room, anna)
    shown = goes_through_the_joint_part(room, people, lead, britta)
    assert not set(shown) & set(OWN)
    has_the_break(room, look, anna, britta)
    goes_through_the_own_part(room, anna, britta)
    closes(room, look)
    reads_the_recap(visitor(lead))
    has_the_task(anna)
    begins_with_what_was_left(visitor(lead))


def makes_the_agenda(room):
    room.tab_to("Ny ärendedragning")
    room.enter()
    room.tab_to("Hämta dagordningen")
    room.enter()
    room.sees("Dagordningen är hämtad.", "Gun Alm", "Omar Sten")
    room.does_not_see("Nora Vik")


def changes_it(room, look):
    """One up, one more with a reason, one later."""
    second = room.main.locator(".agenda__item .agenda__name a").nth(1).inner_text()
    room.tab_to("2 ", most=90)
    room.press("Alt+ArrowUp")
    expect(room.main.locator(".agenda__item .agenda__name a").first).to_have_text(second)
    room.tab_to("Lägg till", most=90, key="Shift+Tab")
    room.enter()
    room.tab_to("Sök bland alla inskrivna")
    room.write("vik")
    room.sees("Nora Vik")
    look(room.page)
    room.tab_to("Varför")
    room.write("Vill byta kurs.")
    room.enter()
    room.sees("Nora Vik", "Vill byta kurs.")
    room.tab_to("Skjut upp Jon Dal", most=120)
    room.press("Enter")
    room.write("Är sjuk i dag.")
    room.enter()
    room.sees("Uppskjuten", "Är sjuk i dag.")


def begins(room):
    room.tab_to("Till mötet", most=90)
    room.enter()
    for name in ("Anna Berg", "Britta Falk", "Frida Jansson"):
        room.tab_to(name)
        room.press("Space")
    room.tab_to("Börja mötet")
    room.enter()
    expect(room.page.locator(".meet__name")).to_be_visible()


def shows(follower, name: str):
    """Without being asked, the follower's screen shows this one."""
    expect(follower.main.locator(".meet__name")).to_have_text(name, timeout=15_000)


def decides(room, anna):
    """In one line: what, who, by when. Taken back, and decided again; the answer of last week's."""
    by = timezone.localdate() + timedelta(days=5)
    line = f"{CALL} @Anna {by}"
    room.press("b")
    room.write(line)
    room.sees("Anna Berg")
    room.press("Enter")
    room.sees("Bestämt nu")
    expect(anna.main.locator("#meet-now")).to_be_visible(timeout=15_000)
    room.press("Escape", "u")
    expect(room.main.locator(".meet__decision")).to_have_count(0)
    room.press("b")
    room.write(line)
    room.press("Enter")
    expect(room.main.locator(".meet__decision")).to_have_count(1)
    room.press("Escape")
    assert list(Task.objects.open().filter(text=CALL).values_list("due_on", flat=True)) == [by]


def goes_through_the_joint_part(room, people, lead, britta) -> list[str]:
    """Everybody with a key; what was done for Gun last week is judged; Dana takes her consent back."""
    shown = []
    while room.main.locator(".meet__name").count():
        shown.append(room.name)
        if room.name == "Gun Alm":
            room.sees("Fråga om hälsan", "Följ med till banken")
            expect(room.main.get_by_text("Hjälpte det?", exact=True)).to_have_count(1)
            room.press("2")
            room.sees("Ändra svaret")
        if room.name == "Dana Lund":
            loses_consent(room, people["Dana Lund"], lead, britta)
            room.turns("n")
        else:
            room.turns("k")
    assert sorted(shown) == sorted({*SHARED, "Nora Vik"} - {"Jon Dal"})
    assert ReviewDecision.objects.get(text="Följ med till banken").helped == "partly"
    return shown


def loses_consent(room, dana, lead, britta):
    """On the officer's screen she is gone, and on the wall, though nobody has turned it."""
    shows(britta, "Dana Lund")
    for consent in dana.consents.filter(category=Category.PLAN):
        actions.withdraw_consent(consent=consent, by=lead)
    expect(britta.main.get_by_text("Dana Lund")).to_have_count(0, timeout=15_000)
    expect(room.main.get_by_text("Den här deltagaren visas inte här längre")).to_be_visible(
        timeout=15_000
    )
    room.does_not_see("Dana Lund")
    britta.look_over(britta.page)


def has_the_break(room, look, anna, britta):
    room.sees("Nu går Arbetsförmedlingens personal ut")
    look(room.page)
    for each in (anna, britta):
        expect(each.main.get_by_text("Nu går Arbetsförmedlingens personal ut")).to_be_visible(
            timeout=15_000
        )
    assert room.turns("k") in {*OWN, "Dana Lund"}


def goes_through_the_own_part(room, anna, britta):
    """The municipality alone: Anna sees who it is, Britta only that it is not for her. One is skipped."""
    shown = [room.name]
    shows(anna, room.name)
    expect(britta.main.get_by_text("Den här delen är bara för kommunens personal")).to_be_visible(
        timeout=15_000
    )
    while room.main.locator(".meet__name").count():
        for name in (*OWN, "Dana Lund"):
            britta.does_not_see(name)
        room.turns("n" if len(shown) == 4 else "k")
        shown += [room.name] if room.main.locator(".meet__name").count() else []
    assert sorted(shown) == sorted((*OWN, "Dana Lund"))
    room.sees("Sista kortet har visats", "1 deltagare är inte markerade som klara")


def closes(room, look):
    room.tab_to("Avsluta mötet", most=20)
    room.enter()
    room.sees("Ärendedragningen är avslutad.", "Vad vi bestämde", CALL)
    look(room.page)
    states = list(Review.objects.get(held_on=days_ago(0)).items.values_list("state", flat=True))
    assert states.count(ItemState.DISCUSSED) == 10
    assert {ItemState.POSTPONED, ItemState.NOT_REACHED} < set(states) and len(states) == 12


def reads_the_recap(frida):
    frida.goes_to("/arendedragning/")
    frida.follows(f"{timezone.localdate()}")
    frida.follows("Vad vi bestämde")
    frida.sees("Vem gör vad", "Anna Berg", CALL)
    joint, own = (
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)
        for file in (
            frida.downloads("PDF: Den gemensamma delen"),
            frida.downloads("PDF: Kommunens egen del"),
        )
    )
    assert CALL in joint and "Gun Alm" in joint and "Omar Sten" not in joint
    assert "Omar Sten" in own and "Dana Lund" not in joint


def has_the_task(anna):
    anna.goes_to("/uppgifter/")
    anna.sees(CALL, "Ärendedragning")


def begins_with_what_was_left(frida):
    """Next week's agenda: first what was not done, then who was put off and who was not reached."""
    frida.goes_to("/arendedragning/")
    frida.follows("Ny ärendedragning")
    frida.presses("Hämta dagordningen")
    items = Review.objects.get(held_on=days_ago(0)).items
    missed = items.get(state=ItemState.NOT_REACHED).participant.full_name
    assert names_in(frida, "joint")[:2] == ["Gun Alm", "Jon Dal"]
    assert names_in(frida, "own")[0] == missed
    frida.sees("Inte gjort: ”Fråga om hälsan”", "Uppskjuten", "Hanns inte med")
    # Due in five days: nobody can say yet that it was not done.
    frida.does_not_see(f"Inte gjort: ”{CALL}”")


def names_in(visitor, part: str) -> list[str]:
    """Who stands in a part of the agenda, in order."""
    lines = visitor.main.locator(f'.agenda[data-part="{part}"] .agenda__name a')
    return lines.all_inner_texts()
