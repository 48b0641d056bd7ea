"""The page of a job: for the one who ordered it, with and without JavaScript."""

import pytest

from core import jobs
from core.models import Job

KIND = "tests.page"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    handler = jobs.Handler(lambda job, progress: {"url": "/klart/"}, "Nyckeltal för november")
    monkeypatch.setitem(jobs.HANDLERS, KIND, handler)


@pytest.fixture
def owner(django_user_model):
    return django_user_model.objects.create_user("agare@basun.test", authority="kommun")


@pytest.fixture
def stranger(django_user_model):
    return django_user_model.objects.create_user("annan@basun.test", authority="kommun")


def test_the_page_shows_how_far_the_job_has_come_and_asks_again(client, owner):
    job = jobs.claim(jobs.enqueue(KIND, by=owner).pk)
    jobs.reporter(job)(30, 120, "Läser rader")
    client.force_login(owner)
    page = client.get(job.get_absolute_url()).content.decode()
    assert "Nyckeltal för november" in page and "30 av 120" in page and "Läser rader" in page
    assert 'hx-trigger="every 1s"' in page and '<noscript><meta http-equiv="refresh"' in page


def test_a_finished_job_leads_on_to_its_result(client, owner):
    job = jobs.run(jobs.enqueue(KIND, by=owner).pk)
    client.force_login(owner)
    assert client.get(job.get_absolute_url())["Location"] == "/klart/"
    asked_by_the_page = client.get(job.get_absolute_url(), headers={"HX-Request": "true"})
    assert asked_by_the_page["HX-Redirect"] == "/klart/"


def test_a_finished_job_without_a_result_says_so_and_stops_asking(client, owner, monkeypatch):
    nothing = jobs.Handler(lambda job, progress: None, "Städning")
    monkeypatch.setitem(jobs.HANDLERS, KIND, nothing)
    job = jobs.run(jobs.enqueue(KIND, by=owner).pk)
    client.force_login(owner)
    page = client.get(job.get_absolute_url()).content.decode()
    assert "Klart" in page and "hx-trigger" not in page and "refresh" not in page


def test_a_failure_that_knows_the_way_on_shows_it_instead_of_a_retry(client, owner, monkeypatch):
    def refuse(job, progress):
        raise jobs.Failure("Registret ändrades under tiden.", result={"url": "/inlasning/"})

    monkeypatch.setitem(jobs.HANDLERS, KIND, jobs.Handler(refuse, "Filen läses in"))
    job = jobs.run(jobs.enqueue(KIND, by=owner).pk)
    client.force_login(owner)
    page = client.get(job.get_absolute_url()).content.decode()
    assert "Registret ändrades under tiden." in page
    assert 'href="/inlasning/"' in page and "Försök igen" not in page


def test_htmx_gets_the_part_and_the_browser_the_whole(client, owner):
    job = jobs.enqueue(KIND, by=owner)
    client.force_login(owner)
    part = client.get(job.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith("<section") and "<html" not in part


def test_a_job_of_somebody_else_does_not_exist(client, owner, stranger):
    job = jobs.enqueue(KIND, by=owner)
    client.force_login(stranger)
    assert client.get(job.get_absolute_url()).status_code == 404
    assert client.post(f"{job.get_absolute_url()}igen/").status_code == 404


def test_a_job_asks_for_signing_in(client, owner):
    answer = client.get(jobs.enqueue(KIND, by=owner).get_absolute_url())
    assert answer.status_code == 302 and "logga-in" in answer["Location"]


def test_a_failed_job_can_be_tried_again_from_its_page(client, owner, monkeypatch):
    handler = jobs.HANDLERS[KIND]
    monkeypatch.setitem(jobs.HANDLERS, KIND, jobs.Handler(lambda job, progress: 1 / 0, "X"))
    job = jobs.run(jobs.enqueue(KIND, by=owner).pk)
    monkeypatch.setitem(jobs.HANDLERS, KIND, handler)
    client.force_login(owner)
    assert "Försök igen" in client.get(job.get_absolute_url()).content.decode()
    client.post(f"{job.get_absolute_url()}igen/")
    assert Job.objects.get(pk=job.pk).state == "queued"


def test_health_answers_without_signing_in(client):
    answer = client.get("/halsa/")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
