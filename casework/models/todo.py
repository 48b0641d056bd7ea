from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from core.constraints import one_of
from participants.enums import Category
from participants.models import Participant

# The functions a task can be given to: those who work with participants.
FUNCTIONS = (
    Role.PEDAGOGUE,
    Role.EMPLOYMENT_OFFICER,
    Role.EMPLOYER_COORDINATOR,
    Role.SIUS_CONSULTANT,
    Role.COUNSELLOR,
    Role.PROJECT_LEAD,
)


class TaskStatus(models.TextChoices):
    """What has become of a task."""

    OPEN = "open", "Öppen"
    DONE = "done", "Klar"
    DROPPED = "dropped", "Struken"


class TaskSource(models.TextChoices):
    """Where a task comes from."""

    HAND = "hand", "Egen"
    NOTE = "note", "Anteckning"
    PLAN = "plan", "Plan"
    REVIEW = "review", "Ärendedragning"
    DUE = "due", "Datum som närmar sig"
    HANDOVER = "handover", "Överlämning"


class TaskQuerySet(models.QuerySet):
    """Tasks."""

    def visible_to(self, user):
        """Those about nobody that are the user's own, and those about people whose plan the user may see."""
        people = Participant.objects.visible_to(user, Category.PLAN)
        own = Q(participant=None) & (
            Q(assigned_to=user) | Q(created_by=user) | Q(to_role__in=user.roles)
        )
        return self.filter(own | Q(participant__in=people))

    def open(self):
        """Those still to be done."""
        return self.filter(status=TaskStatus.OPEN)

    def mine(self, user):
        """Those given to the user by name."""
        return self.filter(assigned_to=user)

    def ours(self, user):
        """Those given to a function the user has, that nobody has taken."""
        return self.filter(assigned_to=None, to_role__in=user.roles)

    def overdue(self, day: date):
        """Those that should have been done before the day."""
        return self.filter(due_on__lt=day)


class Task(models.Model):
    """Something to do, by somebody or by a function, by a day; mostly about a participant.

    `key` is set on tasks a rule makes by itself, so that it makes each only once.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    text = models.CharField("vad", max_length=300)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name="vem",
    )
    to_role = models.CharField("funktion", max_length=30, choices=Role.choices, blank=True)
    due_on = models.DateField("senast", null=True, blank=True)
    status = models.CharField(
        "läge", max_length=10, choices=TaskStatus.choices, default=TaskStatus.OPEN
    )
    closed_at = models.DateTimeField("klar", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    outcome = models.CharField("hur det gick", max_length=300, blank=True)
    source = models.CharField(
        "kommer från", max_length=10, choices=TaskSource.choices, default=TaskSource.HAND
    )
    note = models.ForeignKey(
        "casework.CaseNote", on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    step = models.ForeignKey(
        "casework.PlanStep", on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    key = models.CharField(max_length=100, null=True, blank=True, unique=True)  # noqa: DJ001  (unique, and mostly empty)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "uppgift"
        verbose_name_plural = "uppgifter"
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["assigned_to", "status", "due_on"], name="task_by_user"),
            models.Index(fields=["participant", "status"], name="task_by_person"),
        ]
        constraints = [
            one_of("task_status_known", "status", TaskStatus),
            one_of("task_source_known", "source", TaskSource),
            models.CheckConstraint(
                name="task_has_somebody",
                condition=Q(assigned_to__isnull=False) | Q(to_role__in=FUNCTIONS),
                violation_error_message="Välj vem som ska göra uppgiften.",
            ),
            models.CheckConstraint(name="task_has_text", condition=~Q(text="")),
            # What a rule made by itself may also close by itself, so there is not always a who.
            models.CheckConstraint(
                name="task_closing_complete",
                condition=Q(closed_by=None) | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="task_closed_has_when",
                condition=Q(status="open", closed_at=None)
                | (~Q(status="open") & Q(closed_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    def get_absolute_url(self):
        return reverse("todo:detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status == TaskStatus.OPEN

    @property
    def who(self) -> str:
        """Who is to do it, in words. No query when `assigned_to` is loaded."""
        return self.assigned_to.name if self.assigned_to_id else self.get_to_role_display()

    def is_overdue(self, day: date) -> bool:
        """Whether it should have been done before the day."""
        return self.is_open and self.due_on is not None and self.due_on < day


class TaskMove(models.Model):
    """A task went from one to another, or somebody took one that was a function's."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="moves")
    from_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    to_role = models.CharField(max_length=30, choices=Role.choices, blank=True)
    reason = models.CharField("varför", max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"


class MorningLetter(models.Model):
    """A user was told one morning what the day holds. Makes it happen once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField("dag")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(name="morning_letter_once_a_day", fields=["user", "day"])
        ]

    def __str__(self):
        return f"{self.day}"
