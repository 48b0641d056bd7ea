"""The case files of those enrolled: plans, notes, tasks, interventions and weekly reviews."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from accounts.models import User
from accounts.roles import Authority, Role
from basun.demo.days import at
from basun.demo.texts import Deck, stories
from participants.actions import withdraw_consent
from participants.enums import Category, Function
from participants.models import Enrolment, Participant

# So many days without contact that somebody ought to ask.
QUIET_FOR = range(15, 18)
SHORT_TIME = 14
# Who has taken back what Arbetsförmedlingen might see; the plans were agreed to before.
WITHDRAWN = (16, 29)


@dataclass
class CaseFile:
    """Somebody enrolled, who works with them, and what the demo tells about them."""

    enrolment: Enrolment
    index: int
    story: dict
    staff: dict[Role, list[User]]
    today: date
    random: Random
    is_quiet: bool = False
    step_tasks: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def person(self) -> Participant:
        """Who it is about."""
        return self.enrolment.participant

    @property
    def contact(self) -> User | None:
        """The main contact."""
        return self.enrolment.main_contact

    @property
    def officer(self) -> User | None:
        """The employment officer, when the plan is shared with Arbetsförmedlingen."""
        return self.enrolment.employment_officer if self.shares(Category.PLAN) else None

    @property
    def coordinator(self) -> User:
        """The employer coordinator: the municipality's own, whom no consent is needed for."""
        return self.staff[Role.EMPLOYER_COORDINATOR][0]

    @property
    def is_protected(self) -> bool:
        """Whether only those on a list may know of them."""
        return self.person.is_protected

    @property
    def days(self) -> int:
        """Days since the enrolment began."""
        return (self.today - self.enrolment.starts_on).days

    @property
    def met_on(self) -> date | None:
        """The day of the first planning meeting."""
        return min((each.held_on for each in self.enrolment.planning_meetings.all()), default=None)

    def shares(self, category: Category) -> bool:
        """Whether Arbetsförmedlingen may see a category now."""
        return any(
            each.category == category
            and each.authority == Authority.EMPLOYMENT_SERVICE
            and each.withdrawn_at is None
            for each in self.person.consents.all()
        )

    def colleague(self, who: str) -> User | None:
        """Return who is meant: kontakt, handläggare, koordinator, syv or sius; None when nobody is."""
        if who == "koordinator":
            return None if self.is_protected else self.coordinator
        function = {"syv": Function.COUNSELLOR, "sius": Function.SIUS}.get(who)
        if function:
            return self.enrolment.assigned(function)
        return self.officer if who == "handläggare" else self.contact


def case_files(staff: dict[Role, list[User]], today: date) -> list[CaseFile]:
    """Return everybody enrolled, the longest first, each with a story that fits their age."""
    random = Random(7130)  # noqa: S311  (deals cards, not keys)
    enrolments = Enrolment.objects.filter(ended_on=None).select_related("participant")
    enrolments = enrolments.prefetch_related(
        "assignments__user",
        "planning_meetings",
        "participant__consents",
        "participant__protections",
        "participant__sign_ups",
    )
    deck, files = Deck(stories(), random), []
    for index, enrolment in enumerate(enrolments.order_by("starts_on", "pk")):
        age = enrolment.participant.age_on(today)
        story = deck.deal(lambda card, age=age: card["ages"][0] <= age <= card["ages"][1])
        files.append(CaseFile(enrolment, index, story, staff, today, Random(7131 + index)))  # noqa: S311  (as above)
    unseen = [each for each in files if not each.person.sign_ups.all() and each.days > SHORT_TIME]
    for each in unseen:
        each.is_quiet = True
    return files


def make_case_files(staff: dict[Role, list[User]], today: date) -> None:
    """Fill the case files of everybody enrolled."""
    from basun.demo.handed_over import hand_over
    from basun.demo.measures import make_measures
    from basun.demo.noted import write_notes
    from basun.demo.planned import make_plans
    from basun.demo.reviewed import hold_reviews
    from basun.demo.to_do import make_tasks

    files = case_files(staff, today)
    _came_when_they_came(files)
    _withdraw_consents([files[index] for index in WITHDRAWN])
    make_plans(files)
    write_notes(files)
    make_measures(files)
    make_tasks(files, staff, today)
    hold_reviews(files, staff, today)
    hand_over(files, staff, today)


def _withdraw_consents(files: list[CaseFile]) -> None:
    for file in files:
        consents = [each for each in file.person.consents.all() if each.withdrawn_at is None]
        for consent in consents:
            withdraw_consent(consent=consent, by=file.contact)
            consent.refresh_from_db()


def _came_when_they_came(files: list[CaseFile]) -> None:
    """Let nobody seem registered today who has been here for months."""
    for file in files:
        file.person.created_at = at(file.enrolment.starts_on, 9)
    Participant.objects.bulk_update([file.person for file in files], ["created_at"])
    for file in files:
        from_day = max(file.enrolment.starts_on, file.today - timedelta(weeks=2))
        file.person.sign_ups.update(signed_up_at=at(from_day, 10))
