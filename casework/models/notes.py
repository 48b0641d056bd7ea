import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Authority, Role
from core.constraints import one_of
from participants.enums import Category, Function
from participants.models import Assignment, Enrolment, Participant

# An unsigned note of this age is somebody's forgotten work, and reminds.
REMIND_AFTER = timedelta(hours=24)


class NoteChannel(models.TextChoices):
    """How the contact was."""

    MEETING = "meeting", "Möte hos oss"
    OUT = "out", "Möte ute"
    HOME = "home", "Hembesök"
    PHONE = "phone", "Telefon"
    VIDEO = "video", "Videosamtal"
    TEXT = "text", "Sms eller chatt"
    EMAIL = "email", "E-post"
    LETTER = "letter", "Brev"


class TalkKind(models.TextChoices):
    """What kind of talk it was (domain.md 3, individual focus)."""

    MOTIVATION = "motivation", "Motiverande samtal (MI)"
    GUIDANCE = "guidance", "Vägledning"
    PLANNING = "planning", "Planering och avstämning"
    AUTHORITIES = "authorities", "Hjälp med myndigheter och ersättning"
    NETWORK = "network", "Nätverksmöte"
    MATCHING = "matching", "Om arbete, praktik eller studier"
    ABSENCE = "absence", "Frånvaro"
    OTHER = "other", "Annat"


class WithWhom(models.TextChoices):
    """Who took part in a contact, beside the one who writes."""

    PARTICIPANT = "participant", "Deltagaren"
    FAMILY = "family", "Förälder eller anhörig"
    EMPLOYMENT_SERVICE = "employment_service", "Arbetsförmedlingen"
    SOCIAL_SERVICES = "social_services", "Socialtjänsten"
    CARE = "care", "Vården"
    SCHOOL = "school", "Skola"
    EMPLOYER = "employer", "Arbetsgivare"
    COLLEAGUE = "colleague", "Kollega"
    OTHER = "other", "Annan"


class Audience(models.TextChoices):
    """Who may read (security.md)."""

    TEAM = "team", "Teamet"
    AUTHORITY = "authority", "Bara den egna myndigheten"
    RESTRICTED = "restricted", "Spärrad: bara jag, huvudkontakten och projektledaren"


class NoteContent(models.Model):
    """What a note says: the same columns in the note as it stands and in each of its versions."""

    happened_at = models.DateTimeField("när")
    minutes = models.PositiveSmallIntegerField("hur länge, minuter", null=True, blank=True)
    channel = models.CharField("sätt", max_length=20, choices=NoteChannel.choices)
    kind = models.CharField("slags samtal", max_length=20, choices=TalkKind.choices)
    with_whom = models.JSONField("med vem", default=list)  # values of WithWhom
    with_text = models.CharField("vem, med ord", max_length=200, blank=True)
    text = models.TextField("text")
    agreed = models.TextField("vi kom överens om", blank=True)

    class Meta:
        abstract = True


class CaseNoteQuerySet(models.QuerySet):
    """Signed notes."""

    def readable_by(self, user):
        """Those whose text the user may read, of people whose file the user may open.

        The team's: everybody who sees the person, staff of another authority by the consent for
        notes. One authority's own: its staff. A restricted one: its author, the person's main
        contact now, and the project lead of the author's authority.
        """
        own = Q(author_authority=user.authority)
        team = Q(audience=Audience.TEAM)
        if user.needs_consent:
            # What one's own authority has written is not another authority's to consent to.
            team &= own | Q(participant__in=_people(user, Category.NOTES))
        contact = Assignment.objects.current_on(timezone.localdate()).filter(
            user=user,
            function=Function.MAIN_CONTACT,
            enrolment__participant=OuterRef("participant"),
        )
        restricted = Q(author=user) | Exists(contact)
        if Role.PROJECT_LEAD in user.roles:
            restricted |= own
        readable = team | (Q(audience=Audience.AUTHORITY) & own)
        readable |= Q(audience=Audience.RESTRICTED) & restricted
        return self.filter(readable, participant__in=_people(user))

    def known_to(self, user):
        """Those the user may know of: the readable ones, and that restricted ones exist."""
        restricted = Q(audience=Audience.RESTRICTED, participant__in=_people(user, Category.NOTES))
        return self.filter(Q(pk__in=self.readable_by(user).values("pk")) | restricted)


def _people(user, category=None):
    return Participant.objects.visible_to(user, category).values("pk")


class CaseNote(NoteContent):
    """A signed note of a contact, as its latest version says it. Every version stays readable.

    `search_text` is what is searched in, folded (core.text.fold); the text of a draft is in NoteDraft.
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="notes")
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="notes"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notes"
    )
    author_authority = models.CharField(max_length=10, choices=Authority.choices)
    audience = models.CharField(
        "vem får läsa", max_length=20, choices=Audience.choices, default=Audience.TEAM
    )
    restricted_reason = models.CharField("varför den är spärrad", max_length=200, blank=True)
    with_participant = models.BooleanField("deltagaren var med", default=False)
    number = models.PositiveSmallIntegerField("version", default=1)
    signed_at = models.DateTimeField("signerad", default=timezone.now)
    search_text = models.TextField(editable=False)

    objects = CaseNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "journalanteckning"
        verbose_name_plural = "journalanteckningar"
        ordering = ["-happened_at", "-pk"]
        indexes = [
            models.Index(fields=["participant", "happened_at"], name="note_by_person"),
            models.Index(fields=["author", "happened_at"], name="note_by_author"),
        ]
        constraints = [
            one_of("note_channel_known", "channel", NoteChannel),
            one_of("note_kind_known", "kind", TalkKind),
            one_of("note_audience_known", "audience", Audience),
            models.CheckConstraint(
                name="note_restricted_has_reason",
                condition=Q(audience="restricted") & ~Q(restricted_reason="")
                | ~Q(audience="restricted") & Q(restricted_reason=""),
                violation_error_message="Skriv varför anteckningen är spärrad.",
            ),
            models.CheckConstraint(name="note_has_text", condition=~Q(text="")),
        ]

    def __str__(self):
        return f"{self.happened_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self):
        return reverse("notes:detail", args=[self.pk])


class CaseNoteVersion(NoteContent):
    """A note as it was signed once; never changed (guards.py). Number 1 is the first."""

    note = models.ForeignKey(CaseNote, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("version")
    why = models.CharField("varför den rättades", max_length=200, blank=True)
    signed_at = models.DateTimeField("signerad", default=timezone.now)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="note_version_once", fields=["note", "number"]),
            models.CheckConstraint(
                name="note_correction_has_reason", condition=Q(number=1) | ~Q(why="")
            ),
        ]

    def __str__(self):
        return f"{self.number}"


class NoteDraftQuerySet(models.QuerySet):
    """Notes being written."""

    def unsigned_of(self, user):
        """What the user has begun and not signed, the latest first. Nobody else sees it."""
        return self.filter(user=user, note=None).order_by("-changed_at", "pk")

    def forgotten(self, now):
        """Unsigned and left alone so long that the writer is reminded."""
        return self.filter(note=None, changed_at__lt=now - REMIND_AFTER)


class NoteDraft(models.Model):
    """A note being written, or the correction of one: what was typed, just as it was typed.

    Kept a few seconds after the last key. Once signed the words are wiped and only the link to the
    note stays, so that a second click finds what the first one made.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey(
        CaseNote, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    typed = models.JSONField(default=dict, blank=True)
    # One higher at each keeping: a page that knows an older one is another tab.
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    note = models.ForeignKey(
        CaseNote, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = NoteDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "utkast"
        verbose_name_plural = "utkast"
        ordering = ["-changed_at", "pk"]
        indexes = [models.Index(fields=["user", "note"], name="note_draft_by_user")]
        constraints = [
            models.CheckConstraint(
                name="note_draft_forgets_when_signed", condition=Q(note=None) | Q(typed={})
            )
        ]

    def __str__(self):
        return f"{self.pk}"

    def get_absolute_url(self):
        return reverse("notes:write", args=[self.pk])


class NoteTemplate(models.Model):
    """Headings or a short checklist to start a note from; what it fills in is changed freely."""

    name = models.CharField("namn", max_length=80, unique=True)
    kind = models.CharField("slags samtal", max_length=20, choices=TalkKind.choices)
    text = models.TextField("text")
    is_checklist = models.BooleanField("checklista", default=False)
    position = models.PositiveSmallIntegerField("ordning", default=0)
    is_active = models.BooleanField("används", default=True)

    class Meta:
        ordering = ["position", "name", "pk"]
        constraints = [one_of("note_template_kind_known", "kind", TalkKind)]

    def __str__(self):
        return self.name


class QuickPhrase(models.Model):
    """A few words that are often written: everybody's when it has no owner."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    text = models.CharField("fras", max_length=200)

    class Meta:
        ordering = ["text", "pk"]
        constraints = [models.UniqueConstraint(name="phrase_once", fields=["user", "text"])]

    def __str__(self):
        return self.text
