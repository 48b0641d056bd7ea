"""Everything that changes a roster. Keyword-only, atomic, `by` a user, logged.

`mark` is the only way one row changes. People the user may not see do not exist here either: their
rows are neither marked nor waited for.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from casework import attest
from casework.models import Attendance, AttendanceStatus, Session, SessionStatus
from casework.rollcall import taps
from casework.rollcall.taps import Mark, mark_of
from core.errors import Refused
from core.swedish import counted, listed
from participants import access_log

LONGEST_REASON = 200
NOT_YET = "Tillfället har inte varit än. Bara frånvaro kan anmälas i förväg."
CANCELLED = "Tillfället är inställt. Ta bort inställningen först, om det blev av ändå."


class RowMoved(Refused):
    """Somebody else changed the row since it was read; nothing was done. `row` is as it stands."""

    def __init__(self, row):
        who = row.marked_by.name if row.marked_by else "Någon annan"
        super().__init__(f"{who} hann före: raden står nu som {mark_of(row).words}.")
        self.row = row


class ReasonNeeded(Refused):
    """The participant has signed for the row, so changing it breaks their signature."""

    def __init__(self, row):
        super().__init__(
            "Raden är underskriven. Om du ändrar den gäller underskriften inte längre, och"
            " deltagaren måste skriva under på nytt. Skriv varför."
        )
        self.row = row


class NotReady(Refused):
    """A session can't be closed yet. `rows` are those that have no mark, or no reason."""

    def __init__(self, unmarked, unexplained):
        self.rows = [*unmarked, *unexplained]
        sentences = [
            _naming(unmarked, "inte avprickad", "inte avprickade"),
            _naming(unexplained, "frånvarande utan orsak", "frånvarande utan orsak"),
        ]
        super().__init__(" ".join(filter(None, sentences)))


@transaction.atomic
def mark(
    *,
    row_id: int,
    version: int,
    status: AttendanceStatus,
    by,
    hours=None,
    absence_reason: str = "",
    arrived_at=None,
    left_at=None,
    reason: str = "",
) -> Attendance:
    """Make a row say that somebody was there, was not, or is still expected.

    Without `hours` they are worked out from the session and the times. Marking what already stands
    is no conflict. Raises RowMoved when `version` is old, ReasonNeeded when a signature would break
    and no `reason` is given, and Attendance.DoesNotExist for a row the user may not see.
    """
    row = _locked(by).get(pk=row_id)
    wanted = _wanted(row, AttendanceStatus(status), hours, absence_reason, arrived_at, left_at)
    if _stands(row, wanted):
        return row
    if row.version != version:
        raise RowMoved(row)
    _change(row, wanted, reason=reason.strip()[:LONGEST_REASON], by=by)
    access_log.changed(row.participant, by=by, what="mark_attendance")
    return row


@transaction.atomic
def mark_rest_present(*, session: Session, by) -> int:
    """Mark everybody who is still expected as there all the time; return how many."""
    rows = list(_locked(by).filter(session=session, status=AttendanceStatus.EXPECTED))
    for row in rows:
        _change(row, _wanted(row, AttendanceStatus.PRESENT), reason="", by=by)
    ids = [row.participant_id for row in rows]
    access_log.shown_to(by, ids, access_log.Action.CHANGED, what="mark_rest_present")
    return len(rows)


@transaction.atomic
def add_walk_in(*, session: Session, participant, by) -> Attendance:
    """Put somebody who came without being signed up on the roster, as there all the time.

    Who already stands there as expected is marked as come; who has another mark is left alone.
    """
    row = _locked(by).filter(session=session, participant=participant).first()
    if row is None:
        row = _new_row(session, participant)
    elif row.status != AttendanceStatus.EXPECTED:
        raise Refused(f"{participant.list_name} står redan på listan. Ändra på raden i stället.")
    _change(row, _wanted(row, AttendanceStatus.PRESENT), reason="", by=by)
    access_log.changed(participant, by=by, what="add_walk_in")
    return row


@transaction.atomic
def close(*, session: Session, by) -> Session:
    """Close a session, and sign beside those who have signed digitally on it.

    The user's own word on the hours (`casework.attest.COUNTER_TEXT`). Raises NotReady, naming them,
    while somebody the user sees has no mark or no reason; those the user can't see stay expected.
    """
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    session.must_move_to(SessionStatus.HELD)
    if session.held_on > timezone.localdate():
        raise Refused("Tillfället har inte varit än. Stäng det när det är slut.")
    rows = list(rows_of(session, by))
    unmarked = [row for row in rows if row.status == AttendanceStatus.EXPECTED]
    unexplained = [
        row for row in rows if row.status == AttendanceStatus.ABSENT and not row.absence_reason
    ]
    if unmarked or unexplained:
        raise NotReady(unmarked, unexplained)
    now = timezone.now()
    more = {"closed_at": now, "closed_by": by, "version": session.version + 1}
    session.move_to(SessionStatus.HELD, by=by, at=now, **more)
    attest.countersign(attestation_ids=[each.attestation_id for each in rows], by=by)
    return session


@transaction.atomic
def reopen(*, session: Session, reason: str, by) -> Session:
    """Open a closed session again, for a reason. Signatures stand until a row is changed."""
    reason = reason.strip()[:LONGEST_REASON]
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if not reason:
        raise Refused("Skriv varför tillfället öppnas igen.")
    if session.starts_at is None:
        raise Refused("Tillfället är inläst från fil och kan inte öppnas. Rätta raderna direkt.")
    more = {"closed_at": None, "closed_by": None, "version": session.version + 1}
    session.move_to(SessionStatus.PLANNED, by=by, at=timezone.now(), note=reason, **more)
    return session


def rows_of(session: Session, user):
    """Return the session's rows of the people the user may see, by name, with all a roster shows."""
    rows = Attendance.objects.visible_to(user).filter(session=session)
    rows = rows.select_related("session", "participant", "marked_by", "attestation")
    rows = rows.prefetch_related("participant__protections", "breaks__broken_by")
    return rows.order_by("participant__sort_name", "pk")


def _locked(by):
    rows = Attendance.objects.visible_to(by).select_for_update(of=("self",))
    return rows.select_related("session__activity", "participant", "marked_by").order_by("pk")


def _wanted(row, status, hours=None, absence_reason="", arrived_at=None, left_at=None) -> Mark:
    """Return the mark that is asked for; Refused where the session's day or state forbids it."""
    if row.session.status == SessionStatus.CANCELLED:
        raise Refused(CANCELLED)
    if status != AttendanceStatus.PRESENT:
        return Mark(status, absence_reason=absence_reason)
    if row.session.held_on > timezone.localdate():
        raise Refused(NOT_YET)
    return taps.present(row.session, hours=hours, arrived_at=arrived_at, left_at=left_at)


def _stands(row, wanted: Mark) -> bool:
    """Say whether the row already says so; who only says "absent" agrees with any reason."""
    if wanted == Mark(AttendanceStatus.ABSENT) and row.status == AttendanceStatus.ABSENT:
        return True
    return mark_of(row) == wanted


def _change(row, wanted: Mark, *, reason: str, by) -> None:
    now = mark_of(row)
    if (now.status, now.hours) != (wanted.status, wanted.hours) and row.attestation_id:
        if not reason:
            raise ReasonNeeded(row)
        attest.take_away(row, before=now.words, after=wanted.words, reason=reason, by=by)
    for field in ("status", "hours", "absence_reason", "arrived_at", "left_at"):
        setattr(row, field, getattr(wanted, field))
    row.version += 1
    row.marked_at, row.marked_by = timezone.now(), by
    row.save(
        update_fields=[
            "status", "hours", "absence_reason", "arrived_at", "left_at", "version", "marked_at",
            "marked_by", "attestation",
        ]
    )  # fmt: skip


def _new_row(session, participant) -> Attendance:
    try:
        with transaction.atomic():
            return Attendance.objects.create(
                session=session,
                participant=participant,
                held_on=session.held_on,
                status=AttendanceStatus.EXPECTED,
                hours=0,
                is_walk_in=True,
            )
    except IntegrityError:
        raise Refused("Personen lades just till av någon annan. Ladda om listan.") from None


def _naming(rows, one: str, many: str) -> str:
    if not rows:
        return ""
    names = listed([row.participant.list_name for row in rows])
    who = counted(len(rows), "person", "personer")
    return f"{who} är {one if len(rows) == 1 else many}: {names}."
