from django.conf import settings
from django.db import models
from django.utils import timezone

from participants.enums import Category
from participants.models import Enrolment


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
