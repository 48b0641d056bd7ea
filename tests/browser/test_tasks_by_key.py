"""A list of tasks worked through with the keyboard alone: done, undone, moved to another day."""

from django.utils import timezone
from playwright.sync_api import expect

from casework.models import Task
from tests.casework.todo_world import enrolled, make_task

FOCUSED = "document.activeElement.closest('.todo__item')?.getAttribute('aria-label')"


def state() -> dict[str, str]:
    return dict(Task.objects.values_list("text", "status"))


def presses(page, key: str):
    """Press a key that saves, and wait for the answer."""
    with page.expect_response(lambda answer: "/gor/" in answer.url):
        page.keyboard.press(key)


def focus_is_on(page, text: str):
    expect(page.locator(f".todo__item[aria-label='{text}']")).to_be_focused()


def test_tasks_are_done_undone_and_moved_with_one_key_each(visitor, pedagogue):
    person = enrolled(pedagogue)
    for number, text in enumerate(("Ett", "Två", "Tre")):
        make_task(pedagogue, person=person, days=number - 5, text=text)
    anna = visitor(pedagogue)
    anna.goes_to("/uppgifter/")
    page = anna.page
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUSED) == "Ett"
    presses(page, "x")
    focus_is_on(page, "Två")
    anna.sees("Hur gick det?")
    anna.look_over(page)
    assert state() == {"Ett": "done", "Två": "open", "Tre": "open"}
    presses(page, "u")
    focus_is_on(page, "Ett")
    assert state()["Ett"] == "open"
    page.keyboard.press("j")
    focus_is_on(page, "Två")
    page.keyboard.press("f")
    expect(page.get_by_role("dialog")).to_be_visible()
    anna.look_over(page)
    presses(page, "Enter")
    focus_is_on(page, "Två")
    assert Task.objects.get(text="Två").due_on > timezone.localdate()
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("g")
    anna.look_over(page)
    anna.sees("Vem ska göra den?", "Tre")
