"""Every page about a person: it answers, it logs exactly who it shows, it opens only to those it should."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AccessLogEntry
from participants.enums import Area, Category, Flag
from participants.models import ParticipantFlag
from tests.cast import enrol, make_person, sign_in

pytestmark = pytest.mark.django_db

PAGES = [
    "detail",
    "details",
    "details_edit",
    "number",
    "area",
    "flag_add",
    "protection",
    "protect",
    "consent",
    "consent_give",
    "enrolments",
    "reassign",
    "extension",
    "exit",
]


@pytest.fixture
def person(pedagogue, officer):
    person = make_person(
        "Åsa", "Öberg", birth_date=date(2008, 5, 5), area=Area.FITTJA, phone="070-123 45 67"
    )
    enrol(person, contact=pedagogue, officer=officer)
    return person


def url(name, person, *more):
    return reverse(f"participants:{name}", args=[person.pk, *more])


def logged():
    return list(AccessLogEntry.objects.order_by("id").values_list("person_id", "action", "what"))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_the_person_and_logs_one_reading(client, pedagogue, person, name):
    make_person("Annan")
    answer = sign_in(client, pedagogue).get(url(name, person))
    assert answer.status_code == 200
    assert "Öberg" in answer.content.decode()
    assert logged() == [(person.pk, "read", f"participants:{name}")]


def test_a_form_that_comes_back_with_errors_is_a_reading_too(client, pedagogue, person):
    answer = sign_in(client, pedagogue).post(url("exit", person), {"ended_on": ""})
    assert answer.status_code == 422
    assert logged() == [(person.pk, "read", "participants:exit")]


def test_what_leads_on_shows_nobody(client, pedagogue, person):
    sign_in(client, pedagogue).post(
        url("area", person), {"area": "tumba", "from_day": "2026-01-01"}
    )
    assert [action for _, action, _ in logged()] == ["changed"]


@pytest.mark.parametrize("name", PAGES)
def test_a_person_who_is_not_visible_is_not_there(client, counsellor, pedagogue, lead, name):
    hidden = make_person("Dold", protected=True)
    answer = sign_in(client, lead).get(url(name, hidden))
    missing = client.get(url(name, hidden).replace(str(hidden.pk), "999999"))
    assert answer.status_code == missing.status_code == 404
    assert answer.content == missing.content
    assert logged() == []


def test_a_protected_persons_name_stands_on_the_details_only(client, pedagogue):
    hidden = make_person(
        "Hemlig", "Person", protected=True, readers=[pedagogue], phone="0701234567"
    )
    enrol(hidden, contact=pedagogue)
    page = sign_in(client, pedagogue).get(url("detail", hidden)).content.decode()
    assert hidden.code in page and "Skyddade personuppgifter" in page
    assert "Hemlig" not in page and "0701234567" not in page
    assert "Hemlig" in client.get(url("details", hidden)).content.decode()


def test_staff_of_another_authority_get_only_the_tabs_the_consent_covers(client, officer):
    person = make_person("Åsa", consent=[Category.ATTENDANCE])
    enrol(person, officer=officer)
    page = sign_in(client, officer).get(url("detail", person)).content.decode()
    assert reverse("casework:attendance", args=[person.pk]) in page
    assert url("details", person) not in page and "Planerat slut" not in page
    assert client.get(url("details", person)).status_code == 404
    assert client.get(url("enrolments", person)).status_code == 404


def test_income_support_is_not_told_to_another_authority(client, officer):
    person = make_person("Åsa", consent=True)
    enrol(person, officer=officer)
    for flag in (Flag.INCOME_SUPPORT, Flag.SIUS):
        ParticipantFlag.objects.create(
            participant=person, flag=flag, noted_on=date(2026, 1, 1), source="prov"
        )
    page = sign_in(client, officer).get(url("details", person)).content.decode()
    assert "SIUS" in page and "Försörjningsstöd" not in page


@pytest.fixture
def closed():
    day = timezone.localdate()
    person = make_person("Stängd", created_at=timezone.now() - timedelta(days=400))
    enrol(person, starts_on=day - timedelta(days=300), ended_on=day - timedelta(days=100))
    return person


def test_a_closed_file_asks_the_lead_for_a_reason_and_then_opens(client, lead, closed):
    sign_in(client, lead)
    assert client.get(url("details", closed)).url == url("open", closed)
    assert client.post(url("open", closed), {"reason": " "}).status_code == 422
    answer = client.post(url("open", closed), {"reason": "Intyg begärt"})
    assert answer.url == url("detail", closed)
    assert "Akten är öppnad till" in client.get(answer.url).content.decode()
    assert AccessLogEntry.objects.last().ground.startswith("öppnad akt")


def test_an_opening_ends_after_an_hour(client, lead, closed):
    sign_in(client, lead).post(url("open", closed), {"reason": "Intyg begärt"})
    closed.openings.update(
        opened_at=timezone.now() - timedelta(hours=2),
        open_until=timezone.now() - timedelta(hours=1),
    )
    assert client.get(url("detail", closed)).status_code == 302


def test_a_closed_file_is_not_opened_by_the_administrator(client, administrator, closed):
    assert sign_in(client, administrator).get(url("detail", closed)).status_code == 403
    assert logged() == []


def test_the_timeline_can_be_narrowed_and_lengthened(client, pedagogue, person):
    for number in range(25):
        day = date(2024, 1, 1) + timedelta(days=40 * number)
        person.area_periods.filter(ends_on=None).update(ends_on=day - timedelta(days=1))
        person.area_periods.create(area=Area.ALBY, starts_on=day)
    page = sign_in(client, pedagogue).get(url("detail", person))
    assert len(page.context["timeline"].events) == 20
    assert "Visa äldre" in page.content.decode()
    longer = client.get(url("detail", person), {"visa": "40", "slag": "Register"}).context[
        "timeline"
    ]
    assert longer.more == 0 and longer.kind == "Register"
