"""A file that somebody has sent in to be read: kept in the database until it is used, never on disk."""

import uuid
from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.constraints import one_of
from core.imports import Fault, Outcome
from core.models import Job

# A file that nobody confirmed is wiped after this long.
KEPT = timedelta(days=1)


class UploadKind(models.TextChoices):
    """What the file holds."""

    REGISTER = "register", "Register"
    ATTENDANCE = "attendance", "Närvaro"


class UploadState(models.TextChoices):
    """How far the file has come."""

    CHECKING = "checking", "Kontrolleras"
    FAULTY = "faulty", "Har fel"
    READY = "ready", "Väntar på dig"
    SAVING = "saving", "Läses in"
    STALE = "stale", "Behöver kontrolleras igen"
    DONE = "done", "Inläst"
    WIPED = "wiped", "Borttagen"

    @property
    def tone(self) -> str:
        """How the state looks, for `{% status_tag %}`."""
        return {
            "faulty": "bad", "ready": "accent", "stale": "warn", "done": "good", "wiped": "neutral",
        }.get(self.value, "info")  # fmt: skip

    @property
    def icon(self) -> str:
        """The icon beside the word."""
        return {
            "faulty": "stop", "ready": "half", "stale": "refresh", "done": "check-circle",
            "wiped": "circle",
        }.get(self.value, "hourglass")  # fmt: skip


class ImportUploadQuerySet(models.QuerySet):
    """Files that were sent in."""

    def visible_to(self, user):
        """One's own: the file may hold people that a colleague must not see."""
        return self.filter(uploaded_by=user)

    def left_behind(self, now):
        """Those whose content is still there though their time is up."""
        return self.exclude(state__in=[UploadState.DONE, UploadState.WIPED]).filter(
            uploaded_at__lt=now - KEPT
        )


class ImportUpload(models.Model):
    """A file on its way in: checked, confirmed, read, and then wiped. Its own name is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("innehåll", max_length=20, choices=UploadKind.choices)
    state = models.CharField(
        "läge", max_length=10, choices=UploadState.choices, default=UploadState.CHECKING
    )
    content = models.BinaryField("fil", blank=True, default=b"")
    size = models.PositiveIntegerField("byte")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    with_consent = models.BooleanField("sätt samtycke", default=False)
    # What the check found (core.imports.Outcome), as JSON.
    found = models.JSONField(default=dict, blank=True)
    faults = models.JSONField(default=list, blank=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField("skickad", default=timezone.now, editable=False)
    # CASCADE: without its sender the file is nobody's.
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    closed_at = models.DateTimeField("avslutad", null=True, blank=True)

    objects = ImportUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "inläsning"
        verbose_name_plural = "inläsningar"
        ordering = ["-uploaded_at", "pk"]
        constraints = [
            one_of("import_upload_kind_known", "kind", UploadKind),
            one_of("import_upload_state_known", "state", UploadState),
            models.CheckConstraint(
                name="import_upload_wiped_when_closed",
                condition=Q(
                    closed_at=None, state__in=["checking", "faulty", "ready", "saving", "stale"]
                )
                | Q(closed_at__isnull=False, state__in=["done", "wiped"], content=b""),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self):
        return reverse("imports:detail", args=[self.pk])

    @property
    def look(self) -> UploadState:
        """The state with its colour and icon."""
        return UploadState(self.state)

    @property
    def outcome(self) -> Outcome:
        """What the check found, faults included; of the remarks the first ones."""
        found = self.found | {"counts": Counter(self.found.get("counts", {}))}
        found["remarks"] = [Fault(*each) for each in self.found.get("remarks", [])]
        return Outcome(**found, faults=self.fault_list)

    @property
    def fault_list(self) -> list[Fault]:
        """Everything that is wrong with the file, in order of row."""
        return [Fault(*each) for each in self.faults]
