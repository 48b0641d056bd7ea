from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.roles import Authority
from core.constraints import not_before, one_of, set_together
from core.dated import Dated
from participants.enums import Category


class ConsentText(Dated):
    """The words a participant agrees to, as they stood from a day on."""

    authority = models.CharField("mottagare", max_length=10, choices=Authority.choices)
    text = models.TextField("text")

    class Meta:
        ordering = ["-valid_from", "-pk"]

    def __str__(self):
        return f"{self.get_authority_display()} {self.valid_from}"


class ConsentQuerySet(models.QuerySet):
    """Consents."""

    def valid_on(self, day: date):
        """Given, not run out, not withdrawn. A withdrawal holds from the next request."""
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=day), given_on__lte=day, withdrawn_at=None
        )


class Consent(models.Model):
    """The participant lets one authority see one category of information."""

    participant = models.ForeignKey(
        "participants.Participant", on_delete=models.CASCADE, related_name="consents"
    )
    authority = models.CharField("mottagare", max_length=10, choices=Authority.choices)
    category = models.CharField("gäller", max_length=20, choices=Category.choices)
    text = models.TextField("texten som deltagaren godkände")
    given_on = models.DateField("lämnat")
    valid_until = models.DateField("gäller till och med", null=True, blank=True)
    source = models.CharField("hur det lämnades", max_length=100)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("återkallat", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "-pk"]
        indexes = [
            models.Index(fields=["participant", "authority", "category"], name="consent_looked_up")
        ]
        constraints = [
            one_of("consent_authority_known", "authority", Authority),
            one_of("consent_category_known", "category", Category),
            not_before("consent_ends_after_start", "valid_until", "given_on"),
            set_together("consent_withdrawal_complete", "withdrawn_at", "withdrawn_by"),
            models.UniqueConstraint(
                name="consent_one_open_of_each",
                fields=["participant", "authority", "category"],
                condition=Q(withdrawn_at=None, valid_until=None),
                violation_error_message="Det finns redan ett gällande samtycke av det slaget.",
            ),
        ]

    def __str__(self):
        return f"{self.get_category_display()}"
