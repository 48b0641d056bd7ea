"""Finding people by what one happens to know: a misspelt name, a telephone, a former number.

Everything searches only among those the user may see.
"""

from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from core.identity_numbers import InvalidNumber, parse
from core.text import digits, fold
from participants.models import NumberRecord, Participant

MOST_HITS = 20
# Names alike to this share count as the same name misspelt: Fatimma is Fatima, Anna isn't Hanna.
ALIKE = 80
# Shorter words are alike by chance.
SHORTEST_MISSPELT = 4
FEWEST_DIGITS = 5

NEUTRAL = "Det går inte att registrera det här numret. Kontakta projektledaren."


@dataclass(frozen=True, slots=True)
class Hit:
    """A person found, and why."""

    participant: Participant
    why: str


def find(user, text: str) -> list[Hit]:
    """Return at most 20 people the user may see, the surest first, each with why it matched.

    Up to eight queries; a name is also compared with every visible name.
    """
    text = text.strip()
    if len(fold(text)) < 2:
        return []
    visible = Participant.objects.visible_to(user)
    reasons: dict[int, str] = {}
    for ways in (_by_number, _by_code, _by_birth_date, _by_email, _by_phone, _by_name):
        for pk, why in ways(visible, text):
            reasons.setdefault(pk, why)
    return _hits(visible, reasons)


def find_person(user, *, number: str = "", name: str = "", birth_date: date | None = None):
    """Search before somebody is registered: by number, name and birth date together."""
    visible = Participant.objects.visible_to(user)
    reasons: dict[int, str] = {}
    for pk, why in _by_number(visible, number) if number else ():
        reasons.setdefault(pk, why)
    similar = dict(_by_name(visible, name)) if len(fold(name)) > 1 else {}
    same_day = set(visible.filter(birth_date=birth_date).values_list("pk", flat=True)[:MOST_HITS])
    if birth_date:
        for pk in same_day & similar.keys():
            reasons.setdefault(pk, f"{similar[pk]} och födelsedatumet är samma")
    for pk, why in similar.items():
        reasons.setdefault(pk, why)
    for pk in same_day if birth_date else ():
        reasons.setdefault(pk, "födelsedatumet är samma")
    return _hits(visible, reasons)


def holder_of(number: str) -> Participant | None:
    """Return whoever has or had the twelve-digit number, visible or not. One query.

    Never shown without asking `visible_to`; `explain_taken` does.
    """
    record = NumberRecord.objects.filter(number=number).select_related("participant").first()
    return record.participant if record else None


def explain_taken(user, number: str) -> tuple[str, Participant | None]:
    """Return the sentence for a number that is taken, and the person only if the user may see them.

    The sentence is the same for a protected person, a closed file and a missing consent.
    """
    holder = holder_of(number)
    if holder is None:
        return "", None
    visible = Participant.objects.visible_to(user).for_list().filter(pk=holder.pk).first()
    if visible is None:
        return NEUTRAL, None
    return "Personen finns redan i registret. Fortsätt på deltagarens sida i stället.", visible


def _hits(visible, reasons: dict[int, str]) -> list[Hit]:
    keys = list(reasons)[:MOST_HITS]
    people = visible.for_list().in_bulk(keys)
    return [Hit(people[pk], reasons[pk]) for pk in keys if pk in people]


def _by_number(visible, text):
    try:
        number = parse(text).value
    except InvalidNumber:
        return
    records = NumberRecord.objects.filter(number=number, participant__in=visible)
    for pk, current in records.values_list("participant", "is_current"):
        yield pk, "personnummer" if current else "tidigare personnummer"


def _by_code(visible, text):
    code = text.upper().replace(" ", "")
    if len(code) < SHORTEST_MISSPELT:
        return
    code = code if code.startswith("B-") else f"B-{code}"
    for pk in visible.filter(code=code).values_list("pk", flat=True):
        yield pk, "kod"


def _by_birth_date(visible, text):
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return
    for pk in (
        visible.filter(birth_date=day).order_by("sort_name", "pk").values_list("pk", flat=True)
    ):
        yield pk, "födelsedatum"


def _by_email(visible, text):
    if "@" not in text:
        return
    for pk in visible.filter(email__icontains=fold(text)).values_list("pk", flat=True):
        yield pk, "e-post"


def _by_phone(visible, text):
    """Compare what follows the country code or the first zero, so +46 70 finds 070."""
    if any(letter.isalpha() for letter in text):
        return
    wanted = digits(text).removeprefix("00").removeprefix("46").lstrip("0")
    if len(wanted) < FEWEST_DIGITS:
        return
    for pk in visible.filter(phone_digits__contains=wanted).values_list("pk", flat=True):
        yield pk, "telefonnummer"


def _by_name(visible, text):
    """Every word must stand in the name, in any order; then names that are alike, the likest first."""
    words = fold(text).split()
    if not words or any(character.isdigit() for character in text):
        return
    alike = []
    names = visible.order_by("sort_name", "pk").values_list("pk", "search_name")
    for pk, name in names:
        if all(word in name for word in words):
            yield pk, "namn"
        elif (score := likeness(words, name)) >= ALIKE:
            alike.append((-score, len(alike), pk))
    for _, _, pk in sorted(alike):
        yield pk, "namnet liknar"


def likeness(words: list[str], name: str) -> float:
    """Return how alike the words are to words of the name, 0 to 100: the least sure word decides."""
    parts = name.split()
    return min(max(_alike(word, part) for part in parts) for word in words) if parts else 0


def _alike(word: str, part: str) -> float:
    if word in part:
        return 100
    if len(word) < SHORTEST_MISSPELT:
        return 0
    return fuzz.ratio(word, part)
