"""Papers that come back: taken in, read, settled page by page. Each step once, whoever clicks twice."""

import hashlib
from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from casework import attest
from casework.models import (
    Attendance,
    AttestationMethod,
    Scan,
    ScanPage,
    ScanPageState,
    Sheet,
    SheetRow,
)
from casework.sheets import codes, review
from core import jobs
from core.errors import Refused
from core.swedish import iso_moment

JOB = "casework.read_scan"

NOBODY_SIGNED = (
    "Kryssa för dem som har skrivit under. Har ingen skrivit under: lägg sidan åt sidan."
)
NO_SUCH_CODE = (
    "Det finns inget papper med den koden. Läs av den igen: N-, sedan åtta tecken. Noll, ett, O, I och L"
    " används aldrig."
)
NO_SUCH_PAGE = "Det pappret har ingen sida {page}. Kontrollera sidnumret under koden."
NOT_WAITING = "Sidan väntar inte längre: {state}. Inget har ändrats."


@transaction.atomic
def receive(*, contents: list[bytes], by) -> list[Scan]:
    """Keep the files that were sent in and order their reading."""
    return [_receive(content, by) for content in contents]


def _receive(content: bytes, by) -> Scan:
    scan = Scan.objects.create(
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
    )
    key = f"{JOB} {scan.pk}"
    scan.job = jobs.enqueue(JOB, by=by, params={"scan": str(scan.pk)}, key=key)
    scan.save(update_fields=["job"])
    return scan


def note_pages(scan: Scan, pages: list[tuple[bytes, str, int]]) -> None:
    """Store a scan's pages (picture, code or "", page), each on its sheet, and wipe the file.

    The caller holds the transaction.
    """
    sheets = {
        each.code: each for each in Sheet.objects.filter(code__in={page[1] for page in pages})
    }
    ScanPage.objects.bulk_create(
        _page(scan, number, picture, sheets.get(code), page)
        for number, (picture, code, page) in enumerate(pages, start=1)
    )
    Scan.objects.filter(pk=scan.pk).update(content=b"", read_at=timezone.now())


def _page(scan, number, picture, sheet, page) -> ScanPage:
    known = sheet is not None and page <= sheet.pages
    return ScanPage(
        scan=scan,
        number=number,
        picture=picture,
        sheet=sheet if known else None,
        sheet_page=page if known else None,
        state=ScanPageState.FOUND if known else ScanPageState.UNKNOWN,
    )


@transaction.atomic
def enter_code(*, page: ScanPage, code: str, number: int, by) -> ScanPage:
    """Say which paper a page is, when the code could not be read. Raises Refused."""
    page = _locked(page, by, {ScanPageState.UNKNOWN, ScanPageState.ASIDE})
    sheet = Sheet.objects.visible_to(by).filter(code=codes.typed(code)).first()
    if sheet is None:
        raise Refused(NO_SUCH_CODE)
    if number > sheet.pages:
        raise Refused(NO_SUCH_PAGE.format(page=number))
    page.sheet, page.sheet_page, page.state = sheet, number, ScanPageState.FOUND
    page.save(update_fields=["sheet", "sheet_page", "state"])
    return page


@transaction.atomic
def put_aside(*, page: ScanPage, note: str, by) -> ScanPage:
    """Lay a page aside, with a note: nothing on it is to be registered. Raises Refused."""
    page = _locked(page, by, {ScanPageState.UNKNOWN, ScanPageState.FOUND})
    return _settle(page, ScanPageState.ASIDE, by, note)


@transaction.atomic
def take_back(*, page: ScanPage, by) -> ScanPage:
    """Take up a page again that was laid aside. Raises Refused."""
    page = _locked(page, by, {ScanPageState.ASIDE})
    page.state = ScanPageState.FOUND if page.sheet_id else ScanPageState.UNKNOWN
    page.note, page.settled_at, page.settled_by = "", None, None
    page.save(update_fields=["state", "note", "settled_at", "settled_by"])
    return page


@transaction.atomic
def register(*, page: ScanPage, row_ids, by) -> ScanPage:
    """Attest, for each participant who has signed on the page, the rows that were ticked.

    All of it or nothing. Raises Refused when somebody else was first, when nobody has signed, or when
    hours have changed since the paper was printed.
    """
    page = _locked(page, by, {ScanPageState.FOUND})
    rows = _ticked(page, row_ids, by)
    by_person = defaultdict(list)
    for row in rows:
        by_person[row.participant].append(row)
    for person, theirs in by_person.items():
        offer = attest.offer_for(theirs)
        attest.attest(
            participant=person,
            row_ids=offer.row_ids,
            shown_sha256=offer.sha256,
            method=AttestationMethod.PAPER,
            by=by,
            scan_page=page,
            source=f"papper {page.sheet.code}",
        )
    return _settle(page, ScanPageState.REGISTERED, by)


def _ticked(page, row_ids, by) -> list[Attendance]:
    """Lock the rows, and return them when every one may be signed for as it stands on the paper."""
    wanted = set(row_ids)
    if not wanted:
        raise Refused(NOBODY_SIGNED)
    list(Attendance.objects.filter(pk__in=wanted).select_for_update(of=("self",)))
    lines = [line for line in review.lines_of(page, by) if line.row.pk in wanted]
    if len(lines) != len(wanted) or not all(line.may_sign for line in lines):
        raise Refused(attest.CHANGED)
    # Somebody written in by hand is on the paper too: who may see it must be one who may see them.
    last = max((each.position for each in page.sheet.rows.all()), default=0)
    SheetRow.objects.bulk_create(
        SheetRow(
            sheet=page.sheet,
            attendance=line.row,
            position=last + count,
            page=page.sheet_page,
            hours=line.row.hours,
        )
        for count, line in enumerate((each for each in lines if each.by_hand), start=1)
    )
    return [line.row for line in lines]


def _locked(page: ScanPage, by, states) -> ScanPage:
    visible = ScanPage.objects.visible_to(by).defer("picture").select_related("sheet")
    page = visible.select_for_update(of=("self",)).get(pk=page.pk)
    if page.state not in states:
        raise Refused(NOT_WAITING.format(state=_standing(page)))
    return page


def _standing(page: ScanPage) -> str:
    words = page.get_state_display().lower()
    if page.settled_by is None:
        return words
    return f"{words} {iso_moment(page.settled_at)} av {page.settled_by.name}"


def _settle(page: ScanPage, state, by, note: str = "") -> ScanPage:
    page.state, page.note = state, note
    page.settled_at, page.settled_by = timezone.now(), by
    page.save(update_fields=["state", "note", "settled_at", "settled_by"])
    return page


def wipe_left_behind(kept) -> int:
    """Wipe files that could not be read within a time; returns how many."""
    left = Scan.objects.filter(read_at=None, uploaded_at__lt=timezone.now() - kept).exclude(
        content=b""
    )
    return left.update(content=b"")
