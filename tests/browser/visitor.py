"""Somebody before a screen, told as a story: what they follow, press, write and see.

Everything is found by the words on the page, as people do. Each page met is looked over.
"""

import re

from playwright.sync_api import Page, expect

WIDER_THAN_ITSELF = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LEADS_NOWHERE = """[...document.querySelectorAll('a:not([href]), a[href=""], a[href="#"]')]
  .map(each => each.outerHTML)"""
# What a page is built of: everything but its words, numbers and keys.
BUILT_OF = """(document.querySelector('main') || document.body).outerHTML
  .replace(/>[^<]*[^<\\s][^<]*</g, '>…<').replace(/ value="[^"]*"|[0-9a-f-]{12,}|[0-9]+/g, '')
  + matchMedia('(prefers-color-scheme: dark)').matches + innerWidth"""
EXAMINED = set()


# Two lines of a signature, in shares of the box.
SIGNATURE = [
    [(0.1, 0.6), (0.2, 0.2), (0.3, 0.8), (0.4, 0.3), (0.5, 0.7)],
    [(0.55, 0.5), (0.7, 0.4), (0.85, 0.6)],
]


class Mouse:
    """A mouse that draws."""

    def __init__(self, page: Page):
        self.mouse = page.mouse

    def draw(self, line):
        """Press at the first point, move through the others, let go."""
        self.mouse.move(*line[0])
        self.mouse.down()
        for point in line[1:]:
            self.mouse.move(*point, steps=5)
        self.mouse.up()


class Finger:
    """A finger that draws; the browser makes its events of what the screen feels."""

    def __init__(self, page: Page):
        self.screen = page.context.new_cdp_session(page)

    def draw(self, line):
        """Touch at the first point, move through the others, let go."""
        self._feels("touchStart", line[0])
        for point in line[1:]:
            self._feels("touchMove", point)
        self._feels("touchEnd")

    def _feels(self, what, *points):
        touched = [{"x": x, "y": y} for x, y in points]
        self.screen.send("Input.dispatchTouchEvent", {"type": what, "touchPoints": touched})


class Visitor:
    """A user with a browser of their own; `look_over` is called with each new page they meet."""

    def __init__(self, page: Page, look_over):
        self.page = page
        self.look_over = look_over
        self.main = page.locator("main")

    def goes_to(self, address: str):
        """Open an address, and return its answer."""
        answer = self.page.goto(address)
        self.look_over(self.page)
        return answer

    def follows(self, link: str, *, under: str = ""):
        """Click a link of the page's own part, by its words; the first, or the one in that card."""
        part = self.main.locator(".card", has_text=under) if under else self.main
        self._click(part.get_by_role("link", name=link).first)

    def swaps(self, link: str):
        """Click a link that changes only a part of the page, and wait until it has."""
        with self.page.expect_response(lambda answer: answer.request.headers.get("hx-request")):
            self.main.get_by_role("link", name=link).first.click()
        self.page.locator(".htmx-request, .htmx-swapping, .htmx-settling").wait_for(
            state="detached"
        )
        self.look_over(self.page)

    def downloads(self, link: str) -> bytes:
        """Click a link to a file, and return what came."""
        with self.page.expect_download() as coming:
            self.main.get_by_role("link", name=link).first.click()
        return coming.value.path().read_bytes()

    def opens(self, place: str):
        """Click a place in the navigation, by its words."""
        self._click(self.page.get_by_role("navigation").get_by_role("link", name=place).first)

    def begins(self, action: str):
        """Click what can be begun from every page, in the bar above it."""
        self._click(self.page.get_by_role("link", name=action, exact=True).first)

    def presses(self, button: str):
        """Click a button, by its words."""
        self._click(self.main.get_by_role("button", name=button, exact=True).first)

    def sends(self, button: str):
        """Click a button of a page that first keeps what is written, and only then leads on."""
        with self.page.expect_event("load"):
            self.main.get_by_role("button", name=button, exact=True).first.click()
        self.look_over(self.page)

    def writes(self, words: dict[str, str]):
        """Fill in fields, each by words of its label."""
        for label, text in words.items():
            self.field(label).fill(text)

    def chooses(self, option: str, in_field: str):
        """Choose from a list, by the words of both."""
        self.field(in_field).select_option(label=option)

    def taps(self, button: str, *, on: str):
        """Press a button of one row of a list, and wait until the row says something else."""
        self.row(on).get_by_role("button", name=button).first.click()
        self.waits_for_swap()

    def row(self, name: str):
        """The row of a roster, or of a list of tasks, that bears a name."""
        return self.main.get_by_role("listitem", name=name)

    def waits_for_swap(self):
        """Wait until htmx has done all it was asked for, and look at what came.

        From the top: half-way down, a bar that stays in place covers a part of some row, and the
        buttons under it would be found too small.
        """
        busy = self.page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")
        expect(busy).to_have_count(0)
        self.page.evaluate("window.scrollTo(0, 0)")
        self.look_over(self.page)

    def draws_signature(self):
        """Draw two lines in the box: with a finger where there is a touch screen, else with the mouse."""
        box = self.main.get_by_role("img", name=re.compile("underskrift")).bounding_box()
        pen = (
            Finger(self.page)
            if self.page.evaluate("'ontouchstart' in window")
            else Mouse(self.page)
        )
        for line in SIGNATURE:
            pen.draw([(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in line])

    def prints(self, button: str) -> bytes:
        """Press a button that opens a paper in a tab of its own, and return the PDF."""
        with self.page.expect_download() as coming:
            self.main.get_by_role("button", name=button).first.click()
        return coming.value.path().read_bytes()

    def ticks(self, *labels: str):
        """Tick boxes, or choose cards, by the words beside them."""
        for label in labels:
            self.main.locator("label", has_text=label).first.click()
            expect(self.main.get_by_label(label).first).to_be_checked()

    def ticks_off(self, label: str):
        """Take a tick away."""
        self.main.locator("label", has_text=label).first.click()
        expect(self.main.get_by_label(label).first).not_to_be_checked()

    def searches(self, words: str):
        """Write in the search box that stands on every page."""
        box = self.page.get_by_role("searchbox", name="Sök deltagare på namn").first
        box.fill(words)
        with self.page.expect_navigation():
            box.press("Enter")
        self.look_over(self.page)

    def field(self, label: str):
        """The last field whose label begins so; of two forms on a page, the one below."""
        return self.main.get_by_label(re.compile(f"^\\s*{re.escape(label)}")).last

    def sees(self, *sentences: str):
        """Wait until each stands on the page."""
        for sentence in sentences:
            expect(self.main.get_by_text(sentence).first).to_be_visible()

    def waits_for(self, sentence: str):
        """Wait for something that a worker has to do first; the page asks by itself."""
        expect(self.main.get_by_text(sentence).first).to_be_visible(timeout=60_000)
        self.look_over(self.page)

    def is_led_to(self, heading: str):
        """Wait until the work is done and the page of its result, by its heading, has come by itself."""
        title = self.page.get_by_role("heading", level=1, name=heading)
        expect(title).to_be_visible(timeout=60_000)
        self.look_over(self.page)

    def does_not_see(self, *sentences: str):
        """Make sure that none stands on the page."""
        for sentence in sentences:
            expect(self.main.get_by_text(sentence)).to_have_count(0)

    def _click(self, what):
        with self.page.expect_navigation():
            what.click()
        self.look_over(self.page)


def looked_over_by(axe):
    """Return what is asked of every page: WCAG 2.2 AA, nothing wider than the screen, no dead link.

    Examining takes the longest by far, so a page built like one before is not examined again.
    """

    def look_over(page: Page) -> None:
        assert not page.evaluate(WIDER_THAN_ITSELF), f"{page.url} is wider than the screen"
        assert page.evaluate(LEADS_NOWHERE) == [], page.url
        built_of = hash(page.evaluate(BUILT_OF))
        if built_of not in EXAMINED:
            axe(page)
            EXAMINED.add(built_of)

    return look_over


def not_looked_over(page: Page) -> None:
    """For a browser without JavaScript, where the same pages cannot be examined."""
