from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from casework.models.todo import FUNCTIONS, Task
from core.constraints import one_of, set_together
from participants.enums import Category
from participants.models import Participant


class ReviewStatus(models.TextChoices):
    """Where a weekly review stands."""

    PLANNED = "planned", "Planerad"
    RUNNING = "running", "Pågår"
    CLOSED = "closed", "Avslutad"


class Review(models.Model):
    """One weekly case review (ärendedragning): a day, an agenda, those who were there.

    `current` is what the wall shows; `revision` is one higher at each change, so that those who follow
    on their own screens know that there is something new.
    """

    held_on = models.DateField("dag", unique=True)
    starts_at = models.TimeField("börjar", null=True, blank=True)
    place = models.CharField("var", max_length=120, blank=True)
    status = models.CharField(
        "läge", max_length=10, choices=ReviewStatus.choices, default=ReviewStatus.PLANNED
    )
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    current = models.ForeignKey(
        "casework.ReviewItem", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "ärendedragning"
        verbose_name_plural = "ärendedragningar"
        ordering = ["-held_on"]
        constraints = [
            one_of("review_status_known", "status", ReviewStatus),
            models.UniqueConstraint(
                name="review_one_running", fields=["status"], condition=Q(status="running")
            ),
            set_together("review_closing_complete", "closed_at", "closed_by"),
            models.CheckConstraint(
                name="review_status_has_when",
                condition=Q(status="planned", started_at=None, closed_at=None)
                | Q(status="running", started_at__isnull=False, closed_at=None)
                | Q(status="closed", closed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.held_on}"

    def get_absolute_url(self):
        return reverse("review:agenda", args=[self.pk])


class ReviewAttendee(models.Model):
    """Somebody of the staff is expected at a review, and was or was not there."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="attendees")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    present = models.BooleanField("är här", default=False)

    class Meta:
        ordering = ["user__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(name="review_attendee_once", fields=["review", "user"])
        ]

    def __str__(self):
        return f"{self.pk}"


class ItemState(models.TextChoices):
    """What became of a participant on an agenda."""

    WAITING = "waiting", "Väntar"
    DISCUSSED = "discussed", "Genomgången"
    POSTPONED = "postponed", "Uppskjuten"
    NOT_REACHED = "not_reached", "Hanns inte med"


class ReviewItemQuerySet(models.QuerySet):
    """Participants on agendas."""

    def visible_to(self, user):
        """Those the user may see, staff of another authority by the plan's consent."""
        return self.filter(participant__in=Participant.objects.visible_to(user, Category.PLAN))


class ReviewItem(models.Model):
    """A participant on the agenda of a review.

    `reasons` are the signals as they stood when the agenda was last made: [{"text", "weight", "tone",
    "icon", "since"}]; `room_reasons` those of them that may be told when staff of
    Arbetsförmedlingen are in the room. Whether the participant may be talked of with them is never
    stored: consent decides at each look.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="items")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="review_items"
    )
    position = models.PositiveSmallIntegerField(default=0)
    # Put where it stands by a person: making the agenda again leaves it there.
    moved = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)
    room_reasons = models.JSONField(default=list)
    state = models.CharField(
        "läge", max_length=20, choices=ItemState.choices, default=ItemState.WAITING
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_reason = models.CharField("varför", max_length=200, blank=True)
    postponed_reason = models.CharField("varför den skjuts upp", max_length=200, blank=True)
    note = models.TextField("kort om läget", blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    discussed_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["participant", "discussed_at"], name="review_item_by_person")
        ]
        constraints = [
            one_of("review_item_state_known", "state", ItemState),
            models.UniqueConstraint(name="review_item_once", fields=["review", "participant"]),
            models.CheckConstraint(
                name="review_item_discussed_has_when",
                condition=Q(state="discussed", discussed_at__isnull=False)
                | (~Q(state="discussed") & Q(discussed_at=None)),
            ),
            models.CheckConstraint(
                name="review_item_postponed_has_reason",
                condition=~Q(state="postponed") | ~Q(postponed_reason=""),
                violation_error_message="Skriv varför den skjuts upp.",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"


class Helped(models.TextChoices):
    """Whether what was decided helped."""

    YES = "yes", "Ja"
    PARTLY = "partly", "Delvis"
    NO = "no", "Nej"
    TOO_SOON = "too_soon", "För tidigt att säga"


class ReviewDecision(models.Model):
    """What was decided about a participant: in one line, with a person and a date. Its task is the work."""

    item = models.ForeignKey(ReviewItem, on_delete=models.PROTECT, related_name="decisions")
    text = models.CharField("beslut", max_length=300)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_role = models.CharField("funktion", max_length=30, choices=Role.choices, blank=True)
    due_on = models.DateField("senast")
    task = models.OneToOneField(
        Task, on_delete=models.PROTECT, null=True, related_name="review_decision"
    )
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # Written wrong and taken back in the meeting; its task is then struck.
    taken_back_at = models.DateTimeField(null=True, blank=True)
    helped = models.CharField("hjälpte det", max_length=10, choices=Helped.choices, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="review_decision_has_somebody",
                condition=Q(user__isnull=False) | Q(to_role__in=FUNCTIONS),
                violation_error_message="Skriv vem som gör det.",
            ),
            set_together("review_decision_judging_complete", "judged_at", "judged_by"),
            models.CheckConstraint(
                name="review_decision_judged_has_answer",
                condition=Q(judged_at=None, helped="")
                | (Q(judged_at__isnull=False) & ~Q(helped="")),
            ),
        ]

    def __str__(self):
        return f"{self.pk}"


class ReviewRequest(models.Model):
    """A colleague asks that a participant is taken up, and why. Open until it was."""

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="review_requests"
    )
    reason = models.CharField("varför", max_length=200)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # What answered it: the participant was discussed, or the wish was taken back.
    item = models.ForeignKey(
        ReviewItem, on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="review_request_one_open_of_each",
                fields=["participant", "asked_by"],
                condition=Q(item=None, withdrawn_at=None),
                violation_error_message="Du har redan bett om att deltagaren tas upp.",
            )
        ]

    def __str__(self):
        return f"{self.pk}"
