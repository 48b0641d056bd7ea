"""A person's measures: who gives them, who reads them, when they begin and how they end."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.interventions import actions, on_other_pages, reading
from casework.interventions.rules import first_day_of, suggested_audience
from casework.models import Intervention, InterventionKind
from casework.models.notes import Audience
from core.access_log import Action
from core.errors import Refused
from participants.enums import Function
from participants.errors import StaleEdit
from participants.models import Enrolment
from tests.casework.todo_world import enrolled, logged
from tests.cast import assign, make_person, protect

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def begin(person, by, **facts) -> Intervention:
    """Begin a measure, by default a course since a week."""
    facts = {
        "kind": "course", "organisation": "Skolan", "starts_on": TODAY() - timedelta(days=7)
    } | facts  # fmt: skip
    return actions.add_intervention(participant=person, by=by, **facts)


def address(name, person, *more):
    return reverse(f"interventions:{name}", args=[person.pk, *more])


@pytest.mark.parametrize("kind", list(InterventionKind))
def test_what_tells_of_health_is_for_the_own_authority(kind):
    own = kind in (InterventionKind.HEALTH_CARE, InterventionKind.ADDICTION_CARE)
    assert suggested_audience(kind) == (Audience.AUTHORITY if own else Audience.TEAM)


def test_the_first_day_is_that_of_the_current_enrolment():
    old = Enrolment(starts_on=TODAY() - timedelta(days=900), ended_on=TODAY())
    now = Enrolment(starts_on=TODAY() - timedelta(days=9))
    assert first_day_of([old, now]) == now.starts_on
    assert first_day_of([old]) == old.starts_on and first_day_of([]) is None


def test_a_measure_begins_inside_the_enrolment(pedagogue):
    person = enrolled(pedagogue)
    assert begin(person, pedagogue).enrolment == person.current_enrolment
    with pytest.raises(Refused, match="skrevs in"):
        begin(person, pedagogue, starts_on=TODAY() - timedelta(days=100))
    assert begin(make_person(), pedagogue).enrolment is None


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"ends_on": TODAY() - timedelta(days=8)}, "sluta före"),
        ({"organisation": ""}, "hos vem"),
    ],
)
def test_what_cannot_be_is_refused_in_words(pedagogue, facts, words):
    with pytest.raises(Refused, match=words):
        begin(enrolled(pedagogue), pedagogue, **facts)


def test_from_the_page_it_is_added_and_logged(client, pedagogue, sius):
    person = enrolled(pedagogue)
    assign(person.current_enrolment, Function.SIUS, sius)
    client.force_login(pedagogue)
    page = client.get(address("new", person)).content.decode()
    assert f"{sius.name} för SIUS-stöd" in page
    data = {"kind": "sius", "starts_on": f"{TODAY()}", "audience": ""}
    assert client.post(address("new", person), data).status_code == 302
    row = Intervention.objects.get()
    assert (row.staff, row.audience, row.created_by) == (sius, Audience.TEAM, pedagogue)
    assert person.pk in logged(Action.CHANGED)


def test_errors_stand_at_their_fields(client, pedagogue):
    person = enrolled(pedagogue)
    client.force_login(pedagogue)
    data = {"kind": "course", "starts_on": f"{TODAY()}", "ends_on": "2020-01-01"}
    answer = client.post(address("new", person), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv hos vem" in page and "sluta innan den börjar" in page


def test_addiction_care_is_unseen_by_the_other_authority_unless_agreed(client, pedagogue, officer):
    person = enrolled(pedagogue, officer, consent=True)
    begin(person, pedagogue, kind="addiction_care", organisation="Mottagningen Aspen")
    begin(person, pedagogue, kind="health_care", organisation="Avtalad vård", audience="team")
    client.force_login(officer)
    page = client.get(address("list", person)).content.decode()
    assert "Mottagningen Aspen" not in page and "Avtalad vård" in page
    assert "Mottagningen Aspen" not in client.get(person.get_absolute_url()).content.decode()
    row = Intervention.objects.get(kind="addiction_care")
    assert client.get(address("change", person, row.pk)).status_code == 404
    client.force_login(pedagogue)
    assert "Bara den egna myndigheten" in client.get(address("list", person)).content.decode()


def test_who_may_read_is_changed_by_the_own_authority_alone(client, pedagogue, officer):
    person = enrolled(pedagogue, officer, consent=True)
    row = begin(person, pedagogue)
    client.force_login(officer)
    assert "Vem får läsa" not in client.get(address("change", person, row.pk)).content.decode()
    with pytest.raises(Refused):
        actions.change_intervention(
            intervention=row, by=officer, version=1, audience=Audience.AUTHORITY
        )


def test_it_is_ended_with_how_it_went_and_goes_on_again(client, pedagogue):
    person = enrolled(pedagogue)
    row = begin(person, pedagogue, title="Truckkort")
    client.force_login(pedagogue)
    data = {"ends_on": f"{TODAY()}", "version": 1, "outcome": ""}
    assert client.post(address("end", person, row.pk), data).status_code == 422
    data |= {"outcome": "helped", "outcome_note": "Fick kortet"}
    assert client.post(address("end", person, row.pk), data).status_code == 302
    page = client.get(address("list", person)).content.decode()
    assert "Hjälpte" in page and "Fick kortet" in page
    client.post(address("resume", person, row.pk), {"version": 2})
    row.refresh_from_db()
    assert (row.outcome, row.ends_on) == ("", None)


def test_a_stale_save_shows_both_and_loses_neither(client, pedagogue, other_pedagogue):
    person = enrolled(pedagogue)
    row = begin(person, pedagogue)
    client.force_login(pedagogue)
    client.get(address("change", person, row.pk))
    actions.change_intervention(
        intervention=row, by=other_pedagogue, version=1, organisation="Folkhögskolan"
    )
    data = {
        "kind": "course", "organisation": "Komvux", "starts_on": f"{row.starts_on}",
        "audience": "team", "version": 1,
    }  # fmt: skip
    answer = client.post(address("change", person, row.pk), data)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Folkhögskolan" in page and "Komvux" in page
    assert client.post(address("change", person, row.pk), data | {"version": 2}).status_code == 302
    row.refresh_from_db()
    assert row.organisation == "Komvux"
    with pytest.raises(StaleEdit):
        actions.resume_intervention(intervention=row, by=pedagogue, version=1)


def test_only_what_goes_on_is_read_in_one_query(pedagogue, officer, django_assert_num_queries):
    people = [enrolled(pedagogue, officer, consent=True) for _ in range(3)]
    for person in people:
        begin(person, pedagogue)
        begin(person, pedagogue, kind="health_care")
        begin(person, pedagogue, starts_on=TODAY() + timedelta(days=3))
        row = begin(person, pedagogue, title="slut")
        actions.end_intervention(
            intervention=row, by=pedagogue, version=1, ends_on=TODAY(), outcome="helped"
        )
    assert pedagogue.roles and officer.roles
    with django_assert_num_queries(1):
        found = reading.going_on(people, pedagogue, TODAY())
    assert {pk: len(rows) for pk, rows in found.items()} == {each.pk: 2 for each in people}
    assert {len(rows) for rows in reading.going_on(people, officer, TODAY()).values()} == {1}


def test_the_timeline_tells_when_it_began_and_ended(pedagogue, administrator):
    person = enrolled(pedagogue)
    row = begin(person, pedagogue)
    actions.end_intervention(
        intervention=row, by=pedagogue, version=1, ends_on=TODAY(), outcome="partly"
    )
    titles = [event.title for event in on_other_pages.events(person, pedagogue)]
    assert titles == [
        "Insats började: Kurs eller utbildning",
        "Insats slutade: Kurs eller utbildning",
    ]
    assert on_other_pages.events(person, administrator) == []


def test_at_an_exit_the_own_measures_that_go_on_are_told(pedagogue):
    person = enrolled(pedagogue)
    begin(person, pedagogue)
    find = on_other_pages.exit_questions
    assert find(person.current_enrolment, pedagogue, TODAY()) == []
    begin(person, pedagogue, kind="counselling", organisation="")
    (question,) = find(person.current_enrolment, pedagogue, TODAY())
    assert "Studie- och yrkesvägledning" in question.text and not question.needs_reason


@pytest.mark.parametrize(
    ("role", "read", "edit"),
    [
        ("pedagogue", 200, 200),
        ("lead", 200, 200),
        ("coordinator", 200, 403),
        ("administrator", 403, 403),
        ("counsellor", 404, 404),
        ("officer", 404, 404),
    ],
)
def test_by_role(client, role, read, edit, request):
    person = enrolled()
    client.force_login(request.getfixturevalue(role))
    assert client.get(address("list", person)).status_code == read
    assert client.get(address("new", person)).status_code == edit


def test_the_officer_needs_the_consent_for_the_plan(client, pedagogue, officer):
    person = enrolled(pedagogue, officer, consent=["notes"])
    client.force_login(officer)
    assert client.get(address("list", person)).status_code == 404


def test_a_protected_person_does_not_exist_for_others(client, pedagogue, other_pedagogue):
    person = enrolled(pedagogue)
    row = begin(person, pedagogue)
    protect(person, [pedagogue])
    client.force_login(other_pedagogue)
    for url in (address("list", person), address("end", person, row.pk)):
        assert client.get(url).status_code == 404


def test_anothers_measure_is_not_found_at_this_person(client, pedagogue):
    person, other = enrolled(pedagogue), enrolled(pedagogue)
    row = begin(other, pedagogue)
    client.force_login(pedagogue)
    assert client.get(address("change", person, row.pk)).status_code == 404
