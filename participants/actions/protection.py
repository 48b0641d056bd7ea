"""Protected identity: marking, who may see, and the two people it takes to unmark."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.permissions import Permission
from participants import access_log
from participants.enums import ProtectionKind
from participants.errors import Refused, refusing
from participants.models import Participant, Protection, ProtectionReader

OPEN_RULES = ("protection_one_open_each", "participants_protection.participant_id")


@transaction.atomic
def mark_protected(
    *, participant: Participant, kind: ProtectionKind | str, source: str, by
) -> Protection:
    """Protect the person at once. On the list stand the one who marks and the main contact."""
    already = Refused("Deltagaren har redan skyddade personuppgifter. Ladda om sidan.")
    with refusing(already, *OPEN_RULES):
        protection = Protection.objects.create(
            participant=participant, kind=kind, source=source.strip(), marked_by=by
        )
    _put_on_list(protection, by, "Registrerade skyddet", by)
    enrolment = participant.enrolments.filter(ended_on=None).first()
    contact = enrolment.main_contact if enrolment else None
    if contact and contact != by:
        _put_on_list(protection, contact, "Huvudkontakt", by)
    access_log.changed(participant, by=by, what="mark_protected")
    return protection


@transaction.atomic
def add_reader(
    *, protection: Protection, user, reason: str, by, valid_until: date | None = None
) -> ProtectionReader:
    """Put somebody on the list, with a reason and perhaps a last day."""
    if protection.ended_at:
        raise Refused("Skyddet är borttaget, så ingen lista behövs. Ladda om sidan.")
    if not user.may(Permission.VIEW_PARTICIPANTS):
        raise Refused(f"{user.name} har ingen roll som ser deltagare. Välj någon annan.")
    if protection.readers.filter(_current(), user=user).exists():
        raise Refused(f"{user.name} står redan på listan.")
    reader = _put_on_list(protection, user, reason, by, valid_until)
    access_log.changed(protection.participant, by=by, what="add_reader")
    return reader


def let_read(
    *, participant: Participant, user, reason: str, by, valid_until: date | None = None
) -> None:
    """Put a member of staff who gets a function on the list, if the person is protected.

    With a last day, as long as somebody on leave is covered for.
    """
    protection = participant.protections.filter(ended_at=None).first()
    if protection is None:
        return
    long_enough = Q(valid_until=None)
    if valid_until:
        long_enough |= Q(valid_until__gte=valid_until)
    if not protection.readers.filter(_current(), long_enough, user=user).exists():
        _put_on_list(protection, user, reason, by, valid_until)


@transaction.atomic
def remove_reader(*, reader: ProtectionReader, by) -> None:
    """Take somebody off the list at once; never the last one who is there without a last day."""
    protection = Protection.objects.select_for_update().get(pk=reader.protection_id)
    others = protection.readers.filter(valid_until=None, user__is_active=True).exclude(pk=reader.pk)
    if not others.exists():
        raise Refused(
            "Någon måste stå kvar utan slutdatum, annars ser ingen deltagaren. Lägg till en annan först."
        )
    yesterday = timezone.localdate() - timedelta(days=1)
    if reader.valid_from > yesterday:
        reader.delete()
    else:
        reader.valid_until = yesterday
        reader.save(update_fields=["valid_until"])
    access_log.changed(protection.participant, by=by, what="remove_reader")


@transaction.atomic
def ask_unmark(*, protection: Protection, reason: str, by) -> Protection:
    """Ask that the protection be taken away; somebody else has to confirm."""
    protection = _open(protection)
    if protection.end_asked_by_id:
        raise Refused("Någon har redan bett om det. En annan person behöver bekräfta.")
    protection.end_asked_at = timezone.now()
    protection.end_asked_by = by
    protection.end_reason = reason.strip()
    protection.save(update_fields=["end_asked_at", "end_asked_by", "end_reason"])
    access_log.changed(protection.participant, by=by, what="ask_unmark")
    return protection


@transaction.atomic
def confirm_unmark(*, protection: Protection, by) -> Protection:
    """Take the protection away, as a second person."""
    protection = _open(protection)
    if not protection.end_asked_by_id:
        raise Refused("Ingen har bett om att skyddet tas bort. Be om det först.")
    if protection.end_asked_by_id == by.pk:
        raise Refused("Du bad själv om det. En annan person behöver bekräfta.")
    protection.ended_at = timezone.now()
    protection.ended_by = by
    protection.save(update_fields=["ended_at", "ended_by"])
    access_log.changed(protection.participant, by=by, what="confirm_unmark")
    return protection


def _open(protection):
    protection = Protection.objects.select_for_update().get(pk=protection.pk)
    if protection.ended_at:
        raise Refused("Skyddet är redan borttaget. Du behöver inte göra något mer.")
    return protection


def _current():
    today = timezone.localdate()
    return Q(valid_from__lte=today) & (Q(valid_until=None) | Q(valid_until__gte=today))


def _put_on_list(protection, user, reason, by, valid_until=None):
    """One row a day and person: a place that was ended today is given back."""
    reader, _ = ProtectionReader.objects.update_or_create(
        protection=protection,
        user=user,
        valid_from=timezone.localdate(),
        defaults={"reason": reason.strip(), "valid_until": valid_until, "granted_by": by},
    )
    return reader
