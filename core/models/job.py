"""Work that is done in the background: the row is the job, the broker only rings the bell."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone


class JobState(models.TextChoices):
    """Where a job stands; `core.jobs` is the only place that moves it."""

    QUEUED = "queued", "Väntar"
    RUNNING = "running", "Pågår"
    DONE = "done", "Klart"
    FAILED = "failed", "Misslyckades"


OPEN_STATES = (JobState.QUEUED, JobState.RUNNING)


class JobQuerySet(models.QuerySet):
    """Questions about jobs."""

    def visible_to(self, user):
        """Jobs that this user asked for; nobody sees another's."""
        return self.filter(created_by=user)

    def open(self):
        """Jobs that are not finished, in either way."""
        return self.filter(state__in=OPEN_STATES)

    def claimable(self, now):
        """Jobs that a worker may take: waiting, or left by a worker that has not been heard of."""
        return self.filter(
            Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=now)
        )


class Job(models.Model):
    """One piece of background work, from the wish to the result.

    `params` and `result` hold ids, days and choices, never personal data: the row outlives the page.
    `attempts` counts the claims and is also the claim's token: only the worker whose number it
    still is may finish the job.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("slag", max_length=100)
    key = models.CharField("nyckel mot dubbletter", max_length=200, blank=True, default="")
    params = models.JSONField("uppgifter", default=dict, blank=True)
    state = models.CharField(
        "läge", max_length=10, choices=JobState.choices, default=JobState.QUEUED
    )
    done = models.PositiveIntegerField("gjort", default=0)
    total = models.PositiveIntegerField("av", default=0)
    progress_text = models.CharField("vad som pågår", max_length=200, blank=True, default="")
    lease_until = models.DateTimeField("upptaget till", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("försök", default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="beställt av",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField("beställt", default=timezone.now, editable=False)
    rung_at = models.DateTimeField("ringt", default=timezone.now, editable=False)
    started_at = models.DateTimeField("påbörjat", null=True, blank=True)
    finished_at = models.DateTimeField("avslutat", null=True, blank=True)
    error = models.TextField("fel", blank=True, default="")
    result = models.JSONField("resultat", default=dict, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "jobb"
        verbose_name_plural = "jobb"
        ordering = ["-created_at", "pk"]
        indexes = [
            models.Index(
                fields=["state", "rung_at"],
                name="job_open",
                condition=Q(state__in=OPEN_STATES),
            ),
            models.Index(fields=["created_by", "created_at"], name="job_owner"),
        ]
        constraints = [
            models.CheckConstraint(name="job_state_known", condition=Q(state__in=JobState.values)),
            models.CheckConstraint(
                name="job_done_within_total", condition=Q(total=0) | Q(done__lte=F("total"))
            ),
            models.CheckConstraint(
                name="job_lease_while_running",
                condition=Q(state=JobState.RUNNING, lease_until__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(lease_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="job_finished_when_closed",
                condition=Q(state__in=OPEN_STATES, finished_at__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(finished_at__isnull=False)),
            ),
            models.UniqueConstraint(
                name="job_one_open_per_key",
                fields=["key"],
                condition=Q(state__in=OPEN_STATES) & ~Q(key=""),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self):
        """The page that shows how far the job has come."""
        return reverse("core:job_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether the job waits or is under way."""
        return self.state in OPEN_STATES

    @property
    def percent(self) -> int | None:
        """How much is done, 0-100; None while nobody knows how much there is."""
        return self.done * 100 // self.total if self.total else None
