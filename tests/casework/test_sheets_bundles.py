from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import Bundle, Sheet
from casework.sheets import bundles, choice
from casework.tasks import wipe_papers
from core import jobs
from core.errors import Refused
from core.models import AccessLogEntry, Job
from core.models.job import JobState
from tests.casework.papers import OCTOBER, hours_on, people, sign, text_of
from tests.cast import enrol, give_consent, make_person, protect, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(pedagogue, other_pedagogue):
    """Two of one's own, one of a colleague's, one who has signed, and one whom nobody may see."""
    mine = [make_person("Cilla", "Ek"), make_person("Bo", "Alm")]
    theirs, hidden = make_person("Ada", "Ask"), make_person("Hemliga", protected=True)
    for person, contact in [*((each, pedagogue) for each in mine), (theirs, other_pedagogue)]:
        enrol(person, contact=contact, starts_on=date(2026, 8, 1))
    enrol(hidden, contact=pedagogue, starts_on=date(2026, 8, 1))
    hours_on(mine[0], 1), hours_on(theirs, 1), hours_on(hidden, 1)
    sign([hours_on(mine[1], 1)], by=pedagogue)
    return mine, theirs


def made(job) -> Bundle:
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    return Bundle.objects.get(job_id=job.pk)


def order(user, whose=choice.EVERYBODY, *, only_missing=False):
    return bundles.order_month(month=OCTOBER, whose=whose, only_missing=only_missing, by=user)


def test_the_groups_count_only_those_one_sees(team, pedagogue, other_pedagogue):
    labels = [
        group.label.replace("\N{NO-BREAK SPACE}", " ")
        for group in choice.groups(pedagogue, OCTOBER)
    ]
    assert labels == [
        "Mina deltagare: 2 intyg, varav 1 saknar underskrift",
        "Alla jag ser: 3 intyg, varav 2 saknar underskrift",
        "Anna Berg: 2 intyg, varav 1 saknar underskrift",
        "Olle Dahl: 1 intyg, varav 1 saknar underskrift",
    ]
    assert choice.groups(other_pedagogue, OCTOBER)[0].people == [team[1].pk]


def test_a_bundle_has_a_cover_and_stands_in_order_of_contact_and_name(team, pedagogue):
    bundle = made(order(pedagogue))
    cover, *pages = text_of(bytes(bundle.content))
    assert "Hemliga" not in cover and cover.index("Bo Alm") < cover.index("Cilla Ek")
    assert ["Bo Alm" in pages[0], "Cilla Ek" in pages[1], "Ada Ask" in pages[2]] == [True] * 3
    assert bundle.pages == 4 and len(bundle.people) == 3
    assert Sheet.objects.count() == 2  # who has signed needs no paper


def test_only_those_who_have_not_signed(team, pedagogue):
    bundle = made(order(pedagogue, choice.MINE, only_missing=True))
    assert bundle.people == [team[0][0].pk]
    assert bundle.title == "Intyg oktober 2026, mina deltagare, utan underskrift"


def test_a_contacts_bundle_is_named_after_the_contact(team, pedagogue, other_pedagogue):
    bundle = made(order(pedagogue, str(other_pedagogue.pk)))
    assert bundle.title == "Intyg oktober 2026, Olle Dahl" and bundle.people == [team[1].pk]


def test_parts_are_joined_to_one_file_with_one_cover(team, pedagogue, monkeypatch):
    monkeypatch.setattr(bundles, "PART", 2)
    bundle = made(order(pedagogue))
    covers = ["Huvudkontakt" in page for page in text_of(bytes(bundle.content))]
    assert covers == [True, False, False, False]
    assert bundle.pages == 4


def test_an_unchanged_paper_has_the_same_code_in_the_next_bundle(team, pedagogue):
    made(order(pedagogue)), made(order(pedagogue, only_missing=True))
    assert Sheet.objects.count() == 2


def test_what_is_missing_is_ordered_for_every_month_it_is_missing_in(team, pedagogue):
    person = team[0][0]
    hours_on(person, 7, month=9), sign([hours_on(person, 7, month=8)])
    job = bundles.order_missing([person.pk, team[0][1].pk, 987654], pedagogue)
    assert job.params["people"] == [person.pk]
    text = text_of(bytes(made(job).content))
    assert len(text) == 3 and "september 2026" in text[0] and "augusti" not in text[0]


def test_nothing_to_sign_is_told_at_once(team, pedagogue):
    with pytest.raises(Refused, match="redan skrivit under"):
        bundles.order_missing([team[0][1].pk], pedagogue)
    with pytest.raises(Refused, match="inga intyg"):
        order(pedagogue, "987654")


def test_ordering_twice_makes_one_bundle(team, pedagogue):
    assert order(pedagogue) == order(pedagogue)


def test_whoever_fetches_a_bundle_is_logged_for_each_person(client, team, pedagogue):
    bundle = made(order(pedagogue))
    sign_in(client, pedagogue)
    before = AccessLogEntry.objects.count()
    page = client.get(bundle.get_absolute_url()).content.decode()
    assert "Hämta bunten" in page and AccessLogEntry.objects.count() == before
    answer = client.get(reverse("sheets:bundle_file", args=[bundle.pk]))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")
    logged = AccessLogEntry.objects.filter(id__gt=before).values_list("person_id", flat=True)
    assert sorted(logged) == sorted(bundle.people)


def test_nobody_fetches_anothers_bundle(client, team, pedagogue, lead):
    bundle = made(order(pedagogue))
    sign_in(client, lead)
    for name in ("sheets:bundle_detail", "sheets:bundle_file"):
        assert client.get(reverse(name, args=[bundle.pk])).status_code == 404


@pytest.mark.parametrize("on_the_list", [True, False])
def test_a_bundle_with_somebody_protected_since_is_refused(client, team, pedagogue, on_the_list):
    bundle = made(order(pedagogue))
    protect(team[1], [pedagogue] if on_the_list else ())
    answer = sign_in(client, pedagogue).get(
        reverse("sheets:bundle_file", args=[bundle.pk]), follow=True
    )
    text = answer.content.decode()
    assert "kan inte hämtas" in text and "Hämta bunten" not in text


def test_a_bundle_of_somebody_whose_consent_is_withdrawn_is_refused(client, officer):
    person = make_person()
    enrol(person, officer=officer)
    give_consent(person, ["attendance"])
    hours_on(person, 1)
    bundle = made(bundles.order_missing([person.pk], officer))
    sign_in(client, officer)
    assert client.get(reverse("sheets:bundle_file", args=[bundle.pk])).status_code == 200
    person.consents.update(withdrawn_at=timezone.now(), withdrawn_by=officer)
    assert client.get(reverse("sheets:bundle_file", args=[bundle.pk])).status_code == 302


def test_somebody_protected_while_the_bundle_is_made_stops_it(team, pedagogue, monkeypatch):
    make = bundles.make

    def slowly(*args):
        content = make(*args)
        protect(team[1], [pedagogue])
        return content

    monkeypatch.setattr(bundles, "make", slowly)
    job = order(pedagogue)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (
        job.error == bundles.CHANGED and not Bundle.objects.exists() and not Sheet.objects.exists()
    )


def test_a_bundle_is_wiped_after_a_day(client, team, pedagogue):
    bundle = made(order(pedagogue))
    wipe_papers()
    assert Bundle.objects.get().content
    Bundle.objects.update(made_at=timezone.now() - timedelta(hours=25))
    wipe_papers(), wipe_papers()
    assert Bundle.objects.get().content == b""
    sign_in(client, pedagogue)
    assert client.get(reverse("sheets:bundle_file", args=[bundle.pk])).status_code == 404
    assert "raderad" in client.get(bundle.get_absolute_url()).content.decode()


def test_the_page_orders_and_shows_no_persons(client, team, pedagogue):
    sign_in(client, pedagogue)
    address = f"{reverse('sheets:month')}?manad=2026-10"
    page = client.get(address).content.decode()
    assert "Oktober 2026" in page and "Mina deltagare" in page and "Ada Ask" not in page
    answer = client.post(address, {"whose": choice.MINE, "which": "alla"})
    assert answer.url == Job.objects.get().get_absolute_url()
    assert client.post(address, {"whose": choice.MINE}).status_code == 422
    assert not AccessLogEntry.objects.filter(what="sheets:month").exists()


def test_choosing_whose_costs_the_same_for_two_and_for_twenty(pedagogue, django_assert_num_queries):
    assert pedagogue.scope  # the roles are read once
    for count in (2, 18):
        for person in people(count, pedagogue):
            hours_on(person, 1)
        with django_assert_num_queries(5):
            assert choice.groups(pedagogue, OCTOBER)
