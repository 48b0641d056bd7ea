from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.models import PlanningMeeting
from core.models import AccessLogEntry
from participants import actions
from participants.models import Participant
from participants.next_steps import next_for
from tests.cast import enrol, make_person, protect, sign_in

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def step_for(person, user):
    people = Participant.objects.filter(pk=person.pk).for_list()
    step = next_for(people, user, TODAY).get(person.pk)
    return step.text if step else ""


def in_order(pedagogue, officer, *, end=200):
    """Somebody for whom everything is done."""
    person = make_person(consent=True)
    enrolment = enrol(
        person,
        contact=pedagogue,
        officer=officer,
        starts_on=TODAY - timedelta(days=20),
        planned_end_on=TODAY + timedelta(days=end),
    )
    PlanningMeeting.objects.create(enrolment=enrolment, held_on=TODAY)
    return enrolment


def test_somebody_for_whom_everything_is_done_needs_nothing(pedagogue, officer):
    assert step_for(in_order(pedagogue, officer).participant, pedagogue) == ""


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (-3, "passerades för 3 dagar sedan"),
        (0, "Planerat slut i dag"),
        (1, "Planerat slut om 1 dag:"),
        (30, "Planerat slut om 30 dagar: begär förlängning eller planera avslut."),
        (31, ""),
    ],
)
def test_the_planned_end_is_told_thirty_days_ahead(pedagogue, officer, end, words):
    step = step_for(in_order(pedagogue, officer, end=end).participant, pedagogue)
    assert words in step.replace("\N{NO-BREAK SPACE}", " ") if words else step == ""


def test_each_missing_thing_has_its_step_and_the_most_urgent_is_shown(pedagogue, officer):
    enrolment = in_order(pedagogue, officer)
    person = enrolment.participant
    enrolment.assignments.filter(user=officer).delete()
    assert "Saknar arbetsförmedlare" in step_for(person, pedagogue)
    enrolment.planning_meetings.all().delete()
    assert step_for(person, pedagogue) == "Boka trepartssamtal."
    person.consents.all().delete()
    assert "Inget samtycke" in step_for(person, pedagogue)
    enrolment.assignments.all().delete()
    assert "Saknar huvudkontakt" in step_for(person, pedagogue)


def test_a_waiting_extension_is_for_the_lead_to_decide_and_for_others_to_wait(
    pedagogue, officer, lead
):
    enrolment = in_order(pedagogue, officer, end=5)
    actions.ask_extension(
        enrolment=enrolment, new_end_on=TODAY + timedelta(days=90), reason="x", by=pedagogue
    )
    assert "Väntar på beslut" in step_for(enrolment.participant, pedagogue)
    assert "Besluta om förlängning" in step_for(enrolment.participant, lead)


def test_somebody_never_enrolled_is_to_be_enrolled(pedagogue):
    assert "Inte inskriven än" in step_for(make_person(), pedagogue)


def test_next_steps_cost_the_same_for_2_and_for_20(pedagogue):
    costs, _ = [], pedagogue.roles  # known before the first count
    for total in (2, 20):
        while Participant.objects.count() < total:
            enrol(make_person(), contact=pedagogue)
        people = list(Participant.objects.for_list())
        with CaptureQueriesContext(connection) as counted:
            next_for(people, pedagogue, TODAY)
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_home_shows_what_my_own_need_and_logs_them(client, pedagogue, other_pedagogue):
    mine, others = make_person("Min"), make_person("Annans")
    enrol(mine, contact=pedagogue)
    enrol(others, contact=other_pedagogue)
    page = sign_in(client, pedagogue).get(reverse("home")).content.decode()
    assert "Min Testsson" in page and "Annans" not in page
    logged = AccessLogEntry.objects.filter(what="home:needs")
    assert list(logged.values_list("person_id", flat=True)) == [mine.pk]


def test_home_shows_the_lead_what_waits_and_what_runs_out(client, lead, pedagogue, officer):
    enrolment = in_order(pedagogue, officer, end=5)
    actions.ask_extension(
        enrolment=enrolment, new_end_on=TODAY + timedelta(days=90), reason="x", by=pedagogue
    )
    page = sign_in(client, lead).get(reverse("home")).content.decode()
    assert "Förlängningar att besluta om" in page and "Inskrivningar som löper ut" in page
    logged = AccessLogEntry.objects.filter(action="listed").values_list("person_id", flat=True)
    assert set(logged) == {enrolment.participant_id}


def test_home_does_not_know_of_somebody_protected(client, lead, pedagogue, officer):
    enrolment = in_order(pedagogue, officer, end=5)
    actions.ask_extension(
        enrolment=enrolment, new_end_on=TODAY + timedelta(days=90), reason="x", by=pedagogue
    )
    protect(enrolment.participant, [pedagogue])
    answer = sign_in(client, lead).get(reverse("home"))
    assert enrolment.participant.code not in answer.content.decode()
    assert not AccessLogEntry.objects.filter(what__startswith="home:").exists()


@pytest.mark.parametrize("role", ["steering", "system_administrator", "log_reviewer"])
def test_home_opens_for_everybody_who_is_signed_in(client, request, role):
    answer = sign_in(client, request.getfixturevalue(role)).get(reverse("home"))
    assert answer.status_code == 200
    assert not AccessLogEntry.objects.exists()
