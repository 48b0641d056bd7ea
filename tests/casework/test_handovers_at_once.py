"""Two people at the same moment, each with a connection of their own: nothing is lost or doubled."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.handovers import actions
from casework.handovers.caseload import Terms, held_by
from casework.models import CaseloadMove, Handover, MoveKind, Task
from casework.todo.actions import create_task
from participants.actions import exit_enrolment
from participants.models import Assignment
from tests.cast import enrol, make_person, make_user
from tests.referrals.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def everything(giver, user):
    """A move of all that somebody has to one, ready to be done."""
    day = timezone.localdate()
    terms = Terms(MoveKind.LEAVE, day, day + timedelta(days=6))
    to = {each.assignment.pk: user for each in held_by(giver, giver, terms)}
    return lambda: actions.move_caseload(from_user=giver, terms=terms, to=to, tasks={}, by=giver)


def test_two_colleagues_are_given_the_same_caseload(pedagogue, other_pedagogue):
    third = make_user("pedagogue", "Tyra", "Ulv")
    for name in ("Alma", "Bo"):
        person = make_person(name)
        enrol(person, contact=pedagogue)
        create_task(text="Ring", by=pedagogue, participant=person, assigned_to=pedagogue)
    refusals = at_once(everything(pedagogue, other_pedagogue), everything(pedagogue, third))
    assert len([each for each in refusals if each]) == 1
    assert CaseloadMove.objects.count() == 1
    assert Handover.objects.count() == 2
    (new,) = set(Handover.objects.values_list("to_user", flat=True))
    assert set(Task.objects.values_list("assigned_to", flat=True)) == {new}


def test_somebody_leaves_the_programme_while_the_caseload_moves(pedagogue, other_pedagogue, lead):
    enrolment = enrol(make_person(), contact=pedagogue)
    day = timezone.localdate()
    at_once(
        everything(pedagogue, other_pedagogue),
        lambda: exit_enrolment(enrolment=enrolment, ended_on=day, reason="work", by=lead),
    )
    ends = set(Assignment.objects.values_list("ends_on", flat=True))
    assert None not in ends
    assert max(ends) == day + timedelta(days=1)
