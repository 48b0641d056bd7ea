"""The figures on screen and the archive: who may, what stands there, and how much it costs."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from core import jobs
from core.models import AccessLogEntry, Job
from core.periods import Month
from participants.enums import Area, ExitReason
from reports import actions
from reports.models import Goal, Measure, Report, ReportKind
from tests.cast import enrol, make_person, sign_in
from tests.htmx import assert_swap_gives_page

pytestmark = pytest.mark.django_db
FIGURES = "/nyckeltal/"
MARCH = FIGURES + "?from=2019-03&to=2019-03"


@pytest.fixture(autouse=True)
def in_april():
    with time_machine.travel("2019-04-10 12:00:00+02:00", tick=False):
        yield


@pytest.fixture
def march():
    enrol(make_person(area=Area.ALBY), starts_on=date(2019, 3, 4), ended_on=date(2019, 3, 20))
    enrol(
        make_person(female=False),
        starts_on=date(2019, 2, 4),
        ended_on=date(2019, 3, 8),
        reason=ExitReason.MOVED,
    )


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_page_shows_a_figure_with_its_goal_and_definition(client, lead, march):
    page = text(sign_in(client, lead).get(MARCH))
    assert "Mål 60 %" in page
    assert "50,0" in page
    assert "Unika deltagare som skrevs ut i perioden." in page
    assert "Ej för spridning" in page


def test_what_is_not_registered_yet_says_so(client, lead):
    assert "Inga placeringar registrerade ännu." in text(sign_in(client, lead).get(MARCH))


def test_the_goal_is_the_one_that_held_on_the_last_day(client, lead):
    goal = Goal.objects.get(measure=Measure.RESULT)
    goal.valid_until = date(2019, 2, 28)
    goal.save(update_fields=["valid_until"])
    Goal.objects.create(measure=Measure.RESULT, target=75, valid_from=date(2019, 3, 1))
    client = sign_in(client, lead)
    assert "Mål 75" in text(client.get(MARCH))
    assert "Mål 75" not in text(client.get(FIGURES + "?from=2019-02&to=2019-02"))


@pytest.mark.parametrize(
    ("question", "label"),
    [("", "April 2019"), ("?from=2018-12&to=2019-02", "December 2018–februari 2019")],
)
def test_the_period_is_this_month_or_the_one_asked_for(client, lead, question, label):
    assert label in text(sign_in(client, lead).get(FIGURES + question))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("?from=2019-04&to=2019-03", "Perioden slutar före den börjar."),
        ("?from=2019-44&to=2019-03", "är ingen månad."),
        ("?from=1901-01&to=2019-03", "Välj högst tjugo år"),
    ],
)
def test_a_period_that_cannot_be_read_is_told_of_and_nothing_breaks(
    client, lead, question, sentence
):
    response = sign_in(client, lead).get(FIGURES + question)
    assert response.status_code == 200
    assert sentence in text(response)


def test_changing_the_period_swaps_in_what_the_page_would_show(client, lead, march):
    assert_swap_gives_page(sign_in(client, lead), MARCH, start=FIGURES, target="figures")


def test_only_those_who_may_see_rows_get_links_to_them(client, lead, development_lead, march):
    link = reverse("reports:figure_rows", args=["avslutade"])
    assert link in text(sign_in(client, lead).get(MARCH))
    assert link not in text(sign_in(client, development_lead).get(MARCH))


def test_the_page_shows_no_person_and_logs_none(client, lead, march):
    sign_in(client, lead).get(MARCH)
    assert not AccessLogEntry.objects.exists()


def queries_of(client, url, context) -> int:
    with context as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_more_people_and_more_months_cost_no_more_queries(
    client, lead, march, django_assert_max_num_queries
):
    client = sign_in(client, lead)
    client.get(MARCH)
    few = queries_of(client, MARCH, django_assert_max_num_queries(40))
    for number in range(20):
        enrol(
            make_person(area=Area.TUMBA),
            starts_on=date(2018, 3, 1 + number),
            ended_on=date(2019, 3, 9),
        )
    many = queries_of(
        client, FIGURES + "?from=2016-01&to=2019-03", django_assert_max_num_queries(40)
    )
    assert many == few


# The archive


def order(client, **data):
    given = {"kind": "key-figures", "start": "2019-03", "end": "2019-03", "by_month": "on"} | data
    return client.post("/rapporter/ny/", given)


def test_ordering_a_report_leads_to_its_job_and_then_to_the_archive(client, lead, march):
    client = sign_in(client, lead)
    job = Job.objects.get(pk=order(client)["Location"].split("/")[-2])
    jobs.run(job.pk)
    report = Report.objects.get()
    assert client.get(job.get_absolute_url())["Location"] == report.get_absolute_url()
    assert report.sha256 in text(client.get(report.get_absolute_url()))
    assert "mars 2019" in text(client.get("/rapporter/"))


def test_months_turned_round_are_refused_beside_the_field(client, lead):
    response = order(sign_in(client, lead), start="2019-05")
    assert response.status_code == 422
    assert "Perioden slutar före den börjar" in text(response)
    assert not Job.objects.exists()


def test_somebody_who_may_only_look_cannot_order(client, pedagogue):
    client = sign_in(client, pedagogue)
    assert order(client).status_code == 403
    assert "Ta fram rapport" not in text(client.get("/rapporter/"))


@pytest.fixture
def report(lead, quick_pdf):
    job = actions.order(ReportKind.KEY_FIGURES, Month(2019, 3).period, by_month=True, by=lead)
    jobs.run(job.pk)
    return Report.objects.get()


@pytest.mark.parametrize("format", ["pdf", "xlsx", "json"])
def test_a_file_is_sent_as_a_download_that_no_browser_keeps(client, pedagogue, report, format):
    response = sign_in(client, pedagogue).get(f"/rapporter/{report.pk}/fil/{format}/")
    assert response["Content-Disposition"] == f'attachment; filename="nyckeltal-2019-03.{format}"'
    assert "no-store" in response["Cache-Control"]
    assert response.content == bytes(report.files.get(format=format).content)


@pytest.mark.parametrize(
    "url", ["/rapporter/{}/fil/exe/", "/rapporter/{}9/", "/rapporter/{}9/fil/pdf/"]
)
def test_what_is_not_there_is_404(client, lead, report, url):
    assert sign_in(client, lead).get(url.format(report.pk)).status_code == 404


def test_those_without_figures_reach_nothing(client, steering, report):
    client = sign_in(client, steering)
    for url in (
        FIGURES,
        "/rapporter/",
        report.get_absolute_url(),
        f"/rapporter/{report.pk}/fil/pdf/",
    ):
        assert client.get(url).status_code == 403


def test_the_archive_reads_no_files_and_costs_the_same_with_more_reports(
    client, lead, report, django_assert_max_num_queries
):
    client = sign_in(client, lead)
    client.get("/rapporter/")
    few = queries_of(client, "/rapporter/", django_assert_max_num_queries(40))
    for _ in range(3):
        Report.objects.create(
            kind="key-figures",
            first_month="2019-01",
            last_month="2019-02",
            figures={},
            sha256="",
            made_by=lead,
        )
    assert queries_of(client, "/rapporter/", django_assert_max_num_queries(40)) == few
