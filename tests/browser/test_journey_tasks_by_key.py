"""A list of tasks is worked off: with keys alone, on the telephone, and by two at once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.roles import Role
from casework.models import Task, TaskStatus
from casework.todo import actions
from tests.browser.test_journey_keyboard import Keys, signs_in
from tests.browser.visitor import looked_over_by
from tests.casework.todo_world import enrolled, make_task

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def person(pedagogue):
    """Åsa Öberg, Anna's own."""
    return enrolled(pedagogue, first_name="Åsa", last_name="Öberg")


class TaskKeys(Keys):
    """Keys on a list of tasks: where the focus is, and what a line says after each."""

    def press(self, key: str, *, on: str = "", says: tuple[str, str] | None = None):
        """Press a key; then the focus is on this task, and a task's line says these words."""
        self.page.keyboard.press(key)
        if says:
            expect(self.line(says[0])).to_contain_text(says[1])
        if on:
            expect(self.page.locator(".todo__item:focus")).to_have_attribute("aria-label", on)

    def line(self, text: str):
        """The line of a task."""
        return self.page.locator("main").get_by_role("listitem", name=text)

    def sees(self, words: str):
        """Wait until the words stand on the page."""
        expect(self.page.locator("main").get_by_text(words).first).to_be_visible()


def test_a_list_is_worked_off_with_keys_alone(new_page, axe, pedagogue, other_pedagogue, person):
    make_task(pedagogue, person=person, text="Ring CSN", days=-3)
    make_task(pedagogue, person=person, text="Boka studiebesök")
    make_task(pedagogue, text="Skriv till vuxenskolan", days=30)
    make_task(None, by=other_pedagogue, to_role=Role.PEDAGOGUE, text="Hämta nycklarna")
    page = new_page(reduced_motion="reduce")
    page.goto("/uppgifter/")
    keys = TaskKeys(page)
    signs_in(keys, pedagogue)
    does_one_and_takes_it_back(keys)
    moves_one_to_another_day(keys)
    looked_over_by(axe)(page)
    gives_one_away(keys)
    takes_one_of_everybodys(keys)
    looked_over_by(axe)(page)
    reads_where_one_comes_from(keys)
    became = {
        "Ring CSN": (TaskStatus.DONE, pedagogue),
        "Boka studiebesök": (TaskStatus.OPEN, pedagogue),
        "Skriv till vuxenskolan": (TaskStatus.OPEN, other_pedagogue),
        "Hämta nycklarna": (TaskStatus.OPEN, pedagogue),
    }
    tasks = Task.objects.select_related("assigned_to")
    assert {each.text: (each.status, each.assigned_to) for each in tasks} == became


def does_one_and_takes_it_back(keys):
    """Done, which leads on to the next; by mistake, so undone from there; and done for good."""
    keys.press("ArrowDown", on="Ring CSN")
    keys.press("x", says=("Ring CSN", "Klar"), on="Boka studiebesök")
    keys.press("u", says=("Ring CSN", "Försenad 3 dagar"), on="Boka studiebesök")
    keys.press("k", on="Ring CSN")
    keys.press("x", says=("Ring CSN", "Hur gick det?"), on="Boka studiebesök")


def moves_one_to_another_day(keys):
    keys.press("f")
    expect(keys.page.get_by_role("dialog", name="Senast när?")).to_be_visible()
    keys.tab_to("Om två veckor")
    in_two_weeks = (timezone.localdate() + timedelta(days=14)).isoformat()
    keys.press("Enter", says=("Boka studiebesök", in_two_weeks), on="Boka studiebesök")


def gives_one_away(keys):
    keys.press("ArrowDown", on="Skriv till vuxenskolan")
    with keys.page.expect_navigation():
        keys.press("g")
    keys.tab_to("Vem ska göra den?")
    keys.write("Olle")
    keys.tab_to("Varför")
    keys.write("Olle känner rektorn.")
    keys.enter()
    keys.sees("Uppgiften är överlämnad.")
    expect(keys.line("Skriv till vuxenskolan")).to_have_count(0)


def takes_one_of_everybodys(keys):
    keys.tab_to("Våra")
    keys.enter()
    keys.press("j", on="Hämta nycklarna")
    keys.press("t", says=("Hämta nycklarna", "Du"))
    expect(keys.line("Hämta nycklarna").get_by_role("button", name="Jag tar den")).to_have_count(0)


def reads_where_one_comes_from(keys):
    keys.press("ArrowUp", on="Hämta nycklarna")
    with keys.page.expect_navigation():
        keys.press("Enter")
    keys.sees("Anna Berg tog den.")


def test_tasks_are_done_on_the_telephone(visitor, pedagogue, person):
    make_task(pedagogue, person=person, text="Ring CSN")
    make_task(pedagogue, person=person, text="Boka studiebesök")
    anna = visitor(pedagogue, viewport=PHONE, has_touch=True)
    anna.goes_to("/")
    anna.follows("Ring CSN", under="I dag")
    anna.taps("Klar", on="Ring CSN")
    anna.taps("Spara", on="Ring CSN")
    anna.follows("Åsa Öberg")
    strikes_one(anna)


def strikes_one(anna):
    anna.follows("Boka studiebesök")
    anna.follows("Stryk uppgiften")
    anna.presses("Stryk uppgiften")
    anna.sees("Skriv varför, till exempel: löste sig av sig självt.")
    anna.writes({"Varför ska den inte göras?": "Hon har redan varit där."})
    anna.presses("Stryk uppgiften")
    anna.sees("Uppgiften är struken.", "Inget väntar på dig")


def test_two_at_the_same_task_are_told_who_was_first(
    visitor, pedagogue, other_pedagogue, officer, person
):
    task = make_task(None, by=officer, person=person, to_role=Role.PEDAGOGUE, text="Ring CSN")
    anna, olle = visitor(pedagogue), visitor(other_pedagogue)
    for each in (anna, olle):
        each.goes_to("/uppgifter/?vy=vara")
    anna.taps("Jag tar den", on="Ring CSN")
    olle.taps("Jag tar den", on="Ring CSN")
    expect(olle.row("Ring CSN").get_by_role("alert")).to_contain_text(
        "Anna Berg hann ta uppgiften före dig. Så här står den nu."
    )
    anna.taps("Klar", on="Ring CSN")
    olle.taps("Klar", on="Ring CSN")
    said = olle.row("Ring CSN").get_by_role("alert")
    expect(said).to_contain_text("Uppgiften har ändrats av någon annan.")
    expect(olle.row("Ring CSN")).to_contain_text("Anna Berg")
    task.refresh_from_db()
    assert (task.status, task.closed_by) == (TaskStatus.DONE, pedagogue)


def test_what_somebody_changed_meanwhile_is_seen_before_it_is_done(visitor, pedagogue, person):
    task = make_task(pedagogue, person=person, text="Ring CSN")
    anna = visitor(pedagogue)
    anna.goes_to("/uppgifter/")
    later = timezone.localdate() + timedelta(days=40)
    actions.set_due(task=task, by=pedagogue, due_on=later)
    anna.taps("Klar", on="Ring CSN")
    expect(anna.row("Ring CSN").get_by_role("alert")).to_contain_text("Så här står den nu.")
    expect(anna.row("Ring CSN")).to_contain_text(later.isoformat())
    anna.taps("Klar", on="Ring CSN")
    expect(anna.row("Ring CSN").get_by_role("alert")).to_have_count(0)
    expect(anna.row("Ring CSN")).to_contain_text("Hur gick det?")
