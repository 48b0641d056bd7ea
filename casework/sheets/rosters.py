"""A session's sheet: those on the roster, each with a line to sign on, and lines for walk-ins."""

from dataclasses import dataclass
from decimal import Decimal

from casework.models import Attendance, AttendanceStatus, Session, SheetKind
from casework.sheets import codes, drafts, layout
from casework.sheets.certificates import mark_of
from casework.sums import hours

# Of the lines that fit on a page of pdf_sheets.css, how many are for those on the roster.
ROOM, LINES = 15, 18
LETTERS = 30
WALK_INS = 6


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody on the roster: the hours planned, or those they were there."""

    number: int
    row: Attendance
    hours: Decimal

    @property
    def name(self) -> str:
        """The name, or the code of a protected person."""
        return self.row.participant.list_name

    @property
    def hours_text(self) -> str:
        """The hours in words; nothing while none are known."""
        return hours(self.hours) if self.hours else ""

    @property
    def mark(self) -> str:
        """When and how it is signed for already, or ""."""
        return mark_of(self.row.attestation) if self.row.attestation else ""

    @property
    def height(self) -> int:
        """How many lines of the page it may take: two rows of a name fit in one."""
        return -(-layout.rows_high(self.name, LETTERS) // 2)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the sheet."""

    number: int
    lines: list[Line]
    qr: str
    empty: range


@dataclass(frozen=True, slots=True)
class Roster:
    """A session and the lines of those whom the printing user may see."""

    session: Session
    leaders: str
    lines: list[Line]

    @property
    def pages(self) -> list[list[Line]]:
        """The lines page by page."""
        return layout.in_pages(self.lines, lambda line: line.height, room=ROOM)

    def draft(self) -> drafts.Draft:
        """Return the paper: its rows, and a hash of what it says. No query."""
        rows = [
            (line.row.pk, line.hours, number)
            for number, lines in enumerate(self.pages, start=1)
            for line in lines
        ]
        session = self.session
        says = [session.activity.name, session.held_on, session.time_words, session.where]
        says += [self.leaders, session.theme]
        says += [[line.name, line.hours, line.mark] for line in self.lines]
        return drafts.Draft(
            SheetKind.SESSION,
            rows,
            len(self.pages),
            drafts.hash_of(says),
            session_id=session.pk,
        )

    def paper(self, code: str) -> dict:
        """Return what the template shows."""
        pages = []
        for number, lines in enumerate(self.pages, start=1):
            used = sum(line.height for line in lines)
            left = min(LINES - used, WALK_INS) if number == len(self.pages) else 0
            pages.append(Page(number, lines, codes.picture(code, number), range(left)))
        return {"roster": self, "session": self.session, "code": code, "pages": pages}


def load(session: Session, user) -> Roster:
    """Return a session's sheet with those whom the user may see, absent ones left out. Six queries."""
    rows = (
        Attendance.objects.visible_to(user)
        .filter(session=session)
        .exclude(status=AttendanceStatus.ABSENT)
        .select_related("participant", "attestation")
        .prefetch_related("participant__protections")
        .order_by("participant__sort_name", "pk")
    )
    leaders = session.activity.leaders.select_related("user")
    return Roster(
        session,
        ", ".join(str(leader) for leader in leaders),
        [
            Line(number, row, printed_hours(row, session))
            for number, row in enumerate(rows, start=1)
        ],
    )


def printed_hours(row: Attendance, session: Session) -> Decimal:
    """Return the hours that stand on the paper: those they were there, else those planned. Pure."""
    if row.status == AttendanceStatus.PRESENT:
        return row.hours
    return Decimal(session.planned_hours or 0)
