from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AccessLogEntry
from participants.models import Participant
from referrals.models import Referral, ReferralDraft, ReferringBody
from tests.cast import enrol, make_person, next_number, sign_in
from tests.htmx import after_swap, comparable
from tests.referrals.conftest import criterion, make_referral

pytestmark = pytest.mark.django_db
NEW = "/remisser/ny/"


def new_person(**changes):
    given = {"first_name": "Åsa", "last_name": "Ek", "number": next_number(), "register": "1"}
    return given | {"seen": ""} | changes


def why(**changes):
    body = ReferringBody.objects.get(name="Socialförvaltningen")
    given = {"body": body.pk, "referred_on": timezone.localdate().isoformat(), "next": "1"}
    return given | {"reason": "Vill börja läsa."} | changes


def target(*numbers, **changes):
    return {"criteria": [criterion(each).pk for each in numbers], "save": "1"} | changes


def go(client, *steps):
    """Send each step where the one before led, and return the last answer."""
    url = NEW
    for step in steps:
        answer = client.post(url, step)
        url = answer.headers.get("Location", url)
    return answer


def test_three_steps_make_a_new_person_and_a_referral(client, pedagogue):
    sign_in(client, pedagogue)

    answer = go(client, new_person(), why(), target(3))

    referral = Referral.objects.get()
    assert answer.headers["Location"] == referral.get_absolute_url()
    assert referral.participant.full_name == "Åsa Ek"
    assert referral.received_by == pedagogue
    assert [each.number for each in referral.criteria.all()] == [3]


def test_nobody_is_registered_before_the_last_step(client, pedagogue):
    go(sign_in(client, pedagogue), new_person(), why())

    assert not Participant.objects.exists()


def test_somebody_in_the_register_is_chosen_from_the_search(client, pedagogue):
    person = make_person("Fatima", "Hassan")
    sign_in(client, pedagogue)

    page = client.post(NEW, {"first_name": "Fatimma", "last_name": "Hasan", "search": "1"})
    assert "Fatima Hassan" in page.content.decode()

    go(client, {"choose": person.pk}, why(), target(3))
    assert Referral.objects.get().participant == person
    assert Participant.objects.count() == 1


def test_the_search_logs_exactly_whom_it_shows(client, pedagogue):
    person = make_person("Fatima", "Hassan")
    make_person("Per", "Öst")

    sign_in(client, pedagogue).post(NEW, {"last_name": "Hassan", "search": "1"})

    found = AccessLogEntry.objects.filter(action="found")
    assert list(found.values_list("person_id", flat=True)) == [person.pk]


def test_no_name_and_no_number_stands_in_an_address(client, pedagogue):
    sign_in(client, pedagogue)
    person = new_person()

    first = client.post(NEW, person)
    second = client.post(first.headers["Location"], why())

    for answer in (first, second):
        assert person["number"] not in answer.headers["Location"]
        assert "Ek" not in answer.headers["Location"]


@pytest.mark.parametrize("hidden", ["protected", "closed"])
def test_a_hidden_person_s_number_gets_the_same_neutral_sentence(client, pedagogue, lead, hidden):
    person = make_person(protected=hidden == "protected", readers=[lead])
    if hidden == "closed":
        ended = timezone.localdate() - timedelta(days=90)
        enrol(person, starts_on=ended - timedelta(days=90), ended_on=ended)
    sign_in(client, pedagogue)

    for data in (new_person(number=person.number), {"number": person.number, "search": "1"}):
        page = client.post(NEW, data).content.decode()
        assert "Det går inte att registrera det här numret. Kontakta projektledaren." in page
        assert person.code not in page
        assert person.full_name not in page


def test_a_visible_person_s_number_leads_to_that_person(client, pedagogue):
    person = make_person("Fatima", "Hassan")

    page = sign_in(client, pedagogue).post(NEW, new_person(number=person.number)).content.decode()

    assert "Fatima Hassan" in page
    assert f'name="choose" value="{person.pk}"' in page


def test_somebody_alike_is_shown_once_before_a_new_person(client, pedagogue):
    alike = make_person("Åsa", "Ek")
    sign_in(client, pedagogue)
    data = new_person()

    page = client.post(NEW, data).content.decode()
    assert "Kan det vara någon av dem?" in page

    answer = client.post(NEW, data | {"seen": str(alike.pk)})
    assert answer.status_code == 302


def test_a_person_with_an_open_referral_is_not_referred_again(client, pedagogue, referral):
    person = referral.participant
    sign_in(client, pedagogue)

    page = client.post(NEW, {"number": person.number, "search": "1"}).content.decode()
    assert "Har redan en öppen remiss" in page
    assert referral.get_absolute_url() in page

    assert client.post(NEW, {"choose": person.pk}).status_code == 200
    assert not ReferralDraft.objects.exists()


def test_a_referral_that_came_in_between_is_explained_with_a_link(client, pedagogue):
    person = make_person()
    sign_in(client, pedagogue)
    at_step_3 = go(client, {"choose": person.pk}, why()).headers["Location"]
    other = make_referral(person)

    page = client.post(at_step_3, target(3)).content.decode()

    assert "Det finns redan en öppen remiss" in page
    assert other.get_absolute_url() in page


def test_somebody_enrolled_is_not_chosen(client, pedagogue):
    person = make_person()
    enrol(person)
    sign_in(client, pedagogue)

    page = client.post(NEW, {"choose": person.pk}).content.decode()

    assert "Är redan inskriven" in page


def test_a_returning_person_s_former_enrolment_is_mentioned(client, lead):
    person = make_person()
    ended = timezone.localdate() - timedelta(days=90)
    enrol(person, starts_on=ended - timedelta(days=90), ended_on=ended)
    sign_in(client, lead)

    answer = client.post(NEW, {"choose": person.pk})

    assert "Tidigare inskriven" in client.get(answer.headers["Location"]).content.decode()


def test_going_back_keeps_what_was_typed_even_if_it_was_wrong(client, pedagogue):
    sign_in(client, pedagogue)
    at_step_2 = client.post(NEW, new_person()).headers["Location"]

    answer = client.post(at_step_2, {"reason": "Halv tanke", "referred_on": "igår", "back": "1"})
    page = client.get(answer.headers["Location"]).content.decode()
    assert 'value="Åsa"' in page

    page = client.get(at_step_2).content.decode()
    assert "Halv tanke" in page
    assert "igår" in page


def test_going_back_from_the_target_group_keeps_the_ticks(client, pedagogue):
    sign_in(client, pedagogue)
    at_step_3 = go(client, new_person(), why()).headers["Location"]

    client.post(at_step_3, target(6, back="1"))

    page = client.get(at_step_3).content.decode()
    assert (
        f'value="{criterion(6).pk}" id="id_criteria_5" aria-describedby' in page
        or "checked" in page
    )


def test_step_2_asks_kindly_and_refuses_a_day_ahead(client, pedagogue):
    sign_in(client, pedagogue)
    at_step_2 = client.post(NEW, new_person()).headers["Location"]
    ahead = (timezone.localdate() + timedelta(days=1)).isoformat()

    page = client.post(at_step_2, why(body="", referred_on=ahead)).content.decode()

    assert "Välj vem som remitterar." in page
    assert "i framtiden" in page


def test_criterion_6_without_a_reason_stays_on_the_page(client, pedagogue):
    sign_in(client, pedagogue)
    at_step_3 = go(client, new_person(), why()).headers["Location"]

    page = client.post(at_step_3, target(6)).content.decode()
    assert "Villkor 6 kräver en skriftlig motivering" in page

    client.post(at_step_3, target(6, criteria_reason="Samtal med handläggaren."))
    assert Referral.objects.get().criteria_reason == "Samtal med handläggaren."


def test_the_check_stands_beside_and_follows_the_ticks(client, pedagogue):
    sign_in(client, pedagogue)
    number = next_number(timezone.localdate() - timedelta(days=365 * 17 + 10))
    at_step_3 = go(client, new_person(number=number), why()).headers["Location"]

    start = client.get(at_step_3).content
    assert "17\N{NO-BREAK SPACE}år: BASUN 16–19, kräver KAA (villkor 2)" in start.decode()

    headers = {"HX-Request": "true", "HX-Target": "check"}
    fragment = client.post(at_step_3, target(2), headers=headers).content
    fresh = client.get(at_step_3).content
    swapped = after_swap(start, fragment, "check")
    assert comparable(swapped.tree, "check") == comparable(
        after_swap(fresh, fresh, "check").tree, "check"
    )
    assert not Referral.objects.exists()


def test_somebody_too_old_is_warned_about_and_still_referred(client, pedagogue):
    sign_in(client, pedagogue)
    number = next_number(timezone.localdate() - timedelta(days=365 * 40))
    at_step_3 = go(client, new_person(number=number), why()).headers["Location"]

    assert "för gammal sedan" in client.get(at_step_3).content.decode()
    client.post(at_step_3, target(3))
    assert Referral.objects.count() == 1


def test_a_double_click_makes_one_referral(client, pedagogue):
    sign_in(client, pedagogue)
    at_step_3 = go(client, new_person(), why()).headers["Location"]

    first, second = client.post(at_step_3, target(3)), client.post(at_step_3, target(3))

    assert first.headers["Location"] == second.headers["Location"]
    assert Referral.objects.count() == Participant.objects.count() == 1


def test_a_number_taken_in_between_leads_back_to_step_1(client, pedagogue):
    sign_in(client, pedagogue)
    data = new_person()
    at_step_3 = go(client, data, why()).headers["Location"]
    make_person(number=data["number"])

    page = client.post(at_step_3, target(3), follow=True).content.decode()

    assert "Personen finns redan i registret" in page
    assert not Referral.objects.exists()


def test_a_draft_belongs_to_its_writer(client, pedagogue, other_pedagogue):
    at_step_2 = client_url = sign_in(client, pedagogue).post(NEW, new_person()).headers["Location"]

    assert sign_in(client, other_pedagogue).get(client_url).status_code == 404
    assert sign_in(client, pedagogue).get(at_step_2).status_code == 200


def test_the_list_offers_to_go_on_with_a_draft_and_to_throw_it_away(client, pedagogue):
    sign_in(client, pedagogue).post(NEW, new_person())
    draft = ReferralDraft.objects.get()

    page = client.get("/remisser/").content.decode()
    assert reverse("referrals:draft_who", args=[draft.pk]) in page
    assert "Åsa" not in page

    client.post(reverse("referrals:draft_discard", args=[draft.pk]))
    assert not ReferralDraft.objects.exists()


def test_a_draft_left_alone_for_a_month_is_forgotten(client, pedagogue, other_pedagogue):
    old = timezone.now() - timedelta(days=31)
    ReferralDraft.objects.create(user=other_pedagogue, changed_at=old)

    sign_in(client, pedagogue).post(NEW, new_person())

    assert ReferralDraft.objects.get().user == pedagogue


def test_a_new_referral_begins_from_the_persons_page(client, pedagogue):
    person = make_person()

    answer = sign_in(client, pedagogue).post(reverse("referrals:new_for", args=[person.pk]))

    assert "varfor" in answer.headers["Location"]
    assert ReferralDraft.objects.get().participant == person


def test_a_draft_about_somebody_who_became_protected_does_not_exist(client, pedagogue, lead):
    from tests.cast import protect

    person = make_person()
    at_step_2 = sign_in(client, pedagogue).post(NEW, {"choose": person.pk}).headers["Location"]
    protect(person, [lead])

    assert client.get(at_step_2).status_code == 404


def test_a_new_person_can_be_protected_from_the_start(client, pedagogue):
    sign_in(client, pedagogue)

    go(client, new_person(protection="marking"), why(), target(3))

    assert Participant.objects.get().is_protected
    assert client.get("/remisser/").content.decode().count("Åsa") == 0


def test_somebody_without_a_number_needs_a_reason_a_birth_date_and_a_gender(client, pedagogue):
    sign_in(client, pedagogue)

    page = client.post(NEW, new_person(number="")).content.decode()
    assert "Skriv personnumret, eller varför det saknas." in page

    without = new_person(
        number="", number_missing_reason="Asylsökande", birth_date="2003-05-02", legal_gender="F"
    )
    go(client, without, why(), target(3))
    assert Participant.objects.get().number_missing_reason == "Asylsökande"


def test_the_criteria_on_offer_are_those_of_the_day_of_the_referral(client, pedagogue):
    sign_in(client, pedagogue)
    early = why(referred_on="2016-12-31")
    at_step_3 = go(client, new_person(), early).headers["Location"]
    assert "etableringsprogram" not in client.get(at_step_3).content.decode()

    at_step_3 = go(client, new_person(number=next_number()), why(referred_on="2017-01-01"))
    page = client.get(at_step_3.headers["Location"]).content.decode()
    assert "etableringsprogram" in page
