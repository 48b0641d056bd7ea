"""The pages of the weekly review, role by role."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.models import ItemState, Review, ReviewItem, ReviewRequest
from casework.review import actions, agenda, attendance
from casework.review.on_other_pages import today, when
from casework.review.views import agenda as views
from core.models import AccessLogEntry
from participants.enums import Function
from tests.casework.review_world import (
    closed_review,
    days_ago,
    discussed,
    enrolled,
    make_review,
)
from tests.cast import assign, sign_in

pytestmark = pytest.mark.django_db
LIST = "/arendedragning/"


@pytest.fixture
def review(lead):
    return make_review(leader=lead, place="Stora rummet")


def page_of(client, url) -> str:
    """Return a page's text as a reader reads it."""
    text = client.get(url).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).replace("\xa0", " ")


def post(client, name, pk, **facts):
    return client.post(reverse(f"review:{name}", args=[pk]), facts)


@pytest.mark.parametrize(
    "role", ["lead", "pedagogue", "officer", "counsellor", "sius", "coordinator"]
)
def test_all_functions_may_look(client, review, role, request):
    user = request.getfixturevalue(role)
    sign_in(client, user)
    assert "Stora rummet" in page_of(client, LIST)
    assert client.get(review.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("role", ["administrator", "development_lead", "steering"])
def test_others_may_not(client, review, role, request):
    sign_in(client, request.getfixturevalue(role))
    assert client.get(LIST).status_code == 403
    assert client.get(review.get_absolute_url()).status_code == 403


@pytest.mark.parametrize("role", ["officer", "counsellor", "sius", "coordinator"])
def test_only_who_leads_may_change_it(client, review, pedagogue, role, request):
    sign_in(client, request.getfixturevalue(role))
    item = ReviewItem.objects.create(review=review, participant=enrolled(pedagogue))
    for name in ("new", "edit", "refresh", "add", "present"):
        url = reverse(f"review:{name}", args=[] if name == "new" else [review.pk])
        assert client.post(url).status_code == 403
    for name in ("move", "postpone", "take_back", "take_away"):
        assert post(client, name, item.pk).status_code == 403


def test_a_new_review_is_a_week_after_the_last_at_the_same_place(client, lead, pedagogue):
    last = make_review(days_ago(4), place="Aspen", leader=pedagogue)
    person = enrolled(pedagogue, days=3)
    sign_in(client, lead)
    form = client.get(reverse("review:new")).context["form"]
    assert form.initial["held_on"] == last.held_on + timedelta(weeks=1)
    assert (form.initial["place"], form.initial["leader"]) == ("Aspen", pedagogue.pk)
    answer = client.post(
        reverse("review:new"),
        {"held_on": str(days_ago(-3)), "starts_at": "09:00", "place": "Aspen", "leader": lead.pk},
    )
    made = Review.objects.get(held_on=days_ago(-3))
    assert answer.url == made.get_absolute_url()
    assert made.items.get().participant == person
    again = client.post(reverse("review:new"), {"held_on": str(days_ago(-3))})
    assert again.status_code == 422
    assert "redan en ärendedragning" in again.content.decode()


def test_each_row_tells_who_why_and_when_last(client, review, pedagogue, lead):
    person = enrolled(pedagogue, days=40, first_name="Kim", last_name="Ek")
    discussed(closed_review(days_ago(30), lead), person)
    agenda.make(review=review, by=lead)
    sign_in(client, lead)
    text = page_of(client, review.get_absolute_url())
    assert "Kim Ek" in text
    assert f"Senast genomgången {days_ago(30)}" in text
    assert "Ingen kontakt sedan inskrivningen" in text
    assert "Anna Berg" in text


def test_after_fifteen_it_says_how_far_two_hours_reach(client, review, pedagogue, lead):
    for _ in range(15):
        enrolled(pedagogue, days=3)
    agenda.make(review=review, by=lead)
    sign_in(client, lead)
    assert "Hit räcker två timmar" not in page_of(client, review.get_absolute_url())
    enrolled(pedagogue, days=3)
    agenda.refresh(review=review, by=lead)
    assert page_of(client, review.get_absolute_url()).count("Hit räcker två timmar") == 1


def test_arbetsformedlingen_sees_no_trace_of_the_others(client, review, pedagogue, officer, lead):
    shared = enrolled(pedagogue, days=3, first_name="Kim", last_name="Ek")
    assign(shared.enrolments.get(), Function.EMPLOYMENT_OFFICER, officer)
    without = enrolled(pedagogue, days=3, consent=[], first_name="Robin", last_name="Al")
    assign(without.enrolments.get(), Function.EMPLOYMENT_OFFICER, officer)
    agenda.make(review=review, by=lead)
    sign_in(client, officer)
    text = page_of(client, review.get_absolute_url())
    assert "Kim Ek" in text
    assert "Robin" not in text
    assert "Bara kommunen" not in text
    assert "att gå igenom" not in text  # how far two hours reach is for who sees everybody
    assert "1 deltagare" in page_of(client, LIST)


def test_a_protected_person_is_a_code_for_the_list_and_nobody_for_others(
    client, review, pedagogue, lead
):
    person = enrolled(pedagogue, days=3, protected=True, readers=[pedagogue])
    agenda.make(review=review, by=lead)
    sign_in(client, lead)
    text = page_of(client, review.get_absolute_url())
    assert person.code not in text
    assert "Ingen behöver tas upp" in text
    assert "Dagordningen är tom" in page_of(client, LIST)
    item = ReviewItem.objects.get()
    assert post(client, "postpone", item.pk, reason="x").status_code == 404
    sign_in(client, pedagogue)
    text = page_of(client, review.get_absolute_url())
    assert person.code in text
    assert "Tas upp enskilt" in text
    assert person.full_name not in text


def test_made_again_it_tells_how_many_of_those_one_may_see(client, review, pedagogue, lead):
    agenda.make(review=review, by=lead)
    enrolled(pedagogue, days=3)
    enrolled(pedagogue, days=3, protected=True, readers=[pedagogue])
    sign_in(client, lead)
    post(client, "refresh", review.pk)
    assert "1 deltagare tillkom" in page_of(client, review.get_absolute_url())
    post(client, "refresh", review.pk)
    assert "ingen tillkom" in page_of(client, review.get_absolute_url())


def test_moving_with_the_buttons(client, review, pedagogue, lead):
    for days in (5, 4):
        enrolled(pedagogue, days=days)
    agenda.make(review=review, by=lead)
    first, second = (row.item for row in agenda.items_in_order(review, lead))
    review.refresh_from_db()
    sign_in(client, lead)
    assert (
        post(client, "move", second.pk, before=first.pk, revision=review.revision).url
        == review.get_absolute_url()
    )
    assert [row.item for row in agenda.items_in_order(review, lead)] == [second, first]
    stale = client.post(
        reverse("review:move", args=[first.pk]),
        {"before": second.pk, "revision": review.revision},
        headers={"HX-Request": "true"},
    )
    assert "Någon annan har ändrat dagordningen" in stale.content.decode()
    assert "<html" not in stale.content.decode()
    assert [row.item for row in agenda.items_in_order(review, lead)] == [second, first]


def test_nobody_is_moved_past_somebody_unseen(client, review, pedagogue, lead):
    enrolled(pedagogue, days=3)
    enrolled(pedagogue, days=3, protected=True, readers=[pedagogue])
    agenda.make(review=review, by=lead)
    (row,) = agenda.items_in_order(review, lead)
    hidden = review.items.exclude(pk=row.item.pk).get()
    review.refresh_from_db()
    sign_in(client, lead)
    post(client, "move", row.item.pk, before=hidden.pk, revision=review.revision)
    row.item.refresh_from_db()
    assert not row.item.moved


def test_postponed_stands_below_with_the_reason_and_comes_back(client, review, pedagogue, lead):
    enrolled(pedagogue, days=3)
    agenda.make(review=review, by=lead)
    item = review.items.get()
    sign_in(client, lead)
    post(client, "postpone", item.pk, reason="Anna är ledig")
    text = page_of(client, review.get_absolute_url())
    assert "Till nästa gång" in text
    assert "Anna är ledig" in text
    post(client, "take_back", item.pk)
    item.refresh_from_db()
    assert item.state == ItemState.WAITING


def test_the_words_of_colleagues_are_not_for_arbetsformedlingen_without_consent(
    client, review, pedagogue, officer, lead
):
    person = enrolled(pedagogue, days=3, consent=["plan"])
    assign(person.enrolments.get(), Function.EMPLOYMENT_OFFICER, officer)
    agenda.make(review=review, by=lead)
    actions.postpone(item=review.items.get(), reason="akut hos psykiatrin", by=lead)
    sign_in(client, officer)
    text = page_of(client, review.get_absolute_url())
    assert "Uppskjuten" in text
    assert "psykiatrin" not in text


def test_somebody_is_added_by_searching(client, review, pedagogue, lead):
    person = enrolled(pedagogue, days=10, first_name="Xerxes", last_name="Olsson")
    enrolled(pedagogue, days=10, first_name="Xerxes", protected=True)
    discussed(closed_review(days_ago(1), lead), person)
    sign_in(client, lead)
    url = reverse("review:add", args=[review.pk])
    found = client.post(url, {"q": "xerxes"}).url
    assert "xerxes" not in found.lower()
    assert "Xerxes Olsson" in page_of(client, found)
    missing = client.post(found, {"who": person.pk, "reason": ""})
    assert missing.status_code == 422
    assert "Skriv varför" in missing.content.decode()
    client.post(found, {"who": person.pk, "reason": "frågar själv"})
    assert review.items.get().added_reason == "frågar själv"
    assert "står redan på dagordningen" in page_of(client, found)
    again = client.post(found, {"who": person.pk, "reason": "igen"})
    assert again.status_code == 422
    post(client, "take_away", review.items.get().pk)


def test_who_is_missing_is_told_once_somebody_is_here(client, review, pedagogue, officer, lead):
    person = enrolled(pedagogue, days=3)
    assign(person.enrolments.get(), Function.EMPLOYMENT_OFFICER, officer)
    agenda.make(review=review, by=lead)
    sign_in(client, lead)
    assert "Behövs i rummet" in page_of(client, review.get_absolute_url())
    post(client, "present", review.pk, here=[pedagogue.pk])
    text = page_of(client, review.get_absolute_url())
    assert "Saknas i rummet Britta Falk (arbetsförmedlare) – behövs för 1 deltagare" in text
    assert "Saknas i rummet: Britta Falk (arbetsförmedlare)" in text
    assert attendance.present(review) == {pedagogue.pk}


def test_ones_own_can_be_seen_alone(client, review, pedagogue, other_pedagogue, lead):
    enrolled(pedagogue, days=3, first_name="Kim", last_name="Ek")
    enrolled(other_pedagogue, days=3, first_name="Robin", last_name="Al")
    agenda.make(review=review, by=lead)
    sign_in(client, pedagogue)
    before = AccessLogEntry.objects.count()
    text = page_of(client, f"{review.get_absolute_url()}?visa=mina")
    assert "Kim Ek" in text
    assert "Robin Al" not in text
    assert AccessLogEntry.objects.filter(id__gt=before).count() == 1


def test_an_edit_that_comes_too_late_shows_both(client, review, lead):
    sign_in(client, lead)
    url = reverse("review:edit", args=[review.pk])
    facts = {"held_on": str(review.held_on), "starts_at": "09:00", "leader": lead.pk}
    answer = client.post(url, facts | {"place": "Lilla rummet", "revision": 99})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Stora rummet" in text
    assert "Lilla rummet" in text
    assert client.post(url, facts | {"place": "Lilla rummet", "revision": 0}).status_code == 302
    review.refresh_from_db()
    assert review.place == "Lilla rummet"


# From the participant's page.


def test_asking_and_taking_back(client, review, pedagogue, other_pedagogue, lead):
    person = enrolled(pedagogue, days=10)
    sign_in(client, other_pedagogue)
    url = reverse("review:ask", args=[person.pk])
    assert "Ta upp på ärendedragningen" in page_of(client, person.get_absolute_url())
    client.post(url, {"reason": "oro hemma"})
    wish = ReviewRequest.objects.get()
    assert (wish.asked_by, wish.reason) == (other_pedagogue, "oro hemma")
    text = page_of(client, url)
    assert "oro hemma" in text
    assert "Be om att ta upp" not in text
    sign_in(client, lead)
    assert "oro hemma" in page_of(client, url)
    assert post(client, "withdraw", wish.pk).status_code == 404
    sign_in(client, other_pedagogue)
    post(client, "withdraw", wish.pk)
    assert "oro hemma" not in page_of(client, url)


def test_asking_needs_the_plans_consent_and_an_enrolment(client, pedagogue, officer):
    person = enrolled(pedagogue, consent=["attendance"])
    assign(person.enrolments.get(), Function.EMPLOYMENT_OFFICER, officer)
    sign_in(client, officer)
    assert client.get(reverse("review:ask", args=[person.pk])).status_code == 404
    person.enrolments.update(
        ended_on=days_ago(0), exit_reason="work", exited_at="2026-01-01T00:00Z"
    )
    sign_in(client, pedagogue)
    assert client.get(reverse("review:ask", args=[person.pk])).status_code == 404


def test_the_header_tells_that_somebody_stands_on_the_agenda(client, review, pedagogue, lead):
    person = enrolled(pedagogue, days=3)
    agenda.make(review=review, by=lead)
    sign_in(client, pedagogue)
    tag = f"Tas upp på ärendedragningen {review.held_on}"
    assert tag in page_of(client, person.get_absolute_url())


# On other pages.


@pytest.mark.parametrize(
    ("days", "words"), [(0, "i dag"), (1, "i morgon"), (3, None), (6, None), (7, str(days_ago(-7)))]
)
def test_the_day_as_one_says_it(days, words):
    held_on = days_ago(-days)
    assert when(held_on, days_ago(0)) == words or words is None
    if words is None:
        assert when(held_on, days_ago(0)).startswith("på ")


def test_the_home_page_tells_which_of_ones_own_are_taken_up(
    client, review, pedagogue, other_pedagogue, lead
):
    person = enrolled(pedagogue, days=3, first_name="Kim", last_name="Ek")
    agenda.make(review=review, by=lead)
    sign_in(client, pedagogue)
    text = page_of(client, "/")
    assert "1 av dina deltagare" in text
    assert "Kim Ek" in text
    assert AccessLogEntry.objects.filter(what="home:review", person_id=person.pk).count() == 1
    sign_in(client, other_pedagogue)
    assert "av dina deltagare" not in page_of(client, "/")


def test_no_card_when_no_review_comes_within_a_week(client, pedagogue):
    make_review(days_ago(-8))
    make_review(days_ago(1))
    sign_in(client, pedagogue)
    assert "Dagordningen" not in page_of(client, "/")


def test_the_review_stands_in_the_day(review, pedagogue):
    assert today(pedagogue, days_ago(0)) == []
    (entry,) = today(pedagogue, review.held_on)
    assert (entry.title, entry.text) == ("Ärendedragning", "Stora rummet")


def test_the_page_costs_the_same_for_five_and_for_fifty(client, review, pedagogue, lead):
    sign_in(client, lead)
    costs = []
    for count in (1, 5, 45):  # the first page begins the log
        for _ in range(count):
            enrolled(pedagogue, days=3)
        agenda.refresh(review=review, by=lead)
        with CaptureQueriesContext(connection) as captured:
            client.get(review.get_absolute_url())
        costs.append(len(captured))
    assert costs[1] == costs[2]


# Many on the agenda.


@pytest.fixture
def five_a_page(monkeypatch):
    monkeypatch.setattr(views, "PER_PAGE", 5)
    monkeypatch.setattr(views, "FIT", 3)


def shown(text: str) -> list[str]:
    """Return the surnames on a page, in order."""
    return re.findall(r">Kim (\w+)</a>", text)


def people_named(contact, *surnames, **facts):
    return [
        enrolled(contact, days=3, first_name="Kim", last_name=each, **facts) for each in surnames
    ]


def raw(client, url) -> str:
    return client.get(url).content.decode()


@pytest.mark.usefixtures("five_a_page")
def test_a_long_agenda_has_pages_that_log_those_they_show(
    client, review, pedagogue, other_pedagogue, officer, lead
):
    people_named(pedagogue, "A", "B", "C", "D")
    people_named(other_pedagogue, "E", "F", "G", consent=[])
    people_named(pedagogue, "H", protected=True, readers=[pedagogue])
    agenda.make(review=review, by=lead)
    url = review.get_absolute_url()
    sign_in(client, lead)
    first, second = raw(client, url), raw(client, f"{url}?sida=2")
    assert (shown(first), shown(second)) == (["A", "B", "C", "D", "E"], ["F", "G"])
    first, second = page_of(client, url), page_of(client, f"{url}?sida=2")
    for text in (first, second):
        assert "Tillsammans med Arbetsförmedlingen 4" in text
        assert "samtycke till Arbetsförmedlingen saknas 3" in text
        assert "Tas upp enskilt" not in text
        assert "7 deltagare att gå igenom" in text
        assert "För de 3 första" in text
        assert "Anna Berg (huvudkontakt) 3 deltagare" in text
        assert "Olle Dahl (huvudkontakt)" not in text
    assert first.count("Hit räcker två timmar") == 1
    assert "Hit räcker två timmar" not in second
    before = AccessLogEntry.objects.count()
    client.get(f"{url}?sida=2")
    logged = AccessLogEntry.objects.filter(id__gt=before).values_list("person_id", flat=True)
    names = review.items.filter(participant__in=logged).values_list(
        "participant__last_name", flat=True
    )
    assert set(names) == {"F", "G"}
    assert len(logged) == 2
    sign_in(client, pedagogue)
    text = page_of(client, f"{url}?sida=2")
    assert "Tas upp enskilt: skyddade personuppgifter 1" in text
    assert "Mina (5)" in text
    assert shown(raw(client, f"{url}?visa=mina")) == ["A", "B", "C", "D"]


@pytest.mark.usefixtures("five_a_page")
def test_moving_over_the_edge_of_a_page(client, review, pedagogue, lead):
    people_named(pedagogue, "A", "B", "C", "D", "E", "F", "G")
    agenda.make(review=review, by=lead)
    items = {item.participant.last_name: item for item in review.items.all()}
    url = review.get_absolute_url()
    sign_in(client, lead)
    line = next(
        line
        for line in client.get(url).context["sections"][0].lines
        if line.item == items["E"]
    )  # fmt: skip
    assert (line.up, line.down) == (items["D"].pk, items["F"].pk)
    review.refresh_from_db()
    answer = client.post(
        reverse("review:move", args=[items["E"].pk]),
        {"after": line.down, "revision": review.revision},
        headers={"HX-Request": "true"},
    )
    assert answer["HX-Replace-Url"] == f"{url}?sida=2"
    assert shown(answer.content.decode()) == ["E", "G"]
    review.refresh_from_db()
    answer = post(
        client, "move", items["E"].pk, before=items["F"].pk, revision=review.revision, sida=2
    )
    assert answer.url == url
    assert shown(raw(client, url)) == ["A", "B", "C", "D", "E"]


@pytest.mark.usefixtures("five_a_page")
def test_what_is_done_on_a_page_comes_back_to_it(client, review, pedagogue, lead):
    people_named(pedagogue, "A", "B", "C", "D", "E", "F", "G")
    agenda.make(review=review, by=lead)
    item = review.items.get(participant__last_name="F")
    sign_in(client, lead)
    url = f"{review.get_absolute_url()}?sida=2"
    assert post(client, "postpone", item.pk, reason="ledig", sida=2).url == url
    text = raw(client, url)
    assert shown(text) == ["G", "F"]
    assert "Till nästa gång" in text


def test_a_move_writes_only_those_who_change_place(review, pedagogue, lead):
    people_named(pedagogue, "A", "B", "C", "D")
    agenda.make(review=review, by=lead)
    items = list(review.items.order_by("position"))
    review.refresh_from_db()
    with CaptureQueriesContext(connection) as captured:
        actions.move(item=items[3], before=items[2], revision=review.revision, by=lead)
    (written,) = [each["sql"] for each in captured if 'position" = ' in each["sql"]]
    assert written.count("WHEN") == 2
