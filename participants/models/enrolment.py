from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.constraints import not_before, one_of, set_together
from core.dated import Dated
from participants.enums import CountsAs, ExitReason, Function


class Track(Dated):
    """A track of the programme and the ages it takes in, as it held from a day on."""

    code = models.CharField("kod", max_length=20)
    name = models.CharField("namn", max_length=60)
    min_age = models.PositiveSmallIntegerField("från ålder")
    max_age = models.PositiveSmallIntegerField("till och med ålder")
    needs_kaa = models.BooleanField("kräver kommunala aktivitetsansvaret", default=False)

    class Meta:
        ordering = ["min_age", "pk"]
        constraints = [
            models.UniqueConstraint(name="track_once_from", fields=["code", "valid_from"]),
            not_before("track_ends_after_start", "valid_until", "valid_from"),
            models.CheckConstraint(name="track_ages", condition=Q(max_age__gte=F("min_age"))),
        ]

    def __str__(self):
        return self.name

    def takes(self, age: int) -> bool:
        """Say whether the track takes in somebody of that age."""
        return self.min_age <= age <= self.max_age


class ProgrammeLength(Dated):
    """How many months an enrolment is planned for, as it held from a day on."""

    months = models.PositiveSmallIntegerField("månader")

    class Meta:
        ordering = ["-valid_from", "-pk"]

    def __str__(self):
        return f"{self.months} månader"


class EnrolmentQuerySet(models.QuerySet):
    """Enrolments."""

    def visible_to(self, user, category=None):
        """Those of the people the user may see."""
        people = self.model._meta.get_field("participant").related_model.objects
        return self.filter(participant__in=people.visible_to(user, category))

    def not_ended_on(self, day: date):
        """Not ended by the end of the day, also those that have yet to start."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def active_at_end_of(self, day: date):
        """Started on or before the day and not ended, or ended after it (reporting.md 1)."""
        return self.not_ended_on(day).filter(starts_on__lte=day)


class Enrolment(models.Model):
    """One period in the programme. A return is a new enrolment of the same person.

    Enrolments of one person never share a day (guards.py).
    """

    participant = models.ForeignKey(
        "participants.Participant", on_delete=models.PROTECT, related_name="enrolments"
    )
    track = models.ForeignKey(Track, on_delete=models.PROTECT, null=True, blank=True)
    starts_on = models.DateField("inskriven")
    planned_end_on = models.DateField("planerat slut")
    ended_on = models.DateField("utskriven", null=True, blank=True)
    exit_reason = models.CharField(
        "utskrivningsorsak", max_length=20, choices=ExitReason.choices, blank=True
    )
    exit_note = models.TextField("om avslutet", blank=True)
    # What had to be answered for at the exit and was left open, as sentences, and the reason given.
    exit_left_open = models.JSONField("lämnat öppet", default=list, blank=True)
    exit_left_open_reason = models.TextField("varför det lämnades öppet", blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    exited_at = models.DateTimeField(null=True, blank=True)
    exited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = "inskrivning"
        verbose_name_plural = "inskrivningar"
        ordering = ["-starts_on", "-pk"]
        indexes = [
            models.Index(fields=["starts_on"], name="enrolment_started"),
            models.Index(fields=["ended_on"], name="enrolment_ended"),
        ]
        constraints = [
            not_before("enrolment_ends_after_start", "ended_on", "starts_on"),
            not_before("enrolment_planned_after_start", "planned_end_on", "starts_on"),
            models.CheckConstraint(
                name="enrolment_exit_has_reason",
                condition=Q(ended_on=None, exit_reason="")
                | Q(ended_on__isnull=False, exit_reason__in=ExitReason.values),
                violation_error_message="Ange både datum och orsak för avslutet.",
            ),
            set_together("enrolment_exit_complete", "ended_on", "exited_at"),
            models.UniqueConstraint(
                name="enrolment_one_open_each",
                fields=["participant"],
                condition=Q(ended_on=None),
                violation_error_message="Deltagaren är redan inskriven.",
            ),
        ]

    def __str__(self):
        return f"{self.starts_on}"

    @property
    def counts_as(self) -> CountsAs | None:
        """What the exit counts as, or None while it has not ended."""
        return ExitReason(self.exit_reason).counts_as if self.exit_reason else None

    def weeks_on(self, day: date) -> int:
        """Whole weeks in the programme up to a day, or to the exit if that came first."""
        return max(((min(self.ended_on or day, day) - self.starts_on).days) // 7, 0)

    def assigned(self, function: Function, day: date | None = None):
        """The user who is this to the enrolment on the day (today), or None; costs a query unless prefetched.

        While somebody is on leave it is the one who covers. Of an enrolment yet to start, its first day.
        """
        day = max(day or timezone.localdate(), self.starts_on)
        for assignment in self.assignments.all():
            if assignment.function == function and assignment.holds_on(day):
                return assignment.user
        return None

    @property
    def main_contact(self):
        """The coaching pedagogue; costs a query unless prefetched."""
        return self.assigned(Function.MAIN_CONTACT)

    @property
    def employment_officer(self):
        """The employment officer; costs a query unless prefetched."""
        return self.assigned(Function.EMPLOYMENT_OFFICER)


class EnrolmentCorrection(models.Model):
    """The dates of an enrolment turned out to be wrong: what they were, what they became, and why."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="corrections")
    started_before = models.DateField("inskriven, före")
    started_after = models.DateField("inskriven, efter")
    ended_before = models.DateField("utskriven, före", null=True, blank=True)
    ended_after = models.DateField("utskriven, efter", null=True, blank=True)
    reason = models.CharField("varför", max_length=300)
    corrected_at = models.DateTimeField(default=timezone.now)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-corrected_at", "-pk"]

    def __str__(self):
        return f"{self.corrected_at:%Y-%m-%d}"

    @property
    def words(self) -> str:
        """What moved: inskriven 2017-03-06 → 2017-03-01."""
        moved = [
            ("inskriven", self.started_before, self.started_after),
            ("utskriven", self.ended_before, self.ended_after),
        ]
        return ", ".join(
            f"{what} {before} \N{RIGHTWARDS ARROW} {after}"
            for what, before, after in moved
            if before != after
        )


class AssignmentQuerySet(models.QuerySet):
    """Who is what to whom."""

    def current_on(self, day: date):
        """Those that hold on the day; the last day is the day after (half-open).

        One that begins with an enrolment yet to start holds already; one that begins when somebody is
        back from leave does not. Closed enrolments don't count, whatever their assignments say.
        """
        return self.opening_on(day).filter(
            Q(starts_on__lte=day) | Q(starts_on__lte=F("enrolment__starts_on")),
            Q(ends_on=None) | Q(ends_on__gt=F("enrolment__starts_on")) | Q(starts_on__lte=day),
        )

    def opening_on(self, day: date):
        """Those that open the file on the day: that hold, or that will.

        Who is on leave may still read, and who is to cover may read beforehand.
        """
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gt=day),
            Q(enrolment__ended_on=None) | Q(enrolment__ended_on__gte=day),
        )


class Assignment(models.Model):
    """A member of staff is main contact, employment officer, SIUS or counsellor of an enrolment.

    From `starts_on` up to but not including `ends_on`; one at a time of each function (guards.py).
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="assignments")
    function = models.CharField("uppdrag", max_length=20, choices=Function.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    starts_on = models.DateField("från och med")
    ends_on = models.DateField("till", null=True, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        indexes = [models.Index(fields=["user", "function"], name="assignment_by_user")]
        constraints = [
            one_of("assignment_function_known", "function", Function),
            not_before("assignment_ends_after_start", "ends_on", "starts_on"),
            models.UniqueConstraint(
                name="assignment_one_open_of_each",
                fields=["enrolment", "function"],
                condition=Q(ends_on=None),
            ),
        ]

    def __str__(self):
        return self.get_function_display()

    def holds_on(self, day: date) -> bool:
        """Whether the day is one of its own."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


class Extension(models.Model):
    """Somebody asks for a longer enrolment, and the project lead decides."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", "Beviljad"
        REJECTED = "rejected", "Avslagen"

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="extensions")
    previous_end_on = models.DateField("tidigare planerat slut")
    new_end_on = models.DateField("nytt planerat slut")
    reason = models.TextField("skäl")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField("beslut", max_length=10, choices=Outcome.choices, blank=True)
    decision_reason = models.TextField("motivering", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="extension_is_longer",
                condition=Q(new_end_on__gt=F("previous_end_on")),
                violation_error_message="Det nya slutdatumet måste ligga efter det gamla.",
            ),
            set_together("extension_decision_complete", "decided_at", "decided_by"),
            models.CheckConstraint(
                name="extension_outcome_when_decided",
                condition=Q(decided_at=None, outcome="")
                | (Q(decided_at__isnull=False) & ~Q(outcome="")),
            ),
            models.UniqueConstraint(
                name="extension_one_pending_each",
                fields=["enrolment"],
                condition=Q(decided_at=None),
                violation_error_message="Det finns redan en begäran som väntar på beslut.",
            ),
        ]

    def __str__(self):
        return f"{self.new_end_on}"
