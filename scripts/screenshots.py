#!/usr/bin/env python
"""Take pictures of BASUN as a newcomer meets it: `make run` in a folder of its own, then a browser.

screenshots.py            the pictures of the README and of the case file, into docs/pictures/
screenshots.py --only x,y the same, but only those of these names
screenshots.py --all DIR  every kind of page, as each demo login, at desktop and phone width
"""

import argparse
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "basun.settings.local")

from playwright.sync_api import Error as PlaywrightError  # noqa: E402  (after the path)
from playwright.sync_api import sync_playwright  # noqa: E402  (after the path)

from tests.browser.chromium import chromium_path  # noqa: E402  (after the path)

PORT = 8950
WIDTHS = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
README = [
    ("lead", "/", "home"),
    ("lead", "/nyckeltal/", "key-figures"),
    ("pedagogue", "/deltagare/", "participants"),
]
# The case file: by name, who looks, at which width, and the way there: an address, then each time the
# first link that ends like this. The person is the one with a planning meeting today.
PLAN = ["/", r"/deltagare/\d+/plan/tillsammans/", r"/deltagare/\d+/plan/"]
REVIEWS = "/arendedragning/"
CASE_FILE = {
    "home-pedagogue": ("pedagogue", "phone", ["/"]),
    "person": ("pedagogue", "desktop", [*PLAN, r"/deltagare/\d+/"]),
    "notes": ("pedagogue", "desktop", [*PLAN, r"/deltagare/\d+/anteckningar/"]),
    "note-writing": ("pedagogue", "phone", ["/anteckningar/", "/anteckningar/skriv/[0-9a-f-]+/"]),
    "plan": ("pedagogue", "desktop", PLAN),
    "plan-together": ("pedagogue", "desktop", PLAN[:2]),
    "tasks": ("pedagogue", "phone", ["/uppgifter/"]),
    "handover": ("pedagogue", "desktop", ["/", r"/overlamning/deltagare/\d+/"]),
    "agenda": ("lead", "desktop", [REVIEWS, r"/arendedragning/\d+/"]),
}


@contextlib.contextmanager
def running():
    """Run the whole system on a fresh database; yields its address and its logins by role."""
    with tempfile.TemporaryDirectory(prefix="basun-pictures-") as var:
        env = os.environ | {"BASUN_VAR": var, "PORT": str(PORT), "BASUN_DEMO": "1"}
        env.pop("DATABASE_URL", None)
        process = subprocess.Popen([sys.executable, "scripts/run.py"], cwd=ROOT, env=env)
        try:
            wait_for(f"http://127.0.0.1:{PORT}/halsa/")
            logins = subprocess.run(
                [sys.executable, "manage.py", "demo_logins", "--json"],
                cwd=ROOT, env=env, check=True, capture_output=True, text=True,
            ).stdout  # fmt: skip
            yield f"http://127.0.0.1:{PORT}", json.loads(logins)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def wait_for(url: str, seconds: int = 180) -> None:
    """Return when the address answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2):  # noqa: S310  (our own address)
            return
        time.sleep(0.5)
    raise SystemExit(f"{url} did not answer within {seconds} seconds.")


def sign_in(context, base: str, login: dict):
    """Return a page where the login has signed in as people do."""
    page = context.new_page()
    page.goto(f"{base}/konto/logga-in/")
    page.fill("input[name=login]", login["email"])
    page.fill("input[name=password]", login["password"])
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{base}/")
    return page


def shape(url: str) -> str:
    """Return the kind of page an address leads to: numbers, figures and queries do not count."""
    parts = urlsplit(url)
    path = re.sub(r"/([0-9]+|[0-9a-f]{8}-[0-9a-f-]{27})(?=/)", "/N", parts.path)
    path = re.sub(r"(/rader)/[^/]+", r"\1/N", path)
    return path


def every_kind_of_page(page, base: str, most: int):
    """Yield addresses reachable by links, one of each kind, the front page first."""
    queue, seen = [f"{base}/"], {shape(f"{base}/")}
    while queue and most:
        url = queue.pop(0)
        try:
            page.goto(url)
        except PlaywrightError:  # a file to download, which has no picture
            continue
        most -= 1
        yield url
        links = page.eval_on_selector_all(
            "a[href]:not([hidden])", "all => all.map(each => each.href)"
        )
        for link in links:
            clean = link.split("#")[0]
            if clean.startswith(base) and "export" not in clean and shape(clean) not in seen:
                seen.add(shape(clean))
                queue.append(clean)


def picture(page, file: Path, *, full=True) -> None:
    """Save the page as it stands."""
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(file), full_page=full)
    print(file)


def for_readme(browser, base: str, logins: dict) -> None:
    """Take the README's pictures."""
    for role, path, name in README:
        context = browser.new_context(viewport=WIDTHS["desktop"], locale="sv-SE")
        page = sign_in(context, base, logins[role])
        page.goto(base + path)
        picture(page, ROOT / "docs" / "pictures" / f"{name}.png", full=False)
        context.close()


def of_the_case_file(browser, base: str, logins: dict, only: set[str]) -> None:
    """Take the pictures of the case file, each after walking there by links."""
    for name, (role, width, way) in CASE_FILE.items():
        if only and name not in only:
            continue
        context = browser.new_context(viewport=WIDTHS[width], locale="sv-SE")
        page = sign_in(context, base, logins[role])
        if walk(page, base, way):
            picture(page, ROOT / "docs" / "pictures" / f"{name}.png", full=False)
        else:
            print(f"  no way to {name}: {page.url}")
        context.close()


def of_the_review(browser, base: str, logins: dict, only: set[str]) -> None:
    """Begin a review of today and take pictures of the wall, of a phone that follows, and of what was decided."""
    if only and not only & {"wall", "follow", "recap"}:
        return
    folder, lead = ROOT / "docs" / "pictures", logins["lead"]
    context = browser.new_context(viewport=WIDTHS["desktop"], locale="sv-SE")
    page = sign_in(context, base, lead)
    walk(page, base, [REVIEWS, r"/arendedragning/\d+/", r"/arendedragning/\d+/andra/"])
    page.fill("input[name=held_on]", date.today().isoformat())
    page.press("input[name=held_on]", "Enter")
    page.wait_for_url(re.compile(r"/arendedragning/\d+/$"))
    review = page.url
    page.goto(f"{review}borja/")
    for box in page.locator("input[name=here]").all():
        box.check()
    page.click("main form .button--primary")
    page.wait_for_url(f"{review}vaggen/")
    picture(page, folder / "wall.png", full=False)
    phone = browser.new_context(viewport=WIDTHS["phone"], locale="sv-SE")
    follower = sign_in(phone, base, logins["pedagogue"])
    follower.goto(f"{review}folj/")
    picture(follower, folder / "follow.png", full=False)
    phone.close()
    page.goto(base + REVIEWS)
    links = page.eval_on_selector_all("main a[href]", "all => all.map(each => each.href)")
    earlier = next(each for each in links if re.search(r"/\d+/$", each) and each != review)
    page.goto(f"{earlier}vad-vi-bestamde/")
    picture(page, folder / "recap.png", full=False)
    context.close()


def walk(page, base: str, way: list[str]) -> bool:
    """Open an address, then the first link that ends as each step says; says whether all were there."""
    page.goto(base + way[0])
    for step in way[1:]:
        links = page.eval_on_selector_all("a[href]", "all => all.map(each => each.href)")
        link = next((each for each in links if re.search(f"{step}$", urlsplit(each).path)), None)
        if link is None:
            return False
        page.goto(link)
    return True


def of_everything(
    browser, base: str, logins: dict, folder: Path, roles: list[str], most: int
) -> None:
    """Take a picture of every kind of page for each role at each width; say what is too wide."""
    for role in roles or logins:
        for width, viewport in WIDTHS.items():
            context = browser.new_context(viewport=viewport, locale="sv-SE")
            page = sign_in(context, base, logins[role])
            for url in list(every_kind_of_page(page, base, most)):
                page.goto(url)
                name = shape(url).strip("/?").replace("/", "_") or "home"
                picture(page, folder / role / f"{name[:80]}.{width}.png")
                wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                if wide > 0:
                    print(f"  {wide} px too wide: {url}")
            context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", metavar="DIR", type=Path)
    parser.add_argument("--role", action="append", default=[])
    parser.add_argument("--most", type=int, default=60)
    parser.add_argument("--only", default="", help="names, with commas between")
    options = parser.parse_args()
    with running() as (base, logins), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path())
        if options.all:
            of_everything(browser, base, logins, options.all, options.role, options.most)
        else:
            only = {each for each in options.only.split(",") if each}
            if not only:
                for_readme(browser, base, logins)
            of_the_case_file(browser, base, logins, only)
            of_the_review(browser, base, logins, only)
        browser.close()


if __name__ == "__main__":
    main()
