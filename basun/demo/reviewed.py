"""The weekly reviews of four weeks, what was decided and whether it was done, and the one that comes."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from accounts.models import User
from accounts.roles import Role
from basun.demo.case_files import CaseFile
from basun.demo.days import ONE_DAY, at, working_day
from basun.demo.texts import sayings
from casework.models import (
    Helped,
    ItemState,
    Review,
    ReviewAttendee,
    ReviewDecision,
    ReviewItem,
    ReviewStatus,
    Task,
    TaskSource,
    TaskStatus,
)
from casework.review import actions, attendance, requests, rules
from casework.review.rows import kept
from participants.enums import Category

THURSDAY = 3
PLACE = "Jobbcenter Tumba, stora rummet"
BEGINS = time(9)
WEEKS = (4, 3, 2, 1)
# Each is taken up every third week, and these have been forgotten.
EVERY, FORGOTTEN = 3, (2, 16, 25)
NEW_FOR = 15
EACH = timedelta(minutes=8)
# At the latest one: so many were not reached, and this one was put off.
NOT_REACHED, PUT_OFF = 2, 3
# Every so many decisions was not done, though its day has passed.
NOT_DONE = 9
JUDGED = (Helped.YES, Helped.PARTLY, Helped.YES, Helped.TOO_SOON, Helped.NO)
# Who asks (the first or second of a role), about whom (places in the list); the last one is protected.
ASKED = [
    (Role.EMPLOYER_COORDINATOR, 0, 8),
    (Role.PEDAGOGUE, 0, 14),
    (Role.PROJECT_LEAD, 0, 26),
    (Role.PEDAGOGUE, 1, 22),
]


def hold_reviews(files: list[CaseFile], staff: dict[Role, list[User]], today: date) -> None:
    """Hold the reviews of four weeks, let colleagues ask, and plan the one that comes."""
    lead = staff[Role.PROJECT_LEAD][0]
    coming = today + timedelta(days=(THURSDAY - today.weekday()) % 7)
    for weeks in WEEKS:
        Held(files, coming - timedelta(weeks=weeks), weeks, lead).save()
    for (role, which, index), reason in zip(ASKED, sayings()["wishes_to_review"], strict=False):
        requests.ask(participant=files[index].person, reason=reason, by=staff[role][which])
    actions.plan(held_on=coming, starts_at=BEGINS, place=PLACE, leader=lead, by=lead)


@dataclass
class Held:
    """One review as it was held."""

    files: list[CaseFile]
    held_on: date
    weeks_ago: int
    lead: User

    def save(self) -> None:
        """Store it with those who were there, those talked about, and what was decided."""
        ended = at(self.held_on, 11)
        self.review = Review.objects.create(
            held_on=self.held_on,
            starts_at=BEGINS,
            place=PLACE,
            status=ReviewStatus.CLOSED,
            leader=self.lead,
            made_at=at(self.held_on - ONE_DAY, 14),
            made_by=self.lead,
            started_at=at(self.held_on, 9),
            closed_at=ended,
            closed_by=self.lead,
        )
        ReviewAttendee.objects.bulk_create(
            ReviewAttendee(review=self.review, user=user, present=(place + self.weeks_ago) % 6 != 0)
            for place, user in enumerate(attendance.staff())
        )
        items = [self._item(*each) for each in enumerate(self._talked_about())]
        ReviewItem.objects.bulk_create([item for _, item in items])
        decisions = [
            self._decision(*each)
            for each in items
            if each[1].state == ItemState.DISCUSSED and (each[0].index + self.weeks_ago) % 4
        ]
        Task.objects.bulk_create([each.task for each in decisions])
        ReviewDecision.objects.bulk_create(decisions)

    def _talked_about(self) -> list[CaseFile]:
        """The new ones, and a third of all others."""
        found = []
        for file in self.files:
            days = (self.held_on - file.enrolment.starts_on).days
            turn = (file.index + self.weeks_ago) % EVERY == 0 and file.index not in FORGOTTEN
            if days >= 0 and (turn or days < NEW_FOR // 2):
                found.append(file)
        return found

    def _item(self, place: int, file: CaseFile) -> tuple[CaseFile, ReviewItem]:
        reasons = [kept(self._reason(file))]
        number, state = place + 1, self._state(place)
        opened = self._moment(place)
        talked = state == ItemState.DISCUSSED
        notes = sayings()["item_notes"]
        return file, ReviewItem(
            review=self.review,
            participant=file.person,
            position=number,
            reasons=reasons,
            room_reasons=reasons if file.shares(Category.PLAN) else [],
            state=state,
            postponed_reason=sayings()["postponed"][0] if state == ItemState.POSTPONED else "",
            note=notes[(file.index * 3 + self.weeks_ago) % len(notes)] if talked else "",
            opened_at=opened if talked else None,
            discussed_at=opened + EACH if talked else None,
        )

    def _reason(self, file):
        start = file.enrolment.starts_on
        new = rules.new(start, None, self.held_on)
        return new or rules.every_fourth_week(
            start, self.held_on - rules.AT_LEAST_EVERY, self.held_on
        )

    def _state(self, place: int) -> ItemState:
        if self.weeks_ago > 1:
            return ItemState.DISCUSSED
        if place == PUT_OFF:
            return ItemState.POSTPONED
        left = len(self._talked_about()) - place
        return ItemState.NOT_REACHED if left <= NOT_REACHED else ItemState.DISCUSSED

    def _moment(self, place: int) -> datetime:
        return at(self.held_on, 9, 5) + EACH * place

    def _decision(self, file: CaseFile, item: ReviewItem) -> ReviewDecision:
        """One line with a name and a day; the task is the work."""
        text = file.story["decisions"][self.weeks_ago % 2]
        who = self._who(file)
        due_on = working_day(self.held_on + timedelta(days=7 + file.index % 5))
        decision = ReviewDecision(
            item=item,
            text=text,
            due_on=due_on,
            decided_at=item.discussed_at,
            decided_by=self.lead,
            **who,
        )
        decision.task = Task(
            participant=file.person,
            text=text,
            assigned_to=who.get("user"),
            to_role=who.get("to_role", ""),
            due_on=due_on,
            source=TaskSource.REVIEW,
            created_at=item.discussed_at,
            created_by=self.lead,
        )
        self._go(file, decision)
        return decision

    def _who(self, file: CaseFile) -> dict:
        if file.index % 7 == 1 and not file.is_protected:
            return {"to_role": Role.EMPLOYER_COORDINATOR}
        if file.index % 4 == 2 and not file.is_protected:
            return {"user": file.coordinator}
        return {"user": file.contact or self.lead}

    def _go(self, file: CaseFile, decision: ReviewDecision) -> None:
        """What was to be done by now has been, but for a few; the oldest have been judged."""
        task = decision.task
        if self.weeks_ago == 1 or file.index % NOT_DONE == 4:
            return
        outcomes = sayings()["done_outcomes"]
        day = min(decision.due_on, file.today) - ONE_DAY
        task.status, task.closed_at = TaskStatus.DONE, at(day, 15)
        task.closed_by = task.assigned_to or file.coordinator
        task.outcome, task.version = outcomes[file.index % len(outcomes)], 2
        if self.weeks_ago > 2:
            decision.helped = JUDGED[file.index % len(JUDGED)]
            decision.judged_at, decision.judged_by = (
                at(self.held_on + timedelta(days=14), 9, 30),
                self.lead,
            )
