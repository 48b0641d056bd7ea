"""What the pages of handovers show, so that there is somebody to log."""

from datetime import timedelta

from django.utils import timezone

from casework.models import CaseloadMove, Handover, MoveKind

# Needs the days in its address: tests/casework/test_handovers_pages.py.
ELSEWHERE = {"handovers:deal"}


def build(world):
    """One has left for good, one was on leave and is back, an officer is away."""
    users, day = world.users, timezone.localdate()
    good = _move(users["pedagogue"], users["lead"])
    leave = _move(
        users["other_pedagogue"],
        users["other_pedagogue"],
        kind=MoveKind.LEAVE,
        ends_on=day + timedelta(days=7),
    )
    officers = _move(users["officer"], users["lead"])
    world.moves = [good, leave, officers]
    world.handovers = [
        _handover(good, world.mine, users["other_pedagogue"], text="Ring efter tio."),
        _handover(good, world.protected, users["other_pedagogue"]),
        _handover(good, world.hidden, users["other_pedagogue"]),
        _handover(good, world.left, users["other_pedagogue"]),
        _handover(leave, world.other, users["pedagogue"]),
        _handover(officers, world.mine, users["sius"], function="employment_officer"),
        _handover(officers, world.other, users["officer"], function="employment_officer"),
    ]


def _move(giver, by, **facts):
    return CaseloadMove.objects.create(
        from_user=giver,
        moved_by=by,
        starts_on=timezone.localdate(),
        **({"kind": MoveKind.GOOD} | facts),
    )


def _handover(move, person, user, *, function="main_contact", text=""):
    written = {"written_at": timezone.now(), "written_by": move.from_user} if text else {}
    return Handover.objects.create(
        move=move,
        enrolment=person.enrolments.get(),
        function=function,
        to_user=user,
        text=text,
        **written,
    )


def special(world) -> dict[str, list[dict]]:
    """Return what to open of each route."""
    moves = [{"pk": move.pk} for move in world.moves]
    handovers = [{"pk": each.pk} for each in world.handovers]
    return {
        "handovers:move": moves,
        "handovers:return": moves,
        "handovers:take_back": moves,
        "handovers:person": handovers,
        "handovers:write": handovers,
        "handovers:read": handovers,
    }
