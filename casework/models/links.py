import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.constraints import one_of
from core.models import Job
from participants.enums import Category
from participants.models import Participant


class Channel(models.TextChoices):
    """How a one-time link reaches the participant."""

    QR = "qr", "QR-kod"
    SMS = "sms", "SMS"
    EMAIL = "email", "E-post"


class SigningLinkQuerySet(models.QuerySet):
    """One-time links."""

    def visible_to(self, user):
        """Those to hours of the people whose attendance the user may see, and to plans they may see."""
        people = Participant.objects
        attendance = people.visible_to(user, Category.ATTENDANCE)
        plans = people.visible_to(user, Category.PLAN)
        return self.filter(
            Q(plan_version=None, participant__in=attendance)
            | Q(plan_version__isnull=False, participant__in=plans)
        )

    def to_hours(self):
        """Those to rows of attendance, not to a plan."""
        return self.filter(plan_version=None)

    def usable(self, now: datetime):
        """Those that can still be signed: not used, not called back, not run out."""
        return self.filter(used_at=None, cancelled_at=None, expires_at__gt=now)


class SigningLink(models.Model):
    """A one-time link to a person's own rows, or to a plan to agree to; by SMS or e-mail it is also a reminder.

    Only the token's hash is kept. A link that is to be sent gets its token in the job that sends it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="signing_links"
    )
    rows = models.ManyToManyField("casework.Attendance", related_name="signing_links")
    plan_version = models.ForeignKey(
        "casework.PlanVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signing_links",
    )
    channel = models.CharField("sätt", max_length=10, choices=Channel.choices)
    language = models.CharField("språk", max_length=5, default="sv")
    token_sha256 = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001  (unique, and empty until sent)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    expires_at = models.DateTimeField("gäller till")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField("skickad", null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField("varför den inte kom fram", max_length=200, blank=True)
    opened_at = models.DateTimeField("öppnad", null=True, blank=True)
    used_at = models.DateTimeField("underskriven", null=True, blank=True)
    disputed_at = models.DateTimeField("invändning", null=True, blank=True)
    dispute = models.CharField("vad som inte stämmer", max_length=500, blank=True)
    # Somebody has read the objection and done what it asked for.
    dispute_seen_at = models.DateTimeField(null=True, blank=True)
    dispute_seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    cancelled_at = models.DateTimeField("återkallad", null=True, blank=True)

    objects = SigningLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "engångslänk"
        verbose_name_plural = "engångslänkar"
        ordering = ["-created_at", "pk"]
        indexes = [
            models.Index(fields=["participant", "created_at"], name="signing_link_by_person")
        ]
        constraints = [
            one_of("signing_link_channel_known", "channel", Channel),
            models.CheckConstraint(
                name="signing_link_failure_has_reason",
                condition=Q(failed_at=None, failure="")
                | (Q(failed_at__isnull=False) & ~Q(failure="")),
            ),
            models.CheckConstraint(
                name="signing_link_dispute_has_words",
                condition=Q(disputed_at=None, dispute="")
                | (Q(disputed_at__isnull=False) & ~Q(dispute="")),
            ),
        ]

    def __str__(self):
        return f"{self.get_channel_display()} {self.pk}"


class Digest(models.Model):
    """A main contact was told, one week, how many hours still lack a signature. Makes it happen once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    monday = models.DateField("veckans måndag")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["monday", "pk"]
        constraints = [
            models.UniqueConstraint(name="digest_once_a_week", fields=["user", "monday"])
        ]

    def __str__(self):
        return f"{self.monday}"
