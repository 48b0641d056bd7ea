"""Who has had whom: main contacts and officers through the years, meetings, and what is going on now."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from accounts.models import User
from accounts.roles import Role
from casework.models import PlanningMeeting
from participants import actions
from participants.enums import Flag, Function
from participants.models import Assignment, Enrolment, Participant

ONE_DAY = timedelta(days=1)
# 070-1740605 to 070-1740699 are kept for fiction.
FIRST_PHONE, PHONES = 1740605, 95
WITHOUT_CONTACT = 2
STREETS = ["Grödingevägen", "Albyvägen", "Tumba torg", "Krögarvägen", "Hundhamravägen"]


@dataclass
class Caseloads:
    """Deals the enrolments out among the staff, the same way each time."""

    staff: dict[Role, list[User]]
    today: date
    random: Random = field(default_factory=lambda: Random(7120))  # noqa: S311  (deals cards, not keys)

    def deal(self) -> None:
        """Give everybody who has been enrolled their main contact, officer and planning meetings."""
        enrolments = list(
            Enrolment.objects.select_related("participant").order_by("starts_on", "pk")
        )
        active = [each for each in enrolments if each.ended_on is None]
        alone = set(self.random.sample([each.pk for each in active[5:]], WITHOUT_CONTACT))
        assignments, meetings = [], []
        for enrolment in enrolments:
            if enrolment.pk not in alone:
                assignments += self._history(enrolment, Function.MAIN_CONTACT, Role.PEDAGOGUE)
                meetings += self._meeting(enrolment)
            assignments += self._history(
                enrolment, Function.EMPLOYMENT_OFFICER, Role.EMPLOYMENT_OFFICER
            )
        Assignment.objects.bulk_create(assignments, batch_size=500)
        PlanningMeeting.objects.bulk_create(meetings, batch_size=500)
        self._give_contact_details(active)
        self._go_on(active, alone)

    def _history(self, enrolment, function, role) -> list[Assignment]:
        """One after the other: staff turned over, so every fourth had two."""
        staff = self.staff[role]
        first, second = self.random.sample(staff, 2)
        end = enrolment.ended_on + ONE_DAY if enrolment.ended_on else None
        days = ((end or self.today) - enrolment.starts_on).days
        if days < 60 or self.random.random() > 0.25:
            return [self._assignment(enrolment, function, first, enrolment.starts_on, end)]
        change = enrolment.starts_on + timedelta(days=self.random.randrange(20, days - 20))
        return [
            self._assignment(enrolment, function, first, enrolment.starts_on, change),
            self._assignment(enrolment, function, second, change, end),
        ]

    def _assignment(self, enrolment, function, user, start, end):
        return Assignment(
            enrolment=enrolment,
            function=function,
            user=user,
            starts_on=start,
            ends_on=end,
            assigned_by=self.staff[Role.PROJECT_LEAD][0],
        )

    def _meeting(self, enrolment) -> list[PlanningMeeting]:
        """Most met within three weeks; a few never did."""
        days = min(int(self.random.triangular(2, 45, 9)), 45)
        day = enrolment.starts_on + timedelta(days=days)
        if day > (enrolment.ended_on or self.today) or self.random.random() < 0.04:
            return []
        by = self.staff[Role.PEDAGOGUE][0]
        return [PlanningMeeting(enrolment=enrolment, held_on=day, recorded_by=by)]

    def _give_contact_details(self, active):
        people = [each.participant for each in active]
        for index, person in enumerate(people):
            person.phone = f"070-{FIRST_PHONE + index % PHONES}"
            person.email = f"deltagare{index + 1}@example.se"
            person.street = f"{self.random.choice(STREETS)} {self.random.randrange(1, 90)}"
            person.postcode, person.city = "147 00", "Tumba"
            person.set_derived()
        fields = ["phone", "phone_digits", "email", "street", "postcode", "city"]
        Participant.objects.bulk_update(people, fields, batch_size=500)

    def _go_on(self, active, alone):
        """What is on the tables this week, made through the same actions as at work."""
        lead, pedagogue = self.staff[Role.PROJECT_LEAD][0], self.staff[Role.PEDAGOGUE][0]
        self._extensions(active, pedagogue, lead)
        met = [each for each in active if each.pk not in alone]
        for enrolment, categories in ((met[9], ("plan", "attendance")), (met[14], ("matching",))):
            consents = enrolment.participant.consents.filter(
                category__in=categories, withdrawn_at=None
            )
            for consent in consents:
                actions.withdraw_consent(consent=consent, by=pedagogue)
        self._special_support(met, lead)
        actions.mark_protected(
            participant=met[20].participant,
            kind="marking",
            source="Skatteverkets underrättelse",
            by=lead,
        )

    def _extensions(self, active, pedagogue, lead):
        """The oldest: one granted, one refused, two that wait for the lead."""
        reasons = [
            "Praktiken på lagret i Hallunda löper till och med nästa månad.",
            "Har en plats på folkhögskola i januari och vill ha stöd fram till dess.",
            "Behöver mer tid: sjukskriven fyra veckor under våren.",
            "Arbetsprövningen är förlängd, och arbetsgivaren vill anställa efter den.",
        ]
        asked = [
            actions.ask_extension(
                enrolment=enrolment,
                new_end_on=enrolment.planned_end_on + timedelta(weeks=weeks),
                reason=reason,
                by=pedagogue,
            )
            for enrolment, weeks, reason in zip(active, (13, 26, 8, 13), reasons, strict=False)
        ]
        actions.decide_extension(extension=asked[0], outcome="granted", by=lead)
        actions.decide_extension(
            extension=asked[1],
            outcome="rejected",
            by=lead,
            reason="Folkhögskolans eget stöd räcker; vi följer upp i januari.",
        )

    def _special_support(self, met, lead):
        """A SIUS consultant for one with a coded disability, and a counsellor for two."""
        disabled = [
            each
            for each in met
            if each.participant.flags.filter(flag=Flag.CODED_DISABILITY, ended_on=None).exists()
        ]
        given = [(each, Function.SIUS, Role.SIUS_CONSULTANT) for each in disabled[:2]]
        given += [(each, Function.COUNSELLOR, Role.COUNSELLOR) for each in met[3:5]]
        for enrolment, function, role in given:
            day = min(enrolment.starts_on + timedelta(days=21), self.today)
            actions.reassign(
                enrolment=enrolment,
                function=function,
                user=self.staff[role][0],
                from_day=day,
                by=lead,
            )
