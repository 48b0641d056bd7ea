"""A paper about to be printed: which rows stand on it, and the code it gets, or already has."""

import hashlib
import json
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Exists, OuterRef

from casework.models import ScanPage, ScanPageState, Sheet, SheetKind, SheetRow
from casework.models.sheets import new_sheet_code


@dataclass(slots=True)
class Draft:
    """A paper's rows: (key of the attendance, hours as printed, page), and a hash of what it says."""

    kind: SheetKind
    rows: list[tuple[int, Decimal, int]]
    pages: int
    sha256: str
    session_id: int | None = None
    participant_id: int | None = None
    month: str = ""
    code: str = field(default_factory=new_sheet_code)
    is_kept: bool = False

    @property
    def about(self) -> tuple:
        """What makes two papers the same: about the same, saying the same."""
        return self.session_id, self.participant_id, self.month, self.sha256


def hash_of(content) -> str:
    """Return the SHA-256 of what stands on a paper, given as JSON. Pure."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def reuse_codes(drafts: list[Draft]) -> None:
    """Give each paper that is unchanged since an earlier print the code it had then. One query.

    A paper that has come back and been registered is done with; the next one gets a new code.
    """
    registered = ScanPage.objects.filter(sheet=OuterRef("pk"), state=ScanPageState.REGISTERED)
    there = Sheet.objects.filter(
        ~Exists(registered), rows_sha256__in={draft.sha256 for draft in drafts}
    ).order_by("printed_at", "pk")
    codes = {
        (each.session_id, each.participant_id, each.month, each.rows_sha256): each.code
        for each in there
    }
    for draft in drafts:
        if draft.about in codes:
            draft.code, draft.is_kept = codes[draft.about], True


def keep(drafts: list[Draft], *, by) -> None:
    """Store the papers that have not been printed before, with their rows. Two queries.

    The caller holds the transaction.
    """
    new = [draft for draft in drafts if not draft.is_kept]
    sheets = Sheet.objects.bulk_create(
        Sheet(
            code=draft.code,
            kind=draft.kind,
            session_id=draft.session_id,
            participant_id=draft.participant_id,
            month=draft.month,
            pages=draft.pages,
            rows_sha256=draft.sha256,
            printed_by=by,
        )
        for draft in new
    )
    SheetRow.objects.bulk_create(
        SheetRow(sheet=sheet, attendance_id=row, position=position, page=page, hours=hours)
        for sheet, draft in zip(sheets, new, strict=True)
        for position, (row, hours, page) in enumerate(draft.rows, start=1)
    )
