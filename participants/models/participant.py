from datetime import date, timedelta
from secrets import choice

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Authority, Scope
from core import registry
from core.constraints import not_before, one_of
from core.identity_numbers import format_number
from core.text import digits, fold, sort_key
from participants.enums import Area, Category, Flag, Gender
from participants.models.consent import Consent
from participants.models.enrolment import Assignment, Enrolment
from participants.models.protection import Protection, ProtectionReader
from participants.models.reading import ReadAccess

# No 0, O, 1, I, L: a code is read aloud over the phone.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
# A person just registered, without a referral or an enrolment yet, stays an open file this long.
NEW_FILE_DAYS = 90


def new_code() -> str:
    """Return a random code that stands for a person where the name may not be shown."""
    return "B-" + "".join(choice(CODE_LETTERS) for _ in range(6))


class ParticipantQuerySet(models.QuerySet):
    """People. `visible_to` is the only door: lists, search, exports, imports, reports and jobs."""

    def visible_to(self, user, category: Category | None = None, *, day: date | None = None):
        """Those whose file the user may open now, decided in one query:

        - nobody, unless a role of the user sees participants
        - by scope: those assigned, now or for a time after; and every open file of the team; and closed files
        - staff of another authority: only under a valid consent, and with a `category` only those
          whose consent covers it
        - protected persons: only for those on the person's own list
        """
        day = day or timezone.localdate()
        if user.scope == Scope.NONE:
            return self.none()
        people = self.filter(_not_protected_from(user, day)).filter(_in_scope(user, day))
        if user.needs_consent:
            people = people.filter(_with_consent(user.authority, category, day))
        return people

    def open_files(self, day: date):
        """Those with a current enrolment, or another open matter."""
        return self.filter(_open_file(day))

    def for_list(self):
        """Everything a list row shows, in Swedish order of name; one query and three prefetches."""
        return self.prefetch_related(
            "number_records", "enrolments__assignments__user", "protections"
        ).order_by("sort_name", "pk")


def _not_protected_from(user, day):
    protected = Protection.objects.filter(participant=OuterRef("pk"), ended_at=None)
    on_list = ProtectionReader.objects.current_for(user, day).filter(
        protection__participant=OuterRef("pk")
    )
    return ~Exists(protected) | Exists(on_list)


def _in_scope(user, day):
    assigned = Exists(
        Assignment.objects.opening_on(day).filter(user=user, enrolment__participant=OuterRef("pk"))
    )
    lent = ReadAccess.objects.current_for(user, day).filter(participant=OuterRef("pk"))
    assigned |= Exists(lent)
    if user.scope == Scope.ASSIGNED:
        return assigned
    return Q() if user.scope == Scope.ALL else assigned | _open_file(day)


def _open_file(day):
    enrolments = Enrolment.objects.filter(participant=OuterRef("pk"))
    new = Q(created_at__gte=timezone.now() - timedelta(days=NEW_FILE_DAYS))
    condition = Exists(enrolments.not_ended_on(day)) | (~Exists(enrolments) & new)
    for rule in registry.open_case_rules:
        condition |= rule.condition()
    return condition


def _with_consent(authority, category, day):
    consents = Consent.objects.valid_on(day).filter(participant=OuterRef("pk"), authority=authority)
    return Exists(consents.filter(category=category) if category else consents)


class Participant(models.Model):
    """A young person known to BASUN, once, whatever number of times they come back."""

    code = models.CharField("kod", max_length=10, unique=True, default=new_code, editable=False)
    first_name = models.CharField("förnamn", max_length=100)
    last_name = models.CharField("efternamn", max_length=100)
    search_name = models.CharField(max_length=420, editable=False)
    sort_name = models.CharField(max_length=420, editable=False)

    birth_date = models.DateField("födelsedatum")
    legal_gender = models.CharField("juridiskt kön", max_length=1, choices=Gender.choices)
    gender_from_register = models.BooleanField(
        "könet kommer från registret, inte från numret", default=False
    )
    number_missing_reason = models.CharField(
        "varför personnummer saknas", max_length=200, blank=True
    )

    phone = models.CharField("telefon", max_length=40, blank=True)
    phone_digits = models.CharField(max_length=40, blank=True, editable=False)
    email = models.EmailField("e-post", blank=True)
    street = models.CharField("gatuadress", max_length=200, blank=True)
    postcode = models.CharField("postnummer", max_length=10, blank=True)
    city = models.CharField("ort", max_length=100, blank=True)

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = "deltagare"
        verbose_name_plural = "deltagare"
        indexes = [
            models.Index(fields=["sort_name", "id"], name="participant_sorted"),
            models.Index(fields=["search_name"], name="participant_searched"),
            models.Index(fields=["phone_digits"], name="participant_phone"),
        ]
        constraints = [one_of("participant_gender_known", "legal_gender", Gender)]

    def __str__(self):
        return self.code

    def save(self, *args, **kwargs):
        """Keep the derived search columns right, also when only some fields are saved."""
        self.set_derived()
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "search_name", "sort_name", "phone_digits"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("participants:detail", args=[self.pk])

    def set_derived(self) -> None:
        """Work out the search columns; who saves many people at once calls it before."""
        self.search_name = fold(f"{self.first_name} {self.last_name}")
        self.sort_name = sort_key(f"{self.last_name} {self.first_name}")
        self.phone_digits = digits(self.phone)

    @property
    def full_name(self) -> str:
        """First and last name. Lists show `list_name` instead."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_protected(self) -> bool:
        """Whether the identity is protected now; costs a query unless prefetched."""
        return any(protection.ended_at is None for protection in self.protections.all())

    @property
    def list_name(self) -> str:
        """The name as lists show it: a code when protected, also for those on the person's list."""
        return self.code if self.is_protected else self.full_name

    @property
    def number(self) -> str:
        """The current number, twelve digits, or ""; costs a query unless prefetched."""
        return next((each.number for each in self.number_records.all() if each.is_current), "")

    @property
    def formatted_number(self) -> str:
        """The current number as people read it, or ""."""
        return format_number(self.number) if self.number else ""

    def age_on(self, day: date) -> int:
        """Age in whole years on a day."""
        birthday_passed = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (not birthday_passed)

    @property
    def current_enrolment(self):
        """The enrolment that has not ended, or None; costs a query unless prefetched."""
        return next((each for each in self.enrolments.all() if each.ended_on is None), None)

    def area_on(self, day: date) -> Area | None:
        """The part of the municipality on a day, or None; costs a query unless prefetched."""
        for period in self.area_periods.all():
            if period.starts_on <= day and (period.ends_on is None or day <= period.ends_on):
                return Area(period.area)
        return None

    def consent_covers(self, user, category: Category, day: date | None = None) -> bool:
        """Say whether the user may see this category: municipal staff always, others by consent.

        Costs a query for staff of another authority.
        """
        if user.authority == Authority.MUNICIPALITY:
            return True
        day = day or timezone.localdate()
        return (
            Consent.objects.valid_on(day)
            .filter(participant=self, authority=user.authority, category=category)
            .exists()
        )


class NumberRecord(models.Model):
    """A personnummer or samordningsnummer that is, or was, this person's.

    A number belongs to one person for ever, so a second person with it is impossible.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="number_records"
    )
    number = models.CharField("nummer", max_length=12, unique=True)
    is_coordination = models.BooleanField("samordningsnummer", default=False)
    is_current = models.BooleanField("gäller nu", default=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-is_current", "-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="number_one_current_each",
                fields=["participant"],
                condition=Q(is_current=True),
                violation_error_message="Personen har redan ett gällande nummer.",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"


class AreaPeriod(models.Model):
    """Where in the municipality the person lives, from a day on. Periods never overlap (guards.py)."""

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="area_periods"
    )
    area = models.CharField("kommundel", max_length=20, choices=Area.choices)
    starts_on = models.DateField("från och med")
    ends_on = models.DateField("till och med", null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            one_of("area_known", "area", Area),
            not_before("area_ends_after_start", "ends_on", "starts_on"),
        ]

    def __str__(self):
        return self.get_area_display()


class ParticipantFlag(models.Model):
    """Something the register notes about a person from a day on, with where it was known from.

    Sensitive: counted, never listed, filtered or sorted by (data protection act, chapter 3).
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="flags")
    flag = models.CharField("uppgift", max_length=20, choices=Flag.choices)
    noted_on = models.DateField("från och med")
    ended_on = models.DateField("till och med", null=True, blank=True)
    source = models.CharField("källa", max_length=100)

    class Meta:
        ordering = ["noted_on", "pk"]
        constraints = [
            one_of("flag_known", "flag", Flag),
            not_before("flag_ends_after_start", "ended_on", "noted_on"),
            models.UniqueConstraint(
                name="flag_one_open_of_each",
                fields=["participant", "flag"],
                condition=Q(ended_on=None),
            ),
        ]

    def __str__(self):
        return self.get_flag_display()


class ClosedFileOpening(models.Model):
    """A closed file was opened for an hour, with a written reason."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="openings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("anledning", max_length=300)
    opened_at = models.DateTimeField(default=timezone.now)
    open_until = models.DateTimeField()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [not_before("opening_ends_after_start", "open_until", "opened_at")]

    def __str__(self):
        return f"{self.pk}"
