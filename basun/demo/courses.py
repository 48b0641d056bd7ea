"""What is going on these weeks: a course in its third week, a workshop, a visit, a lecture, talks.

Made through the same actions as at work. Every day has a session today, holidays and weekends too.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from casework.activities import actions
from casework.activities.calendar import days_of_series, monday_of, template_name, why_skipped
from casework.models import (
    Activity,
    ActivityKind,
    ActivityTemplate,
    ActivityType,
    Session,
    SessionStatus,
)
from participants.actions import add_reader
from participants.enums import Function
from participants.models import Assignment, Participant

WEEKS = 8
WEEKS_PASSED = 2
OF_ANNAS, IN_THE_COURSE, IN_THE_WORKSHOP = 12, 15, 8
ONE_DAY = timedelta(days=1)
PLACE = "Jobbcenter Tumba, kurslokalen"
MORNING = {"starts_at": time(9), "ends_at": time(12), "planned_hours": Decimal(3)}
TALK = {"starts_at": time(14), "ends_at": time(15), "planned_hours": Decimal(1)}


@dataclass
class Courses:
    """Plans the activities, signs people up and books talks."""

    staff: dict[Role, list[User]]
    today: date

    def __post_init__(self):
        self.anna, self.samir, self.asa = self.staff[Role.PEDAGOGUE]
        self.lead = self.staff[Role.PROJECT_LEAD][0]
        self.monday = monday_of(self.today) - timedelta(weeks=WEEKS_PASSED)

    def plan(self) -> None:
        """Make it all."""
        annas, samirs, asas = (self._people_of(each) for each in (self.anna, self.samir, self.asa))
        protected = self._protected()
        self.course = self._course()
        group = [each for each in annas if each != protected][:OF_ANNAS]
        rest = [each for each in asas if each != protected]
        self._sign_up(self.course, [*group, protected, *rest][:IN_THE_COURSE], self.anna)
        self._workshop([each for each in samirs if each != protected])
        self._visit(group)
        self._lecture(rest[IN_THE_COURSE - OF_ANNAS :])
        self._talks(group)

    def _people_of(self, user) -> list[Participant]:
        """Those the user is main contact of, the longest enrolled first."""
        own = Assignment.objects.current_on(timezone.localdate()).filter(
            user=user, function=Function.MAIN_CONTACT
        )
        people = Participant.objects.filter(
            enrolments__ended_on=None, enrolments__assignments__in=own
        )
        return list(people.order_by("enrolments__starts_on", "pk"))

    def _protected(self) -> Participant:
        """Somebody enrolled whose identity is protected; Anna stands on their list."""
        person = Participant.objects.filter(
            enrolments__ended_on=None, protections__isnull=False, protections__ended_at=None
        ).first()
        protection = person.protections.get(ended_at=None)
        if not protection.readers.filter(user=self.anna).exists():
            reason = "Leder kursen som deltagaren går."
            add_reader(protection=protection, user=self.anna, reason=reason, by=self.lead)
        return person

    def _course(self) -> Activity:
        """7TJUGO in its third week; whatever the weekday, the group meets this morning."""
        course = actions.make_from_template(
            template=ActivityTemplate.objects.get(name="7TJUGO"),
            name=template_name("7TJUGO", self.monday),
            first_monday=self.monday,
            weeks=WEEKS,
            leaders=[self.anna],
            by=self.anna,
            place=PLACE,
        )
        session = course.sessions.filter(held_on=self.today).first()
        if session:
            actions.change_session(
                session=session, version=session.version, by=self.anna, **MORNING
            )
        else:
            actions.make_session(activity=course, held_on=self.today, by=self.anna, **MORNING)
        return course

    def _workshop(self, people) -> None:
        """On Tuesday afternoons, with two who wait for a place."""
        workshop = actions.make_activity(
            name="CV-verkstad tisdagar",
            kind=ActivityKind.GROUP,
            type=ActivityType.WORKSHOP,
            description="Cv, personligt brev och ansökningar, med egen dator eller lånad.",
            place="Jobbcenter Tumba, datasalen",
            capacity=IN_THE_WORKSHOP,
            leaders=[self.samir],
            by=self.samir,
        )
        last = self.monday + timedelta(weeks=WEEKS)
        times = {"starts_at": time(13), "ends_at": time(15), "planned_hours": Decimal(2)}
        days = days_of_series({1}, self.monday, to_day=last)
        occasions = [actions.Occasion(held_on=day, **times) for day in days]
        actions.make_series(activity=workshop, occasions=occasions, by=self.samir)
        self._sign_up(workshop, people[: IN_THE_WORKSHOP + 2], self.samir)

    def _visit(self, people) -> None:
        visit = actions.make_activity(
            name="Studiebesök på biblioteket",
            kind=ActivityKind.GROUP,
            type=ActivityType.VISIT,
            description="Vi träffas i entrén. Personalen berättar om arbetet och om sommarjobb.",
            place="Botkyrka bibliotek, Tumba torg",
            leaders=[self.samir, self.staff[Role.EMPLOYER_COORDINATOR][0]],
            by=self.samir,
        )
        times = {"starts_at": time(13), "ends_at": time(15), "planned_hours": Decimal(2)}
        day = self._working_day(4)
        actions.make_session(activity=visit, held_on=day, by=self.samir, **times)
        self._sign_up(visit, people[:6], self.samir)

    def _lecture(self, people) -> None:
        lecture = actions.make_activity(
            name="Föreläsning: din ekonomi",
            kind=ActivityKind.GROUP,
            type=ActivityType.LECTURE,
            description="Lön, hyra, skulder och vem som kan hjälpa till.",
            place="Hallunda folkets hus",
            leaders=[self.asa, actions.Outside("Karin Alm", "Föreningen Kugghjulet")],
            by=self.asa,
        )
        times = {"starts_at": time(10), "ends_at": time(11, 30), "planned_hours": Decimal("1.5")}
        for working_days in (-4, 8):
            day = self._working_day(working_days)
            actions.make_session(activity=lecture, held_on=day, by=self.asa, **times)
        self._sign_up(lecture, people[:9], self.asa)

    def _talks(self, people) -> None:
        """Anna's own talks: one held, and three to come."""
        for working_days, person in zip((-3, 1, 2, 5), people, strict=False):
            day = self._working_day(working_days)
            actions.book_talk(participants=[person], by=self.anna, held_on=day, **TALK)

    def _sign_up(self, activity, people, by) -> None:
        for person in people:
            starts_on = person.enrolments.get(ended_on=None).starts_on
            from_day = max(self.monday, starts_on)
            actions.sign_up(activity=activity, participant=person, by=by, from_day=from_day)

    def _working_day(self, ahead: int) -> date:
        """So many working days from today: forward, or back when less than zero."""
        step = ONE_DAY if ahead > 0 else -ONE_DAY
        day, left = self.today, abs(ahead)
        while left:
            day += step
            left -= day.weekday() < 5 and not why_skipped(day)
        return day


def passed(today: date) -> list[Session]:
    """The sessions whose day has passed and that are still to take, the first first."""
    sessions = Session.objects.filter(status=SessionStatus.PLANNED, held_on__lt=today)
    return list(sessions.select_related("activity").order_by("held_on", "starts_at", "pk"))
