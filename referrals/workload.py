"""How many participants each coaching pedagogue has, to choose a main contact by."""

from datetime import date

from django.db.models import Count, Q

from accounts.models import User
from accounts.roles import Role
from core.swedish import counted
from participants.enums import Function


def pedagogues(day: date):
    """Active pedagogues with their `load`: enrolments they are main contact of on the day. One query."""
    current = Q(
        Q(assignments__ends_on=None) | Q(assignments__ends_on__gt=day),
        assignments__function=Function.MAIN_CONTACT,
        assignments__enrolment__ended_on=None,
    )
    return User.objects.active_with_role(Role.PEDAGOGUE).annotate(
        load=Count("assignments", filter=current, distinct=True)
    )


def load_label(user) -> str:
    """Write a pedagogue with their load: Anna Berg – 14 deltagare."""
    return f"{user.name} – {counted(user.load, 'deltagare', 'deltagare')}"
