"""Those who left while signatures were missing: the lead sees them until the hours are signed.

Nothing is stored but what was said at the exit: whether it still stands open is asked of the rows.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from casework.models import Attendance, AttendanceStatus, SessionStatus
from casework.sums import hours
from casework.ways import ways_to_sign
from core.periods import Month
from core.registry import Event
from core.swedish import counted
from participants import access_log
from participants.enums import Category
from participants.models import Enrolment

ON_HOME = 6
# So long the team can still open the file and take the signature; then the lead opens it.
STAYS_OPEN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Left:
    """An exit with what still lacks a signature or a mark."""

    enrolment: Enrolment
    unsigned: Decimal
    unmarked: int
    ways: tuple

    @property
    def participant(self):
        """Who left."""
        return self.enrolment.participant

    @property
    def missing(self) -> str:
        """What is missing now, in words."""
        parts = []
        if self.unsigned:
            parts.append(f"{hours(self.unsigned)} timmar utan underskrift")
        if self.unmarked:
            parts.append(counted(self.unmarked, "tillfälle", "tillfällen") + " utan avprickning")
        return ", ".join(parts)


def exits():
    """Return the exits where something was left open with a reason."""
    return Enrolment.objects.exclude(exit_left_open_reason="")


def still_open(user) -> list[Left]:
    """Return the exits the user may see where something is still missing, the latest first. Four queries."""
    enrolments = list(
        exits()
        .visible_to(user, Category.ATTENDANCE)
        .select_related("participant", "exited_by")
        .prefetch_related("participant__protections")
        .order_by("-ended_on", "-pk")
    )
    rows = _rows().filter(participant__in={each.participant_id for each in enrolments})
    rows = list(rows.values_list("participant", "held_on", "status", "hours"))
    found = (_left(each, rows, user) for each in enrolments)
    return [each for each in found if each.unsigned or each.unmarked]


def _rows():
    """Rows that lack a signature, or a mark."""
    unmarked = Q(status=AttendanceStatus.EXPECTED) & ~Q(session__status=SessionStatus.CANCELLED)
    unsigned = Q(status=AttendanceStatus.PRESENT, attestation=None)
    return Attendance.objects.filter(unmarked | unsigned)


def _left(enrolment, rows, user) -> Left:
    own = [
        (held_on, status, value)
        for person, held_on, status, value in rows
        if person == enrolment.participant_id
        and enrolment.starts_on <= held_on <= enrolment.ended_on
    ]
    unsigned = [value for _, status, value in own if status == AttendanceStatus.PRESENT]
    month = Month.of(max((on for on, _, _ in own), default=enrolment.ended_on))
    return Left(
        enrolment,
        sum(unsigned, Decimal(0)),
        len(own) - len(unsigned),
        ways_to_sign(enrolment.participant_id, user, [month]),
    )


def home_card(request) -> dict | None:
    """The latest of them; logs the people it shows. Nothing when all is signed."""
    found = still_open(request.user)
    if not found:
        return None
    shown = found[:ON_HOME]
    people = [each.participant for each in shown]
    access_log.shown(request, people, access_log.Action.LISTED, what="home:left_unsigned")
    return {"rows": shown, "total": len(found)}


def open_file() -> Q:
    """Who left unsigned not long ago is an open file: the team can still take the signature."""
    missing = _rows().filter(
        participant=OuterRef("participant"),
        held_on__range=(OuterRef("starts_on"), OuterRef("ended_on")),
    )
    recent = exits().filter(
        Exists(missing),
        participant=OuterRef("pk"),
        ended_on__gte=timezone.localdate() - STAYS_OPEN,
    )
    return Q(Exists(recent))


def events(participant, user) -> list[Event]:
    """Exits where something was left open, and why. Needs the attendance consent; one query."""
    if not participant.consent_covers(user, Category.ATTENDANCE):
        return []
    return [
        Event(
            each.ended_on,
            "Avslutad utan alla underskrifter",
            "\n".join([*each.exit_left_open, f"Skäl: {each.exit_left_open_reason}"]),
            "warning",
            "warn",
            by=each.exited_by.name if each.exited_by else "",
        )
        for each in exits().filter(participant=participant).select_related("exited_by")
    ]
