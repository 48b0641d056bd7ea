from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.constraints import not_before, one_of, set_together
from participants.enums import Category, Function
from participants.models import Enrolment


class MoveKind(models.TextChoices):
    """Whether somebody hands over for good or while away."""

    GOOD = "good", "För gott"
    LEAVE = "leave", "Under ledighet"


class CaseloadMove(models.Model):
    """A colleague's participants and tasks went to others, for good or while on leave."""

    from_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="caseload_moves"
    )
    kind = models.CharField("hur länge", max_length=10, choices=MoveKind.choices)
    starts_on = models.DateField("från och med")
    # The last day away; empty when for good. An early return moves it.
    ends_on = models.DateField("till och med", null=True, blank=True)
    # So long the old contact may still read, when for good.
    reads_until = models.DateField("läser till och med", null=True, blank=True)
    reason = models.CharField("varför", max_length=200, blank=True)
    moved_at = models.DateTimeField(default=timezone.now)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "överlämning"
        verbose_name_plural = "överlämningar"
        ordering = ["-moved_at", "-pk"]
        constraints = [
            one_of("caseload_move_kind_known", "kind", MoveKind),
            not_before("caseload_move_ends_after_start", "ends_on", "starts_on"),
            models.CheckConstraint(
                name="caseload_move_leave_has_end",
                condition=Q(kind="leave", ends_on__isnull=False) | Q(kind="good", ends_on=None),
                violation_error_message="Ange sista dagen för ledigheten.",
            ),
        ]

    def __str__(self):
        return f"{self.starts_on}"


class HandoverQuerySet(models.QuerySet):
    """Handovers."""

    def visible_to(self, user):
        """Those of the people whose plan the user may see."""
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user, Category.PLAN))


class Handover(models.Model):
    """One participant in a caseload that moves: to whom, and what the new one needs to know."""

    move = models.ForeignKey(CaseloadMove, on_delete=models.CASCADE, related_name="handovers")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="handovers")
    function = models.CharField("uppdrag", max_length=20, choices=Function.choices)
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handovers"
    )
    text = models.TextField("att veta", blank=True)
    text_version = models.PositiveIntegerField(default=1, editable=False)
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # The new contact has read it.
    read_at = models.DateTimeField("läst", null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = "överlämning av en deltagare"
        verbose_name_plural = "överlämningar av deltagare"
        ordering = ["pk"]
        constraints = [
            one_of("handover_function_known", "function", Function),
            set_together("handover_writing_complete", "written_at", "written_by"),
            models.UniqueConstraint(name="handover_once", fields=["move", "enrolment", "function"]),
        ]

    def __str__(self):
        return f"{self.pk}"
