from django.conf import settings
from django.db import models
from django.utils import timezone

from core.constraints import not_before, one_of
from participants.enums import BenefitKind


class BenefitPeriod(models.Model):
    """What a participant lives on, from a day to a day: it decides the rate of their hours.

    Periods never overlap (guards.py). Sensitive: shown on the person's own page and in the financing,
    never searched or filtered by.
    """

    participant = models.ForeignKey(
        "participants.Participant", on_delete=models.CASCADE, related_name="benefits"
    )
    kind = models.CharField("ersättning", max_length=20, choices=BenefitKind.choices)
    starts_on = models.DateField("från och med")
    ends_on = models.DateField("till och med", null=True, blank=True)
    source = models.CharField("källa", max_length=100)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            one_of("benefit_kind_known", "kind", BenefitKind),
            not_before("benefit_ends_after_start", "ends_on", "starts_on"),
        ]

    def __str__(self):
        return self.get_kind_display()
