from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.roles import Authority
from casework.models.notes import Audience
from core.constraints import not_before, one_of
from participants.enums import Category
from participants.models import Enrolment, Participant


class InterventionKind(models.TextChoices):
    """What kind of measure it is: of the programme's own functions, or of others."""

    SIUS = "sius", "SIUS-stöd"
    COUNSELLING = "counselling", "Studie- och yrkesvägledning"
    EMPLOYER_TALKS = "employer_talks", "Samtal med arbetsgivarkoordinator"
    COURSE = "course", "Kurs eller utbildning"
    HEALTH_CARE = "health_care", "Vård"
    ADDICTION_CARE = "addiction_care", "Beroendevård"
    ECONOMY = "economy", "Budget- och skuldrådgivning"
    HOUSING = "housing", "Boendestöd"
    OTHER = "other", "Annan insats"

    @property
    def is_internal(self) -> bool:
        """Whether the programme's own staff give it."""
        return self in INTERNAL

    @property
    def is_sensitive(self) -> bool:
        """Whether it tells of health, so that it is first offered to the own authority alone."""
        return self in {InterventionKind.HEALTH_CARE, InterventionKind.ADDICTION_CARE}


INTERNAL = frozenset(
    {InterventionKind.SIUS, InterventionKind.COUNSELLING, InterventionKind.EMPLOYER_TALKS}
)


class InterventionOutcome(models.TextChoices):
    """How a measure ended."""

    HELPED = "helped", "Hjälpte"
    PARTLY = "partly", "Hjälpte delvis"
    NOT_HELPED = "not_helped", "Hjälpte inte"
    INTERRUPTED = "interrupted", "Avbröts"
    NEVER_STARTED = "never_started", "Blev inte av"


class InterventionQuerySet(models.QuerySet):
    """Interventions."""

    def visible_to(self, user):
        """Those of the people whose plan the user may see; one authority's own only to its staff."""
        own = Q(audience=Audience.TEAM) | Q(author_authority=user.authority)
        return self.filter(own, participant__in=Participant.objects.visible_to(user, Category.PLAN))

    def going_on(self, day):
        """Those that have begun and not ended on the day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day, outcome="")


class Intervention(models.Model):
    """A measure for a participant (insats), the programme's own or somebody else's."""

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="interventions"
    )
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="interventions"
    )
    kind = models.CharField("slag", max_length=20, choices=InterventionKind.choices)
    title = models.CharField("vad", max_length=120, blank=True)
    organisation = models.CharField("hos vem", max_length=120, blank=True)
    contact = models.CharField("kontaktperson där", max_length=120, blank=True)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vem hos oss",
    )
    starts_on = models.DateField("från")
    ends_on = models.DateField("till", null=True, blank=True)
    outcome = models.CharField(
        "hur det gick", max_length=20, choices=InterventionOutcome.choices, blank=True
    )
    outcome_note = models.CharField("med ord", max_length=300, blank=True)
    audience = models.CharField(
        "vem får läsa",
        max_length=20,
        choices=[(each.value, each.label) for each in (Audience.TEAM, Audience.AUTHORITY)],
        default=Audience.TEAM,
    )
    author_authority = models.CharField(max_length=10, choices=Authority.choices)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = InterventionQuerySet.as_manager()

    class Meta:
        verbose_name = "insats"
        verbose_name_plural = "insatser"
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["participant", "starts_on"], name="intervention_by_person")]
        constraints = [
            one_of("intervention_kind_known", "kind", InterventionKind),
            not_before("intervention_ends_after_start", "ends_on", "starts_on"),
            models.CheckConstraint(
                name="intervention_audience_known", condition=Q(audience__in=["team", "authority"])
            ),
            models.CheckConstraint(
                name="intervention_outcome_has_end",
                condition=Q(outcome="") | Q(ends_on__isnull=False),
                violation_error_message="Ange vilken dag insatsen slutade.",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def name(self) -> str:
        """What it is, in a few words: Kurs eller utbildning: Truckkort."""
        kind = self.get_kind_display()
        return f"{kind}: {self.title}" if self.title else kind
