"""Whom of a month a user sees, and who stands in a file."""

import json
from collections.abc import Iterable

from participants.enums import Category
from participants.models import NumberRecord, Participant
from reports.esf.models import EsfFile, EsfVersion


def visible(user, people: Iterable[int]) -> dict[int, Participant]:
    """Return those of some people whom the user may see, by key, loaded for a list. Four queries."""
    seen = Participant.objects.visible_to(user, Category.ATTENDANCE)
    return {each.pk: each for each in seen.filter(pk__in=set(people)).for_list()}


def visible_keys(user, people: Iterable[int]) -> list[int]:
    """Return the keys of those the user may see, in Swedish order of name. One query."""
    wanted = set(people)
    seen = Participant.objects.visible_to(user, Category.ATTENDANCE).order_by("sort_name", "pk")
    return [pk for pk in seen.values_list("pk", flat=True) if pk in wanted]


def main_contact(person: Participant) -> str:
    """Return the main contact of the latest enrolment that has one; no query for a loaded person."""
    for enrolment in person.enrolments.all():
        if enrolment.main_contact:
            return enrolment.main_contact.name
    return ""


def named_in(file: EsfFile) -> set[int]:
    """Return the people whose name or number stands in a file. Two queries.

    Those with protected identity stand there as a code, which names nobody. The PDF and the JSON also
    hold the numbers of people who are not in the workbook: those with hours that do not count.
    """
    version = file.version
    numbers = set(version.rows.values_list("number", flat=True))
    if file.format != EsfFile.Format.XLSX:
        numbers |= _numbers_in(version)
    digits = {number.replace("-", "") for number in numbers}
    return set(NumberRecord.objects.filter(number__in=digits).values_list("participant", flat=True))


def _numbers_in(version: EsfVersion) -> set[str]:
    content = json.loads(bytes(version.files.get(format=EsfFile.Format.JSON).content))
    return {
        each["number"]
        for part in ("unattested", "checks")
        for each in content[part]
        if each["number"]
    }
