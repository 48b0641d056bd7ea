from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AccessLogEntry
from participants.models import Enrolment, Participant
from referrals import actions
from referrals.enums import ReferralStatus
from referrals.models import ReferringBody
from tests.cast import enrol, make_person, protect, sign_in
from tests.htmx import after_swap, assert_swap_gives_page, comparable
from tests.referrals.conftest import criterion, make_referral

pytestmark = pytest.mark.django_db
LIST = "/remisser/"


def logged(action):
    rows = AccessLogEntry.objects.filter(action=action, actor_id__isnull=False)
    return sorted(rows.values_list("person_id", flat=True))


def page_url(name, referral):
    return reverse(f"referrals:{name}", args=[referral.pk])


# Who may


@pytest.mark.parametrize("role", ["officer", "coordinator", "counsellor", "sius", "steering"])
def test_a_role_without_the_permission_is_refused(client, request, role, referral):
    sign_in(client, request.getfixturevalue(role))

    assert client.get(LIST).status_code == 403
    assert client.get(referral.get_absolute_url()).status_code == 403


@pytest.mark.parametrize("name", ["accept", "decline"])
def test_an_administrator_sees_but_does_not_decide(client, administrator, referral, name):
    sign_in(client, administrator)

    page = client.get(referral.get_absolute_url())

    assert page_url(name, referral) not in page.content.decode()
    assert client.get(page_url(name, referral)).status_code == 403


def test_a_referral_of_somebody_protected_does_not_exist_for_others(client, pedagogue, lead):
    hidden = make_referral(make_person(protected=True, readers=[lead]))
    sign_in(client, pedagogue)

    missing = client.get("/remisser/999999/")
    assert client.get(hidden.get_absolute_url()).status_code == missing.status_code == 404
    assert hidden.participant.code not in client.get(LIST).content.decode()


def test_an_old_referral_of_a_closed_file_asks_the_lead_for_a_reason(client, lead, administrator):
    person = make_person(created_at=timezone.now() - timedelta(days=400))
    old = make_referral(person, days_ago=400)
    long_ago = timezone.now() - timedelta(days=390)
    actions.decline(referral=old, reason="age", by=lead, now=long_ago)

    answer = sign_in(client, lead).get(old.get_absolute_url())
    assert answer.headers["Location"] == reverse("participants:open", args=[person.pk])
    assert sign_in(client, administrator).get(old.get_absolute_url()).status_code == 403


def test_a_referral_opens_a_closed_file_to_the_team(pedagogue, lead):
    person = make_person(created_at=timezone.now() - timedelta(days=400))
    enrol(person, ended_on=timezone.localdate() - timedelta(days=200),
          starts_on=timezone.localdate() - timedelta(days=380))  # fmt: skip
    assert not Participant.objects.visible_to(pedagogue).exists()

    referral = make_referral(person)
    assert Participant.objects.visible_to(pedagogue).exists()

    lately = actions.decline(referral=referral, reason="age", by=lead)
    assert Participant.objects.visible_to(pedagogue).exists()

    lately.decided_at = timezone.now() - timedelta(days=15)
    lately.save(update_fields=["decided_at"])
    assert not Participant.objects.visible_to(pedagogue).exists()


# The lists


def test_the_list_shows_the_longest_wait_first_and_logs_exactly_who_it_shows(client, pedagogue):
    new, old = make_referral(days_ago=1), make_referral(days_ago=9)
    make_person()

    page = sign_in(client, pedagogue).get(LIST).content.decode()

    assert page.index(old.participant.full_name) < page.index(new.participant.full_name)
    assert logged("listed") == sorted([new.participant_id, old.participant_id])


def test_the_second_page_logs_the_second_page(client, pedagogue):
    referrals = [make_referral(days_ago=30 - number) for number in range(27)]

    sign_in(client, pedagogue).get(LIST, {"sida": 2})

    assert logged("listed") == sorted(each.participant_id for each in referrals[25:])


def test_a_protected_person_stands_in_the_list_as_a_code(client, lead):
    person = make_person("Hemliga", "Namnet", protected=True, readers=[lead])
    make_referral(person)

    page = sign_in(client, lead).get(LIST).content.decode()

    assert person.code in page
    assert "Hemliga" not in page


def test_the_waiting_list_costs_as_many_queries_for_20_as_for_2(
    client, pedagogue, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sign_in(client, pedagogue)
    for _ in range(2):
        make_referral()
    client.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(LIST)
    for _ in range(18):
        make_referral()
    with django_assert_num_queries(len(few)):
        client.get(LIST)


def test_each_tab_shows_its_own(client, pedagogue, declined):
    waiting = make_referral()
    sign_in(client, pedagogue)

    tab = client.get("/remisser/avbojda/").content.decode()

    assert declined.participant.full_name in tab
    assert waiting.participant.full_name not in tab


def test_filters_narrow_by_body_source_and_who_has_it(client, pedagogue, referral):
    social = make_referral(body=ReferringBody.objects.get(name="Socialförvaltningen"))
    actions.start_assessment(referral=social, by=pedagogue)
    sign_in(client, pedagogue)

    for query in ({"instans": social.body_id}, {"kalla": "social"}, {"hand": pedagogue.pk}):
        page = client.get(LIST, query).content.decode()
        assert social.participant.full_name in page
        assert referral.participant.full_name not in page
    page = client.get(LIST, {"hand": "ingen"}).content.decode()
    assert referral.participant.full_name in page


def test_a_search_keeps_the_name_out_of_the_address(client, pedagogue, referral):
    wanted = make_referral(make_person("Åsa", "Öberg"))
    sign_in(client, pedagogue)

    answer = client.post(LIST, {"ord": "öBERG"})
    page = client.get(answer.headers["Location"]).content.decode()

    assert "berg" not in answer.headers["Location"].lower()
    assert wanted.participant.full_name in page
    assert referral.participant.full_name not in page
    assert logged("found") == [wanted.participant_id]


def test_a_search_finds_by_number_and_by_the_referrers_reference(client, pedagogue, referral):
    wanted = make_referral(referrer_reference="AF-2026/77")
    sign_in(client, pedagogue)

    for words in (wanted.participant.number[2:], wanted.participant.formatted_number, "af-2026"):
        page = client.get(client.post(LIST, {"ord": words}).headers["Location"]).content.decode()
        assert wanted.participant.full_name in page
        assert referral.participant.full_name not in page


def test_a_protected_person_is_not_found_by_name_or_number(client, lead):
    person = make_person("Hemliga", "Namnet", protected=True, readers=[lead])
    make_referral(person)
    sign_in(client, lead)

    for words in ("Hemliga", person.number):
        page = client.get(client.post(LIST, {"ord": words}).headers["Location"]).content.decode()
        assert person.code not in page


def test_the_swap_gives_the_page(client, pedagogue, referral):
    sign_in(client, pedagogue)

    assert_swap_gives_page(client, f"{LIST}?hand=ingen", start=LIST, target="results")


# One referral


def test_the_page_of_a_referral_logs_the_person_once(client, pedagogue, referral):
    page = sign_in(client, pedagogue).get(referral.get_absolute_url())

    assert page.status_code == 200
    assert logged("read") == [referral.participant_id]


def test_a_former_enrolment_is_mentioned(client, pedagogue, referral):
    last_year = timezone.localdate() - timedelta(days=300)
    enrol(referral.participant, starts_on=last_year, ended_on=last_year + timedelta(days=90))

    page = sign_in(client, pedagogue).get(referral.get_absolute_url()).content.decode()

    assert f"Tidigare inskriven {last_year}" in page


def test_taking_a_referral_is_one_post(client, pedagogue, referral):
    sign_in(client, pedagogue).post(page_url("start", referral))

    referral.refresh_from_db()
    assert referral.handled_by == pedagogue


def test_the_second_to_take_it_is_told_who_was_quicker(
    client, pedagogue, other_pedagogue, referral
):
    actions.start_assessment(referral=referral, by=other_pedagogue)

    page = sign_in(client, pedagogue).post(page_url("start", referral), follow=True)

    assert "Olle Dahl hann före" in page.content.decode()


def accept_data(referral, contact, **changes):
    return {
        "starts_on": timezone.localdate().isoformat(),
        "main_contact": contact.pk,
        "version": referral.version,
    } | changes


def test_accepting_shows_each_pedagogues_load_and_enrols(client, pedagogue, lead, referral):
    enrol(make_person(), contact=pedagogue)
    sign_in(client, lead)

    page = client.get(page_url("accept", referral)).content.decode()
    assert "Anna Berg – 1\N{NO-BREAK SPACE}deltagare" in page

    answer = client.post(page_url("accept", referral), accept_data(referral, pedagogue))
    referral.refresh_from_db()
    assert answer.headers["Location"] == referral.participant.get_absolute_url()
    assert referral.enrolment.main_contact == pedagogue


def test_somebody_enrolled_in_the_meantime_is_only_accepted(client, pedagogue, referral):
    enrolment = enrol(referral.participant, contact=pedagogue)
    sign_in(client, pedagogue)

    page = client.get(page_url("accept", referral)).content.decode()
    assert f"Personen skrevs in {enrolment.starts_on}" in page

    client.post(page_url("accept", referral), {"version": referral.version})
    referral.refresh_from_db()
    assert referral.enrolment == enrolment
    assert Enrolment.objects.count() == 1


def test_accepting_twice_enrols_once(client, pedagogue, referral):
    sign_in(client, pedagogue)
    data = accept_data(referral, pedagogue, once_key="a" * 32)

    first = client.post(page_url("accept", referral), data)
    second = client.post(page_url("accept", referral), data)

    assert first.headers["Location"] == second.headers["Location"]
    assert Enrolment.objects.count() == 1


def test_the_one_who_decides_last_is_told_and_nothing_changes(client, pedagogue, lead, referral):
    data = accept_data(referral, pedagogue)
    actions.decline(referral=referral, reason="no_place", by=lead)

    page = sign_in(client, pedagogue).post(page_url("accept", referral), data).content.decode()

    assert "Frida Jansson hann före: remissen är avböjd" in page
    assert not Enrolment.objects.exists()


def test_a_decision_on_a_page_that_is_out_of_date_is_refused(client, pedagogue, referral):
    data = accept_data(referral, pedagogue)
    referral.version += 1
    referral.save(update_fields=["version"])

    page = sign_in(client, pedagogue).post(page_url("accept", referral), data).content.decode()

    assert "Någon annan sparade ändringar" in page
    assert not Enrolment.objects.exists()


def test_declining_asks_for_a_reason(client, pedagogue, referral):
    sign_in(client, pedagogue)

    page = client.post(page_url("decline", referral), {"version": 1}).content.decode()
    assert "Välj varför remissen avböjs." in page

    client.post(
        page_url("decline", referral),
        {"version": 1, "reason": "no_place", "sent_instead_to": "Komvux"},
    )
    referral.refresh_from_db()
    assert (referral.status, referral.sent_instead_to) == (ReferralStatus.DECLINED, "Komvux")


def test_withdrawing_is_noted(client, administrator, referral):
    sign_in(client, administrator).post(
        page_url("withdraw", referral), {"version": 1, "note": "Har fått arbete"}
    )

    referral.refresh_from_db()
    assert referral.status == ReferralStatus.WITHDRAWN


def edit_data(referral, **changes):
    return {
        "body": referral.body_id,
        "referred_on": referral.referred_on.isoformat(),
        "criteria": [each.pk for each in referral.criteria.all()],
        "version": referral.version,
    } | changes


def test_an_edit_that_comes_too_late_shows_both_versions(client, pedagogue, referral):
    sign_in(client, pedagogue)
    late = edit_data(referral, reason="Min text")
    client.post(page_url("edit", referral), edit_data(referral, reason="Kollegans text"))

    page = client.post(page_url("edit", referral), late).content.decode()

    assert "Kollegans text" in page
    assert "Min text" in page
    referral.refresh_from_db()
    assert referral.reason == "Kollegans text"


def test_a_decided_referral_can_not_be_edited(client, pedagogue, declined):
    answer = sign_in(client, pedagogue).get(page_url("edit", declined))

    assert answer.headers["Location"] == declined.get_absolute_url()


# Other pages


def test_the_participant_s_tab_shows_every_referral(client, pedagogue, declined):
    make_referral(declined.participant)

    page = sign_in(client, pedagogue).get(
        reverse("referrals:participant", args=[declined.participant_id])
    )

    assert page.content.decode().count("Arbetsförmedlingen</td>") == 2


def test_the_home_card_shows_the_longest_waits_and_logs_them(client, pedagogue):
    referrals = [make_referral(days_ago=number) for number in range(8)]

    page = sign_in(client, pedagogue).get("/").content.decode()

    assert "Remisser som väntar" in page
    card = AccessLogEntry.objects.filter(what="referrals:home_card")
    assert sorted(card.values_list("person_id", flat=True)) == sorted(
        each.participant_id for each in referrals[2:]
    )


def test_the_search_swap_gives_the_page(client, pedagogue, referral):
    make_referral(make_person("Åsa", "Öberg"))
    sign_in(client, pedagogue)
    start = client.get(LIST).content
    headers = {"HX-Request": "true", "HX-Target": "results"}
    answer = client.post(LIST, {"ord": "öberg"}, headers=headers)

    fragment = client.get(answer.headers["Location"], headers=headers)
    fresh = client.get(answer.headers["Location"]).content

    swapped = after_swap(start, fragment.content, "results")
    assert comparable(swapped.tree, "results") == comparable(
        after_swap(fresh, fresh, "results").tree, "results"
    )


def test_somebody_protected_after_the_referral_leaves_the_list_at_once(client, pedagogue, referral):
    sign_in(client, pedagogue)
    protect(referral.participant)

    assert referral.participant.code not in client.get(LIST).content.decode()
    assert client.get(referral.get_absolute_url()).status_code == 404


def test_an_edit_to_another_day_is_held_against_that_days_criteria(client, pedagogue, referral):
    sign_in(client, pedagogue)
    data = edit_data(referral, referred_on="2016-12-31", criteria=[criterion(7).pk])

    page = client.post(page_url("edit", referral), data)

    assert page.status_code == 200
    referral.refresh_from_db()
    assert referral.referred_on != date(2016, 12, 31)
