import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from casework.models.meetings import PlanningMeeting
from core.constraints import one_of, set_together
from participants.enums import Category
from participants.models import Enrolment


class BookingStatus(models.TextChoices):
    """What has become of a booked planning meeting."""

    BOOKED = "booked", "Bokat"
    HELD = "held", "Hållet"
    CANCELLED = "cancelled", "Inställt"


class MeetingBookingQuerySet(models.QuerySet):
    """Booked planning meetings."""

    def visible_to(self, user):
        """Those of the people whose plan the user may see."""
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user, Category.PLAN))

    def coming(self, now):
        """Booked, and not over."""
        return self.filter(status=BookingStatus.BOOKED, starts_at__gte=now - timedelta(hours=2))


class MeetingBooking(models.Model):
    """A planning meeting that is to be held; `meeting` once it was. `sequence` is the calendar file's."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="meeting_bookings"
    )
    starts_at = models.DateTimeField("när")
    minutes = models.PositiveSmallIntegerField("hur länge, minuter", default=60)
    place = models.CharField("var", max_length=120)
    status = models.CharField(
        "läge", max_length=10, choices=BookingStatus.choices, default=BookingStatus.BOOKED
    )
    cancel_reason = models.CharField("varför det ställdes in", max_length=200, blank=True)
    meeting = models.OneToOneField(
        PlanningMeeting, on_delete=models.PROTECT, null=True, blank=True, related_name="booking"
    )
    sequence = models.PositiveSmallIntegerField(default=0)
    # The participant and the staff are reminded once of each time.
    reminded_at = models.DateTimeField(null=True, blank=True)
    booked_at = models.DateTimeField(default=timezone.now)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingBookingQuerySet.as_manager()

    class Meta:
        verbose_name = "bokat trepartssamtal"
        verbose_name_plural = "bokade trepartssamtal"
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["status", "starts_at"], name="booking_by_time")]
        constraints = [
            one_of("booking_status_known", "status", BookingStatus),
            models.UniqueConstraint(
                name="booking_one_open_each",
                fields=["enrolment"],
                condition=Q(status="booked"),
                violation_error_message="Det finns redan ett bokat trepartssamtal.",
            ),
            models.CheckConstraint(
                name="booking_held_has_meeting",
                condition=Q(status="held", meeting__isnull=False)
                | (~Q(status="held") & Q(meeting=None)),
            ),
            models.CheckConstraint(
                name="booking_cancelled_has_reason",
                condition=~Q(status="cancelled") | ~Q(cancel_reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class PlanQuerySet(models.QuerySet):
    """Plans."""

    def visible_to(self, user):
        """Those of the people whose plan the user may see."""
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user, Category.PLAN))


class Plan(models.Model):
    """The individual plan of an enrolment, as it is being worked on.

    What the parties have agreed to is a PlanVersion; this is the table they sit around. Each text, goal
    and step is saved by itself and has its own version, so two may write at the same time.
    """

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="plan")
    # Reviewed by this day at the latest.
    review_on = models.DateField("följs upp senast", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "individuell planering"
        verbose_name_plural = "individuella planeringar"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.pk}"


class PlanField(models.TextChoices):
    """The texts of a plan, in the young person's own words, with the question each answers."""

    WISHES = "wishes", "Det här vill jag"
    NEEDS = "needs", "Det här behöver jag"
    CIRCUMSTANCES = "circumstances", "Så ser det ut för mig nu"


class PlanText(models.Model):
    """One of the texts of a plan as it stands now."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="texts")
    field = models.CharField(max_length=20, choices=PlanField.choices)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("plan_text_field_known", "field", PlanField),
            models.UniqueConstraint(name="plan_text_once", fields=["plan", "field"]),
        ]

    def __str__(self):
        return self.get_field_display()


class GoalKind(models.TextChoices):
    """What a goal is about."""

    WORK = "work", "Arbete"
    STUDIES = "studies", "Studier"
    INTERNSHIP = "internship", "Praktik"
    OTHER = "other", "Annat"


class PlanGoal(models.Model):
    """A goal of a plan. One taken away stays, for the versions and tasks that know it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    kind = models.CharField("slag", max_length=20, choices=GoalKind.choices)
    text = models.CharField("mål", max_length=300)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [one_of("plan_goal_kind_known", "kind", GoalKind)]

    def __str__(self):
        return f"{self.pk}"


class StepWho(models.TextChoices):
    """Who takes a step."""

    PARTICIPANT = "participant", "Jag (deltagaren)"
    STAFF = "staff", "En av oss"
    OTHER = "other", "Någon annan"


class PlanStep(models.Model):
    """A step towards a goal: who, what, by when, and how it went.

    That it is done is no change of the plan: nobody has to agree again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(PlanGoal, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField("vad", max_length=300)
    who = models.CharField("vem", max_length=20, choices=StepWho.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    who_text = models.CharField("vem, med ord", max_length=120, blank=True)
    due_on = models.DateField("senast", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    done_on = models.DateField("gjort", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField("hur det gick", max_length=200, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            one_of("plan_step_who_known", "who", StepWho),
            models.CheckConstraint(
                name="plan_step_staff_is_somebody",
                condition=Q(who="staff", user__isnull=False) | (~Q(who="staff") & Q(user=None)),
                violation_error_message="Välj vem av oss som tar steget.",
            ),
            set_together("plan_step_done_complete", "done_on", "done_by"),
        ]

    def __str__(self):
        return f"{self.pk}"


class PlanClash(models.Model):
    """Two wrote in the same place at once: the words that came second, kept until somebody chooses.

    `target` is a PlanField, or `goal:<uuid>` or `step:<uuid>`; `typed` what stood in the fields.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="clashes")
    target = models.CharField(max_length=50)
    typed = models.JSONField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]
        constraints = [set_together("plan_clash_settling_complete", "settled_at", "settled_by")]

    def __str__(self):
        return f"{self.pk}"


class PlanStatus(models.TextChoices):
    """Where a version of a plan stands."""

    PROPOSED = "proposed", "Väntar på att alla godkänner"
    AGREED = "agreed", "Gäller"
    REPLACED = "replaced", "Ersatt av en senare"
    WITHDRAWN = "withdrawn", "Drogs tillbaka"


class Party(models.TextChoices):
    """Who agrees to a plan. Without consent toward Arbetsförmedlingen there is no officer in it."""

    PARTICIPANT = "participant", "Deltagaren"
    PEDAGOGUE = "pedagogue", "Coachande pedagog"
    OFFICER = "officer", "Arbetsförmedlare"


class PlanVersionQuerySet(models.QuerySet):
    """Versions of plans."""

    def visible_to(self, user):
        """Those of the people whose plan the user may see."""
        return self.filter(plan__enrolment__in=Enrolment.objects.visible_to(user, Category.PLAN))

    def current(self):
        """Those that hold."""
        return self.filter(status=PlanStatus.AGREED)


class PlanVersion(models.Model):
    """A plan as it was put to the parties, word for word (`content`), and who has agreed.

    `content`: {"wishes", "needs", "circumstances", "goals": [{"id", "kind", "text", "steps": [{"id",
    "text", "who", "by"}]}], "next_meeting", "review_on"}; `sha256` over it. It holds when all of
    `parties` have agreed, and the one before is then replaced.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("version")
    status = models.CharField("läge", max_length=10, choices=PlanStatus.choices)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    parties = models.JSONField()  # values of Party
    meeting = models.ForeignKey(
        PlanningMeeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_versions",
    )
    review_on = models.DateField("följs upp senast", null=True, blank=True)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField("gäller från", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version av planen"
        verbose_name_plural = "versioner av planen"
        ordering = ["-number"]
        constraints = [
            one_of("plan_version_status_known", "status", PlanStatus),
            models.UniqueConstraint(name="plan_version_once", fields=["plan", "number"]),
            models.UniqueConstraint(
                name="plan_one_current", fields=["plan"], condition=Q(status="agreed")
            ),
            models.UniqueConstraint(
                name="plan_one_proposed",
                fields=["plan"],
                condition=Q(status="proposed"),
                violation_error_message="Planen väntar redan på att godkännas.",
            ),
            models.CheckConstraint(
                name="plan_version_agreed_has_when",
                condition=Q(status__in=["proposed", "withdrawn"], agreed_at=None)
                | Q(status__in=["agreed", "replaced"], agreed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.number}"

    def get_absolute_url(self):
        return reverse("plans:version", args=[self.plan.enrolment.participant_id, self.number])


class AgreementMethod(models.TextChoices):
    """How somebody agreed to a plan."""

    DRAWN = "drawn", "Ritad underskrift"
    LINK = "link", "Engångslänk"
    PAPER = "paper", "Papper"
    ACCOUNT = "account", "Inloggad"


class PlanPaper(models.Model):
    """A signed paper of a version, photographed or scanned: its pages as pictures."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="papers")
    pages = models.PositiveSmallIntegerField("sidor")
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["uploaded_at", "pk"]

    def __str__(self):
        return f"{self.pk}"


class PlanPaperPage(models.Model):
    """One page of a signed paper: JPEG."""

    paper = models.ForeignKey(PlanPaper, on_delete=models.CASCADE, related_name="pictures")
    number = models.PositiveSmallIntegerField("sida")
    picture = models.BinaryField("bild")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="plan_paper_page_once", fields=["paper", "number"])
        ]

    def __str__(self):
        return f"{self.number}"


class PlanAgreement(models.Model):
    """A party has agreed to a version; never changed (guards.py).

    `recorded_by` held the screen or registered the paper; None when the participant was alone with a
    link. `sha256` is the version's: what was shown. `strokes` as in Attestation.
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="agreements")
    party = models.CharField("vem", max_length=20, choices=Party.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    method = models.CharField("sätt", max_length=10, choices=AgreementMethod.choices)
    text = models.TextField("text")
    language = models.CharField("språk", max_length=5, default="sv")
    sha256 = models.CharField(max_length=64)
    strokes = models.JSONField("underskrift", default=list, blank=True)
    link = models.OneToOneField(
        "casework.SigningLink",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_agreement",
    )
    paper = models.ForeignKey(
        PlanPaper, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    agreed_at = models.DateTimeField("när", default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["agreed_at", "pk"]
        constraints = [
            one_of("plan_agreement_party_known", "party", Party),
            one_of("plan_agreement_method_known", "method", AgreementMethod),
            models.UniqueConstraint(name="plan_agreement_once", fields=["version", "party"]),
            models.CheckConstraint(
                name="plan_agreement_staff_is_somebody",
                condition=Q(party="participant", user=None)
                | (~Q(party="participant") & Q(user__isnull=False)),
            ),
            models.CheckConstraint(
                name="plan_agreement_link_has_link",
                condition=Q(method="link", link__isnull=False) | (~Q(method="link") & Q(link=None)),
            ),
            models.CheckConstraint(
                name="plan_agreement_paper_has_paper",
                condition=Q(method="paper", paper__isnull=False)
                | (~Q(method="paper") & Q(paper=None)),
            ),
        ]

    def __str__(self):
        return self.get_party_display()
