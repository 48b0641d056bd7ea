from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.models.activities import Session
from casework.models.attestation import Attestation
from core.constraints import one_of
from participants.enums import Category
from participants.models import Participant


class AttendanceStatus(models.TextChoices):
    """Whether somebody on a roster came."""

    EXPECTED = "expected", "Väntas"
    PRESENT = "present", "Närvarande"
    ABSENT = "absent", "Frånvarande"

    @property
    def tone(self) -> str:
        """How it looks, for `{% status_tag %}`."""
        return {"expected": "neutral", "present": "good"}.get(self.value, "warn")

    @property
    def icon(self) -> str:
        """The icon beside the word."""
        return {"expected": "circle", "present": "check-circle"}.get(self.value, "stop")


class AbsenceReason(models.TextChoices):
    """Why somebody did not come."""

    ILL = "ill", "Sjuk"
    CHILD_CARE = "child_care", "Vård av barn"
    APPOINTMENT = "appointment", "Läkare eller myndighet"
    JOB = "job", "Intervju, arbete eller praktik"
    LEAVE = "leave", "Beviljad ledighet"
    NO_WORD = "no_word", "Hörde inte av sig"
    OTHER = "other", "Annat"


class AttendanceQuerySet(models.QuerySet):
    """Lines of rosters."""

    def visible_to(self, user):
        """Those of the people whose attendance the user may see."""
        return self.filter(
            participant__in=Participant.objects.visible_to(user, Category.ATTENDANCE)
        )

    def taken_part(self):
        """Hours that somebody was there: what every figure sums."""
        return self.filter(status=AttendanceStatus.PRESENT)

    def attested(self):
        """Hours the participant has attested, in any way."""
        return self.filter(attestation__isnull=False)

    def unattested(self):
        """Hours nobody has signed for."""
        return self.taken_part().filter(attestation=None)

    def counting(self, projects):
        """Hours that count for the ESF by the rules of `projects` (EsfProject rows, all of them).

        The rule is the one that held on the day the participant attested: the method counts, and
        where a counter-signature is asked for there is one, unless the method is paper, which carries
        both. Adds a join, no query.
        """
        condition = Q(pk__in=[])
        for project in projects:
            condition |= project.counts()
        return self.taken_part().filter(condition)

    def for_list(self):
        """Everything a row shows, the latest first."""
        return self.select_related("session__activity", "attestation").order_by("-held_on", "-pk")


class Attendance(models.Model):
    """One participant's line in a session's roster: expected, absent, or there for some hours.

    Attested when it has an attestation; changing the hours then takes it away (`casework.attest`).
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendance")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="attendance"
    )
    # The session's day, kept here too: every figure asks by person and day.
    held_on = models.DateField("datum")
    status = models.CharField(
        "närvaro", max_length=10, choices=AttendanceStatus.choices, default=AttendanceStatus.PRESENT
    )
    # 0 for those expected or absent.
    hours = models.DecimalField("timmar", max_digits=5, decimal_places=2)
    absence_reason = models.CharField(
        "orsak", max_length=20, choices=AbsenceReason.choices, blank=True
    )
    arrived_at = models.TimeField("kom", null=True, blank=True)
    left_at = models.TimeField("gick", null=True, blank=True)
    is_walk_in = models.BooleanField("kom utan anmälan", default=False)
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
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
            models.Index(
                fields=["held_on", "participant"],
                name="attendance_unattested",
                condition=Q(attestation=None, status="present"),
            ),
        ]
        constraints = [
            one_of("attendance_status_known", "status", AttendanceStatus),
            models.UniqueConstraint(
                name="attendance_once_a_session",
                fields=["participant", "session"],
                violation_error_message="Närvaron är redan registrerad.",
            ),
            models.CheckConstraint(
                name="attendance_hours_of_a_day",
                condition=Q(status="present", hours__gt=0, hours__lte=24)
                | (~Q(status="present") & Q(hours=0)),
                violation_error_message="Timmarna ska vara mer än 0 och högst 24.",
            ),
            models.CheckConstraint(
                name="attendance_reason_of_absent",
                condition=Q(absence_reason="") | Q(status="absent"),
            ),
            models.CheckConstraint(
                name="attendance_attested_was_there",
                condition=Q(attestation=None) | Q(status="present"),
            ),
        ]

    def __str__(self):
        return f"{self.held_on}"

    @property
    def look(self) -> AttendanceStatus:
        """The status with its colour and icon."""
        return AttendanceStatus(self.status)
