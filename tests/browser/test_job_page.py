"""A person orders something slow and watches it come, with and without JavaScript."""

import pytest

from core import jobs
from core.probe import KIND

PASSWORD = "en lång mening som ingen gissar"


@pytest.fixture
def owner(django_user_model):
    return django_user_model.objects.create_user(
        "agare@basun.test",
        PASSWORD,
        first_name="Åsa",
        last_name="Öberg",
        authority="kommun",
        roles=["project_lead"],
    )


def sign_in(page, user):
    page.goto("/konto/logga-in/")
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.locator("form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "logga-in" not in url)


def test_the_bar_moves_and_the_page_says_when_the_job_is_done(page, axe, owner, worker):
    sign_in(page, owner)
    job = jobs.enqueue(KIND, by=owner, params={"steps": 30})
    page.goto(job.get_absolute_url())
    page.get_by_text("av 30").wait_for()
    axe(page)
    page.get_by_text("Klart", exact=True).first.wait_for()
    assert page.locator("[hx-trigger]").count() == 0
    axe(page)


def test_without_javascript_the_page_asks_again_by_itself(new_page, owner, worker):
    page = new_page(java_script_enabled=False)
    sign_in(page, owner)
    job = jobs.enqueue(KIND, by=owner, params={"steps": 20})
    page.goto(job.get_absolute_url())
    page.get_by_text("Klart", exact=True).first.wait_for()
