from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.constraints import one_of
from core.dated import Dated
from core.periods import Period
from reports.esf.models import (  # noqa: F401  (Django looks for models here)
    EsfFile,
    EsfReminder,
    EsfRow,
    EsfStep,
    EsfTemplate,
    EsfVersion,
    Rate,
)
from reports.kept_files import KeptFile


class Measure(models.TextChoices):
    """A key figure that has a goal."""

    COUNTED = "counted", "Tillgodoräknade deltagare"
    RESULT = "result", "Andel till arbete eller studier (procent)"
    GIRLS = "girls", "Andel flickor och kvinnor bland inskrivna (procent)"


class Goal(Dated):
    """What a key figure should reach, as it held from a day on (domain.md 4)."""

    measure = models.CharField("nyckeltal", max_length=20, choices=Measure.choices)
    target = models.DecimalField("mål", max_digits=8, decimal_places=1)
    is_monthly = models.BooleanField("gäller varje månad", default=False)

    class Meta:
        ordering = ["measure", "valid_from", "pk"]
        constraints = [
            one_of("goal_measure_known", "measure", Measure),
            models.UniqueConstraint(name="goal_once_from", fields=["measure", "valid_from"]),
        ]

    def __str__(self):
        return f"{self.get_measure_display()}: {self.target}"


class ReportKind(models.TextChoices):
    """What a report tells of."""

    KEY_FIGURES = "key-figures", "Nyckeltal"


class ReportQuerySet(models.QuerySet):
    """Reports in the archive."""

    def for_list(self):
        """Everything a row of the archive shows, the latest first; the files without their content."""
        files = models.Prefetch("files", ReportFile.objects.defer("content"))
        return self.select_related("made_by").defer("figures").prefetch_related(files)

    def made_by_schedule(self, kind):
        """Those of a kind that nobody ordered."""
        return self.filter(kind=kind, made_by=None)


class Report(models.Model):
    """A report as it was made: parameters, figures and files, frozen at that moment.

    A later correction of the data changes nothing here; a new report stands beside it.
    """

    kind = models.CharField("slag", max_length=20, choices=ReportKind.choices)
    first_month = models.CharField("från och med", max_length=7)
    last_month = models.CharField("till och med", max_length=7)
    parameters = models.JSONField("uppgifter", default=dict)
    definition_version = models.CharField("definitionernas version", max_length=20)
    figures = models.JSONField("siffror")
    sha256 = models.CharField("SHA-256 av siffrorna", max_length=64)
    made_at = models.DateTimeField("framtagen", default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="av",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # The job that made it: a job run twice finds its report and makes no second one.
    job_id = models.UUIDField(unique=True, null=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "rapport"
        verbose_name_plural = "rapporter"
        ordering = ["-made_at", "-pk"]
        constraints = [
            one_of("report_kind_known", "kind", ReportKind),
            models.UniqueConstraint(
                name="report_once_by_schedule",
                fields=["kind", "first_month", "last_month"],
                condition=Q(made_by=None),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.first_month}"

    def get_absolute_url(self):
        return reverse("reports:report_detail", args=[self.pk])

    @property
    def period(self) -> Period:
        """The months it tells of."""
        return Period.parse(self.first_month, self.last_month)

    @property
    def made_by_name(self) -> str:
        """Who made it; the schedule makes the month before by itself."""
        return self.made_by.name if self.made_by else "BASUN, månadens rapport"


class ReportFile(KeptFile):
    """One file of a report. Kept in the database: made, backed up and restored with its report."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        XLSX = "xlsx", "Excel"
        JSON = "json", "JSON"

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=10, choices=Format.choices)
    name = models.CharField("filnamn", max_length=100)

    class Meta:
        ordering = ["format", "pk"]
        constraints = [
            models.UniqueConstraint(name="report_file_once", fields=["report", "format"])
        ]
