"""A person's notes as lists show them: those one may read whole, the others only that they exist."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import TextField
from django.db.models.functions import Cast

from casework.models import CaseNote
from casework.notes.people import at_hand
from casework.notes.searching import Piece, Words, excerpt, narrow
from casework.notes.versions import when, with_words
from participants.models import Participant

PER_PAGE = 15
# More than anybody prints.
ALL = 500


@dataclass(frozen=True, slots=True)
class Row:
    """A note in a list. `is_open` says whether the user may read it; only then ask for its words."""

    note: CaseNote
    is_open: bool

    @property
    def when(self) -> str:
        """The day and hour."""
        return when(self.note)

    @property
    def only_for(self) -> str:
        """Which authority alone reads it, for one that is an authority's own."""
        return f"Bara {self.note.get_author_authority_display()}"

    @property
    def with_words(self) -> str:
        """With whom."""
        return with_words(self.note)


@dataclass(frozen=True, slots=True)
class Hit:
    """A note that a search found."""

    note: CaseNote
    pieces: list[Piece]

    @property
    def when(self) -> str:
        """The day and hour."""
        return when(self.note)


def of_person(user, participant, chosen: dict):
    """Return the notes about a person that the user may know of, narrowed by NoteFilter.chosen().

    A restricted note that one may not read answers to no filter: that would tell what it says.
    """
    mine = CaseNote.objects.filter(participant=participant)
    if not chosen:
        return mine.known_to(user)
    notes = mine.readable_by(user)
    if kind := chosen.get("slag"):
        notes = notes.filter(kind=kind)
    if who := chosen.get("med"):
        notes = notes.annotate(whom=Cast("with_whom", TextField())).filter(
            whom__contains=f'"{who}"'
        )
    if author := chosen.get("av"):
        notes = notes.filter(author=author)
    if text := chosen.get("q"):
        notes = narrow(notes, Words(text))
    return notes


def page_of(notes, user, number, per_page: int = PER_PAGE) -> Page:
    """Return one page of rows. Three queries, whatever the number of notes."""
    notes = notes.select_related("author").order_by("-happened_at", "-pk")
    page = Paginator(notes, per_page).get_page(number)
    found = list(page.object_list)
    readable = CaseNote.objects.filter(pk__in=[each.pk for each in found]).readable_by(user)
    open_to = set(readable.values_list("pk", flat=True))
    page.object_list = [Row(each, each.pk in open_to) for each in found]
    return page


def authors_of(user, participant) -> list[tuple[int, str]]:
    """Return who has written what the user may read, in Swedish order. One query."""
    notes = CaseNote.objects.filter(participant=participant).readable_by(user).order_by()
    rows = notes.values_list(
        "author", "author__first_name", "author__last_name", "author__sort_name"
    )
    return [
        (pk, f"{first} {last}")
        for pk, first, last, _ in sorted(rows.distinct(), key=lambda r: r[3])
    ]


def hits(user, text: str, number) -> Page:
    """Return one page of what a search in everything readable finds, the latest first.

    Closed files are no part of it: they are opened one by one, with a reason.
    """
    words = Words(text)
    notes = narrow(CaseNote.objects.readable_by(user), words)
    notes = notes.filter(participant__in=at_hand(user).values("pk")).order_by("-happened_at", "-pk")
    page = Paginator(notes.select_related("author"), PER_PAGE).get_page(number)
    found = list(page.object_list)
    people = _people(found)
    for note in found:
        note.participant = people[note.participant_id]
    page.object_list = [Hit(note, excerpt(_all_words(note), words)) for note in found]
    return page


def _people(notes):
    keys = {note.participant_id for note in notes}
    return Participant.objects.prefetch_related("protections").in_bulk(keys)


def _all_words(note) -> str:
    return "\n".join(part for part in (note.text, note.agreed, note.with_text) if part)
