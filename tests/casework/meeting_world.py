"""A meeting to be at: an agenda with all three parts, and somebody with a lot to tell."""

from datetime import timedelta

from django.utils import timezone

from casework.models import (
    ItemState,
    Plan,
    PlanVersion,
    Review,
    ReviewAttendee,
    ReviewDecision,
    ReviewItem,
    ReviewStatus,
    TaskSource,
)
from casework.review import meeting_actions
from casework.todo.actions import create_task
from participants.enums import Category, Function
from tests.cast import assign, enrol, make_person

WISHES = "Jag vill bli snickare, eller jobba ute. Inte sitta still."


def reason(text, category="plan", weight=40):
    """A reason as an agenda keeps it."""
    return {
        "text": text,
        "weight": weight,
        "tone": "warn",
        "icon": "flag",
        "since": None,
        "category": category,
    }


class Meeting:
    """Lova and Milo have given consent, Noor has not, Ossian is protected; the pedagogue leads."""

    def __init__(self, pedagogue, officer, counsellor, lead, *, start=True):
        self.by, self.officer = pedagogue, officer
        staff = {"contact": pedagogue, "officer": officer}
        self.lova = make_person("Lova", "Ekdahl", consent=[Category.PLAN])
        self.milo = make_person("Milo", "Lind", consent=True)
        self.noor = make_person("Noor", "Haddad")
        self.ossian = make_person("Ossian", "Hemlig", protected=True, readers=[lead])
        self.enrolments = {
            person.pk: enrol(person, **staff)
            for person in (self.lova, self.milo, self.noor, self.ossian)
        }
        assign(self.enrolments[self.milo.pk], Function.COUNSELLOR, counsellor)
        for person in (self.lova, self.noor):
            self.plan(person)
        self.review = Review.objects.create(held_on=timezone.localdate(), leader=pedagogue)
        people = (self.lova, self.milo, self.noor, self.ossian)
        self.items = {
            person.first_name.lower(): self.put(person, number)
            for number, person in enumerate(people, start=1)
        }
        for user in (pedagogue, officer, counsellor, lead):
            ReviewAttendee.objects.create(review=self.review, user=user, present=user == pedagogue)
        if start:
            self.start()

    def put(self, person, number):
        """Put somebody on the agenda, with reasons of two categories."""
        told = [reason("Ingen kontakt sedan 2026-11-01")]
        own = [*told, reason("9 h utan underskrift", "attendance")]
        return ReviewItem.objects.create(
            review=self.review,
            participant=person,
            position=number,
            moved=True,
            reasons=own,
            room_reasons=own,
        )

    def plan(self, person):
        """Give somebody a plan that holds."""
        plan = Plan.objects.create(enrolment=self.enrolments[person.pk], created_by=self.by)
        content = {"wishes": WISHES, "needs": "Att någon ringer på morgonen.", "goals": []}
        return PlanVersion.objects.create(
            plan=plan,
            number=1,
            status="agreed",
            content=content,
            sha256="0" * 64,
            parties=["participant"],
            proposed_by=self.by,
            agreed_at=timezone.now(),
        )

    def start(self):
        """Begin, without asking the signals anew: the first one is on the wall."""
        now = timezone.now()
        Review.objects.filter(pk=self.review.pk).update(
            status=ReviewStatus.RUNNING, started_at=now, leader=self.by
        )
        self.show("lova")

    def show(self, name):
        """Put somebody on the wall."""
        self.review.refresh_from_db()
        meeting_actions._show(self.review, self.items[name].pk)
        return self.items[name]

    def earlier(self, person, text="Ring Försäkringskassan", *, days=7):
        """Something was decided about somebody at a review before."""
        at = timezone.now() - timedelta(days=days)
        held_on = timezone.localdate(at)
        review, _ = Review.objects.get_or_create(
            held_on=held_on,
            defaults={
                "status": ReviewStatus.CLOSED,
                "started_at": at,
                "closed_at": at,
                "closed_by": self.by,
            },
        )
        item = ReviewItem.objects.create(
            review=review, participant=person, state=ItemState.DISCUSSED, discussed_at=at
        )
        task = create_task(
            text=text,
            by=self.by,
            participant=person,
            assigned_to=self.by,
            due_on=held_on + timedelta(days=2),
            source=TaskSource.REVIEW,
        )
        return ReviewDecision.objects.create(
            item=item,
            text=text,
            user=self.by,
            due_on=task.due_on,
            task=task,
            decided_by=self.by,
            decided_at=at,
        )
