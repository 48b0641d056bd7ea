from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.constraints import one_of
from participants.enums import Category
from participants.models import Participant


class AttestationMethod(models.TextChoices):
    """How a participant attested their hours."""

    PAPER = "paper", "Papper"
    DRAWN = "drawn", "Ritad underskrift"
    LINK = "link", "Engångslänk"

    @property
    def is_digital(self) -> bool:
        """Whether there is no paper with ink behind it."""
        return self != AttestationMethod.PAPER


class CounterSignature(models.Model):
    """The responsible person's own word that the hours of some attestations are right."""

    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(default=timezone.now)
    text = models.TextField("text")
    # Over the hashes of the attestations it covers (casework.attest.hash_of_attestations).
    rows_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["signed_at", "pk"]

    def __str__(self):
        return f"{self.signed_at:%Y-%m-%d %H:%M}"


class AttestationQuerySet(models.QuerySet):
    """Attestations."""

    def visible_to(self, user):
        """Those of the people whose attendance the user may see."""
        return self.filter(
            participant__in=Participant.objects.visible_to(user, Category.ATTENDANCE)
        )

    def to_countersign(self):
        """Digital ones with rows that still stand and that nobody responsible has signed."""
        return self.filter(
            ~Q(method=AttestationMethod.PAPER), countersignature=None, rows__isnull=False
        ).distinct()


class Attestation(models.Model):
    """A participant's word, on some rows of attendance, that the hours are right.

    `covers` is what the participant saw: a list of `{"row", "on", "activity", "hours"}`, and
    `rows_sha256` the hash over it (`casework.attest`). Both stay as they were when a row is later
    changed; the row then loses its `attestation` and an AttestationBreak says so. Attestations read
    from a file, of papers signed long ago, have neither text nor hash.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="attestations"
    )
    method = models.CharField("sätt", max_length=20, choices=AttestationMethod.choices)
    recorded_at = models.DateTimeField(default=timezone.now)
    # Who held the tablet or registered the paper; None when the participant was alone with the link.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    source = models.CharField("underlag", max_length=100, blank=True)
    language = models.CharField("språk", max_length=5, default="sv")
    text = models.TextField("text", blank=True)
    covers = models.JSONField("rader", default=list, blank=True)
    rows_sha256 = models.CharField(max_length=64, blank=True)
    # A drawn signature: strokes, each a list of [x, y] between 0 and 1 (width) and 0 and 0.4 (height).
    strokes = models.JSONField("underskrift", default=list, blank=True)
    link = models.OneToOneField(
        "casework.SigningLink",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attestation",
    )
    scan_page = models.ForeignKey(
        "casework.ScanPage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attestations",
    )
    countersignature = models.ForeignKey(
        CounterSignature,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attestations",
    )

    objects = AttestationQuerySet.as_manager()

    class Meta:
        verbose_name = "underskrift"
        verbose_name_plural = "underskrifter"
        ordering = ["recorded_at", "pk"]
        constraints = [
            one_of("attestation_method_known", "method", AttestationMethod),
            models.CheckConstraint(
                name="attestation_digital_is_complete",
                condition=Q(method="paper") | (~Q(text="") & ~Q(rows_sha256="")),
            ),
            models.CheckConstraint(
                name="attestation_link_has_link",
                condition=Q(method="link", link__isnull=False) | (~Q(method="link") & Q(link=None)),
            ),
        ]

    def __str__(self):
        return self.get_method_display()


class AttestationBreak(models.Model):
    """A row was changed after it was attested: its attestation no longer holds for it."""

    attestation = models.ForeignKey(Attestation, on_delete=models.PROTECT, related_name="breaks")
    attendance = models.ForeignKey(
        "casework.Attendance", on_delete=models.PROTECT, related_name="breaks"
    )
    before = models.CharField("före", max_length=60)
    after = models.CharField("efter", max_length=60)
    reason = models.CharField("varför", max_length=200)
    broken_at = models.DateTimeField(default=timezone.now)
    broken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["broken_at", "pk"]

    def __str__(self):
        return f"{self.broken_at:%Y-%m-%d %H:%M}"
