"""What tasks tell elsewhere: the next step, the review, the timeline, the exit, an open file, the day."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import Activity, ActivityLeader, Attendance, Session, Task, TaskStatus
from casework.todo import actions, due, on_other_pages, today
from participants.actions import exit_enrolment
from participants.models import Extension, Participant
from tests.casework.todo_world import enrolled, logged, make_task
from tests.cast import enrol, make_person, protect

pytestmark = pytest.mark.django_db
DAY = timezone.localdate


def test_the_longest_overdue_task_is_the_next_step(pedagogue, django_assert_num_queries):
    people = [enrolled(pedagogue) for _ in range(3)]
    for person in people:
        make_task(pedagogue, person=person, days=-2, text="nyare")
        make_task(pedagogue, person=person, days=-5, text="äldst")
    people = list(Participant.objects.for_list())
    assert pedagogue.roles
    with django_assert_num_queries(1):
        steps = on_other_pages.next_steps(people, pedagogue, DAY())
    assert {step.text for step in steps.values()} == {"Försenad uppgift: äldst"} and len(steps) == 3


def test_a_task_due_today_is_not_late(pedagogue):
    person = enrolled(pedagogue)
    make_task(pedagogue, person=person)
    assert on_other_pages.next_steps([person], pedagogue, DAY()) == {}


def test_the_officer_sees_what_consent_covers_and_the_administrator_nothing(
    pedagogue, officer, administrator
):
    seen, unseen = enrolled(pedagogue, officer, consent=True), enrolled(pedagogue, officer)
    for person in (seen, unseen):
        make_task(pedagogue, person=person, days=-20)
    people = [seen, unseen]
    for find in (on_other_pages.next_steps, on_other_pages.signals):
        assert set(find(people, officer, DAY())) == {seen.pk}
        assert set(find(people, pedagogue, DAY())) == {seen.pk, unseen.pk}
        assert find(people, administrator, DAY()) == {}
    assert on_other_pages.events(unseen, officer) == []


def test_more_than_a_week_late_is_for_the_review(pedagogue):
    person = enrolled(pedagogue)
    make_task(pedagogue, person=person, days=-7)
    assert on_other_pages.signals([person], pedagogue, DAY()) == {}
    make_task(pedagogue, person=person, days=-8)
    (signal,) = on_other_pages.signals([person], pedagogue, DAY())[person.pk]
    assert signal.text == f"Uppgift försenad sedan {DAY() - timedelta(days=8)}"


def test_what_was_done_stands_on_the_timeline_and_what_was_struck_does_not(pedagogue):
    person = enrolled(pedagogue)
    actions.finish(
        task=make_task(pedagogue, person=person, text="gjord"), by=pedagogue, outcome="Bra"
    )
    actions.drop(task=make_task(pedagogue, person=person, text="bort"), by=pedagogue, reason="x")
    (event,) = on_other_pages.events(person, pedagogue)
    assert (event.title, event.text, event.by) == ("gjord", "Bra", pedagogue.name)


def test_an_exit_tells_of_open_tasks_and_closes_none(client, pedagogue):
    person = enrolled(pedagogue)
    make_task(pedagogue, person=person)
    (question,) = on_other_pages.exit_questions(person.current_enrolment, pedagogue, DAY())
    assert "1\u00a0uppgift är öppen" in question.text and not question.needs_reason
    client.force_login(pedagogue)
    assert (
        "Stryk dem" in client.get(reverse("participants:exit", args=[person.pk])).content.decode()
    )


def left_with(task_before: bool, pedagogue):
    """Somebody who left three days ago, with a task from before the exit or made after it."""
    person = make_person(created_at=timezone.now() - timedelta(days=900))
    enrolment = enrol(person, contact=pedagogue, ended_on=DAY() - timedelta(days=3))
    exited = timezone.now() + timedelta(hours=1 if task_before else -1)
    enrolment.exited_at = exited
    enrolment.save()
    make_task(pedagogue, person=person, text="Kvar att göra")
    return person


def test_what_was_open_at_the_exit_stays_with_the_one_who_has_it(client, pedagogue):
    person = left_with(True, pedagogue)
    client.force_login(pedagogue)
    page = client.get("/uppgifter/").content.decode()
    assert "Kvar att göra" in page and "Avslutad deltagare" in page
    actions.finish(task=Task.objects.get(), by=pedagogue)
    assert person not in Participant.objects.visible_to(pedagogue)


def test_a_task_made_afterwards_opens_no_file(pedagogue):
    assert left_with(False, pedagogue) not in Participant.objects.visible_to(pedagogue)


def test_an_enrolment_that_runs_out_asks_its_main_contact_once(pedagogue):
    person = make_person()
    enrolment = enrol(person, contact=pedagogue, planned_end_on=DAY() + timedelta(days=20))
    enrol(make_person(), contact=pedagogue, planned_end_on=DAY() + timedelta(days=31))
    assert due.make_due_tasks(DAY()) == 1 and due.make_due_tasks(DAY()) == 0
    task = Task.objects.get()
    assert (task.participant, task.assigned_to, task.created_by) == (person, pedagogue, None)
    assert task.due_on == DAY() + timedelta(days=6)
    enrolment.planned_end_on += timedelta(days=5)
    enrolment.save()
    assert due.make_due_tasks(DAY()) == 1


@pytest.mark.parametrize("what", ["end moved", "asked for", "left"])
def test_a_task_that_a_date_asked_for_is_struck_when_it_no_longer_does(pedagogue, what):
    enrolment = enrol(make_person(), contact=pedagogue, planned_end_on=DAY() + timedelta(days=20))
    due.make_due_tasks(DAY())
    assert due.drop_outlived() == 0
    if what == "end moved":
        enrolment.planned_end_on += timedelta(days=90)
        enrolment.save()
    elif what == "asked for":
        Extension.objects.create(
            enrolment=enrolment,
            previous_end_on=enrolment.planned_end_on,
            new_end_on=DAY() + timedelta(days=90),
            reason="prov",
            asked_by=pedagogue,
        )
    else:
        exit_enrolment(enrolment=enrolment, ended_on=DAY(), reason="work", by=pedagogue)
    assert due.drop_outlived() == 1
    task = Task.objects.get()
    assert (task.status, task.closed_by) == ("dropped", None) and "Behövs inte" in task.outcome


def test_without_a_main_contact_the_pedagogues_get_it(pedagogue, other_pedagogue):
    enrol(make_person(), planned_end_on=DAY() + timedelta(days=3))
    person = make_person()
    enrol(person, contact=pedagogue, planned_end_on=DAY() + timedelta(days=3))
    protect(person, [other_pedagogue])
    due.make_due_tasks(DAY())
    assert list(Task.objects.values_list("assigned_to", "to_role")) == [(None, "pedagogue")] * 2


def test_who_has_asked_for_more_time_is_not_reminded(pedagogue):
    enrolment = enrol(make_person(), contact=pedagogue, planned_end_on=DAY() + timedelta(days=3))
    Extension.objects.create(
        enrolment=enrolment,
        previous_end_on=enrolment.planned_end_on,
        new_end_on=DAY() + timedelta(days=60),
        reason="prov",
        asked_by=pedagogue,
    )
    assert due.make_due_tasks(DAY()) == 0


def a_session(user, name, hour, *, kind="group", type="workshop") -> Session:
    activity = Activity.objects.create(name=name, kind=kind, type=type)
    ActivityLeader.objects.create(activity=activity, user=user)
    return Session.objects.create(
        activity=activity,
        held_on=DAY(),
        starts_at=time(hour),
        ends_at=time(hour + 1),
        planned_hours=1,
    )


def test_the_day_shows_sessions_talks_and_tasks_and_logs_whom_it_names(client, pedagogue):
    talked, task_about, on_roster = (enrolled(pedagogue) for _ in range(3))
    talk = a_session(pedagogue, "Samtal", 13, kind="individual", type="talk")
    group = a_session(pedagogue, "Verkstaden", 9)
    for session, person in ((talk, talked), (group, on_roster)):
        Attendance.objects.create(
            session=session, participant=person, held_on=DAY(), hours=0, status="expected"
        )
    make_task(pedagogue, person=task_about, text="Ring skolan")
    make_task(pedagogue, days=-1)
    client.force_login(pedagogue)
    page = client.get("/").content.decode()
    card = page[page.index("I dag") : page.index("</section>")]
    order = [
        card.index(word) for word in ("Verkstaden", "Samtal", "Ring skolan", "1\u00a0försenad")
    ]
    assert order == sorted(order)
    assert talked.full_name in card and on_roster.full_name not in card
    assert {talked.pk, task_about.pk} <= set(logged())


def test_an_empty_day_is_calm(client, counsellor):
    client.force_login(counsellor)
    assert "Inget är inbokat" in client.get("/").content.decode()


def test_the_day_costs_the_same_for_many(pedagogue, django_assert_num_queries):
    assert pedagogue.roles
    for number in range(6):
        make_task(pedagogue, person=enrolled(pedagogue), text=f"sak {number}")
    with django_assert_num_queries(4):
        assert len(today.tasks(pedagogue, DAY())) == 6


def test_the_person_card_shows_the_nearest(client, pedagogue):
    person = enrolled(pedagogue)
    for number in range(7):
        make_task(pedagogue, person=person, days=number, text=f"sak {number}")
    client.force_login(pedagogue)
    page = client.get(person.get_absolute_url()).content.decode()
    assert "sak 4" in page and "sak 5" not in page and "och 2 till" in page


def test_a_struck_task_is_not_lost(pedagogue):
    task = actions.drop(task=make_task(pedagogue), by=pedagogue, reason="Behövs inte")
    assert (task.status, task.outcome) == (TaskStatus.DROPPED, "Behövs inte")
