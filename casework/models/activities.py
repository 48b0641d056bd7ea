from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from core.constraints import one_of, set_together
from core.states import Stateful
from participants.enums import Category
from participants.models import Participant


class ActivityKind(models.TextChoices):
    """Whether an activity is for one or for many."""

    GROUP = "group", "Gruppaktivitet"
    INDIVIDUAL = "individual", "Individuell"


class ActivityType(models.TextChoices):
    """What an activity is (domain.md 3, individual focus)."""

    SEVEN20 = "7tjugo", "7TJUGO"
    WORKSHOP = "workshop", "Verkstad"
    LECTURE = "lecture", "Föreläsning"
    VISIT = "visit", "Studiebesök"
    TALK = "talk", "Samtal"
    OTHER = "other", "Annan aktivitet"


class ActivityQuerySet(models.QuerySet):
    """Activities. They hold no persons; who is signed up does."""

    def current(self):
        """Those that are not put away."""
        return self.filter(archived_at=None)


class Activity(models.Model):
    """Something participants take part in, again and again: a course, a workshop, talks."""

    name = models.CharField("namn", max_length=120, unique=True)
    kind = models.CharField("slag", max_length=20, choices=ActivityKind.choices)
    type = models.CharField(
        "typ", max_length=20, choices=ActivityType.choices, default=ActivityType.OTHER
    )
    description = models.TextField("beskrivning", blank=True)
    place = models.CharField("plats", max_length=120, blank=True)
    capacity = models.PositiveSmallIntegerField("antal platser", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    archived_at = models.DateTimeField("undanlagd", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "aktivitet"
        verbose_name_plural = "aktiviteter"
        ordering = ["name", "pk"]
        constraints = [
            one_of("activity_kind_known", "kind", ActivityKind),
            one_of("activity_type_known", "type", ActivityType),
            models.CheckConstraint(
                name="activity_capacity_of_some",
                condition=Q(capacity=None) | Q(capacity__gt=0),
                violation_error_message="Antalet platser ska vara minst 1. Lämna tomt om det inte finns någon gräns.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("activities:detail", args=[self.pk])


class ActivityLeader(models.Model):
    """Somebody who leads an activity: a user of any role, or somebody from outside, by name."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="leaders")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="led_activities",
    )
    name = models.CharField("namn", max_length=120, blank=True)
    organisation = models.CharField("organisation", max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="activity_leader_inside_or_outside",
                condition=Q(user__isnull=False, name="") | (Q(user=None) & ~Q(name="")),
            ),
            models.UniqueConstraint(name="activity_leader_once", fields=["activity", "user"]),
        ]

    def __str__(self):
        return self.user.name if self.user else self.name


class SessionStatus(models.TextChoices):
    """Where an occasion stands."""

    PLANNED = "planned", "Planerat"
    HELD = "held", "Stängt"
    CANCELLED = "cancelled", "Inställt"

    @property
    def tone(self) -> str:
        """How the state looks, for `{% status_tag %}`."""
        return {"planned": "info", "held": "good"}.get(self.value, "neutral")

    @property
    def icon(self) -> str:
        """The icon beside the word."""
        return {"planned": "calendar", "held": "check-circle"}.get(self.value, "stop")


class SessionQuerySet(models.QuerySet):
    """Occasions. They hold no persons; their rosters do."""

    def led_by(self, user):
        """Those of the activities the user leads."""
        return self.filter(activity__leaders__user=user)

    def to_close(self, day: date):
        """Planned ones whose day has come or passed: somebody has to take attendance and close them."""
        return self.filter(status=SessionStatus.PLANNED, held_on__lte=day)


class Session(Stateful):
    """One occasion of an activity. Attendance that is read from a file makes one a day, without times."""

    STEPS = {
        SessionStatus.PLANNED: {SessionStatus.HELD, SessionStatus.CANCELLED},
        SessionStatus.HELD: {SessionStatus.PLANNED},
        SessionStatus.CANCELLED: {SessionStatus.PLANNED},
    }

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="sessions")
    held_on = models.DateField("datum")
    starts_at = models.TimeField("börjar", null=True, blank=True)
    ends_at = models.TimeField("slutar", null=True, blank=True)
    # May be less than the time between: lunch is no attendance.
    planned_hours = models.DecimalField(
        "planerade timmar", max_digits=4, decimal_places=2, null=True, blank=True
    )
    place = models.CharField("plats", max_length=120, blank=True)
    theme = models.CharField("tema", max_length=120, blank=True)
    status = models.CharField(
        "läge", max_length=10, choices=SessionStatus.choices, default=SessionStatus.HELD
    )
    cancel_reason = models.CharField("varför det ställdes in", max_length=200, blank=True)
    closed_at = models.DateTimeField("stängt", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "tillfälle"
        verbose_name_plural = "tillfällen"
        ordering = ["held_on", "starts_at", "pk"]
        indexes = [models.Index(fields=["held_on", "status"], name="session_by_day")]
        constraints = [
            one_of("session_status_known", "status", SessionStatus),
            models.UniqueConstraint(
                name="session_once_a_day",
                fields=["activity", "held_on"],
                condition=Q(starts_at=None),
            ),
            models.UniqueConstraint(
                name="session_once_a_time",
                fields=["activity", "held_on", "starts_at"],
                violation_error_message="Det finns redan ett tillfälle då. Välj en annan tid.",
            ),
            set_together("session_times_together", "starts_at", "ends_at", "planned_hours"),
            set_together("session_closing_complete", "closed_at", "closed_by"),
            models.CheckConstraint(
                name="session_ends_after_start",
                condition=Q(starts_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message="Sluttiden måste ligga efter starttiden.",
            ),
            models.CheckConstraint(
                name="session_hours_of_a_day",
                condition=Q(planned_hours=None) | Q(planned_hours__gt=0, planned_hours__lte=24),
                violation_error_message="Timmarna ska vara mer än 0 och högst 24.",
            ),
            models.CheckConstraint(
                name="session_planned_has_times",
                condition=~Q(status="planned") | Q(starts_at__isnull=False),
            ),
            models.CheckConstraint(
                name="session_open_is_not_closed",
                condition=Q(status="held") | Q(closed_at=None),
            ),
            models.CheckConstraint(
                name="session_cancelled_has_reason",
                condition=~Q(status="cancelled") | ~Q(cancel_reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.held_on}"

    def get_absolute_url(self):
        return reverse("rollcall:roster", args=[self.pk])

    @property
    def look(self) -> SessionStatus:
        """The status with its colour and icon."""
        return SessionStatus(self.status)

    @property
    def where(self) -> str:
        """The place: its own, or the activity's."""
        return self.place or self.activity.place

    @property
    def time_words(self) -> str:
        """The times in words: 09:00–12:00; empty when only the day is known."""
        if self.starts_at is None:
            return ""
        return f"{self.starts_at:%H:%M}\N{EN DASH}{self.ends_at:%H:%M}"

    @property
    def length(self) -> Decimal:
        """Hours from start to end, breaks included; 0 when only the day is known."""
        if self.starts_at is None:
            return Decimal(0)
        start, end = (
            datetime.combine(self.held_on, each) for each in (self.starts_at, self.ends_at)
        )
        return round(Decimal((end - start).total_seconds()) / 3600, 2)


class SessionStep(models.Model):
    """A session was closed, opened again or cancelled: when, by whom and why."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="steps")
    status = models.CharField("läge", max_length=10, choices=SessionStatus.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField("när")
    note = models.CharField("anteckning", max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return self.get_status_display()


class SignUpStatus(models.TextChoices):
    """Whether somebody has a place in an activity."""

    PLACE = "place", "Har plats"
    WAITING = "waiting", "Väntelista"
    LEFT = "left", "Har slutat"


class SignUpQuerySet(models.QuerySet):
    """Who is signed up for what."""

    def visible_to(self, user):
        """Those of the people whose attendance the user may see."""
        return self.filter(
            participant__in=Participant.objects.visible_to(user, Category.ATTENDANCE)
        )

    def open(self):
        """Those with a place or waiting for one, in the order they came."""
        return self.exclude(status=SignUpStatus.LEFT).order_by("signed_up_at", "pk")


class SignUp(models.Model):
    """A participant is in an activity, or waits for a place in it.

    A place puts an expected row in the roster of every planned session from `from_day` on.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="sign_ups")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="sign_ups")
    status = models.CharField("läge", max_length=10, choices=SignUpStatus.choices)
    from_day = models.DateField("från och med")
    signed_up_at = models.DateTimeField(default=timezone.now)
    signed_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = "anmälan"
        verbose_name_plural = "anmälningar"
        ordering = ["signed_up_at", "pk"]
        constraints = [
            one_of("sign_up_status_known", "status", SignUpStatus),
            models.CheckConstraint(
                name="sign_up_left_has_when",
                condition=Q(status="left", left_at__isnull=False)
                | (~Q(status="left") & Q(left_at=None)),
            ),
            models.UniqueConstraint(
                name="sign_up_once",
                fields=["activity", "participant"],
                condition=~Q(status="left"),
                violation_error_message="Deltagaren är redan anmäld.",
            ),
        ]

    def __str__(self):
        return self.get_status_display()


class ActivityTemplate(models.Model):
    """A ready course to start from: 7TJUGO, about eight weeks. What is made from it is changed freely."""

    name = models.CharField("namn", max_length=120, unique=True)
    type = models.CharField("typ", max_length=20, choices=ActivityType.choices)
    kind = models.CharField(
        "slag", max_length=20, choices=ActivityKind.choices, default=ActivityKind.GROUP
    )
    description = models.TextField("beskrivning", blank=True)
    place = models.CharField("plats", max_length=120, blank=True)
    capacity = models.PositiveSmallIntegerField("antal platser", null=True, blank=True)
    is_active = models.BooleanField("används", default=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            one_of("activity_template_kind_known", "kind", ActivityKind),
            one_of("activity_template_type_known", "type", ActivityType),
        ]

    def __str__(self):
        return self.name


class TemplateSession(models.Model):
    """One occasion of a template: which week (from 1), which weekday (Monday is 0), when and about what."""

    template = models.ForeignKey(
        ActivityTemplate, on_delete=models.CASCADE, related_name="sessions"
    )
    week = models.PositiveSmallIntegerField("vecka")
    weekday = models.PositiveSmallIntegerField("veckodag")
    starts_at = models.TimeField("börjar")
    ends_at = models.TimeField("slutar")
    planned_hours = models.DecimalField("planerade timmar", max_digits=4, decimal_places=2)
    theme = models.CharField("tema", max_length=120, blank=True)

    class Meta:
        ordering = ["week", "weekday", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="template_session_in_a_week", condition=Q(weekday__lte=6, week__gte=1)
            ),
            models.CheckConstraint(
                name="template_session_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
        ]

    def __str__(self):
        return f"{self.week}:{self.weekday}"
