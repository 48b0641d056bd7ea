"""Who sees a move and what is written in it, beside what everybody's consent and protection say."""

from django.db.models import Exists, F, OuterRef, Q

from accounts.permissions import Permission
from accounts.roles import Role
from casework.models import CaseloadMove, Handover, Task, TaskMove


def moves_for(user):
    """The moves the user has a part in: gave, made, or took over from; the lead all of them."""
    if user.may(Permission.MOVE_CASELOAD) and Role.PROJECT_LEAD in user.roles:
        return CaseloadMove.objects.all()
    taken = Handover.objects.filter(move=OuterRef("pk"), to_user=user)
    return CaseloadMove.objects.filter(Q(from_user=user) | Q(moved_by=user) | Exists(taken))


def handovers_for(user):
    """The handovers of people the user may see, in moves that concern them.

    Who only took over from a move sees what became theirs.
    """
    handovers = Handover.objects.visible_to(user)
    if user.may(Permission.MOVE_CASELOAD) and Role.PROJECT_LEAD in user.roles:
        return handovers
    return handovers.filter(Q(move__from_user=user) | Q(move__moved_by=user) | Q(to_user=user))


def handovers_of(move, user):
    """The handovers of one move that the user may see, by name. One query, and the people's."""
    return (
        handovers_for(user)
        .filter(move=move)
        .select_related("enrolment__participant", "to_user", "move__from_user")
        .prefetch_related("enrolment__participant__protections")
        .order_by("enrolment__participant__sort_name", "pk")
    )


def reads_text(user, handover) -> bool:
    """Whether the user may read what is written: secrecy stands between the authorities."""
    return user.authority == handover.move.from_user.authority


def writes_text(user, handover) -> bool:
    """Whether the user may write it: the one who hands over, or who does it in their place.

    What the one who hands over has written, nobody else changes.
    """
    move = handover.move
    if user.pk == move.from_user_id:
        return True
    if handover.written_by_id == move.from_user_id:
        return False
    in_place = user.pk == move.moved_by_id or Role.PROJECT_LEAD in user.roles
    return in_place and reads_text(user, handover)


def tasks_with_others(move, user):
    """Open tasks that went along with the move and still lie with the colleague. One query."""
    went = TaskMove.objects.filter(
        task=OuterRef("pk"), from_user=move.from_user, to_user=OuterRef("assigned_to"), at__gte=move.moved_at
    )  # fmt: skip
    took = move.handovers.filter(
        enrolment__participant=OuterRef("participant"), to_user=OuterRef("assigned_to")
    )
    return (
        Task.objects.visible_to(user)
        .open()
        .filter(Exists(went), Exists(took))
        .select_related("participant", "assigned_to")
        .prefetch_related("participant__protections")
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )
