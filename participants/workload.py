"""How many participants each colleague has, to choose who takes somebody on by."""

from datetime import date

from django.db.models import Count, Q

from accounts.models import User
from accounts.roles import Role
from core.swedish import counted
from participants.enums import Function
from participants.models import Assignment, Participant


def pedagogues(user, day: date):
    """Active pedagogues with their `load`: whom they are main contact of on the day. One query."""
    return colleagues(user, Function.MAIN_CONTACT, Role.PEDAGOGUE, day)


def colleagues(user, function: Function, role: Role, day: date):
    """Active staff with the role and their `load`: whom they have in the function on the day. One query.

    Only people the user may see are counted, else a load larger than the list would tell that
    somebody protected exists.
    """
    current = Assignment.objects.current_on(day).filter(
        function=function,
        enrolment__ended_on=None,
        enrolment__participant__in=Participant.objects.visible_to(user),
    )
    return User.objects.active_with_role(role).annotate(
        load=Count("assignments", filter=Q(assignments__in=current), distinct=True)
    )


def load_label(user) -> str:
    """Write a pedagogue with their load: Anna Berg – 14 deltagare."""
    return f"{user.name} – {counted(user.load, 'deltagare', 'deltagare')}"
