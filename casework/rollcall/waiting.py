"""Which signatures wait for the responsible person's own."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.roles import Scope
from casework.models import Attendance, Attestation
from participants.enums import Function
from participants.models import Assignment

# As many as somebody can take in before signing for them.
MOST = 100


def waiting_for(user):
    """Return digital attestations that the user should sign beside, by name.

    Of sessions the user leads, and of people whose main contact the user is; for those who see every
    file, everybody's.
    """
    waiting = Attestation.objects.visible_to(user).to_countersign()
    if user.scope != Scope.ALL:
        waiting = waiting.filter(_led(user) | _main_contact(user))
    return waiting.order_by("participant__sort_name", "participant", "recorded_at", "pk")


def _led(user) -> Q:
    rows = Attendance.objects.filter(attestation=OuterRef("pk"))
    return Q(Exists(rows.filter(session__activity__leaders__user=user)))


def _main_contact(user) -> Q:
    own = Assignment.objects.current_on(timezone.localdate()).filter(
        user=user,
        function=Function.MAIN_CONTACT,
        enrolment__participant=OuterRef("participant"),
    )
    return Q(Exists(own))
