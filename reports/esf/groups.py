"""What the checks found, gathered by kind for the page: many rows often have the same trouble."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from participants.models import Participant
from reports.esf.checks import Finding, Level

# Enough to begin mending; the rest comes up when these are done.
PEOPLE_SHOWN = 20
TITLES = {
    "order": "Månaderna låses i ordning",
    "stale": "En tidigare månad måste sändas om",
    "same_number": "Samma nummer på flera rader",
    "number_missing": "Personnummer saknas",
    "number_wrong": "Personnummer som inte stämmer",
    "name_missing": "Namn saknas",
    "start_missing": "Startdatum saknas",
    "end_before_start": "Slutdatum före startdatum",
    "hours_impossible": "Fler timmar än månaden har",
    "hours_many": "Mer än 8 timmar varje arbetsdag",
    "hours_before_start": "Timmar före startdatum",
    "hours_after_end": "Timmar efter slutdatum",
    "start_changed": "Annat startdatum än i tidigare rapporter",
    "number_changed": "Annat personnummer än i tidigare rapporter",
    "contact_missing": "E-post eller mobil saknas",
    "email_wrong": "E-postadresser som inte ser rätta ut",
    "phone_wrong": "Mobilnummer som inte ser rätta ut",
    "age_unusual": "Ovanlig ålder vid start",
    "start_before_project": "Startdatum före projektets start",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one check: how many in all, and the lines about people the user may see."""

    level: Level
    title: str
    count: int
    lines: tuple[tuple[Participant | None, str], ...]
    more: int


def grouped(findings: Iterable[Finding], people: dict[int, Participant]) -> list[Group]:
    """Gather findings by check, errors first; `people` are those the user may see."""
    checks = defaultdict(list)
    for finding in findings:
        checks[finding.check].append(finding)
    return [_group(check, found, people) for check, found in checks.items()]


def _group(check: str, found: list[Finding], people) -> Group:
    seen = [each for each in found if each.person is None or each.person in people]
    lines = tuple(
        (people.get(each.person) if each.person else None, each.text)
        for each in seen[:PEOPLE_SHOWN]
    )
    return Group(found[0].level, TITLES[check], len(found), lines, max(len(seen) - PEOPLE_SHOWN, 0))


def shown_in(groups: list[Group]) -> set[int]:
    """Return the keys of the people that the groups name."""
    return {person.pk for group in groups for person, _ in group.lines if person}
