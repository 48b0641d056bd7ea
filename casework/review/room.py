"""Secrecy in the room: who may be talked of when Arbetsförmedlingen's staff are there.

Decided at each look, never stored: a consent withdrawn in the middle of a meeting holds from the next card.
"""

from copy import copy
from datetime import date
from enum import StrEnum

from accounts.roles import Authority
from participants.enums import Category
from participants.models import Consent, Protection


class Part(StrEnum):
    """The parts of an agenda, in the order they are gone through."""

    JOINT = "joint"
    OWN = "own"
    ALONE = "alone"

    @property
    def label(self) -> str:
        """The part's heading."""
        return {
            Part.JOINT: "Tillsammans med Arbetsförmedlingen",
            Part.OWN: "Bara kommunen: samtycke till Arbetsförmedlingen saknas",
            Part.ALONE: "Tas upp enskilt: skyddade personuppgifter",
        }[self]


def part_of(participants, day: date) -> dict[int, Part]:
    """Return which part each person belongs to, by key. Two queries.

    With the plan's consent toward Arbetsförmedlingen: together. Without: the municipality alone. A
    protected person is never on the wall, whoever leads: those on the list talk in private.
    """
    return parts_of([each.pk for each in participants], day)


def parts_of(keys, day: date) -> dict[int, Part]:
    """The same for keys of people."""
    ids = list(keys)
    consents = Consent.objects.valid_on(day).filter(
        participant__in=ids, authority=Authority.EMPLOYMENT_SERVICE, category=Category.PLAN
    )
    shared = set(consents.values_list("participant", flat=True))
    protections = Protection.objects.filter(participant__in=ids, ended_at=None)
    protected = set(protections.values_list("participant", flat=True))
    return {
        pk: Part.ALONE if pk in protected else Part.JOINT if pk in shared else Part.OWN
        for pk in ids
    }


def as_the_room(user):
    """Return the user as one of Arbetsförmedlingen's: what this one may see may stand on the wall.

    The same person, roles and caseload, so that only what consent covers is left; never saved. For the
    joint part; in the municipality's own part the leader's own eyes are the right ones.
    """
    eyes = copy(user)
    eyes.authority = Authority.EMPLOYMENT_SERVICE
    eyes.is_the_room = True  # what one authority keeps to itself is not for the room either
    return eyes
