"""A month as it was reported: frozen rows and files, one version after the other."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from core.constraints import not_before, one_of, set_together
from core.dated import Dated
from core.periods import Month
from core.states import Stateful
from participants.enums import BenefitKind
from participants.models import Participant
from reports.kept_files import KeptFile


class VersionStatus(models.TextChoices):
    """How far a version of a month has come."""

    LOCKED = "locked", "Låst"
    SENT = "sent", "Skickad"
    RECEIVED = "received", "Kvitterad"

    @property
    def tone(self) -> str:
        """How the state looks, for `{% status_tag %}`."""
        return {"locked": "info", "sent": "accent"}.get(self.value, "good")

    @property
    def icon(self) -> str:
        """The icon beside the word."""
        return {"locked": "key", "sent": "half"}.get(self.value, "check-circle")


class TemplateStatus(models.TextChoices):
    """Whether a template is in use."""

    WAITING = "waiting", "Väntar på bekräftelse"
    CONFIRMED = "confirmed", "Används"
    RETIRED = "retired", "Ur bruk"

    @property
    def tone(self) -> str:
        """How the state looks, for `{% status_tag %}`."""
        return {"waiting": "warn", "confirmed": "good"}.get(self.value, "neutral")


class EsfTemplate(models.Model):
    """The workbook that Statistics Sweden wants filled, and where each thing goes in it.

    Used when the project lead has confirmed the mapping; the latest confirmed one that is not retired.
    `columns` is `{field: {"column": "C", "header": "Timmar"}}` with the fields of `reports.esf.layout`.
    """

    name = models.CharField("namn", max_length=120)
    content = models.BinaryField("fil")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    sheet = models.CharField("blad", max_length=60, blank=True)
    header_row = models.PositiveSmallIntegerField("rubrikrad", default=1)
    columns = models.JSONField("kolumner", default=dict, blank=True)
    uploaded_at = models.DateTimeField("uppladdad", default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField("bekräftad", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    retired_at = models.DateTimeField("tagen ur bruk", null=True, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "mall"
        verbose_name_plural = "mallar"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            set_together("esf_template_confirmed_complete", "confirmed_at", "confirmed_by"),
            set_together("esf_template_retired_complete", "retired_at", "retired_by"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("esf:template_detail", args=[self.pk])

    @property
    def look(self) -> TemplateStatus:
        """Whether it is in use, with its colour."""
        if self.retired_at:
            return TemplateStatus.RETIRED
        return TemplateStatus.CONFIRMED if self.confirmed_at else TemplateStatus.WAITING


class EsfVersion(Stateful):
    """One month as it was locked: what the file said, who locked it, and why it was made again.

    Never changed but for its way to Statistics Sweden: sent, received. A correction is a later version
    of the same month. `changes` tells how its rows differ from the version before: a list of
    `{"person", "what", "before", "after"}`. `figures` is the month's JSON without persons.
    """

    STEPS = {
        VersionStatus.LOCKED: {VersionStatus.SENT},
        VersionStatus.SENT: {VersionStatus.RECEIVED},
    }

    month = models.CharField("månad", max_length=7)
    number = models.PositiveSmallIntegerField("version")
    status = models.CharField(
        "läge", max_length=10, choices=VersionStatus.choices, default=VersionStatus.LOCKED
    )
    locked_at = models.DateTimeField("låst", default=timezone.now)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField("varför den görs om", max_length=500, blank=True)
    changes = models.JSONField("ändrade rader", default=list, blank=True)
    figures = models.JSONField("siffror", default=dict)
    rows_sha256 = models.CharField("SHA-256 av raderna", max_length=64)
    # None: the shipped layout, whose order is not verified.
    template = models.ForeignKey(
        EsfTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="versions"
    )
    job_id = models.UUIDField(null=True, editable=False)
    sent_at = models.DateTimeField("skickad", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    receipt = models.CharField("kvittens", max_length=120, blank=True)
    received_on = models.DateField("kvitterad", null=True, blank=True)

    class Meta:
        verbose_name = "ESF-rapport"
        verbose_name_plural = "ESF-rapporter"
        ordering = ["month", "number"]
        constraints = [
            one_of("esf_version_status_known", "status", VersionStatus),
            models.UniqueConstraint(name="esf_version_once", fields=["month", "number"]),
            set_together("esf_version_sent_complete", "sent_at", "sent_by"),
            models.CheckConstraint(
                name="esf_version_sent_when_sent",
                condition=Q(status="locked", sent_at=None)
                | (~Q(status="locked") & Q(sent_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="esf_version_receipt_when_received",
                condition=(Q(status="received", received_on__isnull=False) & ~Q(receipt=""))
                | (~Q(status="received") & Q(received_on=None, receipt="")),
            ),
            models.CheckConstraint(
                name="esf_version_again_has_reason", condition=Q(number=1) | ~Q(reason="")
            ),
        ]

    def __str__(self):
        return f"{self.month} v{self.number}"

    def get_absolute_url(self):
        return reverse("esf:version_detail", args=[self.pk])

    @property
    def period(self) -> Month:
        """The month."""
        return Month.parse(self.month)

    @property
    def look(self) -> VersionStatus:
        """The status with its colour and icon."""
        return VersionStatus(self.status)


class EsfStep(models.Model):
    """A version was locked, sent or received: when and by whom."""

    version = models.ForeignKey(EsfVersion, on_delete=models.CASCADE, related_name="steps")
    status = models.CharField("läge", max_length=10, choices=VersionStatus.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField("när")
    note = models.CharField("anteckning", max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return self.get_status_display()


class EsfRow(models.Model):
    """One participation as the file told it. A protected person has a code for a number, and no name."""

    version = models.ForeignKey(EsfVersion, on_delete=models.CASCADE, related_name="rows")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    number = models.CharField("personnummer", max_length=13)
    last_name = models.CharField("efternamn", max_length=100)
    first_name = models.CharField("förnamn", max_length=100)
    email = models.CharField("e-post", max_length=254)
    phone = models.CharField("mobil", max_length=40)
    starts_on = models.DateField("startdatum")
    ended_on = models.DateField("slutdatum", null=True, blank=True)
    hours = models.DecimalField("timmar", max_digits=7, decimal_places=2)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="esf_row_once", fields=["version", "participant"])
        ]

    def __str__(self):
        return f"{self.pk}"


class EsfFile(KeptFile):
    """A file of a version, kept in the database: the workbook that was sent, the PDF, the JSON."""

    class Format(models.TextChoices):
        XLSX = "xlsx", "Excel till SCB"
        PDF = "pdf", "PDF till arkivet"
        JSON = "json", "JSON"

    version = models.ForeignKey(EsfVersion, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=10, choices=Format.choices)
    name = models.CharField("filnamn", max_length=120)

    class Meta:
        ordering = ["format", "pk"]
        constraints = [models.UniqueConstraint(name="esf_file_once", fields=["version", "format"])]


class EsfReminder(models.Model):
    """Those who report were told so many days before a month's deadline. Makes it happen once."""

    month = models.CharField("månad", max_length=7)
    days_left = models.SmallIntegerField("dagar kvar")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(name="esf_reminder_once", fields=["month", "days_left"])
        ]

    def __str__(self):
        return f"{self.month} {self.days_left}"


class Rate(Dated):
    """What an attested hour is worth as participant financing, from a document of the funder's.

    Depends on the call's year, the programme area, what the participant lives on and their age.
    Entered by the project economist; none is shipped.
    """

    call_year = models.PositiveSmallIntegerField("utlysningsår")
    programme_area = models.CharField("programområde", max_length=60)
    benefit = models.CharField("ersättning", max_length=20, choices=BenefitKind.choices)
    age_from = models.PositiveSmallIntegerField("från ålder")
    age_to = models.PositiveSmallIntegerField("till och med ålder")
    amount = models.DecimalField("kronor per timme", max_digits=7, decimal_places=2)
    source = models.CharField("underlag", max_length=200)
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "timsats"
        verbose_name_plural = "timsatser"
        ordering = ["benefit", "age_from", "valid_from", "pk"]
        constraints = [
            one_of("rate_benefit_known", "benefit", BenefitKind),
            not_before("rate_ends_after_start", "valid_until", "valid_from"),
            models.CheckConstraint(
                name="rate_ages",
                condition=Q(age_to__gte=F("age_from")),
                violation_error_message="Till och med ålder kan inte vara lägre än från ålder.",
            ),
            models.CheckConstraint(
                name="rate_above_zero",
                condition=Q(amount__gt=0),
                violation_error_message="Beloppet ska vara större än 0.",
            ),
            models.CheckConstraint(name="rate_has_source", condition=~Q(source="")),
        ]

    def __str__(self):
        return f"{self.get_benefit_display()} {self.age_from}–{self.age_to}"
