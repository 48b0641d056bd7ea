from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.imports.models import ImportUpload  # noqa: F401  (Django looks for models here)
from core.constraints import one_of
from participants.enums import Category
from participants.models import Enrolment, Participant


class ActivityKind(models.TextChoices):
    """Whether an activity is for one or for many."""

    GROUP = "group", "Gruppaktivitet"
    INDIVIDUAL = "individual", "Individuell"


class Activity(models.Model):
    """Something participants take part in, again and again: a workshop, a lecture, talks."""

    name = models.CharField("namn", max_length=120, unique=True)
    kind = models.CharField("slag", max_length=20, choices=ActivityKind.choices)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [one_of("activity_kind_known", "kind", ActivityKind)]

    def __str__(self):
        return self.name


class Session(models.Model):
    """One occasion of an activity: one day. Imported attendance makes one a day and activity."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="sessions")
    held_on = models.DateField("datum")

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="session_once_a_day", fields=["activity", "held_on"])
        ]

    def __str__(self):
        return f"{self.held_on}"


class AttestationMethod(models.TextChoices):
    """How a participant attested their hours."""

    PAPER = "paper", "Pappersunderlag"


class Attestation(models.Model):
    """A participant's word, on some rows of attendance, that the hours are right."""

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="attestations"
    )
    method = models.CharField("sätt", max_length=20, choices=AttestationMethod.choices)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    source = models.CharField("underlag", max_length=100)

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [one_of("attestation_method_known", "method", AttestationMethod)]

    def __str__(self):
        return self.get_method_display()


class AttendanceQuerySet(models.QuerySet):
    """Attendance rows."""

    def visible_to(self, user):
        """Those of the people whose attendance the user may see."""
        return self.filter(
            participant__in=Participant.objects.visible_to(user, Category.ATTENDANCE)
        )

    def attested(self):
        """Rows the participant has attested."""
        return self.filter(attestation__isnull=False)

    def for_list(self):
        """Everything a row shows, the latest first."""
        return self.select_related("session__activity", "attestation").order_by("-held_on", "-pk")


class Attendance(models.Model):
    """The hours one participant took part in one session. Attested when it has an attestation."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendance")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="attendance"
    )
    # The session's day, kept here too: every figure asks by person and day.
    held_on = models.DateField("datum")
    hours = models.DecimalField("timmar", max_digits=5, decimal_places=2)
    attestation = models.ForeignKey(
        Attestation, on_delete=models.PROTECT, null=True, blank=True, related_name="rows"
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "närvaro"
        verbose_name_plural = "närvaro"
        ordering = ["held_on", "pk"]
        indexes = [
            models.Index(fields=["participant", "held_on"], name="attendance_by_person"),
            models.Index(fields=["held_on"], name="attendance_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="attendance_once_a_session",
                fields=["participant", "session"],
                violation_error_message="Närvaron är redan registrerad.",
            ),
            models.CheckConstraint(
                name="attendance_hours_of_a_day",
                condition=Q(hours__gt=0, hours__lte=24),
                violation_error_message="Timmarna ska vara mer än 0 och högst 24.",
            ),
        ]

    def __str__(self):
        return f"{self.held_on}"


class PlanningMeetingQuerySet(models.QuerySet):
    """Planning meetings."""

    def visible_to(self, user):
        """Those of the people whose plan the user may see."""
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user, Category.PLAN))


class PlanningMeeting(models.Model):
    """Participant, pedagogue and officer have met to plan (trepartssamtal)."""

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="planning_meetings"
    )
    held_on = models.DateField("datum")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = PlanningMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="planning_meeting_once_a_day", fields=["enrolment", "held_on"]
            )
        ]

    def __str__(self):
        return f"{self.held_on}"
