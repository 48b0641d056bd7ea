"""How many participants each coaching pedagogue has, to choose a main contact by."""

from datetime import date

from django.db.models import Count, Q

from accounts.models import User
from accounts.roles import Role
from core.swedish import counted
from participants.enums import Function
from participants.models import Participant


def pedagogues(user, day: date):
    """Active pedagogues with their `load`: whom they are main contact of on the day. One query.

    Only people the user may see are counted, else a load larger than the list would tell that
    somebody protected exists.
    """
    current = Q(
        Q(assignments__ends_on=None) | Q(assignments__ends_on__gt=day),
        assignments__function=Function.MAIN_CONTACT,
        assignments__enrolment__ended_on=None,
        assignments__enrolment__participant__in=Participant.objects.visible_to(user),
    )
    return User.objects.active_with_role(Role.PEDAGOGUE).annotate(
        load=Count("assignments", filter=current, distinct=True)
    )


def load_label(user) -> str:
    """Write a pedagogue with their load: Anna Berg – 14 deltagare."""
    return f"{user.name} – {counted(user.load, 'deltagare', 'deltagare')}"
