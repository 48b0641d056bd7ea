import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from core.constraints import one_of
from core.dated import Dated
from core.states import Stateful
from core.text import digits, fold
from participants.models import Enrolment, NumberRecord, Participant, Protection
from referrals.enums import OPEN, STEPS, DeclineReason, ReferralStatus, Source

# So long after a decision the file stays open to the team: the referrer is to have an answer.
ANSWER_DAYS = 14
# Fewer digits than a year and a month find half the register.
DIGITS_TO_SEARCH = 6
# So long a half-written referral is kept.
DRAFT_DAYS = 30


class ReferringBody(models.Model):
    """An organisation, or a kind of sender, that refers young people to BASUN."""

    name = models.CharField("namn", max_length=120, unique=True)
    source = models.CharField("räknas som", max_length=20, choices=Source.choices)
    address = models.TextField("postadress", blank=True)
    is_active = models.BooleanField("används", default=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [one_of("referring_body_source_known", "source", Source)]

    def __str__(self):
        return self.name


class Criterion(Dated):
    """A ground on which somebody belongs to the target group, as it held from a day on (domain.md 3)."""

    number = models.PositiveSmallIntegerField("nummer")
    text = models.CharField("villkor", max_length=300)
    max_age = models.PositiveSmallIntegerField("gäller till och med ålder", null=True, blank=True)
    needs_reason = models.BooleanField("kräver skriftlig motivering", default=False)

    class Meta:
        ordering = ["number", "-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(name="criterion_once_from", fields=["number", "valid_from"])
        ]

    def __str__(self):
        return f"{self.number}. {self.text}"


class ReferralQuerySet(models.QuerySet):
    """Referrals."""

    def visible_to(self, user):
        """Those about people whose file the user may open."""
        return self.filter(participant__in=Participant.objects.visible_to(user))

    def open(self):
        """Received or in assessment: the waiting list."""
        return self.filter(status__in=OPEN)

    def matching(self, words: str):
        """Those whose person's name holds every word, or whose number or reference begins with it.

        Protected persons are found by their code only.
        """
        protected = Protection.objects.filter(participant=OuterRef("participant"), ended_at=None)
        by_name = ~Exists(protected)
        for word in fold(words).split():
            by_name &= Q(participant__search_name__contains=word)
        found = by_name | Q(participant__code__iexact=words.strip())
        found |= Q(referrer_reference__istartswith=words.strip())
        if len(number := digits(words)) >= DIGITS_TO_SEARCH:
            records = NumberRecord.objects.filter(participant=OuterRef("participant"))
            same = Q(number__startswith=number) | Q(number__startswith=f"19{number}")
            same |= Q(number__startswith=f"20{number}")
            found |= ~Exists(protected) & Exists(records.filter(same))
        return self.filter(found)

    def unanswered(self, now):
        """Open, or decided so lately that the answer may still have to be sent."""
        lately = Q(decided_at__gt=now - timedelta(days=ANSWER_DAYS))
        return self.filter(Q(status__in=OPEN) | lately)

    def for_list(self):
        """Everything a list row shows, the longest wait first."""
        return (
            self.select_related("body", "handled_by", "participant")
            .prefetch_related("participant__protections", "participant__number_records")
            .order_by("referred_on", "pk")
        )

    def for_page(self):
        """Everything a referral's own pages show."""
        return self.select_related(
            "body", "handled_by", "participant", "decided_by", "received_by", "enrolment__track"
        ).prefetch_related(
            "criteria",
            "steps__by",
            "participant__protections",
            "participant__number_records",
            "participant__enrolments__track",
        )


class Referral(Stateful):
    """Somebody asks BASUN to take in a person; at most one is open for a person at a time."""

    STEPS = STEPS

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="referrals")
    body = models.ForeignKey(
        ReferringBody, on_delete=models.PROTECT, verbose_name="remitterande instans"
    )
    referred_on = models.DateField("remissdatum")
    referrer_name = models.CharField(
        "handläggare hos den som remitterar", max_length=120, blank=True
    )
    referrer_contact = models.CharField("telefon eller e-post", max_length=200, blank=True)
    referrer_reference = models.CharField("deras beteckning", max_length=100, blank=True)
    reason = models.TextField("varför remitteras personen", blank=True)
    criteria = models.ManyToManyField(
        Criterion, blank=True, verbose_name="villkor som är uppfyllda"
    )
    criteria_reason = models.TextField("motivering till målgruppen", blank=True)

    status = models.CharField(
        "läge", max_length=20, choices=ReferralStatus.choices, default=ReferralStatus.RECEIVED
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="har remissen",
    )
    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="referral"
    )
    decline_reason = models.CharField(
        "orsak", max_length=30, choices=DeclineReason.choices, blank=True
    )
    sent_instead_to = models.CharField("hänvisad till", max_length=200, blank=True)
    decision_note = models.TextField("motivering", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    received_at = models.DateTimeField(default=timezone.now, editable=False)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = "remiss"
        verbose_name_plural = "remisser"
        ordering = ["-referred_on", "-pk"]
        indexes = [models.Index(fields=["status", "referred_on"], name="referral_waiting")]
        constraints = [
            one_of("referral_status_known", "status", ReferralStatus),
            models.UniqueConstraint(
                name="referral_one_open_each",
                fields=["participant"],
                condition=Q(status__in=OPEN),
                violation_error_message="Det finns redan en öppen remiss för personen.",
            ),
            models.CheckConstraint(
                name="referral_declined_has_reason",
                condition=Q(status=ReferralStatus.DECLINED, decline_reason__in=DeclineReason.values)
                | (~Q(status=ReferralStatus.DECLINED) & Q(decline_reason="")),
            ),
            models.CheckConstraint(
                name="referral_enrolled_when_accepted",
                condition=Q(enrolment=None) | Q(status=ReferralStatus.ACCEPTED),
            ),
            models.CheckConstraint(
                name="referral_decided_when_closed",
                condition=(Q(status__in=OPEN) & Q(decided_at=None))
                | (~Q(status__in=OPEN) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="referral_sent_instead_when_declined",
                condition=Q(sent_instead_to="") | Q(status=ReferralStatus.DECLINED),
            ),
        ]

    def __str__(self):
        return f"remiss {self.pk}"

    def get_absolute_url(self):
        return reverse("referrals:detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer it."""
        return self.status in OPEN

    @property
    def source(self) -> Source:
        """Where it comes from, as the figures count; costs a query unless the body is loaded."""
        return Source(self.body.source)

    @property
    def look(self) -> ReferralStatus:
        """The state with its colour and icon."""
        return ReferralStatus(self.status)

    def days_waited(self, day) -> int:
        """Days from the referral to the decision, or to the day while it is open."""
        end = timezone.localdate(self.decided_at) if self.decided_at else day
        return max((end - self.referred_on).days, 0)


class ReferralStep(models.Model):
    """One step in a referral's course."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="steps")
    status = models.CharField(max_length=20, choices=ReferralStatus.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return self.get_status_display()


class ReferralDraftQuerySet(models.QuerySet):
    """Drafts."""

    def unfinished_of(self, user):
        """What the user has begun and not saved, the latest first."""
        return self.filter(user=user, referral=None).order_by("-changed_at", "pk")

    def stale(self, now):
        """Left alone for so long that the words in them are to go."""
        return self.filter(changed_at__lt=now - timedelta(days=DRAFT_DAYS))


class ReferralDraft(models.Model):
    """A referral being written: what was typed in each step, just as it was typed.

    It becomes a referral once; then the words are wiped and only the link stays, so that a second
    click finds what the first one made.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # CASCADE: the draft is nothing without its writer and its person.
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    typed = models.JSONField(default=dict, blank=True)
    referral = models.OneToOneField(
        Referral, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ReferralDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="referral_draft_forgets_when_saved",
                condition=Q(referral=None) | Q(participant=None),
            )
        ]

    def __str__(self):
        return f"{self.pk}"

    def words(self, step: str) -> dict:
        """Return what was typed in a step, by field name; empty when it was not reached."""
        return self.typed.get(step, {})
