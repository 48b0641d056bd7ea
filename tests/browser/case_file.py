"""A case file with something on every page: plans, notes, tasks, interventions, a handover, reviews."""

from datetime import timedelta

from django.utils import timezone

from accounts.roles import Role
from casework.handovers import actions as handovers
from casework.handovers.caseload import Terms
from casework.models import (
    Audience,
    Intervention,
    ItemState,
    MeetingBooking,
    MoveKind,
    Review,
    ReviewDecision,
    ReviewItem,
    ReviewStatus,
)
from casework.review import actions as reviews
from casework.review import meeting_actions, requests
from casework.todo import actions as todo
from tests.casework.notes_world import make_draft, make_note
from tests.casework.plans_world import agreed, put_forward, write
from tests.cast import enrol, make_person

LONG = "Ringde om provdagen. Vi pratade länge om resvägen, och vem som följer med första gången."


def fill(person, enrolment, *, pedagogue, officer, lead) -> None:
    """Give the person a whole file, and a second one a plan that waits; hold one review and begin another."""
    _notes(person, pedagogue, officer)
    _plans(enrolment, pedagogue, officer)
    _tasks(person, pedagogue, officer, lead)
    _measures(person, enrolment, pedagogue)
    _handover(pedagogue, lead)
    _reviews(person, pedagogue, officer, lead)


def _notes(person, pedagogue, officer) -> None:
    make_note(person, pedagogue, text=LONG, agreed="Ringer chefen\nSkickar ett sms på morgonen")
    make_note(person, pedagogue, audience=Audience.RESTRICTED, restricted_reason="I förtroende.")
    make_note(person, officer, text="Gick igenom ersättningen.", days_ago=20)
    make_draft(person, pedagogue, text="Halvfärdigt: han sa att")


def _plans(enrolment, pedagogue, officer) -> None:
    agreed(enrolment, pedagogue)
    write(enrolment, pedagogue, text__needs="Någon som ringer på morgonen.")
    waiting = make_person("Pia", "Väntar", consent=True)
    second = enrol(waiting, contact=pedagogue, officer=officer)
    agreed(second, pedagogue)
    write(second, pedagogue, text__circumstances="Bor hos mamma.")
    put_forward(second, pedagogue)
    MeetingBooking.objects.create(
        enrolment=enrolment,
        starts_at=timezone.now() + timedelta(days=2),
        place="Jobbcenter",
        booked_by=pedagogue,
    )


def _tasks(person, pedagogue, officer, lead) -> None:
    day = timezone.localdate()
    give = {"by": lead, "participant": person}
    todo.create_task(text="Ring arbetsgivaren", assigned_to=pedagogue, due_on=day, **give)
    todo.create_task(
        text="Skicka intyget", assigned_to=pedagogue, due_on=day - timedelta(days=3), **give
    )
    todo.create_task(text="Svara om ersättningen", assigned_to=officer, **give)
    todo.create_task(text="Hitta en plats", to_role=Role.PEDAGOGUE, **give)
    done = todo.create_task(text="Beställ betyg", assigned_to=pedagogue, **give)
    todo.finish(task=done, by=pedagogue, outcome="Kom med posten.")
    todo.move(
        task=todo.create_task(text="Boka rum", assigned_to=lead, **give), by=lead, to_user=pedagogue
    )


def _measures(person, enrolment, pedagogue) -> None:
    day = timezone.localdate() - timedelta(days=30)
    facts = {
        "participant": person,
        "enrolment": enrolment,
        "author_authority": pedagogue.authority,
        "created_by": pedagogue,
        "starts_on": day,
    }
    Intervention.objects.create(kind="course", title="Truckkort", organisation="Skolan", **facts)
    Intervention.objects.create(
        kind="other", organisation="Föreningen", ends_on=day, outcome="helped", **facts
    )


def _handover(pedagogue, lead) -> None:
    """Somebody of the lead's goes to the pedagogue for two weeks."""
    enrolment = enrol(make_person("Leo", "Lånad", consent=True), contact=lead)
    day = timezone.localdate()
    move = handovers.move_caseload(
        from_user=lead,
        terms=Terms(MoveKind.LEAVE, day, day + timedelta(days=13)),
        to={enrolment.assignments.get().pk: pedagogue},
        tasks={},
        by=lead,
    )
    handovers.write_text(
        handover=move.handovers.get(), text="Vill ha sms före samtal.", version=1, by=lead
    )


def _reviews(person, pedagogue, officer, lead) -> None:
    """One closed a week ago with a decision, one going on."""
    before = timezone.now() - timedelta(days=7)
    closed = Review.objects.create(
        held_on=timezone.localdate(before),
        status=ReviewStatus.CLOSED,
        leader=lead,
        started_at=before,
        closed_at=before,
        closed_by=lead,
    )
    item = ReviewItem.objects.create(
        review=closed,
        participant=person,
        state=ItemState.DISCUSSED,
        discussed_at=before,
        note="Vill börja på kafé.",
    )
    task = todo.create_task(
        text="Boka provdag", by=lead, participant=person, assigned_to=pedagogue,
        due_on=timezone.localdate(), source="review",
    )  # fmt: skip
    ReviewDecision.objects.create(
        item=item, text=task.text, user=pedagogue, due_on=task.due_on, task=task, decided_by=lead
    )
    requests.ask(participant=person, reason="Har praktikplats men inget beslut.", by=pedagogue)
    coming = reviews.plan(
        held_on=timezone.localdate(), starts_at=None, place="Stora rummet", leader=lead, by=lead
    )
    meeting_actions.start(review=coming, present=[pedagogue, officer, lead], by=lead)
