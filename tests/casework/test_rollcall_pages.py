"""The pages of the roll call, by role, with and without htmx."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.models import Attendance, AttestationBreak, SessionStatus
from casework.rollcall import actions
from core.models import AccessLogEntry
from participants.enums import Category
from tests.casework.rollcall_world import expect, make_session, present
from tests.casework.test_rollcall_actions import mark, sign
from tests.cast import enrol, give_consent, make_person, sign_in
from tests.htmx import _document as document
from tests.htmx import after_swap, comparable, text_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
HTMX = {"HX-Request": "true"}


@pytest.fixture
def session(pedagogue):
    return make_session(pedagogue)


@pytest.fixture
def row(session, pedagogue):
    return expect(session, make_person("Amina", "Ek"), contact=pedagogue)


@pytest.fixture
def page(client, pedagogue, session):
    """Return a function that opens the roster as the leader."""
    sign_in(client, pedagogue)
    return lambda: client.get(session.get_absolute_url()).content.decode()


def tap(client, row, do, *, htmx=True, version=None, **fields):
    address = reverse("rollcall:mark", args=[row.pk])
    data = {"do": do, "version": version or row.version} | fields
    return client.post(address, data, headers=HTMX if htmx else {})


def test_the_roster_shows_whom_the_user_may_see_and_logs_them(page, row, session, pedagogue):
    expect(session, make_person("Hemlig", protected=True), contact=pedagogue)
    content = page()
    assert "Amina Ek" in content and "Hemlig" not in content
    assert "<strong>1</strong> väntas" in content
    assert [entry.person_id for entry in AccessLogEntry.objects.all()] == [row.participant_id]


def test_an_officer_sees_those_whose_attendance_may_be_shared(client, session, officer):
    told, untold = make_person("Amina"), make_person("Bo", consent=[Category.PLAN])
    give_consent(told, [Category.ATTENDANCE])
    for person in (told, untold):
        enrol(person, officer=officer)
        expect(session, person)
    content = sign_in(client, officer).get(session.get_absolute_url()).content.decode()
    assert "Amina" in content and "Bo Testsson" not in content


def test_a_name_of_somebody_protected_is_a_code(client, session, pedagogue, page):
    person = make_person("Amina", protected=True, readers=[pedagogue])
    expect(session, person, contact=pedagogue)
    content = page()
    assert person.code in content and "Amina" not in content


def test_without_script_a_tap_leads_back_to_the_row(client, page, row):
    page()
    answer = tap(client, row, "present", htmx=False, hours="3")
    assert answer.status_code == 302 and answer.url.endswith(f"#rad-{row.pk}")
    assert "Här 3 h" in page() and "Saknar underskrift" in page()


def test_without_script_a_refusal_stands_on_its_row(client, page, row):
    page()
    answer = tap(client, row, "present", htmx=False, hours="tre")
    assert answer.status_code == 422 and "Skriv timmarna så här" in answer.content.decode()


@pytest.mark.parametrize("do", ["present", "absent", "absent|ill", "late|09:30", "expected"])
def test_a_tap_swaps_the_row_and_the_counts(client, page, row, session, pedagogue, do):
    expect(session, contact=pedagogue)
    before = page()
    fragment = tap(client, row, do, hours="3").content
    assert b"<html" not in fragment
    target = f"rad-{row.pk}-nu"
    swapped = after_swap(before, fragment, target)
    fresh = document(page())
    assert swapped.ids == ["summering"]
    for name in (target, "summering"):
        assert comparable(swapped.tree, name) == comparable(fresh, name)
    assert text_of(swapped.tree, "main") == text_of(fresh, "main")


def test_the_rest_swaps_every_row_and_the_counts(client, page, row, session, pedagogue):
    expect(session, contact=pedagogue)
    before = page()
    fragment = client.post(reverse("rollcall:rest", args=[session.pk]), headers=HTMX).content
    swapped = after_swap(before, fragment, "lista")
    fresh = document(page())
    assert comparable(swapped.tree, "lista") == comparable(fresh, "lista")
    assert text_of(swapped.tree, "main") == text_of(fresh, "main")
    assert "<strong>2</strong> här" in page()


def test_a_tap_shows_and_logs_one_person(client, page, row, session, pedagogue):
    expect(session, make_person("Bo"), contact=pedagogue)
    page()
    before = AccessLogEntry.objects.count()
    answer = tap(client, row, "present").content.decode()
    logged = AccessLogEntry.objects.filter(id__gt=before)
    assert {entry.person_id for entry in logged} == {row.participant_id}
    assert "Bo Testsson" not in answer


def test_another_leaders_mark_is_shown_with_a_tap_to_do_it_anyway(
    client, page, row, other_pedagogue
):
    page()
    mark(row, "absent", other_pedagogue, absence_reason="ill")
    answer = tap(client, row, "late|09:30").content.decode()
    assert "Olle Dahl hann före" in answer and "Du ville skriva närvarande 2,5 timmar" in answer
    assert 'value="present|2.50|09:30|"' in answer and "Frånvarande: Sjuk" in answer
    tap(client, row, "present|2.50|09:30|", version=2)
    row.refresh_from_db()
    assert row.hours == 2.5


def test_a_signed_row_asks_why_and_then_says_what_became_of_it(
    client, page, row, pedagogue, session
):
    row = mark(row, "present", pedagogue)
    sign(row, pedagogue)
    page()
    answer = tap(client, row, "present", hours="2").content.decode()
    assert "Varför ändras raden?" in answer and 'value="present|2.00||"' in answer
    assert not AttestationBreak.objects.exists()
    answer = tap(client, row, "present|2.00||", reason="Gick efter rasten").content.decode()
    assert (
        "Underskriften gäller inte längre: närvarande 3 timmar ändrades till närvarande 2 timmar"
        f" av Anna Berg {TODAY()} (Gick efter rasten)" in answer
    )
    assert "Skriv under" in answer


def test_a_row_one_may_not_see_is_not_found(client, session, pedagogue):
    hidden = expect(session, make_person(protected=True), contact=pedagogue)
    sign_in(client, pedagogue)
    assert tap(client, hidden, "present").status_code == 404
    assert client.get(reverse("rollcall:sign_row", args=[hidden.pk])).status_code == 404


def test_closing_names_the_missing_and_leads_to_the_first(client, page, row, session):
    page()
    answer = client.post(reverse("rollcall:close", args=[session.pk]))
    content = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert answer.status_code == 422 and "1 person är inte avprickad: Amina Ek." in content
    assert f'id="rad-{row.pk}" tabindex="-1" aria-label="Amina Ek" data-focus' in content


def test_closing_says_what_is_attested_and_is_done_once(client, page, row, session, pedagogue):
    mark(row, "present", pedagogue)
    assert "Jag intygar att deltagarna har deltagit" in page()
    client.post(reverse("rollcall:close", args=[session.pk]))
    session.refresh_from_db()
    assert session.status == SessionStatus.HELD and "av Anna Berg" in page()
    answer = client.post(reverse("rollcall:close", args=[session.pk]), follow=True)
    assert "Det går inte att ändra" in answer.content.decode()


def test_opening_again_asks_why(client, page, session, pedagogue):
    actions.close(session=session, by=pedagogue)
    page()
    address = reverse("rollcall:reopen", args=[session.pk])
    assert "varför" in client.post(address, {"reason": ""}, follow=True).content.decode()
    client.post(address, {"reason": "Glömde en"})
    session.refresh_from_db()
    assert session.status == SessionStatus.PLANNED


def test_a_session_ahead_offers_no_rest_and_no_closing(client, pedagogue):
    ahead = make_session(pedagogue, held_on=TODAY() + timedelta(days=2))
    content = sign_in(client, pedagogue).get(ahead.get_absolute_url()).content.decode()
    assert "Resten är här" not in content and "Stäng tillfället" not in content


def test_a_cancelled_session_can_only_be_read(client, pedagogue):
    session = make_session(pedagogue, status=SessionStatus.CANCELLED, cancel_reason="Snöstorm")
    expect(session, make_person("Amina"), contact=pedagogue)
    content = sign_in(client, pedagogue).get(session.get_absolute_url()).content.decode()
    assert "Snöstorm" in content and "Amina" in content and 'name="do"' not in content


def test_somebody_without_a_place_is_found_and_added(client, session, pedagogue, page):
    person, left = make_person("Zahra", "Ek"), make_person("Zahra", "Fors")
    enrol(person, contact=pedagogue)
    enrol(left, starts_on=TODAY() - timedelta(days=90), ended_on=TODAY() - timedelta(days=9))
    page()
    address = reverse("rollcall:walk_in", args=[session.pk])
    found = client.post(address, {"q": "zahra"})
    assert "zahra" not in found.url.lower()
    content = client.get(found.url).content.decode()
    assert "Zahra Ek" in content and "Zahra Fors" not in content
    add = reverse("rollcall:walk_in_add", args=[session.pk])
    assert client.post(add, {"participant": person.pk}).status_code == 302
    assert client.post(add, {"participant": left.pk}).status_code == 404
    row = Attendance.objects.get(session=session)
    assert (row.participant, row.is_walk_in) == (person, True)
    assert "Står redan på listan" in client.get(found.url).content.decode()


def test_the_day_shows_own_sessions_first_and_what_is_not_closed(
    client, pedagogue, other_pedagogue
):
    make_session(other_pedagogue, name="Annans")
    make_session(pedagogue, name="Min")
    make_session(pedagogue, name="Glömd", held_on=TODAY() - timedelta(days=4))
    make_session(other_pedagogue, name="Annans glömda", held_on=TODAY() - timedelta(days=4))
    content = sign_in(client, pedagogue).get(reverse("rollcall:today")).content.decode()
    assert content.index("Glömd") < content.index("Min") < content.index("Annans")
    assert "Annans glömda" not in content and "Inte stängt" in content
    assert not AccessLogEntry.objects.exists()


def test_whoever_sees_every_file_sees_what_anybody_forgot(client, pedagogue, lead):
    make_session(pedagogue, name="Glömd", held_on=TODAY() - timedelta(days=4))
    assert "Glömd" in sign_in(client, lead).get(reverse("rollcall:today")).content.decode()


def test_a_closed_session_with_somebody_left_is_told_to_those_who_see_them(
    client, session, pedagogue, other_pedagogue
):
    expect(session, make_person(protected=True, readers=[other_pedagogue]), contact=other_pedagogue)
    actions.close(session=session, by=pedagogue)
    address = reverse("rollcall:today")
    assert "återstår" in sign_in(client, other_pedagogue).get(address).content.decode()
    assert "återstår" not in sign_in(client, pedagogue).get(address).content.decode()


def test_another_day_is_a_click_away_and_nonsense_is_today(client, pedagogue):
    make_session(pedagogue, name="I morgon", held_on=TODAY() + timedelta(days=1))
    sign_in(client, pedagogue)
    address = reverse("rollcall:today")
    tomorrow = f"{address}?dag={TODAY() + timedelta(days=1)}"
    assert "I morgon" in client.get(tomorrow).content.decode()
    assert client.get(f"{address}?dag=kalas").status_code == 200


def test_the_home_page_reminds_of_what_is_not_closed(rf, session, pedagogue, counsellor):
    from casework.rollcall.views.today import card

    request = rf.get("/")
    request.user = pedagogue
    assert card(request) is None  # what is today stands in the card of the day
    yesterday = make_session(pedagogue, name="I går", held_on=TODAY() - timedelta(days=1))
    assert [line.session for line in card(request)["lines"]] == [yesterday]
    request.user = counsellor
    assert card(request) is None


@pytest.mark.parametrize("role", ["development_lead", "evaluator", "log_reviewer"])
def test_others_do_not_take_attendance(client, request, role, session):
    sign_in(client, request.getfixturevalue(role))
    assert client.get(session.get_absolute_url()).status_code == 403


@pytest.mark.parametrize("name", ["roster", "today", "tap"])
def test_queries_are_as_many_for_twenty_as_for_three(client, pedagogue, session, name):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            if name == "tap":
                row = Attendance.objects.filter(session=session).last()
                tap(client, row, "absent", version=row.version)
            else:
                roster = session.get_absolute_url()
                client.get(roster if name == "roster" else reverse("rollcall:today"))
        return len(queries)

    def fill(count):
        for number in range(count):
            row = present(session, contact=pedagogue, marked_by=pedagogue)
            sign(row, pedagogue)
            mark(row, "present", pedagogue, hours=2, reason="prov")
            day = TODAY() - timedelta(days=number + 1)
            make_session(pedagogue, name=f"A{Attendance.objects.count()}", held_on=day)
            expect(session, contact=pedagogue)

    sign_in(client, pedagogue)
    fill(2)
    cost()
    fill(1)
    few = cost()
    fill(9)
    assert cost() == few
