"""What a review came to: whom we discussed, what we decided, who does it by when, who was left over.

Nobody writes it up: it is read from what was done in the meeting, as far as the reader may see.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from casework.models import ItemState, Review, ReviewDecision
from casework.review.card import happened
from casework.review.room import Part
from casework.review.rows import Row, items_in_order
from casework.review.steps import shared_at
from core.swedish import counted

# The parts by the word in the address.
CHOICES = {"gemensam": Part.JOINT, "kommunen": Part.OWN, "enskilt": Part.ALONE}
STATES = {
    ItemState.NOT_REACHED: "Hanns inte med",
    ItemState.POSTPONED: "Uppskjutna",
    ItemState.WAITING: "Väntar ännu",
}


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, and what has become of it."""

    decision: ReviewDecision
    happened: str
    tone: str
    icon: str

    @property
    def whom(self) -> str:
        """Who does it."""
        user = self.decision.user
        return user.name if user else self.decision.get_to_role_display()


@dataclass
class Talk:
    """A participant gone through, or left over."""

    row: Row
    part: Part
    decided: list[Decided] = field(default_factory=list)

    @property
    def person(self):
        """Who."""
        return self.row.person

    @property
    def name(self) -> str:
        """The name as lists show it."""
        return self.row.person.list_name

    @property
    def reasons(self):
        """Why they were on the agenda; in the joint part what the room was told."""
        return self.row.room_reasons if self.part == Part.JOINT else self.row.reasons

    @property
    def postponed_reason(self) -> str:
        """Why they were put off, where the reader may be told a colleague's own words."""
        told = self.row.room_words if self.part == Part.JOINT else self.row.words
        return self.row.item.postponed_reason if told else ""

    @property
    def note(self) -> str:
        """What was written about how it is."""
        return self.row.item.note


@dataclass
class Section:
    """A part of the meeting, with those gone through in it and those left over."""

    part: Part
    talks: list[Talk]
    left: list[tuple[str, list[Talk]]]

    @property
    def heading(self) -> str:
        """The part's heading."""
        return self.part.label


@dataclass
class Recap:
    """A review as a reader sees it."""

    review: Review
    sections: list[Section]
    present: list
    absent: list
    talks: list[Talk]

    @property
    def people(self) -> list:
        """Everybody it shows."""
        return [talk.person for talk in self.talks]

    @property
    def discussed(self) -> list[Talk]:
        """Those gone through."""
        return [talk for talk in self.talks if talk.row.item.state == ItemState.DISCUSSED]

    @property
    def decisions(self) -> int:
        """How many decisions it shows."""
        return sum(len(talk.decided) for talk in self.talks)

    @property
    def summary(self) -> str:
        """In a sentence: 12 genomgångna, 17 beslut."""
        decisions = counted(self.decisions, "beslut", "beslut")
        return f"{counted(len(self.discussed), 'genomgången', 'genomgångna')}, {decisions}"

    def by_colleague(self) -> list[tuple[str, list[tuple[Talk, Decided]]]]:
        """Return what each one does, by name; within it by day."""
        found = defaultdict(list)
        for talk in self.talks:
            for decided in talk.decided:
                found[_order(decided), decided.whom].append((talk, decided))
        return [
            (whom, sorted(rows, key=lambda row: row[1].decision.due_on))
            for (_, whom), rows in sorted(found.items(), key=lambda pair: pair[0])
        ]

    def of(self, user) -> list[tuple[Talk, Decided]]:
        """Return what a user does."""
        rows = [(talk, decided) for talk in self.talks for decided in talk.decided]
        mine = [row for row in rows if row[1].decision.user_id == user.pk]
        return sorted(mine, key=lambda row: row[1].decision.due_on)


def _order(decided: Decided) -> str:
    return decided.decision.user.sort_name if decided.decision.user else "99"


def load(review: Review, user, *, part: Part | None = None) -> Recap:
    """Return the recap as the user may read it, or one part of it. Eleven queries whatever the number of people.

    Those talked about in private are only in a part of their own: the rest may stand on a wall.
    Staff of Arbetsförmedlingen read of those whose consent holds now and held when they were
    discussed; a part for them to read holds nobody else, whoever makes it.
    """
    rows = items_in_order(review, user)
    decided = _decided(review)
    shared = shared_at(
        {row.item.pk: (row.person.pk, row.item.discussed_at or timezone.now()) for row in rows}
    )
    talks = [
        Talk(row, _part(row, shared[row.item.pk]), decided.get(row.item.pk, [])) for row in rows
    ]
    if user.needs_consent:
        talks = [talk for talk in talks if talk.part == Part.JOINT]
    if part is None:
        talks = [talk for talk in talks if talk.part != Part.ALONE]
    else:
        talks = [talk for talk in talks if talk.part == part]
    attendees = list(review.attendees.select_related("user"))
    return Recap(
        review=review,
        sections=_sections(talks),
        present=[each.user for each in attendees if each.present],
        absent=[each.user for each in attendees if not each.present and each.user.is_active],
        talks=talks,
    )


def _part(row: Row, shared: bool) -> Part:
    return Part.OWN if row.part == Part.JOINT and not shared else row.part


def _decided(review) -> dict[int, list[Decided]]:
    """Return what was decided, by row. One query."""
    today = timezone.localdate()
    found = defaultdict(list)
    decisions = ReviewDecision.objects.filter(item__review=review, taken_back_at=None)
    for decision in decisions.select_related("user", "task", "decided_by"):
        found[decision.item_id].append(Decided(decision, *happened(decision, today)))
    return found


def _sections(talks: list[Talk]) -> list[Section]:
    sections = []
    for part in Part:
        of_part = [talk for talk in talks if talk.part == part]
        if of_part:
            done = [talk for talk in of_part if talk.row.item.state == ItemState.DISCUSSED]
            left = [(words, _in_state(of_part, state)) for state, words in STATES.items()]
            sections.append(Section(part, done, [(words, some) for words, some in left if some]))
    return sections


def _in_state(talks, state) -> list[Talk]:
    return [talk for talk in talks if talk.row.item.state == state]
