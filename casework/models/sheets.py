import uuid
from secrets import choice

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from casework.models.activities import Session
from casework.models.attendance import Attendance
from core.constraints import one_of
from core.models import Job
from core.periods import Month
from participants.enums import Category
from participants.models import Participant
from participants.models.participant import CODE_LETTERS


def new_sheet_code() -> str:
    """Return a random code for a printed sheet; it is read aloud and written by hand if the QR fails."""
    return "N-" + "".join(choice(CODE_LETTERS) for _ in range(8))


class SheetKind(models.TextChoices):
    """What a printed sheet is for."""

    SESSION = "session", "Närvarolista för ett tillfälle"
    MONTH = "month", "Intyg av närvarotid"


class SheetQuerySet(models.QuerySet):
    """Printed sheets."""

    def visible_to(self, user):
        """Those on which the user may see everybody."""
        people = Participant.objects.visible_to(user, Category.ATTENDANCE)
        hidden = SheetRow.objects.filter(sheet=OuterRef("pk")).exclude(
            attendance__participant__in=people
        )
        return self.filter(~Exists(hidden))


class Sheet(models.Model):
    """A paper to sign by hand: of one session, or of one person's month (intyg av närvarotid)."""

    code = models.CharField("kod", max_length=10, unique=True, default=new_sheet_code)
    kind = models.CharField("slag", max_length=10, choices=SheetKind.choices)
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="sheets"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="sheets"
    )
    month = models.CharField("månad", max_length=7, blank=True)
    pages = models.PositiveSmallIntegerField("sidor", default=1)
    rows_sha256 = models.CharField(max_length=64)
    printed_at = models.DateTimeField("utskriven", default=timezone.now)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = "underlag"
        verbose_name_plural = "underlag"
        ordering = ["-printed_at", "-pk"]
        constraints = [
            one_of("sheet_kind_known", "kind", SheetKind),
            models.CheckConstraint(
                name="sheet_of_session_or_month",
                condition=Q(kind="session", session__isnull=False, participant=None, month="")
                | (Q(kind="month", session=None, participant__isnull=False) & ~Q(month="")),
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def about(self) -> str:
        """What it is about, in words: an activity and its day, or somebody's month.

        Names a person as lists do: who shows it logs them. No query when all of it is loaded.
        """
        if self.kind == SheetKind.SESSION:
            return f"{self.session.activity.name}, {self.session.held_on}"
        return f"{self.participant.list_name}, {Month.parse(self.month).label}"


class SheetRow(models.Model):
    """A row as it stood on the paper; hours that are changed later are not what was signed."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="rows")
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="sheet_rows")
    position = models.PositiveSmallIntegerField()
    page = models.PositiveSmallIntegerField(default=1)
    hours = models.DecimalField("timmar", max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(name="sheet_row_once", fields=["sheet", "attendance"])
        ]

    def __str__(self):
        return f"{self.position}"


class Scan(models.Model):
    """A file with signed papers, on its way to its rows. Its own name is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Wiped when its pages are pictures.
    content = models.BinaryField("fil", blank=True, default=b"")
    size = models.PositiveIntegerField("byte")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    read_at = models.DateTimeField("läst", null=True, blank=True)
    uploaded_at = models.DateTimeField("skickad", default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "inskanning"
        verbose_name_plural = "inskanningar"
        ordering = ["-uploaded_at", "pk"]

    def __str__(self):
        return f"{self.pk}"

    def get_absolute_url(self):
        return reverse("sheets:scan_detail", args=[self.pk])


class ScanPageState(models.TextChoices):
    """What has become of a page."""

    UNKNOWN = "unknown", "Koden gick inte att läsa"
    FOUND = "found", "Väntar på genomgång"
    REGISTERED = "registered", "Registrerad"
    ASIDE = "aside", "Lagd åt sidan"

    @property
    def tone(self) -> str:
        """How the state looks, for `{% status_tag %}`."""
        return {"unknown": "warn", "found": "accent", "registered": "good"}.get(self, "neutral")

    @property
    def icon(self) -> str:
        """The icon beside the word."""
        return {"unknown": "warning", "found": "half", "registered": "check-circle"}.get(
            self, "pause"
        )


class ScanPageQuerySet(models.QuerySet):
    """Pages that came back."""

    def visible_to(self, user):
        """Those whose sheet the user may see; one whose code is unknown, only the sender."""
        return self.filter(
            Q(sheet=None, scan__uploaded_by=user)
            | Q(sheet__in=Sheet.objects.visible_to(user).values("pk"))
        )


class ScanPage(models.Model):
    """One page of a scan: its picture, and the sheet its code leads to."""

    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField("sida")
    picture = models.BinaryField("bild")  # JPEG
    sheet = models.ForeignKey(
        Sheet, on_delete=models.PROTECT, null=True, blank=True, related_name="scan_pages"
    )
    sheet_page = models.PositiveSmallIntegerField("underlagets sida", null=True, blank=True)
    state = models.CharField("läge", max_length=10, choices=ScanPageState.choices)
    note = models.CharField("anteckning", max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ScanPageQuerySet.as_manager()

    class Meta:
        verbose_name = "inskannad sida"
        verbose_name_plural = "inskannade sidor"
        ordering = ["scan", "number"]
        constraints = [
            one_of("scan_page_state_known", "state", ScanPageState),
            models.UniqueConstraint(name="scan_page_once", fields=["scan", "number"]),
            models.CheckConstraint(
                name="scan_page_found_has_sheet",
                condition=Q(state__in=["unknown", "aside"]) | Q(sheet__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.number}"

    def get_absolute_url(self):
        return reverse("sheets:page_review", args=[self.pk])

    @property
    def look(self) -> ScanPageState:
        """The state with its colour and icon."""
        return ScanPageState(self.state)

    @property
    def can_register(self) -> bool:
        """Whether it is known whose paper it is, and nobody has settled it."""
        return self.state == ScanPageState.FOUND

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has to look at it."""
        return self.state in {ScanPageState.FOUND, ScanPageState.UNKNOWN}


class Bundle(models.Model):
    """A file of several certificates made at once, for the one who ordered it, for a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField("titel", max_length=120)
    content = models.BinaryField("fil", blank=True, default=b"")
    pages = models.PositiveIntegerField("sidor", default=0)
    # Keys of the people in the file: whoever fetches it is logged for each.
    people = models.JSONField(default=list)
    # The job that made it: a job run twice finds its file and makes no second one.
    job_id = models.UUIDField(unique=True, null=True, editable=False)
    made_at = models.DateTimeField("framtagen", default=timezone.now)
    # CASCADE: without its owner the file is nobody's.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    wiped_at = models.DateTimeField("borttagen", null=True, blank=True)

    class Meta:
        verbose_name = "bunt"
        verbose_name_plural = "buntar"
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="bundle_wiped_is_empty", condition=Q(wiped_at=None) | Q(content=b"")
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("sheets:bundle_detail", args=[self.pk])
