"""Participant financing on screen: sums, rates, and what participants live on."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Authority
from casework.models import Activity, Attendance, Attestation, Session
from core.errors import Refused
from core.models import AccessLogEntry
from participants.enums import Category
from participants.models import BenefitPeriod
from reports.esf.models import Rate
from reports.financing import actions
from tests.cast import enrol, make_person, sign_in

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 5)
OVERVIEW = "/finansiering/?manad=2026-10"


def make_rate(**facts):
    usual = {
        "call_year": 2016, "programme_area": "2.1", "benefit": "income_support", "age_from": 16,
        "age_to": 29, "amount": Decimal("100"), "valid_from": date(2016, 10, 1), "source": "prov",
    }  # fmt: skip
    return actions.add_rate(**usual | facts, by=None)


def attend(person, hours, *, signed=True, on=DAY):
    activity, _ = Activity.objects.get_or_create(name="Verkstad", kind="group")
    session, _ = Session.objects.get_or_create(activity=activity, held_on=on)
    paper = Attestation.objects.create(participant=person, method="paper") if signed else None
    return Attendance.objects.create(
        session=session, participant=person, held_on=on, hours=hours, attestation=paper
    )


def lives_on(person, kind="income_support", starts_on=date(2026, 1, 1)):
    return BenefitPeriod.objects.create(
        participant=person, kind=kind, starts_on=starts_on, source="prov"
    )


@pytest.fixture
def person(pedagogue):
    found = make_person("Mira", "Ek", birth_date=date(2004, 2, 2))
    enrol(found, contact=pedagogue)
    return found


def test_the_month_is_summed_and_each_person_is_shown_and_logged(client, administrator, person):
    make_rate()
    lives_on(person)
    attend(person, 3)
    attend(person, 2, signed=False, on=date(2026, 10, 6))
    page = sign_in(client, administrator).get(OVERVIEW)
    text = page.content.decode()
    assert "300,00 kr av" in text and "2 h saknar" in text and "Mira Ek" in text
    assert list(AccessLogEntry.objects.values_list("person_id", "what")) == [
        (person.pk, "financing:overview")
    ]


def test_hours_of_another_month_are_not_in_it(client, administrator, person):
    attend(person, 3, on=date(2026, 9, 30))
    text = sign_in(client, administrator).get(OVERVIEW).content.decode()
    assert "Ingen närvaro den här månaden" in text and "Mira Ek" not in text


def test_hours_without_benefit_lead_to_where_it_is_recorded(client, administrator, person):
    make_rate()
    attend(person, 3)
    text = sign_in(client, administrator).get(OVERVIEW).content.decode()
    assert (
        "3 h utan känd ersättning" in text
        and reverse("financing:benefits", args=[person.pk]) in text
    )


def test_the_lead_sees_sums_and_nobody(client, lead, person):
    make_rate()
    lives_on(person)
    attend(person, 3)
    text = sign_in(client, lead).get(OVERVIEW).content.decode()
    assert "300,00" in text and "Mira" not in text and not AccessLogEntry.objects.exists()


def test_a_protected_person_counts_in_the_sum_and_stands_in_no_row(client, administrator):
    hidden = make_person("Gömd", "Person", protected=True)
    enrol(hidden)
    attend(hidden, 3)
    text = sign_in(client, administrator).get(OVERVIEW).content.decode()
    assert "Gömd" not in text and hidden.code not in text and "3 h utan känd ersättning" in text


def test_nonsense_for_a_month_shows_this_month_and_says_so(client, administrator):
    text = sign_in(client, administrator).get("/finansiering/?manad=i-fjol").content.decode()
    assert "är ingen månad" in text and "Månaden gick inte att läsa" in text


@pytest.mark.parametrize("who", ["pedagogue", "officer", "coordinator"])
def test_others_have_no_way_in(client, who, request):
    sign_in(client, request.getfixturevalue(who))
    assert client.get(OVERVIEW).status_code == 403
    assert client.get(reverse("financing:rates")).status_code == 403


def test_the_page_costs_the_same_for_many(client, administrator, person):
    sign_in(client, administrator)
    attend(person, 1)
    costs = []
    for _ in range(2):
        client.get(OVERVIEW)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(OVERVIEW)
        costs.append(len(queries))
        for _ in range(5):
            other = make_person()
            enrol(other)
            lives_on(other)
            attend(other, 2)
    assert costs[0] == costs[1]


RATE = {
    "benefit": "income_support", "age_from": "16", "age_to": "24", "amount": "98,75",
    "valid_from": "2016-10-01", "call_year": "2016", "programme_area": "2.1",
    "source": "ESF-rådet, beslut 2016-06-01, s. 4",
}  # fmt: skip


def test_a_rate_is_entered_with_its_document(client, administrator):
    sign_in(client, administrator).post(reverse("financing:rate_new"), RATE)
    rate = Rate.objects.get()
    assert (rate.amount, rate.entered_by) == (Decimal("98.75"), administrator)
    text = client.get(reverse("financing:rates")).content.decode()
    assert "98,75" in text and "beslut 2016-06-01" in text and "tills vidare" in text


def test_a_rate_without_a_document_is_refused(client, administrator):
    answer = sign_in(client, administrator).post(
        reverse("financing:rate_new"), RATE | {"source": ""}
    )
    assert answer.status_code == 422 and "vilket dokument" in answer.content.decode()


@pytest.mark.parametrize(
    "facts",
    [
        {"age_from": 24, "age_to": 30},
        {"valid_from": date(2020, 1, 1), "valid_until": date(2020, 1, 31)},
        {"call_year": 2019},
    ],
    ids=["age", "days", "call"],
)
def test_two_rates_for_the_same_benefit_age_and_day_are_refused(facts):
    make_rate(age_to=24)
    with pytest.raises(Refused, match="redan en timsats för försörjningsstöd, 16–24 år"):
        make_rate(**facts)


@pytest.mark.parametrize(
    "facts",
    [{"age_from": 25}, {"benefit": "none"}, {"valid_from": date(2027, 1, 1)}],
    ids=["age", "benefit", "days"],
)
def test_rates_beside_each_other_are_fine(facts):
    make_rate(age_to=24, valid_until=date(2026, 12, 31))
    assert make_rate(**facts).pk


def test_a_rate_gets_its_last_day_and_a_wrong_one_is_taken_away(client, administrator):
    rate = make_rate()
    sign_in(client, administrator).post(
        reverse("financing:rate_end", args=[rate.pk]), {"valid_until": "2026-12-31"}
    )
    rate.refresh_from_db()
    assert rate.valid_until == date(2026, 12, 31)
    with pytest.raises(Refused, match="slutar redan"):
        actions.end_rate(rate=rate, valid_until=date(2027, 1, 1), by=administrator)
    with pytest.raises(Refused, match="gäller från"):
        actions.end_rate(rate=rate, valid_until=date(2016, 1, 1), by=administrator)
    client.post(reverse("financing:rate_remove", args=[rate.pk]))
    assert not Rate.objects.exists()


def post_benefit(client, person, **facts):
    usual = {"kind": "activity_support", "starts_on": "2026-05-01", "source": "beslut 2026-04-20"}
    return client.post(reverse("financing:benefits", args=[person.pk]), usual | facts)


def test_a_new_benefit_ends_the_one_that_goes_on(client, administrator, person):
    first = lives_on(person)
    post_benefit(sign_in(client, administrator), person)
    first.refresh_from_db()
    assert first.ends_on == date(2026, 4, 30)
    assert person.benefits.get(ends_on=None).kind == "activity_support"
    assert AccessLogEntry.objects.filter(what="record_benefit", person_id=person.pk).count() == 1


def test_two_benefits_on_the_same_day_are_refused_and_the_first_stays(
    client, administrator, person
):
    first = lives_on(person, starts_on=date(2026, 6, 1))
    answer = post_benefit(sign_in(client, administrator), person)
    assert answer.status_code == 422 and "gäller redan" in answer.content.decode()
    assert list(person.benefits.all()) == [first] and person.benefits.get().ends_on is None


def test_a_benefit_is_ended_or_taken_away(client, administrator, person):
    benefit = lives_on(person)
    end = reverse("financing:benefit_end", args=[person.pk, benefit.pk])
    assert sign_in(client, administrator).post(end, {"ends_on": "2025-01-01"}).status_code == 422
    client.post(end, {"ends_on": str(timezone.localdate())})
    assert person.benefits.get().ends_on == timezone.localdate()
    client.post(reverse("financing:benefit_remove", args=[person.pk, benefit.pk]))
    assert not person.benefits.exists()


def test_staff_of_another_authority_never_see_what_somebody_lives_on(client, administrator):
    person = make_person("Mira", "Ek", consent=Category)
    enrol(person)
    lives_on(person)
    attend(person, 3)
    administrator.authority = Authority.EMPLOYMENT_SERVICE
    administrator.save()
    sign_in(client, administrator)
    assert client.get(reverse("financing:benefits", args=[person.pk])).status_code == 404
    assert "Mira" not in client.get(OVERVIEW).content.decode()
