"""Who is what to an enrolment, from a day on, with history.

While somebody is on leave there are three rows: theirs up to the leave, the cover's, and theirs from
the day they are back. Nothing has to happen that day.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
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


ONE_DAY = timedelta(days=1)


@transaction.atomic
def reassign(
    *, enrolment: Enrolment, function: Function | str, user, from_day: date, by
) -> Assignment | None:
    """Let a member of staff take a function over from a day on; the one before keeps their days.

    What was planned for later (somebody back from leave) falls away. `user` None leaves the function
    without anybody, which a main contact can't be. Of a protected person the new one is put on the
    list of those who may see them.
    """
    function = Function(function)
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    _check_time(enrolment, from_day)
    if user is None and function == Function.MAIN_CONTACT:
        raise Refused("En inskriven deltagare måste ha en huvudkontakt. Välj vem som tar över.")
    rows = _rows(enrolment, function)
    _refuse_later(rows, from_day)
    _drop(row for row in rows if _is_ahead(row, enrolment) and row.starts_on > from_day)
    held = next((row for row in rows if row.pk and _overlaps(row, from_day, None)), None)
    if held and user and held.user_id == user.pk:
        new = _keep(held, user, by)
    else:
        if held:
            _end(held, from_day)
        new = assign(enrolment=enrolment, function=function, user=user, from_day=from_day, by=by)
    access_log.changed(enrolment.participant, by=by, what="reassign")
    return new


@transaction.atomic
def hand_over(
    *,
    enrolment: Enrolment,
    function: Function | str,
    holder,
    user,
    from_day: date,
    until: date | None = None,
    by,
) -> list[Assignment]:
    """Let a colleague take over what somebody holds of a function from a day on, or until a day.

    Only the holder's own days are taken; with `until` (the day they are back) theirs go on from it.
    Refused when the holder holds none of the days any longer.
    """
    function = Function(function)
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if enrolment.ended_on:
        raise Refused("Inskrivningen är avslutad. Ladda om sidan.")
    from_day = max(from_day, enrolment.starts_on)
    rows = _rows(enrolment, function)
    own = [row for row in rows if row.user_id == holder.pk and _overlaps(row, from_day, until)]
    if not own:
        raise Refused(
            f"{holder.name} har inte längre alla uppdrag som visades. Ladda om sidan och börja om."
        )
    pieces = []
    for row in own:
        first, last = max(row.starts_on, from_day), _earlier(row.ends_on, until)
        tail = None if last == row.ends_on else (last, row.ends_on)
        _drop([row]) if first == row.starts_on and _is_ahead(row, enrolment) else _end(row, first)
        pieces.append(
            assign(
                enrolment=enrolment, function=function, user=user, from_day=first, until=last, by=by
            )
        )
        if tail:
            _open_again(row, *tail, by)
    access_log.changed(enrolment.participant, by=by, what="hand_over")
    return pieces


@transaction.atomic
def give_back(
    *, enrolment: Enrolment, function: Function | str, user, back_on: date, from_day: date, by
) -> bool:
    """Let somebody who was to be back on a day have the function from an earlier one.

    Nothing happens, and False comes back, when it is no longer to become theirs that day.
    """
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    rows = _rows(enrolment, Function(function))
    coming = next((r for r in rows if r.user_id == user.pk and r.starts_on == back_on), None)
    if coming is None or enrolment.ended_on or from_day >= back_on:
        return False
    from_day = max(from_day, enrolment.starts_on)
    for row in rows:
        if row.user_id != user.pk and _overlaps(row, from_day, back_on):
            ahead = row.starts_on >= from_day and _is_ahead(row, enrolment)
            _drop([row]) if ahead else _end(row, max(from_day, row.starts_on))
    own = next((r for r in rows if r.user_id == user.pk and r.ends_on == from_day), None)
    if own:
        until = coming.ends_on
        _drop([coming])
        _end(own, until)
    else:
        coming.starts_on = from_day
        coming.save(update_fields=["starts_on"])
    access_log.changed(enrolment.participant, by=by, what="give_back")
    return True


def assign(*, enrolment, function, user, from_day, by, until=None) -> Assignment | None:
    """Give a vacant function to a member of staff who has the role for it; None assigns nobody."""
    if user is None:
        return None
    check_may_hold(function, user)
    moved = Refused("Någon annan ändrade detta samtidigt. Ladda om sidan och försök igen.")
    with refusing(moved, *OPEN_RULES):
        new = Assignment.objects.create(
            enrolment=enrolment,
            function=function,
            user=user,
            starts_on=from_day,
            ends_on=until,
            assigned_by=by,
        )
    let_read(
        participant=enrolment.participant,
        user=user,
        reason=Function(function).label,
        by=by,
        valid_until=until - ONE_DAY if until else None,
    )
    return new


def check_may_hold(function, user) -> None:
    """Refuse somebody whose account is closed or who lacks the role of the function."""
    role = ROLE_FOR[function]
    if not user.is_active:
        raise Refused(f"{user.name} arbetar inte här längre. Välj någon annan.")
    if role not in user.roles:
        raise Refused(f"{user.name} är inte {role.label.lower()}. Välj någon annan.")


def close_at_exit(last_days: Mapping[int, date]) -> None:
    """End the assignments of ended enrolments, by enrolment; they hold through its last day.

    What was planned for later falls away. Three queries, however many.
    """
    today = timezone.localdate()
    rows = Assignment.objects.filter(enrolment__in=list(last_days))
    ended, never = [], []
    for row in rows.filter(Q(ends_on=None) | Q(ends_on__gt=min(last_days.values(), default=today))):
        day_after = last_days[row.enrolment_id] + ONE_DAY
        if row.starts_on > today and row.starts_on >= day_after:
            never.append(row.pk)
        elif row.ends_on is None or row.ends_on > day_after:
            row.ends_on = max(day_after, row.starts_on)
            ended.append(row)
    Assignment.objects.filter(pk__in=never).delete()
    Assignment.objects.bulk_update(ended, ["ends_on"], batch_size=500)


def _check_time(enrolment, from_day):
    if enrolment.ended_on:
        raise Refused("Inskrivningen är avslutad. Skriv in deltagaren igen först.")
    if from_day < enrolment.starts_on:
        raise Refused(
            f"Inskrivningen börjar {enrolment.starts_on}. Ange den dagen eller en senare."
        )
    if from_day > max(timezone.localdate(), enrolment.starts_on):
        raise Refused("Bytet kan gälla från i dag eller tidigare. Gör det den dag det sker.")


def _refuse_later(rows, from_day):
    """Somebody who has begun since then keeps their days."""
    today = timezone.localdate()
    for row in rows:
        if from_day < row.starts_on <= today and _overlaps(row, from_day, None):
            raise Refused(
                f"{row.user.name} har uppdraget från {row.starts_on}. Ange den dagen eller en senare."
            )


def _keep(held, user, by) -> Assignment:
    """Let the one who covers for somebody keep the function."""
    if held.ends_on is None:
        raise Refused(f"{user.name} har redan uppdraget. Välj någon annan.")
    _end(held, None)
    participant = held.enrolment.participant
    let_read(participant=participant, user=user, reason=held.get_function_display(), by=by)
    return held


def _rows(enrolment, function) -> list[Assignment]:
    rows = enrolment.assignments.filter(function=function).select_related("user")
    return list(rows.order_by("starts_on", "pk"))


def _overlaps(row, from_day, until) -> bool:
    begins_in_time = until is None or row.starts_on < until
    return begins_in_time and (row.ends_on is None or row.ends_on > from_day)


def _is_ahead(row, enrolment) -> bool:
    """Whether it was only planned: it begins later than today, and not with the enrolment."""
    return row.starts_on > max(timezone.localdate(), enrolment.starts_on)


def _earlier(one, other):
    return min((day for day in (one, other) if day), default=None)


def _end(row, day) -> None:
    row.ends_on = day
    row.save(update_fields=["ends_on"])


def _drop(rows) -> None:
    for row in list(rows):
        row.delete()


def _open_again(row, from_day, until, by) -> None:
    """Let the one who is covered for have it again afterwards, also one whose account is closed."""
    Assignment.objects.create(
        enrolment_id=row.enrolment_id,
        function=row.function,
        user_id=row.user_id,
        starts_on=from_day,
        ends_on=until,
        assigned_by=by,
    )
