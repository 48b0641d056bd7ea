"""Who is what to an enrolment, from a day on, with history."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.roles import Role
from participants import access_log
from participants.actions.protection import let_read
from participants.enums import Function
from participants.errors import Refused, refusing
from participants.models import Assignment, Enrolment

ROLE_FOR = {
    Function.MAIN_CONTACT: Role.PEDAGOGUE,
    Function.EMPLOYMENT_OFFICER: Role.EMPLOYMENT_OFFICER,
    Function.SIUS: Role.SIUS_CONSULTANT,
    Function.COUNSELLOR: Role.COUNSELLOR,
}
OPEN_RULES = (
    "assignment_one_open_of_each",
    "assignment_no_overlap",
    "participants_assignment.enrolment_id",
)


@transaction.atomic
def reassign(
    *, enrolment: Enrolment, function: Function | str, user, from_day: date, by
) -> Assignment | None:
    """Let a member of staff take a function over from a day on; the one before keeps their days.

    `user` None leaves the function without anybody, which a main contact can't be. Of a protected
    person the new one is put on the list of those who may see them.
    """
    function = Function(function)
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    _check_time(enrolment, from_day)
    if user is None and function == Function.MAIN_CONTACT:
        raise Refused("En inskriven deltagare måste ha en huvudkontakt. Välj vem som tar över.")
    current = enrolment.assignments.filter(function=function, ends_on=None).first()
    if current:
        _close(current, user, from_day)
    new = assign(enrolment=enrolment, function=function, user=user, from_day=from_day, by=by)
    access_log.changed(enrolment.participant, by=by, what="reassign")
    return new


def assign(*, enrolment, function, user, from_day, by) -> Assignment | None:
    """Give a vacant function to a member of staff who has the role for it; None assigns nobody."""
    if user is None:
        return None
    role = ROLE_FOR[function]
    if not user.is_active or role not in user.roles:
        raise Refused(f"{user.name} är inte {role.label.lower()}. Välj någon annan.")
    moved = Refused("Någon annan ändrade detta samtidigt. Ladda om sidan och försök igen.")
    with refusing(moved, *OPEN_RULES):
        new = Assignment.objects.create(
            enrolment=enrolment,
            function=function,
            user=user,
            starts_on=from_day,
            assigned_by=by,
        )
    let_read(participant=enrolment.participant, user=user, reason=function.label, by=by)
    return new


def _check_time(enrolment, from_day):
    if enrolment.ended_on:
        raise Refused("Inskrivningen är avslutad. Skriv in deltagaren igen först.")
    if from_day < enrolment.starts_on:
        raise Refused(
            f"Inskrivningen börjar {enrolment.starts_on}. Ange den dagen eller en senare."
        )
    if from_day > max(timezone.localdate(), enrolment.starts_on):
        raise Refused("Bytet kan gälla från i dag eller tidigare. Gör det den dag det sker.")


def _close(current, user, from_day):
    if user and current.user_id == user.pk:
        raise Refused(f"{user.name} har redan uppdraget. Välj någon annan.")
    if from_day < current.starts_on:
        raise Refused(
            f"{current.user.name} har uppdraget från {current.starts_on}. Ange den dagen eller en senare."
        )
    current.ends_on = from_day
    current.save(update_fields=["ends_on"])
