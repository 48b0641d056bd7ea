"""The cast that every test knows: one member of staff of each role, and people to meet.

Everybody is made up; every personnummer is from the series kept for tests (birth numbers 238, 239).
"""

import itertools
from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Authority, Role
from core.identity_numbers import parse
from participants.enums import Area, Category, ExitReason, Function, Gender, ProtectionKind
from participants.models import (
    AreaPeriod,
    Assignment,
    Consent,
    Enrolment,
    NumberRecord,
    Participant,
    Protection,
    ProtectionReader,
)

PASSWORD = "en lugn sommarkväll vid Aspen"
_births = itertools.count()
_names = itertools.count()


def with_check_digit(nine: str) -> str:
    """Return the last ten digits of a number: nine digits and their check digit (Luhn)."""
    doubled = (int(digit) * (2 - index % 2) for index, digit in enumerate(nine))
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return nine + str(-total % 10)


def next_number(birth_date: date | None = None, *, female: bool = True) -> str:
    """Return a valid twelve-digit number of the test series; without a date a new one each time."""
    # Within four years, so that nobody's age depends on how many tests went before.
    born = birth_date or date(1998, 1, 1) + timedelta(days=next(_births) % 1461)
    ten = with_check_digit(f"{born:%y%m%d}" + ("238" if female else "239"))
    return f"{born:%Y}"[:2] + ten


def make_user(role: Role, first: str, last: str, authority=Authority.MUNICIPALITY) -> User:
    """Create a member of staff with the cast's password."""
    return User.objects.create_user(
        f"{first}.{last}@exempel.se".lower(),
        PASSWORD,
        roles=[role],
        first_name=first,
        last_name=last,
        authority=authority,
    )


def make_person(
    first_name: str | None = None,
    last_name: str = "Testsson",
    *,
    number: str | None = None,
    birth_date: date | None = None,
    female: bool = True,
    area: Area | None = None,
    protected: bool = False,
    readers=(),
    consent=(),
    **fields,
) -> Participant:
    """Create a person. `consent` is categories toward Arbetsförmedlingen, or True for all."""
    checked = parse(number or next_number(birth_date, female=female))
    person = Participant.objects.create(
        first_name=first_name or f"Person{next(_names)}",
        last_name=last_name,
        birth_date=checked.birth_date,
        legal_gender=Gender.FEMALE if checked.is_female else Gender.MALE,
        **fields,
    )
    NumberRecord.objects.create(participant=person, number=checked.value)
    if area:
        AreaPeriod.objects.create(participant=person, area=area, starts_on=date(2016, 1, 1))
    give_consent(person, Category if consent is True else consent)
    if protected:
        protect(person, readers)
    return person


def give_consent(person, categories, *, on=date(2016, 10, 1)):
    """Give consent toward Arbetsförmedlingen for each category."""
    for category in categories:
        Consent.objects.create(
            participant=person,
            authority=Authority.EMPLOYMENT_SERVICE,
            category=category,
            text="Jag går med på det.",
            given_on=on,
            source="prov",
        )


def protect(person, readers=()):
    """Mark the person as protected, with these users on the list."""
    protection = Protection.objects.create(
        participant=person, kind=ProtectionKind.MARKING, source="prov"
    )
    for user in readers:
        ProtectionReader.objects.create(
            protection=protection, user=user, reason="prov", valid_from=date(2016, 10, 1)
        )
    return protection


def enrol(
    person,
    *,
    contact=None,
    officer=None,
    starts_on: date | None = None,
    ended_on: date | None = None,
    reason: ExitReason = ExitReason.WORK,
    planned_end_on: date | None = None,
) -> Enrolment:
    """Create an enrolment, with its staff; ended when `ended_on` is given."""
    starts_on = starts_on or timezone.localdate() - timedelta(days=60)
    enrolment = Enrolment.objects.create(
        participant=person,
        starts_on=starts_on,
        planned_end_on=planned_end_on or starts_on + timedelta(days=182),
        ended_on=ended_on,
        exit_reason=reason if ended_on else "",
        exited_at=timezone.now() if ended_on else None,
    )
    for function, user in (
        (Function.MAIN_CONTACT, contact),
        (Function.EMPLOYMENT_OFFICER, officer),
    ):
        if user:
            assign(enrolment, function, user)
    return enrolment


def assign(enrolment, function: Function, user) -> Assignment:
    """Make the user this to the enrolment from its first day."""
    return Assignment.objects.create(
        enrolment=enrolment, function=function, user=user, starts_on=enrolment.starts_on
    )


def sign_in(client, user):
    """Sign the user in without the page, and return the client."""
    client.force_login(user)
    return client


STAFF = {
    "pedagogue": (Role.PEDAGOGUE, "Anna", "Berg", Authority.MUNICIPALITY),
    "other_pedagogue": (Role.PEDAGOGUE, "Olle", "Dahl", Authority.MUNICIPALITY),
    "officer": (Role.EMPLOYMENT_OFFICER, "Britta", "Falk", Authority.EMPLOYMENT_SERVICE),
    "coordinator": (Role.EMPLOYER_COORDINATOR, "Carl", "Grip", Authority.MUNICIPALITY),
    "sius": (Role.SIUS_CONSULTANT, "Disa", "Holm", Authority.EMPLOYMENT_SERVICE),
    "counsellor": (Role.COUNSELLOR, "Erik", "Ivarsson", Authority.MUNICIPALITY),
    "lead": (Role.PROJECT_LEAD, "Frida", "Jansson", Authority.MUNICIPALITY),
    "development_lead": (Role.DEVELOPMENT_LEAD, "Gunnar", "Kihl", Authority.MUNICIPALITY),
    "administrator": (Role.ADMINISTRATOR, "Hanna", "Lind", Authority.MUNICIPALITY),
    "steering": (Role.STEERING_GROUP, "Ivar", "Moberg", Authority.MUNICIPALITY),
    "evaluator": (Role.EVALUATOR, "Jenny", "Nord", Authority.EXTERNAL),
    "system_administrator": (Role.SYSTEM_ADMINISTRATOR, "Karl", "Olin", Authority.MUNICIPALITY),
    "log_reviewer": (Role.LOG_REVIEWER, "Lena", "Palm", Authority.MUNICIPALITY),
    "developer": (Role.DEVELOPER, "Mats", "Quist", Authority.EXTERNAL),
}


def _fixture(name, facts):
    @pytest.fixture(name=name)
    def user(db):
        return make_user(*facts)

    return user


for _name, _facts in STAFF.items():
    globals()[_name] = _fixture(_name, _facts)


@pytest.fixture
def one_of_each(db) -> dict[Role, User]:
    """A member of staff of every role, by role."""
    return {
        facts[0]: make_user(*facts) for name, facts in STAFF.items() if name != "other_pedagogue"
    }
