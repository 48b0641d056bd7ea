from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.constraints import not_before


class ReadAccessQuerySet(models.QuerySet):
    """Timed access to somebody's file."""

    def current_for(self, user, day: date):
        """The user's that hold on the day, the last day included."""
        return self.filter(user=user, starts_on__lte=day, ends_on__gte=day, ended_at=None)


class ReadAccess(models.Model):
    """Somebody who no longer works with a participant may still open the file, for a time and a reason.

    It opens the file as an assignment does; consent and protected identity have their say as always.
    """

    participant = models.ForeignKey(
        "participants.Participant", on_delete=models.CASCADE, related_name="read_accesses"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="read_accesses"
    )
    reason = models.CharField("varför", max_length=200)
    starts_on = models.DateField("från och med")
    ends_on = models.DateField("till och med")
    granted_at = models.DateTimeField(default=timezone.now)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField("avslutad i förtid", null=True, blank=True)

    objects = ReadAccessQuerySet.as_manager()

    class Meta:
        verbose_name = "läsrätt"
        verbose_name_plural = "läsrätter"
        ordering = ["starts_on", "pk"]
        indexes = [models.Index(fields=["user", "ends_on"], name="read_access_by_user")]
        constraints = [not_before("read_access_ends_after_start", "ends_on", "starts_on")]

    def __str__(self):
        return f"{self.pk}"
