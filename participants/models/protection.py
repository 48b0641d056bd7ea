from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.constraints import not_before, one_of, set_together
from participants.enums import ProtectionKind


class Protection(models.Model):
    """The person's identity is protected: to everybody not on the list the person does not exist.

    Marking takes effect at once; taking it away needs two people.
    """

    participant = models.ForeignKey(
        "participants.Participant", on_delete=models.CASCADE, related_name="protections"
    )
    kind = models.CharField("slag", max_length=20, choices=ProtectionKind.choices)
    marked_at = models.DateTimeField(default=timezone.now)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    source = models.CharField("källa", max_length=100)
    end_asked_at = models.DateTimeField(null=True, blank=True)
    end_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    end_reason = models.CharField("varför den tas bort", max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-marked_at", "-pk"]
        constraints = [
            one_of("protection_kind_known", "kind", ProtectionKind),
            set_together("protection_end_asked_complete", "end_asked_at", "end_asked_by"),
            set_together("protection_end_complete", "ended_at", "ended_by"),
            models.CheckConstraint(
                name="protection_ended_by_two",
                condition=Q(ended_by=None)
                | (Q(end_asked_by__isnull=False) & ~Q(ended_by=F("end_asked_by"))),
                violation_error_message="Den som tar bort markeringen måste vara en annan än den som bad om det.",
            ),
            models.UniqueConstraint(
                name="protection_one_open_each", fields=["participant"], condition=Q(ended_at=None)
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class ProtectionReaderQuerySet(models.QuerySet):
    """Who may see protected persons."""

    def current_for(self, user, day: date):
        """The user's places on lists that hold on the day."""
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=day),
            user=user,
            valid_from__lte=day,
            protection__ended_at=None,
        )


class ProtectionReader(models.Model):
    """A named user may see one protected person, for a reason and for a time."""

    protection = models.ForeignKey(Protection, on_delete=models.CASCADE, related_name="readers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="protected_persons"
    )
    reason = models.CharField("varför", max_length=200)
    valid_from = models.DateField("från och med")
    valid_until = models.DateField("till och med", null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ProtectionReaderQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "pk"]
        constraints = [
            not_before("protection_reader_ends_after_start", "valid_until", "valid_from"),
            models.UniqueConstraint(
                name="protection_reader_once", fields=["protection", "user", "valid_from"]
            ),
        ]

    def __str__(self):
        return f"{self.pk}"
