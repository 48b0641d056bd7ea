"""A day without a mouse: everything is reached with the keyboard, and one sees where one is."""

from casework.models import PlanningMeeting
from tests.cast import PASSWORD, enrol, make_person

# The calendar or clock of a field is outlined by the browser itself, where styles cannot be read.
# Between the last stop of a page and the first the browser's own are visited, and `body` has the focus.
FOCUS = """(() => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  const calendar = it.matches(':is([type=date], [type=time]):not(:focus-visible)');
  if (it === document.body) return {words: '', seen: true, outlined: true};
  return {
    words: (it.labels?.[0]?.innerText || it.innerText || '').trim().replace(/\\s+/g, ' '),
    seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
    outlined: calendar || style.outlineStyle != 'none' && parseFloat(style.outlineWidth) >= 2,
  };
})()"""


class Keys:
    """Nothing but keys; every stop must be seen."""

    def __init__(self, page):
        self.page = page

    def tab_to(self, words: str, most: int = 60, key: str = "Tab"):
        """Press Tab (or another key) until something with these words has the focus."""
        for _ in range(most):
            self.page.keyboard.press(key)
            focus = self.page.evaluate(FOCUS)
            assert focus["seen"] and focus["outlined"], focus
            if focus["words"].startswith(words):
                return
        raise AssertionError(f"Tab never reached {words!r}")

    def write(self, words: str):
        self.page.keyboard.type(words)

    def enter(self):
        """Press Enter, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def test_a_meeting_is_recorded_without_a_mouse(new_page, axe, pedagogue):
    enrol(make_person("Åsa", "Öberg"), contact=pedagogue)
    # Without movement: a page that glides to the next stop has not arrived when one looks.
    page = new_page(reduced_motion="reduce")
    page.goto("/")
    keys = Keys(page)
    signs_in(keys, pedagogue)
    skips_the_menu(keys)
    searches_and_opens(keys)
    records_a_meeting(keys)
    assert PlanningMeeting.objects.count() == 1


def signs_in(keys, user):
    keys.page.locator("body").press("Home")
    keys.tab_to("E-post")
    keys.write(user.email)
    keys.tab_to("Lösenord")
    keys.write(PASSWORD)
    keys.tab_to("Logga in")
    keys.enter()


def skips_the_menu(keys):
    keys.tab_to("Hoppa till innehållet", most=1)
    keys.page.keyboard.press("Enter")
    assert keys.page.evaluate("document.activeElement.tagName") == "MAIN"
    keys.tab_to("Åsa Öberg", most=5)


def searches_and_opens(keys):
    keys.page.reload()
    keys.tab_to("Sök deltagare")
    keys.write("öberg")
    keys.enter()
    keys.tab_to("Åsa Öberg")
    keys.enter()


def records_a_meeting(keys):
    keys.tab_to("Registrera trepartssamtal")
    keys.enter()
    keys.tab_to("Spara trepartssamtalet")
    keys.enter()
    assert keys.page.get_by_text("Trepartssamtalet är sparat.").is_visible()
