"""A real browser: headless Chromium, one for each process, a fresh context for each test."""

import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Page, sync_playwright

from core import jobs
from core.models.job import Job, JobState
from tests.browser.chromium import chromium_path
from tests.browser.visitor import Visitor, looked_over_by, not_looked_over

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HERE = Path(__file__).parent
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


def pytest_collection_modifyitems(items):
    """Everything in this folder is a browser test against the live server's database."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))


@pytest.fixture(scope="session")
def browser(django_db_setup):
    # Under Playwright's event loop Django gives this thread another connection object; the seeded
    # rows that come back before each test were remembered on the one before it.
    seeded = connection._test_serialized_contents
    with sync_playwright() as playwright:
        connection._test_serialized_contents = seeded
        chromium = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser, live_server):
    """Make pages, each with its own cookies; at the end nothing strange may have happened on any.

    Strange is: an error on the console, an exception in a script, a request to another host.
    Use as `page = new_page()`, `new_page(viewport=PHONE)` or `new_page(java_script_enabled=False)`.
    """
    contexts, strange = [], []

    def make(**options) -> Page:
        context = browser.new_context(
            **{
                "locale": "sv-SE",
                "timezone_id": "Europe/Stockholm",
                "viewport": DESKTOP,
                "base_url": live_server.url,
                **options,
            }
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        watch(page, live_server.url, strange)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not strange, "\n".join(strange)


@pytest.fixture
def page(new_page):
    """One page at desktop width."""
    return new_page()


@pytest.fixture
def phone(new_page):
    """One page at the width of a telephone."""
    return new_page(viewport=PHONE, has_touch=True)


def watch(page: Page, origin: str, strange: list[str]) -> None:
    """Note what must not happen on a page. Answers of 4xx that a test asks for are no errors."""

    def console(message):
        expected = "Failed to load resource" in message.text and "status of 4" in message.text
        if message.type == "error" and not expected:
            strange.append(f"console: {message.text}")

    def request(request):
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.netloc != urlsplit(origin).netloc:
            strange.append(f"request to another host: {request.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: strange.append(f"script: {error}"))
    page.on("request", request)


@pytest.fixture(scope="session")
def axe():
    """Return a function that fails with the list of what axe-core finds wrong on a page."""
    engine = Axe()

    def check(page: Page, exclude: list[str] | None = None) -> None:
        context = {"exclude": [[selector] for selector in exclude]} if exclude else None
        results = engine.run(
            page, context=context, options={"runOnly": WCAG, "resultTypes": ["violations"]}
        )
        assert results.violations_count == 0, results.generate_report()

    return check


@pytest.fixture
def visitor(new_page, axe, live_server):
    """Seat a user before a browser, already signed in: `visitor(lead)`, `visitor(lead, viewport=PHONE)`.

    Without a user nobody is signed in yet.
    """

    def seat(user=None, **options) -> Visitor:
        page = new_page(reduced_motion="reduce", **options)
        if user:
            session = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user)}
            page.context.add_cookies([{**session, "url": live_server.url}])
        scripts = options.get("java_script_enabled", True)
        return Visitor(page, looked_over_by(axe) if scripts else not_looked_over)

    return seat


def session_of(user) -> str:
    """Sign the user in without the page, and return the key of their session."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def worker(live_server):
    """Do the ordered jobs while the test looks on: a thread in the place of Celery's worker."""
    stop = threading.Event()
    thread = threading.Thread(target=do_jobs, args=(stop,), daemon=True)
    thread.start()
    yield
    stop.set()
    thread.join(timeout=30)


def do_jobs(stop: threading.Event) -> None:
    """Run queued jobs, one after another, until told to stop."""
    try:
        while not stop.wait(0.1):
            for job_id in Job.objects.filter(state=JobState.QUEUED).values_list("pk", flat=True):
                jobs.run(job_id)
    finally:
        connection.close()
