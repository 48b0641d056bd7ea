"""Registering a person, and correcting who they are."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from core.identity_numbers import IdentityNumber
from participants import access_log
from participants.actions.areas import move_area
from participants.actions.flags import note_flag
from participants.enums import Area, Flag, Gender
from participants.errors import NumberTaken, Refused, StaleEdit, refusing
from participants.models import NumberRecord, Participant

DETAILS = ("first_name", "last_name", "phone", "email", "street", "postcode", "city")
NUMBER_RULES = ("participants_numberrecord.number", "participants_numberrecord_number")


@transaction.atomic
def register(
    *,
    by,
    first_name: str,
    last_name: str,
    number: IdentityNumber | None = None,
    birth_date: date | None = None,
    legal_gender: str = "",
    number_missing_reason: str = "",
    area: Area | str = "",
    area_from: date | None = None,
    flags: Iterable[tuple[Flag, date, str]] = (),
    **contact: str,
) -> Participant:
    """Register a person once, by a number or by birth date, gender and why the number is missing.

    `flags` are (flag, day, source); `contact` is phone, email, street, postcode, city. Raises
    NumberTaken when anybody has, or had, the number.
    """
    participant = Participant(
        first_name=first_name.strip(), last_name=last_name.strip(), created_by=by, **contact
    )
    if number:
        _take_identity(participant, number)
    else:
        _state_identity(participant, birth_date, legal_gender, number_missing_reason)
    participant.save()
    if number:
        _record_number(participant, number, by)
    access_log.changed(participant, by=by, what="register", action=access_log.Action.CREATED)
    if area:
        move_area(participant=participant, area=area, from_day=area_from or _today(), by=by)
    for flag, noted_on, source in flags:
        note_flag(participant=participant, flag=flag, noted_on=noted_on, source=source, by=by)
    return participant


@transaction.atomic
def correct_details(
    *, participant: Participant, version: int, by, legal_gender: str = "", **details
) -> Participant:
    """Save names and contact as they were written on a form that showed `version`.

    `legal_gender` other than the number's is kept as the register's word. Raises StaleEdit when
    somebody has saved since; nothing is then changed.
    """
    current = Participant.objects.select_for_update().get(pk=participant.pk)
    if current.version != version:
        raise StaleEdit(current)
    for name in DETAILS:
        setattr(current, name, details.get(name, getattr(current, name)))
    if legal_gender:
        current.legal_gender = legal_gender
        current.gender_from_register = _differs_from_number(current)
    current.version += 1
    current.save(
        update_fields=[*DETAILS, "legal_gender", "gender_from_register", "version"],
    )
    access_log.changed(current, by=by, what="correct_details")
    return current


@transaction.atomic
def change_number(*, participant: Participant, number: IdentityNumber, by) -> Participant:
    """Give the person another number; the former one stays theirs and is still found.

    Birth date and gender follow the new number, unless the register has said the gender. Raises
    NumberTaken when somebody else has, or had, the number.
    """
    person = Participant.objects.select_for_update().get(pk=participant.pk)
    if number.value == person.number:
        raise Refused("Det är redan det gällande numret. Kontrollera vad som ska ändras.")
    person.number_records.filter(is_current=True).update(is_current=False)
    former = person.number_records.filter(number=number.value)
    if not former.update(is_current=True):
        _record_number(person, number, by)
    _take_identity(person, number)
    person.version += 1
    person.save(
        update_fields=["birth_date", "legal_gender", "number_missing_reason", "version"],
    )
    access_log.changed(person, by=by, what="change_number")
    return person


def _take_identity(participant, number):
    participant.birth_date = number.birth_date
    participant.number_missing_reason = ""
    if not participant.gender_from_register:
        participant.legal_gender = gender_of(number)


def _state_identity(participant, birth_date, legal_gender, reason):
    if not (birth_date and legal_gender and reason.strip()):
        raise Refused(
            "Skriv personnumret. Saknas det: ange födelsedatum, juridiskt kön och varför."
        )
    participant.birth_date = birth_date
    participant.legal_gender = legal_gender
    participant.number_missing_reason = reason.strip()


def _record_number(participant, number, by):
    taken = NumberTaken(
        "Det går inte att registrera det här numret. Kontakta projektledaren.",
    )
    with refusing(taken, *NUMBER_RULES):
        NumberRecord.objects.create(
            participant=participant,
            number=number.value,
            is_coordination=number.is_coordination,
            recorded_by=by,
        )


def gender_of(number: IdentityNumber) -> Gender:
    """Return the legal gender that the number says."""
    return Gender.FEMALE if number.is_female else Gender.MALE


def _differs_from_number(participant) -> bool:
    if not participant.number:
        return False
    by_number = Gender.FEMALE if int(participant.number[10]) % 2 == 0 else Gender.MALE
    return participant.legal_gender != by_number


def _today() -> date:
    return timezone.localdate()
