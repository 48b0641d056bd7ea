from datetime import time

from django.utils import timezone

from casework.attest import attest, offer_for
from casework.models import (
    Activity,
    ActivityLeader,
    Attendance,
    AttendanceStatus,
    AttestationMethod,
    Session,
    SessionStatus,
)

ELSEWHERE = set()
STROKES = [[[0.1, 0.1], [0.5, 0.2]]]


def build(world):
    """Make a roster with every kind of person, and a signature that waits for another."""
    day = timezone.localdate()
    activity = Activity.objects.create(name="Upprop", kind="group")
    ActivityLeader.objects.create(activity=activity, user=world.users["pedagogue"])
    world.roster, later = (
        Session.objects.create(
            activity=activity, held_on=day, starts_at=time(hour), ends_at=time(hour + 2),
            planned_hours=2, status=SessionStatus.PLANNED,
        )
        for hour in (9, 13)
    )  # fmt: skip
    people = [world.mine, world.other, world.hidden, world.protected, world.closed, world.new]
    world.roster_rows = [_row(world.roster, person) for person in people]
    world.unsigned = [_row(later, person) for person in people]
    world.signed = [_signed(row, world.users["pedagogue"]) for row in world.roster_rows]


def special(world) -> dict[str, list[dict]]:
    """Return what to open of each route."""
    sessions = [{"pk": world.roster.pk}]
    rows = [{"pk": row.pk} for row in [*world.unsigned, *world.roster_rows]]
    attestations = [{"pk": each.pk} for each in world.signed]
    of_session = ("roster", "rest", "close", "reopen", "walk_in", "walk_in_add")
    return {f"rollcall:{name}": sessions for name in of_session} | {
        "rollcall:mark": rows,
        "rollcall:sign_row": rows,
        "rollcall:attestation": attestations,
        "rollcall:thanks": attestations,
    }


def _row(session, person):
    return Attendance.objects.create(
        session=session, participant=person, held_on=session.held_on, hours=2,
        status=AttendanceStatus.PRESENT,
    )  # fmt: skip


def _signed(row, by):
    offer = offer_for([row])
    return attest(
        participant=row.participant, row_ids=offer.row_ids, shown_sha256=offer.sha256,
        method=AttestationMethod.DRAWN, by=by, strokes=STROKES,
    )  # fmt: skip
