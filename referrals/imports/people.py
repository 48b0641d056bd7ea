"""What the database knows of the people in a chunk of rows, and what the rows make of them."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.identity_numbers import IdentityNumber
from participants.enums import Area, Flag, Gender
from participants.models import AreaPeriod, Enrolment, Participant

ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class PersonFile:
    """One person as the database and the rows so far have them; nothing here costs a query."""

    participant: Participant
    is_new: bool = False
    is_hidden: bool = False
    enrolments: dict[date, Enrolment] = field(default_factory=dict)
    extended: set[date] = field(default_factory=set)
    criteria: dict[date, frozenset[int]] = field(default_factory=dict)
    areas: list[AreaPeriod] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    is_protected: bool = False
    asked: set[str] = field(default_factory=set)

    def is_latest(self, starts_on: date) -> bool:
        """Whether no enrolment started later: the row that started last says what the name is."""
        return all(start <= starts_on for start in self.enrolments)

    def same_name(self, first_name: str, last_name: str) -> bool:
        """Whether the person is called this already."""
        return (self.participant.first_name, self.participant.last_name) == (first_name, last_name)

    def area_period_on(self, day: date) -> AreaPeriod | None:
        """The period of the part of the municipality that holds on a day."""
        index = bisect_right([period.starts_on for period in self.areas], day) - 1
        period = self.areas[index] if index >= 0 else None
        return period if period and (period.ends_on is None or day <= period.ends_on) else None

    def lived_in(self, area: Area, day: date) -> bool:
        """Whether the person is known to have lived there on the day."""
        period = self.area_period_on(day)
        return period is not None and period.area == area

    def move(self, area: Area, day: date) -> tuple[AreaPeriod | None, AreaPeriod | None]:
        """Let the person live in an area on a day; returns (the period to change, the period to add).

        A period that starts that day is corrected, one that covers the day ends the day before.
        """
        there = self.area_period_on(day)
        if there and there.starts_on == day:
            there.area = area
            return there, None
        later = [period.starts_on for period in self.areas if period.starts_on > day]
        last = there.ends_on if there else (min(later) - ONE_DAY if later else None)
        if there:
            there.ends_on = day - ONE_DAY
        new = AreaPeriod(participant=self.participant, area=area, starts_on=day, ends_on=last)
        self.areas = sorted([*self.areas, new], key=lambda period: period.starts_on)
        return there, new


def new_person(number: IdentityNumber, first_name: str, last_name: str, by) -> PersonFile:
    """Return the file of a person nobody knew; not saved."""
    participant = Participant(
        first_name=first_name,
        last_name=last_name,
        birth_date=number.birth_date,
        legal_gender=Gender.FEMALE if number.is_female else Gender.MALE,
        created_by=by,
    )
    return PersonFile(participant, is_new=True)


def known_people(numbers: Iterable[str], user) -> dict[str, PersonFile]:
    """Return the files of the people who have, or had, these numbers; ten queries, however many.

    Of people the user may not see only that: no more than that the row is out of reach.
    """
    people = (
        Participant.objects.filter(number_records__number__in=numbers)
        .distinct()
        .order_by("pk")
        .prefetch_related(
            "number_records", "area_periods", "flags", "protections", "consents",
            "enrolments__referral__criteria", "enrolments__extensions",
        )
    )  # fmt: skip
    seen = None
    if user is not None:
        ids = Participant.objects.filter(number_records__number__in=numbers).values("pk")
        visible = Participant.objects.visible_to(user).filter(pk__in=ids)
        seen = set(visible.values_list("pk", flat=True))
    files = {}
    for person in people:
        known = _file_of(person) if seen is None or person.pk in seen else None
        for record in person.number_records.all():
            files[record.number] = known or PersonFile(person, is_hidden=True)
    return files


def _file_of(person) -> PersonFile:
    enrolments = list(person.enrolments.all())
    return PersonFile(
        person,
        enrolments={each.starts_on: each for each in enrolments},
        extended={each.starts_on for each in enrolments if each.extensions.all()},
        criteria={
            each.starts_on: frozenset(
                criterion.number for criterion in each.referral.criteria.all()
            )
            for each in enrolments
            if hasattr(each, "referral")
        },
        areas=sorted(person.area_periods.all(), key=lambda period: period.starts_on),
        flags={each.flag for each in person.flags.all() if each.ended_on is None},
        is_protected=person.is_protected,
        asked={each.category for each in person.consents.all() if each.authority == "af"},
    )


def flags_in(row) -> set[Flag]:
    """Return the flags a row says ja to."""
    said = {
        Flag.CODED_DISABILITY: row.coded_disability,
        Flag.SIUS: row.sius,
        Flag.INCOME_SUPPORT: row.income_support,
    }
    return {flag for flag, yes in said.items() if yes}
