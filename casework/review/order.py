"""In which order an agenda is gone through. Pure."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

# How long one person takes, and what a meeting holds.
MINUTES_EACH = 8
MEETING_MINUTES = 120
FIT = MEETING_MINUTES // MINUTES_EACH


def need(weights: Iterable[int], discussed_on: date | None) -> tuple:
    """Return what orders people by need, the smallest first.

    What was left from last time weighs most of all, so the heaviest reason decides; then how many
    reasons there are; then who was discussed longest ago, never before all others.
    """
    weights = list(weights)
    return -max(weights, default=0), -len(weights), discussed_on or date.min


def arrange(
    standing: Sequence[Key], fixed: set[Key], new: Iterable[Key], need_of: Callable[[Key], tuple]
) -> list[Key]:
    """Return everybody in order: the fixed stay at their places in `standing`, all others go by need around them.

    The order of the fixed among themselves never changes; when the list is too short for a place, its
    holder comes last.
    """
    places = [(place, key) for place, key in enumerate(standing) if key in fixed]
    loose = sorted((key for key in (*standing, *new) if key not in fixed), key=need_of)
    ordered: list[Key] = []
    while places or loose:
        if places and (places[0][0] <= len(ordered) or not loose):
            ordered.append(places.pop(0)[1])
        else:
            ordered.append(loose.pop(0))
    return ordered


def moved_before(order: Sequence[Key], key: Key, before: Key | None) -> list[Key]:
    """Return the order with one put before another, or last."""
    rest = [each for each in order if each != key]
    place = rest.index(before) if before is not None else len(rest)
    return [*rest[:place], key, *rest[place:]]
