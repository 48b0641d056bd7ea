from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models.attestation import AttestationMethod
from core.constraints import not_before
from core.dated import Dated
from core.periods import Month

# A month is due within four weeks of its end (reporting.md 2, rule 1).
DUE_AFTER = timedelta(days=28)


class EsfProject(Dated):
    """The project that the European Social Fund pays, and its rules, as they held from a day on.

    Which attestations count was settled by the Swedish ESF council: paper always, digital ones from
    2020-10-21 for this programme area. They are settings, since another project may be told otherwise.
    """

    name = models.CharField("projektets namn", max_length=60)
    diary_number = models.CharField("diarienummer", max_length=40, blank=True)
    owner = models.CharField("projektägare", max_length=120, blank=True)
    paper_counts = models.BooleanField("underskrift på papper godkänns", default=True)
    drawn_counts = models.BooleanField("ritad underskrift godkänns", default=False)
    link_counts = models.BooleanField("underskrift med engångslänk godkänns", default=False)
    needs_countersignature = models.BooleanField(
        "digitala underskrifter ska kontrasigneras", default=True
    )
    # What stands in place of the last four digits of a protected person's number (reporting.md 2, rule 5).
    code_female = models.CharField(
        "kod för kvinna med skyddade uppgifter", max_length=4, default="Tf29"
    )
    code_male = models.CharField("kod för man med skyddade uppgifter", max_length=4, default="Tf19")
    source = models.CharField("underlag", max_length=200, blank=True)

    class Meta:
        verbose_name = "ESF-projekt"
        ordering = ["valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(name="esf_project_once_from", fields=["valid_from"]),
            not_before("esf_project_ends_after_start", "valid_until", "valid_from"),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def on(cls, day: date) -> "EsfProject | None":
        """Return the rules that hold on a day, or None outside the project. One query."""
        return cls.objects.valid_on(day).order_by("-valid_from").first()

    @property
    def methods(self) -> list[AttestationMethod]:
        """The methods that count."""
        each = {
            AttestationMethod.PAPER: self.paper_counts,
            AttestationMethod.DRAWN: self.drawn_counts,
            AttestationMethod.LINK: self.link_counts,
        }
        return [method for method, counts in each.items() if counts]

    def counts(self) -> Q:
        """Return the condition, over attendance, that these rules count a row's attestation."""
        signed = Q(attestation__recorded_at__gte=_midnight(self.valid_from))
        if self.valid_until:
            signed &= Q(
                attestation__recorded_at__lt=_midnight(self.valid_until + timedelta(days=1))
            )
        digital = [method for method in self.methods if method.is_digital]
        condition = Q(attestation__method__in=digital)
        if self.needs_countersignature:
            condition &= Q(attestation__countersignature__isnull=False)
        if self.paper_counts:
            condition |= Q(attestation__method=AttestationMethod.PAPER)
        return signed & condition


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def due_on(month: Month) -> date:
    """Return the last day to send a month in (reporting.md 2, rule 1). Pure."""
    return month.last + DUE_AFTER
