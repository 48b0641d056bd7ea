"""What has been written: signed notes, some of them corrected or restricted, and two that were never signed."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from basun.demo.case_files import QUIET_FOR, CaseFile
from basun.demo.days import in_office_hours, working_day
from basun.demo.texts import Deck, sayings, varied
from casework.models import (
    Audience,
    CaseNote,
    CaseNoteVersion,
    NoteDraft,
    QuickPhrase,
    TalkKind,
    WithWhom,
)
from casework.notes.signing import CONTENT, searchable
from casework.notes.words import new_words
from participants.enums import Category

FEWEST, MOST = 3, 12
DAYS_A_NOTE = 13
WRITERS = {"officer": "handläggare", "coordinator": "koordinator", "counsellor": "syv", "sius": "sius"}  # fmt: skip
# Whose files hold a note that is restricted, one authority's own, or corrected: places in the list.
RESTRICTED, OWN, CORRECTED = (4, 9, 13, 27), (1, 6, 12, 21), (0, 3, 11, 24, 30)
# Anna's two unsigned drafts: so long ago.
DRAFTED = (timedelta(days=3, hours=2), timedelta(minutes=50))


def write_notes(files: list[CaseFile]) -> None:
    """Write the notes of every file, and what Anna has begun."""
    random = Random(7140)  # noqa: S311  (deals cards, not keys)
    decks = {
        stage: Deck([each for each in sayings()["note"] if each["stage"] == stage], random)
        for stage in ("first", "any", "last")
    }
    for file in files:
        if file.contact:
            file.notes = _notes_of(file, decks)
    _make_special(files)
    notes = [note for file in files for note in file.notes]
    CaseNote.objects.bulk_create(notes, batch_size=500)
    CaseNoteVersion.objects.bulk_create(
        [version for note in notes for version in _versions(note)], batch_size=500
    )
    _drafts(files)


def _notes_of(file: CaseFile, decks) -> list[CaseNote]:
    """From the first talk to the latest, with the story's own in between."""
    number = min(max(file.days // DAYS_A_NOTE, FEWEST), MOST)
    cards = [decks["first"].deal(lambda card: _may_write(file, card))]
    cards += [each for each in file.story["notes"][: number // 2] if _may_write(file, each)]
    while len(cards) < number - 1:
        any_card = decks["any"].deal(lambda card: _may_write(file, card))
        cards.insert(file.random.randrange(1, len(cards) + 1), any_card)
    cards.append(decks["last"].deal(lambda card: _may_write(file, card)))
    notes = [
        _note(file, card, day) for card, day in zip(cards, _days(file, len(cards)), strict=True)
    ]
    return notes + _unreached(file, notes[-1])


def _may_write(file: CaseFile, card: dict) -> bool:
    return _writer(file, card) is not None


def _writer(file: CaseFile, card: dict):
    """Who wrote it: the main contact, or a colleague who works with the person and may see notes."""
    who = card.get("by")
    if who is None:
        return file.contact
    if who == "officer" and not file.shares(Category.NOTES):
        return None
    return file.colleague(WRITERS[who])


def _days(file: CaseFile, number: int) -> list:
    """Evenly spread from the second day, the last within some days, or weeks ago for the quiet."""
    ago = file.random.choice(QUIET_FOR) if file.is_quiet else file.random.randrange(1, 9)
    last = max(file.days - ago, 2)
    step = (last - 1) / max(number - 1, 1)
    days = [
        file.enrolment.starts_on + timedelta(days=1 + round(step * each)) for each in range(number)
    ]
    return [max(working_day(day), file.enrolment.starts_on) for day in days]


def _note(file: CaseFile, card: dict, day, **fields) -> CaseNote:
    by = _writer(file, card)
    happened_at = in_office_hours(day, file.random)
    minutes = card["minutes"]
    with_whom = card.get("with", [WithWhom.PARTICIPANT])
    note = CaseNote(
        participant=file.person,
        enrolment=file.enrolment,
        author=by,
        author_authority=by.authority,
        happened_at=happened_at,
        minutes=minutes,
        channel=card["channel"],
        kind=card["kind"],
        with_whom=[str(each) for each in with_whom],
        with_text=card.get("with_text", ""),
        with_participant=WithWhom.PARTICIPANT in with_whom,
        text=varied(card["text"], file.random),
        agreed=_lines(varied(card.get("agreed", ""), file.random)),
        signed_at=happened_at + timedelta(minutes=minutes + file.random.randrange(5, 90)),
        **fields,
    )
    note.search_text = searchable(note)
    return note


def _lines(agreed: str) -> str:
    """One thing a line."""
    return agreed.replace(". ", "\n").removesuffix(".")


def _unreached(file: CaseFile, last: CaseNote) -> list[CaseNote]:
    """Of the quiet: that somebody has tried."""
    if not file.is_quiet:
        return []
    day = working_day(timezone.localdate(last.happened_at) + timedelta(days=10))
    card = file.random.choice(sayings()["unreached"]) | {"kind": TalkKind.ABSENCE, "with": []}
    return [_note(file, card, day)]


def _make_special(files: list[CaseFile]) -> None:
    """Some that not everybody may read, and some that were corrected."""
    for place, index in enumerate(RESTRICTED):
        card = sayings()["restricted"][place % 3]
        reason = sayings()["restricted_reasons"][place % 3]
        _insert(files[index], card, audience=Audience.RESTRICTED, restricted_reason=reason)
    for place, index in enumerate(OWN):
        _insert(files[index], sayings()["own_authority"][place % 2], audience=Audience.AUTHORITY)
    for place, index in enumerate(CORRECTED):
        mine = [each for each in files[index].notes if each.author == files[index].contact]
        mine[1].number = 2
        mine[1].why = sayings()["corrections"][place % 3]


def _insert(file: CaseFile, card: dict, **fields) -> None:
    """One more note, somewhere after the first."""
    if not (file.notes and _may_write(file, card)):
        return
    day = timezone.localdate(file.notes[len(file.notes) // 2].happened_at)
    file.notes.append(_note(file, card, day, **fields))


def _versions(note: CaseNote) -> list[CaseNoteVersion]:
    """Each version as it was signed; the first one of a corrected note had not all the words."""
    columns = {name: getattr(note, name) for name in CONTENT}
    signed = {"note": note, "signed_by": note.author}
    if note.number == 1:
        return [CaseNoteVersion(number=1, signed_at=note.signed_at, **columns, **signed)]
    first = columns | {"text": note.text.split(". ", 1)[0] + ".", "agreed": ""}
    again = note.signed_at + timedelta(hours=3)
    return [
        CaseNoteVersion(number=1, signed_at=note.signed_at, **first, **signed),
        CaseNoteVersion(number=2, signed_at=again, why=note.why, **columns, **signed),
    ]


def _drafts(files: list[CaseFile]) -> None:
    """What Anna began and did not sign, and the phrases she keeps."""
    anna = files[0].staff["pedagogue"][0]
    hers = [each for each in files if each.contact == anna and not each.is_protected]
    for card, ago, file in zip(sayings()["draft"], DRAFTED, hers[2:], strict=False):
        when = timezone.now() - ago
        typed = new_words() | {
            "text": card["text"],
            "kind": card["kind"],
            "channel": card["channel"],
        }
        local = timezone.localtime(when)
        typed |= {"day": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"}
        NoteDraft.objects.create(
            user=anna,
            participant=file.person,
            typed=typed,
            revision=3,
            created_at=when,
            changed_at=when,
        )
    QuickPhrase.objects.bulk_create(
        QuickPhrase(user=anna, text=text) for text in sayings()["phrases"]
    )
