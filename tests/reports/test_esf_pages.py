"""The ESF months on screen: who may, what stands there, whom it shows and logs, and what it costs."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import jobs
from core.models import AccessLogEntry, Job
from participants.models import Enrolment
from reports.esf.models import EsfTemplate, EsfVersion
from tests.cast import enrol, make_person, protect, sign_in
from tests.htmx import assert_swap_gives_page
from tests.reports.esf_world import BORN, at_noon, attend, lock_all, without_printing
from tests.reports.test_esf_files import as_bytes, scb_book

pytestmark = pytest.mark.django_db
MARCH = "/esf/2017-03/"


@pytest.fixture(autouse=True)
def in_june(monkeypatch):
    without_printing(monkeypatch)
    with at_noon("2017-06-10"):
        yield


@pytest.fixture
def mira(pedagogue):
    person = make_person(
        "Mira", "Öberg", birth_date=BORN, email="mira@exempel.se", phone="070-1740605"
    )
    enrol(person, starts_on=date(2017, 3, 6), contact=pedagogue)
    for day in ("2017-03-08", "2017-04-05", "2017-05-03"):
        attend(person, day)
    attend(person, "2017-03-09", "1.5", signed=None)
    return person


def text(response) -> str:
    return " ".join(response.content.decode().split())


def page(client, url) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return text(response)


def logged() -> set[int]:
    return set(AccessLogEntry.objects.values_list("person_id", flat=True))


ADDRESSES = ("/esf/", MARCH, "/esf/mallar/")


@pytest.mark.parametrize("role", ["lead", "administrator"])
@pytest.mark.parametrize("url", ADDRESSES)
def test_those_who_report_open_every_page(request, client, mira, role, url):
    page(sign_in(client, request.getfixturevalue(role)), url)


@pytest.mark.parametrize(
    "role", ["pedagogue", "officer", "development_lead", "system_administrator"]
)
@pytest.mark.parametrize("url", [*ADDRESSES, "/esf/las-oppna/", MARCH + "las/"])
def test_others_reach_nothing(request, client, mira, role, url):
    assert sign_in(client, request.getfixturevalue(role)).get(url).status_code == 403


@pytest.mark.parametrize("url", ["/esf/2017-02/", "/esf/2017-07/", "/esf/mars/", "/esf/version/9/"])
def test_what_is_not_there_is_404(client, lead, mira, url):
    assert sign_in(client, lead).get(url).status_code == 404


def test_the_calendar_shows_each_months_state_deadline_and_hours_and_nobody(client, lead, mira):
    shown = page(sign_in(client, lead), "/esf/")
    for words in ("Mars 2017", "Försenad", "Öppen", "Pågår", "2017-04-28", "Nästa att skicka"):
        assert words in shown
    assert "Öberg" not in shown
    assert logged() == set()


def test_before_anybody_is_enrolled_the_calendar_says_so(client, lead):
    assert "Inga månader än" in page(sign_in(client, lead), "/esf/")


@pytest.mark.parametrize("part", ["rader", "timmar"])
def test_a_part_of_a_month_shows_people_with_their_hours_and_logs_them(client, lead, mira, part):
    shown = page(sign_in(client, lead), f"{MARCH}?del={part}")
    assert "Mira Öberg" in shown
    assert logged() == {mira.pk}


def test_lost_hours_are_shown_with_the_main_contact(client, lead, mira):
    shown = page(sign_in(client, lead), f"{MARCH}?del=timmar")
    assert "1,5 h" in shown
    assert "Anna Berg" in shown


def test_what_the_checks_found_is_gathered_with_the_people(client, lead, mira):
    mira.phone = ""
    mira.save()
    shown = page(sign_in(client, lead), MARCH)
    assert "E-post eller mobil saknas" in shown
    assert "Mira Öberg" in shown
    assert logged() == {mira.pk}


@pytest.mark.parametrize("part", ["kontroll", "timmar", "rader"])
def test_somebody_protected_is_in_the_sums_but_not_on_the_page(client, lead, mira, part):
    hidden = make_person("Xantippa", "Dold", protected=True)
    enrol(hidden, starts_on=date(2017, 3, 6))
    attend(hidden, "2017-03-08", "4")
    attend(hidden, "2017-03-09", "2", signed=None)
    shown = page(sign_in(client, lead), f"{MARCH}?del={part}")
    assert not any(word in shown for word in ("Xantippa", "Dold", hidden.code, "Tf29"))
    assert "7 h" in shown
    assert "3,5 h" in shown
    assert hidden.pk not in logged()


def test_turning_the_page_swaps_in_what_the_page_would_show(client, lead, mira):
    for _ in range(55):
        enrol(make_person(), starts_on=date(2017, 3, 7))
    url = f"{MARCH}?del=rader"
    assert_swap_gives_page(sign_in(client, lead), f"{url}&sida=2", start=url, target="results")


def post(client, url, **data):
    response = client.post(url, data)
    if response.status_code == 302 and response.url.startswith("/jobb/"):
        jobs.run(Job.objects.latest("created_at").pk)
    return response


def test_a_month_is_locked_from_its_page(client, lead, mira):
    client = sign_in(client, lead)
    assert "Lås och gör filerna" in page(client, MARCH)
    response = post(client, MARCH + "las/")
    jobs.run(Job.objects.get().pk)
    assert response.url == Job.objects.get().get_absolute_url()
    shown = page(client, MARCH)
    assert "Låst" in shown
    assert "Version 1" in shown


def test_a_month_that_cannot_be_locked_says_why_and_offers_no_button(client, lead, mira):
    client = sign_in(client, lead)
    assert "Lås och gör filerna" not in page(client, "/esf/2017-04/")
    assert client.post("/esf/2017-04/las/").url == "/esf/2017-04/"
    assert "Lås mars 2017 först" in page(client, "/esf/2017-04/")
    assert not Job.objects.exists()


def correct(person):
    Enrolment.objects.filter(participant=person).update(starts_on=date(2017, 3, 1))


def test_a_correction_shows_on_calendar_home_and_month_with_whom_and_what(client, lead, mira):
    lock_all(lead)
    correct(mira)
    client = sign_in(client, lead)
    assert "Gör om hela kedjan (3 månader)" in page(client, "/esf/")
    assert "Måste sändas om" in page(client, "/")
    shown = page(client, MARCH)
    assert "Mira Öberg</a>: startdatum 2017-03-06 → 2017-03-01" in shown
    assert mira.pk in logged()


def test_one_click_makes_the_chain_and_the_new_version_tells_what_moved(client, lead, mira):
    lock_all(lead)
    correct(mira)
    client = sign_in(client, lead)
    post(client, "/esf/gor-om/")
    jobs.run(Job.objects.get().pk)
    version = EsfVersion.objects.get(month="2017-03", number=2)
    shown = page(client, version.get_absolute_url())
    assert "Mira Öberg</a>: startdatum 2017-03-06 → 2017-03-01" in shown
    assert "Måste sändas om" not in page(client, MARCH)
    old = EsfVersion.objects.get(month="2017-03", number=1)
    assert "Det finns en nyare version" in page(client, old.get_absolute_url())


def test_a_version_is_marked_as_sent_and_gets_its_receipt(client, lead, mira):
    march = lock_all(lead)[0]
    client = sign_in(client, lead)
    url = march.get_absolute_url()
    client.post(f"{url}skickad/")
    assert "Registrera kvittens" in page(client, url)
    wrong = client.post(f"{url}kvittens/", {"receipt": "SCB-17", "received_on": "2017-07-01"})
    assert wrong.status_code == 422
    client.post(f"{url}kvittens/", {"receipt": "SCB-17", "received_on": "2017-04-20"})
    assert "SCB-17" in page(client, url)


def test_sending_out_of_order_is_refused_with_what_to_do(client, lead, mira):
    april = lock_all(lead)[1]
    client = sign_in(client, lead)
    client.post(f"{april.get_absolute_url()}skickad/")
    assert "Skicka mars 2017 först" in page(client, april.get_absolute_url())


@pytest.mark.parametrize("format", ["xlsx", "json", "pdf"])
def test_a_file_is_a_download_that_no_browser_keeps_and_everybody_in_it_is_logged(
    client, lead, mira, format
):
    march = lock_all(lead)[0]
    response = sign_in(client, lead).get(f"{march.get_absolute_url()}fil/{format}/")
    assert response["Content-Disposition"] == f'attachment; filename="Mars2017_BASUN.{format}"'
    assert "no-store" in response["Cache-Control"]
    assert response.content == bytes(march.files.get(format=format).content)
    assert list(AccessLogEntry.objects.values_list("person_id", "action")) == [
        (mira.pk, "exported")
    ]


def test_the_pdf_and_the_json_also_name_those_whose_hours_do_not_count(client, lead, mira):
    other = make_person("Olle", "Ek", birth_date=BORN, female=False)
    enrol(other, starts_on=date(2017, 2, 6))
    attend(other, "2017-03-09", "2", signed=None)
    march = next(each for each in lock_all(lead) if each.month == "2017-03")
    client = sign_in(client, lead)
    client.get(f"{march.get_absolute_url()}fil/xlsx/")
    assert logged() == {mira.pk}
    client.get(f"{march.get_absolute_url()}fil/pdf/")
    assert logged() == {mira.pk, other.pk}


def test_a_file_that_names_somebody_protected_since_is_not_given_out(client, lead, mira):
    march = lock_all(lead)[0]
    protect(mira)
    client = sign_in(client, lead)
    response = client.get(f"{march.get_absolute_url()}fil/xlsx/")
    assert response.url == march.get_absolute_url()
    assert "går inte att hämta längre" in page(client, response.url)
    assert logged() == set()


def test_a_template_is_sent_in_mapped_and_confirmed_by_the_lead(client, administrator, lead):
    upload = SimpleUploadedFile("mall.xlsx", as_bytes(scb_book()))
    response = sign_in(client, administrator).post("/esf/mallar/", {"name": "SCB", "file": upload})
    template = EsfTemplate.objects.get()
    assert response.url == template.get_absolute_url()
    shown = page(client, response.url)
    assert "Person- eller samordningsnummer" in shown
    assert "Bekräfta mallen" not in shown
    assert client.post(f"{response.url}bekrafta/").status_code == 403
    sign_in(client, lead).post(f"{response.url}bekrafta/")
    assert "Används" in page(client, response.url)


def mapping(**changes):
    usual = {
        "sheet": "Deltagare", "header_row": "4", "number_column": "b", "number_format": "dash",
        "last_name_column": "D", "first_name_column": "C", "email_column": "", "phone_column": "",
        "starts_on_column": "E", "starts_on_format": "date", "ended_on_column": "F",
        "ended_on_format": "date", "hours_column": "G",
    }  # fmt: skip
    return usual | changes


def test_the_columns_are_changed_on_the_page(client, lead):
    upload = SimpleUploadedFile("mall.xlsx", as_bytes(scb_book()))
    client = sign_in(client, lead)
    url = client.post("/esf/mallar/", {"name": "SCB", "file": upload}).url
    assert client.post(url, mapping(number_format="plain")).status_code == 302
    assert EsfTemplate.objects.get().columns["number"] == {
        "column": "B", "header": "Person- eller samordningsnummer", "format": "plain",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"hours_column": ""}, "Ange kolumnen."),
        ({"hours_column": "7"}, "Skriv kolumnens bokstav"),
        ({"hours_column": "H"}, "Cell H4 är tom"),
        ({"hours_column": "F"}, "Två uppgifter kan inte stå i samma kolumn"),
    ],
)
def test_columns_that_cannot_be_are_refused_beside_the_form(client, lead, changes, sentence):
    upload = SimpleUploadedFile("mall.xlsx", as_bytes(scb_book()))
    client = sign_in(client, lead)
    url = client.post("/esf/mallar/", {"name": "SCB", "file": upload}).url
    response = client.post(url, mapping(**changes))
    assert response.status_code == 422
    assert sentence in text(response)


def test_what_is_no_workbook_is_refused_beside_the_field(client, lead):
    upload = SimpleUploadedFile("mall.xlsx", b"inget")
    response = sign_in(client, lead).post("/esf/mallar/", {"name": "SCB", "file": upload})
    assert response.status_code == 422
    assert "ingen Excelfil" in text(response)


def queries_of(client, url) -> int:
    with CaptureQueriesContext(connection) as queries:
        page(client, url)
    return len(queries)


@pytest.mark.parametrize("url", ["/esf/", MARCH, f"{MARCH}?del=timmar", f"{MARCH}?del=rader"])
def test_more_people_cost_no_more_queries(client, lead, pedagogue, mira, url):
    mira.phone = ""
    mira.save()
    client = sign_in(client, lead)
    client.get(url)
    few = queries_of(client, url)
    for _ in range(15):
        person = make_person()
        enrol(person, starts_on=date(2017, 3, 7), contact=pedagogue)
        attend(person, "2017-03-08", "2")
        attend(person, "2017-03-09", "2", signed=None)
    assert queries_of(client, url) == few
