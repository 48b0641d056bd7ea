"""A page that came back, row by row: who may be ticked as having signed, and why others may not."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q

from casework.models import (
    Attendance,
    AttendanceStatus,
    ScanPage,
    ScanPageState,
    Sheet,
    SheetKind,
    SheetRow,
)
from casework.sheets.certificates import mark_of
from casework.sums import hours
from participants.models import Participant


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the paper: the attendance as it stands now, and the hours as they were printed."""

    row: Attendance
    printed: Decimal
    by_hand: bool = False

    @property
    def person(self) -> Participant:
        """Who it is about."""
        return self.row.participant

    @property
    def hours_text(self) -> str:
        """The printed hours in words."""
        return hours(self.printed)

    @property
    def is_signed(self) -> bool:
        """Whether it is signed for already."""
        return self.row.attestation_id is not None

    @property
    def may_sign(self) -> bool:
        """Whether the paper's signature can count: the hours still are what they were, and unsigned."""
        return not self.is_signed and not self.hindrance

    @property
    def hindrance(self) -> str:
        """Why the signature can't count, and what to do; "" when it can. Pure."""
        if self.is_signed:
            return ""
        if self.row.status == AttendanceStatus.EXPECTED:
            return "Närvaron är inte tagen än: ta den först."
        if self.row.status == AttendanceStatus.ABSENT:
            return "Markerad som frånvarande efter utskriften."
        if self.row.hours != self.printed:
            now, then = hours(self.row.hours), hours(self.printed)
            return f"Ändrad från {then} till {now} h efter utskriften: skriv ut på nytt."
        return ""

    @property
    def mark(self) -> str:
        """When and how it was signed, with a capital; "" when it is not."""
        return mark_of(self.row.attestation).capitalize() if self.is_signed else ""


def lines_of(page: ScanPage, user) -> list[Line]:
    """Return the rows of a page in the paper's order, then those who may be written in by hand.

    Only people the user may see; a page whose printed rows hold somebody else is not visible at all.
    Six queries.
    """
    rows = _loaded(SheetRow.objects.filter(sheet=page.sheet, page=page.sheet_page), "attendance__")
    printed = [Line(each.attendance, each.hours) for each in rows.order_by("position", "pk")]
    return printed + _walk_ins(page.sheet, user)


def _walk_ins(sheet: Sheet, user) -> list[Line]:
    """Those who were at the session without standing on the paper: they may have signed an empty line."""
    if sheet.kind != SheetKind.SESSION:
        return []
    on_paper = SheetRow.objects.filter(sheet=sheet, attendance=OuterRef("pk"))
    rows = Attendance.objects.visible_to(user).unattested()
    rows = _loaded(rows.filter(~Exists(on_paper), session=sheet.session_id))
    return [Line(row, row.hours, by_hand=True) for row in rows.order_by("participant__sort_name")]


def _loaded(rows, prefix: str = ""):
    return rows.select_related(
        f"{prefix}session__activity", f"{prefix}attestation", f"{prefix}participant"
    ).prefetch_related(f"{prefix}participant__protections")


def waiting(user):
    """Return the pages that wait for somebody's eyes, the first one sent first; the pictures left out."""
    pages = ScanPage.objects.visible_to(user).defer("picture", "scan__content")
    pages = pages.filter(state__in=[ScanPageState.FOUND, ScanPageState.UNKNOWN])
    return (
        pages.select_related("scan__uploaded_by", "sheet__session__activity", "sheet__participant")
        .prefetch_related("sheet__participant__protections")
        .order_by("scan__uploaded_at", "scan", "number")
    )


def next_after(page: ScanPage, user) -> ScanPage | None:
    """Return the page to look at next: of the same file, else of one's own, else any. Two queries."""
    for pages in (
        waiting(user).filter(scan=page.scan_id, number__gt=page.number),
        waiting(user).filter(scan__uploaded_by=user),
        waiting(user),
    ):
        if found := pages.exclude(pk=page.pk).first():
            return found
    return None


def not_returned(user):
    """Return the latest print of each paper that still has something to sign and has not come back."""
    newer = Sheet.objects.filter(
        Q(session=OuterRef("session")) & Q(session__isnull=False)
        | Q(participant=OuterRef("participant"), month=OuterRef("month")),
        printed_at__gt=OuterRef("printed_at"),
    )
    back = ScanPage.objects.filter(
        sheet=OuterRef("pk"), state__in=[ScanPageState.FOUND, ScanPageState.REGISTERED]
    )
    to_sign = SheetRow.objects.filter(sheet=OuterRef("pk"), attendance__attestation=None).exclude(
        attendance__status=AttendanceStatus.ABSENT
    )
    sheets = Sheet.objects.visible_to(user).filter(~Exists(newer), ~Exists(back), Exists(to_sign))
    return (
        sheets.select_related("session__activity", "participant", "printed_by")
        .prefetch_related("participant__protections")
        .order_by("printed_at", "pk")
    )


def shown_people(sheets) -> list[int]:
    """Return the people whom a list of papers names: those of certificates."""
    return [sheet.participant_id for sheet in sheets if sheet and sheet.participant_id]
