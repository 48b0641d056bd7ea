"""What the page warns of while one writes: a personnummer, or another participant's name. Never stops anybody.

A name is only looked for among those whom the writer sees anyway and who are not protected, so that a
warning tells nothing new. Still it shows a person, and whoever shows it logs it.
"""

import re
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.identity_numbers import InvalidNumber, parse
from core.text import fold
from participants.models import Participant, Protection

WORD = re.compile(r"[\w-]+")
NUMBER = re.compile(r"(?<![\d-])(?:(?:19|20)\d{2}|\d{2})\d{4}\s?[-+–]?\s?\d{4}(?![\d-])")
IN_NUMBER = "Det ser ut att stå ett personnummer i texten. Ta bort det; anteckningen hör redan till rätt person."
IN_NAME = "Det ser ut att stå namnet på en annan deltagare: {name}. Skriv initialer i stället."
FIELDS = ("text", "with_text", "agreed", "why")


@dataclass(frozen=True, slots=True)
class Caution:
    """One warning; `key` tells it from others, `participant` is whose name it shows."""

    key: str
    text: str
    participant: int | None = None


def find(user, participant, typed: dict) -> list[Caution]:
    """Return what to warn of. One query, over the names of the open files the user sees."""
    text = "\n".join([*(typed.get(name, "") for name in FIELDS), *(typed.get("agreed_text") or [])])
    found = [Caution("number", IN_NUMBER)] if _has_number(text) else []
    return found + _names(user, participant, text)


def _has_number(text: str) -> bool:
    for match in NUMBER.finditer(text):
        try:
            parse(match[0])
        except InvalidNumber:
            continue
        return True
    return False


def _names(user, participant, text):
    words = set(WORD.findall(fold(text)))
    written = f" {' '.join(WORD.findall(fold(text)))} "
    if not words:
        return []
    protected = Protection.objects.filter(participant=OuterRef("pk"), ended_at=None)
    people = Participant.objects.visible_to(user).open_files(timezone.localdate())
    people = people.exclude(Exists(protected)).exclude(pk=participant.pk).order_by("pk")
    return [
        Caution(f"name-{pk}", IN_NAME.format(name=f"{first} {last}"), pk)
        for pk, first, last in people.values_list("pk", "first_name", "last_name")
        if _stands_in(fold(first), fold(last), words, written)
    ]


def _stands_in(first, last, words, written) -> bool:
    """Whether the whole name is there, also with the s of a genitive."""
    if not first or not last or first.split()[0] not in words:
        return False
    name = " ".join(WORD.findall(f"{first} {last}"))
    return f" {name} " in written or f" {name}s " in written
