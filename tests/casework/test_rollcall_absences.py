"""Three absences in a row ask for a call."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.rollcall.absences import next_steps, signals
from participants.enums import Category
from participants.models import Participant
from tests.casework.rollcall_world import expect, make_session, present
from tests.cast import enrol, make_person, sign_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def absent(person, days, *reasons, **facts):
    """Give the person absences, the last `days` days ago and the others each day before."""
    for number, reason in enumerate(reversed(reasons)):
        day = TODAY() - timedelta(days=days + number)
        session = make_session(held_on=day, name=f"A{day}{person.pk}", **facts)
        expect(session, person, status="absent", absence_reason=reason)


@pytest.fixture
def person(pedagogue):
    person = make_person("Amina")
    enrol(person, contact=pedagogue)
    return person


def found(user, people=None):
    people = list(people or Participant.objects.all().for_list())
    return signals(people, user, TODAY())


def test_three_in_a_row_are_a_reason_to_talk(person, pedagogue):
    absent(person, 1, "ill", "no_word", "no_word")
    (signal,) = found(pedagogue)[person.pk]
    assert signal.text == "3 frånvaror i rad, varav 2 utan att höra av sig"
    assert signal.since == TODAY() - timedelta(days=3)
    step = next_steps(list(Participant.objects.for_list()), pedagogue, TODAY())[person.pk]
    assert step.text == "Frånvarande tre gånger i rad: ring och hör hur det är."


def test_a_presence_since_then_ends_it(person, pedagogue):
    absent(person, 2, "ill", "ill", "ill")
    present(make_session(held_on=TODAY() - timedelta(days=1)), person)
    assert found(pedagogue) == {}


def test_what_is_ahead_expected_or_cancelled_counts_neither_way(person, pedagogue):
    absent(person, -3, "ill")
    absent(person, 5, "ill", "ill")
    absent(person, 9, "ill", status="cancelled", cancel_reason="snö")
    expect(make_session(held_on=TODAY()), person)
    assert found(pedagogue) == {}


def test_absences_before_the_enrolment_do_not_count(pedagogue):
    person = make_person()
    enrol(person, contact=pedagogue, starts_on=TODAY() - timedelta(days=2))
    absent(person, 1, "ill", "ill", "ill", "ill")
    assert found(pedagogue) == {}


def test_it_needs_the_right_to_see_attendance(pedagogue, officer, system_administrator):
    person = make_person(consent=[Category.PLAN])
    enrol(person, contact=pedagogue, officer=officer)
    absent(person, 1, "ill", "ill", "ill")
    assert found(officer) == found(system_administrator) == {}
    assert person.pk in found(pedagogue)


def test_it_stands_in_the_header_of_the_persons_page(client, person, pedagogue):
    absent(person, 1, "ill", "ill", "ill")
    page = sign_in(client, pedagogue).get(person.get_absolute_url()).content.decode()
    assert "3 frånvaror i rad" in page


def test_it_costs_one_query_for_any_number_of_people(person, pedagogue):
    for _ in range(5):
        other = make_person()
        enrol(other, contact=pedagogue)
        absent(other, 1, "ill", "ill", "ill")
    people = list(Participant.objects.for_list())
    assert pedagogue.roles  # read once a request
    with CaptureQueriesContext(connection) as queries:
        assert len(found(pedagogue, people)) == 5
    assert len(queries) == 1
