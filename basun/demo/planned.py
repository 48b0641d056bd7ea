"""The plans: what each young person wants in their own words, what was agreed to, and how it goes."""

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from basun.demo.case_files import CaseFile
from basun.demo.days import at, working_day, working_days_from
from basun.demo.texts import Deck, sayings, varied
from casework.models import (
    AgreementMethod,
    MeetingBooking,
    Party,
    Plan,
    PlanAgreement,
    PlanField,
    PlanGoal,
    PlanStatus,
    PlanStep,
    PlanText,
    PlanVersion,
    StepWho,
)
from casework.plans.content import sha256_of, who_words
from casework.plans.parties import parties_for
from casework.plans.versions import AGREE_TEXT
from participants.enums import Category

PLACE = "Jobbcenter Tumba, samtalsrum 2"
LASTS = timedelta(weeks=8)
# So many days in the programme for a second version, and a third.
SECOND_AFTER, THIRD_AFTER = 60, 115
# Of the latest versions some wait for one signature, and some should have been reviewed.
LATEST_WAIT, OLD = 3, (2, 12, 19)
# Who of Anna's meets the three today.
TODAYS = 9
WHO = {"kontakt", "handläggare", "koordinator", "syv"}


def make_plans(files: list[CaseFile]) -> None:
    """Make a plan for everybody who has had a planning meeting, and book meetings."""
    random = Random(7150)  # noqa: S311  (deals cards, not keys)
    needs, lives = (Deck(sayings()[each], random) for each in ("needs", "circumstances"))
    later = Deck(sayings()["later_circumstances"], random)
    planned = [each for each in files if each.met_on and each.contact]
    written = [Written(each, needs, lives, later) for each in planned]
    for each in written[-LATEST_WAIT:]:
        each.waits = True
    _save(written)
    _book(files)


class Written:
    """The rows of one plan: the working table, and the versions that came of it."""

    def __init__(self, file: CaseFile, needs: Deck, lives: Deck, later: Deck):
        self.file, self.random, self.waits = file, file.random, False
        self.days = _version_days(file)
        self.plan = Plan(
            enrolment=file.enrolment,
            created_by=file.contact,
            created_at=at(self.days[0], 10),
            review_on=self.days[-1] + LASTS,
        )
        self.needs = [needs.deal() for _ in self.days]
        self.lives = [lives.deal(), *(later.deal() for _ in self.days[1:])]
        self.goals = [self._goal(*each) for each in enumerate(file.story["goals"])]

    def _goal(self, position, goal) -> tuple[PlanGoal, list[PlanStep]]:
        row = PlanGoal(
            plan=self.plan,
            kind=goal["kind"],
            text=varied(goal["text"], self.random),
            position=position,
            changed_at=at(self.days[0], 10),
            changed_by=self.file.contact,
        )
        # What came with a later version is counted from the day of it.
        from_day = self.days[min(position // 2, len(self.days) - 1)]
        return row, [self._step(row, *each, from_day) for each in enumerate(goal["steps"])]

    def _step(self, goal, position, step, from_day) -> PlanStep:
        who, text = step[0].split(": ", 1)
        row = PlanStep(
            goal=goal,
            text=text,
            position=position,
            due_on=working_day(from_day + timedelta(days=step[1])),
            changed_at=at(from_day, 10),
            changed_by=self.file.contact,
            **self._taker(who),
        )
        self._go(row)
        return row

    def _taker(self, who: str) -> dict:
        if who.startswith("annan "):
            return {"who": StepWho.OTHER, "who_text": who.removeprefix("annan ")}
        if who not in WHO:
            return {"who": StepWho.PARTICIPANT}
        return {"who": StepWho.STAFF, "user": self.file.colleague(who) or self.file.contact}

    def _go(self, step: PlanStep) -> None:
        """Most of what should have been done has been, and here and there something before its day."""
        today = self.file.today
        if self.random.random() < (0.85 if step.due_on < today else 0.15):
            early = timedelta(days=self.random.randrange(0, 8))
            earliest = self.days[0] + timedelta(days=1)
            step.done_on = max(min(step.due_on - early, today - timedelta(days=1)), earliest)
            step.done_by = self.file.contact
            if self.random.random() < 0.5:
                step.outcome = self.random.choice(sayings()["outcomes"])

    def texts(self) -> list[PlanText]:
        """What the working table says now."""
        says = self._words(len(self.days) - 1)
        return [
            PlanText(
                plan=self.plan,
                field=field,
                text=says[field],
                version=len(self.days),
                changed_at=at(self.days[-1], 10),
                changed_by=self.file.contact,
            )
            for field in PlanField
        ]

    def versions(self) -> list[PlanVersion]:
        """One for each day it was put to the parties; the last holds, or waits."""
        return [self._version(number, day) for number, day in enumerate(self.days, start=1)]

    def _version(self, number: int, day: date) -> PlanVersion:
        is_last = number == len(self.days)
        content = self._content(number, day)
        status = PlanStatus.AGREED if is_last else PlanStatus.REPLACED
        agreed_at, ended_at = (
            at(day, 11),
            None if is_last else at(self.days[min(number, len(self.days) - 1)], 11),
        )
        if is_last and self.waits:
            status, agreed_at = PlanStatus.PROPOSED, None
        return PlanVersion(
            plan=self.plan,
            number=number,
            status=status,
            content=content,
            sha256=sha256_of(content),
            parties=parties_for(has_officer=self._has_officer(number)),
            meeting=self._meeting(number),
            review_on=day + LASTS,
            proposed_at=at(day, 10, 30),
            proposed_by=self.file.contact,
            agreed_at=agreed_at,
            ended_at=ended_at,
        )

    def _meeting(self, number):
        return (
            min(self.file.enrolment.planning_meetings.all(), key=lambda each: each.held_on)
            if number == 1
            else None
        )

    def _has_officer(self, number: int) -> bool:
        """The consent may have been withdrawn after the first version."""
        has = self.file.enrolment.employment_officer is not None
        is_old = number < len(self.days)
        return has and (is_old or self.file.shares(Category.PLAN))

    def _words(self, index: int) -> dict[str, str]:
        return {
            PlanField.WISHES: self.file.story["wishes"],
            PlanField.NEEDS: self.needs[0] if index == 0 else f"{self.needs[0]} {self.needs[1]}",
            PlanField.CIRCUMSTANCES: self.lives[index],
        }

    def _content(self, number: int, day: date) -> dict:
        goals = self.goals if number == len(self.days) and number > 1 else self.goals[:2]
        if len(self.days) == 1:
            goals = self.goals
        return {
            **{field.value: words for field, words in self._words(number - 1).items()},
            "goals": [self._frozen(goal, steps, number) for goal, steps in goals],
            "next_meeting": "",
            "review_on": (day + LASTS).isoformat(),
        }

    def _frozen(self, goal, steps, number: int) -> dict:
        """A goal as it stood; the last step of each came with the second version."""
        steps = steps if number > 1 or len(self.days) == 1 else steps[: max(len(steps) - 1, 1)]
        return {
            "id": str(goal.pk),
            "kind": goal.kind,
            "text": goal.text,
            "steps": [
                {
                    "id": str(each.pk),
                    "text": each.text,
                    "who": who_words(each),
                    "by": each.due_on.isoformat(),
                }
                for each in steps
            ],
        }

    def agreements(self, version: PlanVersion) -> list[PlanAgreement]:
        """The participant draws, the staff agree signed in; of a proposal one is still missing."""
        parties = version.parties
        if version.status == PlanStatus.PROPOSED:
            parties = parties[:-1]
        return [self._agreement(version, party, minute) for minute, party in enumerate(parties)]

    def _agreement(self, version, party, minute) -> PlanAgreement:
        contact, officer = self.file.contact, self.file.enrolment.employment_officer
        user = {Party.PEDAGOGUE: contact, Party.OFFICER: officer}.get(party)
        drawn = party == Party.PARTICIPANT
        return PlanAgreement(
            version=version,
            party=party,
            user=user,
            method=AgreementMethod.DRAWN if drawn else AgreementMethod.ACCOUNT,
            text=AGREE_TEXT,
            sha256=version.sha256,
            strokes=signature(self.random) if drawn else [],
            agreed_at=version.proposed_at + timedelta(minutes=10 + 5 * minute),
            recorded_by=user or contact,
        )


def signature(random: Random) -> list:
    """Return strokes something like a name: a wave with a flourish under it."""
    x, wave = 0.08, []
    while x < 0.9:
        wave.append([round(x, 3), round(random.uniform(0.08, 0.28), 3)])
        x += random.uniform(0.02, 0.06)
    return [wave, [[0.15, 0.33], [0.5, 0.35], [0.82, 0.31]]]


def _version_days(file: CaseFile) -> list[date]:
    """The planning meeting, and for the longer enrolled once or twice since; some not for long."""
    days, today = [file.met_on], file.today
    if file.days > SECOND_AFTER:
        days.append(working_day(today - timedelta(days=file.random.randrange(8, 40))))
    if file.days > THIRD_AFTER:
        days.insert(1, working_day(file.met_on + (days[-1] - file.met_on) / 2))
    if file.index in OLD:
        days[-1] = working_day(today - LASTS - timedelta(days=file.random.randrange(1, 6)))
    return sorted({max(day, file.met_on) for day in days})


def _save(written: list[Written]) -> None:
    """All rows in a few statements."""
    Plan.objects.bulk_create([each.plan for each in written])
    PlanText.objects.bulk_create([text for each in written for text in each.texts()])
    goals = [goal for each in written for goal in each.goals]
    PlanGoal.objects.bulk_create([goal for goal, _ in goals])
    PlanStep.objects.bulk_create([step for _, steps in goals for step in steps], batch_size=500)
    pairs = [(each, version) for each in written for version in each.versions()]
    PlanVersion.objects.bulk_create([version for _, version in pairs])
    PlanAgreement.objects.bulk_create(
        [row for each, version in pairs for row in each.agreements(version)]
    )
    for each in written:
        if not each.waits:
            each.file.step_tasks = [step for _, steps in each.goals for step in steps]


def _book(files: list[CaseFile]) -> None:
    """The new ones' first meeting, and some that are due: this week and next, one of them today."""
    new = [each for each in files if each.contact and not each.met_on]
    due = [each for each in files if each.index in OLD or each.index in (4, TODAYS, 15, 24)]
    hours = [13, 10, 9, 14, 15]
    bookings = []
    for place, file in enumerate([*due, *new]):
        if file.index == TODAYS:
            starts_at = at(file.today, 13)
        else:
            starts_at = at(working_days_from(file.today, 1 + place), hours[place % 5])
        bookings.append(
            MeetingBooking(
                enrolment=file.enrolment,
                starts_at=starts_at,
                place=PLACE,
                booked_at=timezone.now() - timedelta(days=4),
                booked_by=file.contact,
                # Nothing is sent from a demo.
                reminded_at=timezone.now(),
            )
        )
    MeetingBooking.objects.bulk_create(bookings)
