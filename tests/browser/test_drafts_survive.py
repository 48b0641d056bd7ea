"""What is typed outlives the server, the session and the computer it was typed on.

A server of the test's own, on a database of its own, so that it can be killed as a power cut does.
"""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP
from tests.cast import PASSWORD, next_number

ROOT = Path(__file__).resolve().parents[2]
GUNICORN = str(Path(sys.executable).parent / "gunicorn")
SOON = 20_000
MAKE = """
from accounts.roles import Role
from tests.cast import enrol, make_person, make_user
anna = make_user(Role.PEDAGOGUE, "Anna", "Berg")
enrol(make_person("Åsa", "Öberg"), contact=anna)
"""
NEW_NOTE = "/deltagare/1/anteckningar/ny/"


class Server:
    """The web server alone, which can be killed and started again on the same port."""

    def __init__(self, folder: Path):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.file = folder / "basun.sqlite3"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "basun.settings.local",
            "BASUN_VAR": str(folder),
            "BASUN_DEMO": "0",
            "DATABASE_URL": f"sqlite:///{self.file}",
            "REDIS_URL": "",
            "PYTHONWARNINGS": "ignore",
        }
        bind = self.address.removeprefix("http://")
        self.words = [GUNICORN, "basun.wsgi", "--bind", bind, "--worker-class", "gthread"]
        self.process = None

    def make(self, code: str) -> None:
        """Run a few lines against the database."""
        command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", code]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.process = subprocess.Popen(
            [*self.words, "--threads", "4", "--log-level", "error"],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
        )
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{self.address}/halsa/", timeout=2).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        pytest.fail("The server gave no answer.")

    def kill(self) -> None:
        """Kill it and its children at once."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def end_sessions(self) -> None:
        """End everybody's sessions, as half an hour of silence does."""
        with closing(sqlite3.connect(self.file, timeout=30)) as database, database:
            database.execute("DELETE FROM django_session")


@pytest.fixture
def server(tmp_path, new_database):
    """A running server with one pedagogue and one participant."""
    server = Server(tmp_path)
    new_database(server.file)
    server.make(MAKE)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def computer(browser, server):
    """Seat somebody before a computer of their own: a browser with its own cookies."""
    contexts = []

    def seat():
        context = browser.new_context(
            base_url=server.address,
            viewport=DESKTOP,
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
        )
        context.set_default_timeout(SOON)
        contexts.append(context)
        return context.new_page()

    yield seat
    for context in contexts:
        context.close()


def signs_in(page) -> None:
    page.locator("input[name=login]").fill("anna.berg@exempel.se")
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("input[name=password]").press("Enter")


def begins(page) -> None:
    page.goto(NEW_NOTE)
    signs_in(page)
    expect(page.get_by_role("heading", level=1, name="Ny anteckning")).to_be_visible()


def types(page, words: str) -> None:
    box = page.get_by_label("Anteckning", exact=True)
    box.press("Control+End")
    box.press_sequentially(words)


def says(page, words: str):
    status = page.locator("[data-autosave-status]")
    expect(status).to_contain_text(words, timeout=SOON)


def text_on(page):
    return page.get_by_label("Anteckning", exact=True)


def test_drafts_survive_a_killed_server(server, computer):
    page = computer()
    begins(page)
    types(page, "Åsa kom i tid.")
    says(page, "Sparat ")

    server.kill()
    types(page, " Det här skrevs när servern var död.")
    says(page, "Inte sparat – försöker igen")
    page.get_by_role("button", name="Signera", exact=True).click()
    says(page, "Inte sparat – försöker igen")
    whole = "Åsa kom i tid. Det här skrevs när servern var död."
    expect(text_on(page)).to_have_value(whole)

    server.start()
    says(page, "Sparat ")
    server.kill()
    server.start()

    elsewhere = computer()
    elsewhere.goto("/")
    signs_in(elsewhere)
    card = elsewhere.locator(".card", has_text="Osignerade anteckningar")
    card.get_by_role("link", name="Åsa Öberg").click()
    expect(text_on(elsewhere)).to_have_value(whole)
    elsewhere.get_by_role("button", name="Signera", exact=True).click()
    expect(elsewhere.get_by_text("Anteckningen är signerad.")).to_be_visible()
    expect(elsewhere.get_by_text(whole)).to_be_visible()


def test_who_is_signed_out_while_writing_goes_on_after_signing_in_beside(server, computer):
    page = computer()
    begins(page)
    types(page, "Före.")
    says(page, "Sparat ")
    server.end_sessions()
    types(page, " Efter.")
    expect(page.get_by_text("Du har loggats ut", exact=True)).to_be_visible()
    page.get_by_role("button", name="Signera", exact=True).click()
    expect(text_on(page)).to_have_value("Före. Efter.")

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Logga in i en ny flik").click()
    signs_in(opened.value)
    page.bring_to_front()
    says(page, "Sparat ")
    expect(page.get_by_text("Du har loggats ut", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Signera", exact=True).click()
    expect(page.get_by_text("Anteckningen är signerad.")).to_be_visible()
    expect(page.get_by_text("Före. Efter.")).to_be_visible()


def test_signing_in_on_the_spot_leads_back_to_the_text(server, computer):
    page = computer()
    begins(page)
    types(page, "Det som hann sparas.")
    says(page, "Sparat ")
    server.end_sessions()
    types(page, " Och lite till.")
    expect(page.get_by_text("Du har loggats ut", exact=True)).to_be_visible()
    page.get_by_role("link", name="Logga in här").click()
    signs_in(page)
    expect(text_on(page)).to_have_value("Det som hann sparas.")


def test_two_tabs_with_the_same_draft_lose_no_word(server, computer):
    page = computer()
    begins(page)
    types(page, "Början.")
    says(page, "Sparat ")
    other = page.context.new_page()
    other.goto(page.url)
    types(other, " Andra fliken.")
    says(other, "Sparat ")
    types(page, " Första fliken.")
    expect(page.get_by_text("Samma utkast var öppet i en annan flik")).to_be_visible()
    assert page.url != other.url
    page.goto("/anteckningar/")
    drafts = page.locator("main").get_by_role("link", name="Åsa Öberg")
    expect(drafts).to_have_count(2)
    other.reload()
    expect(text_on(other)).to_have_value("Början. Andra fliken.")


def test_a_warning_that_comes_with_the_press_is_read_before_the_next_one_signs(server, computer):
    page = computer()
    begins(page)
    text_on(page).fill(f"Numret är {next_number()}.")
    sign = page.get_by_role("button", name="Signera", exact=True)
    sign.click()
    expect(page.get_by_text("Det ser ut att stå ett personnummer")).to_be_visible()
    sign.click()
    expect(page.get_by_text("Anteckningen är signerad.")).to_be_visible()
