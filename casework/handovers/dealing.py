"""The page where a caseload is dealt out: what has been chosen so far, and what comes of it."""

from dataclasses import dataclass
from itertools import groupby

from casework.handovers.caseload import (
    Colleague,
    Held,
    Terms,
    anybody_for_tasks,
    colleagues_for,
    deal_evenly,
    held_by,
    other_tasks,
)
from participants.enums import Function

KEEP = ""


@dataclass(slots=True)
class Row:
    """A participant of the caseload, and who is chosen."""

    held: Held
    chosen: str


@dataclass(slots=True)
class Group:
    """One function: those who are to be dealt out, and whom to."""

    function: Function
    rows: list[Row]
    colleagues: list["Dealt"]

    @property
    def left(self) -> int:
        """How many nobody is chosen for."""
        return sum(1 for row in self.rows if not row.chosen)


@dataclass(slots=True)
class Dealt:
    """A colleague with what they have, and what they would have."""

    colleague: Colleague
    new: int
    takes_part: bool

    @property
    def total(self) -> int:
        """How many they would have."""
        return self.colleague.load + self.new


@dataclass(slots=True)
class TaskRow:
    """A task that goes along with nobody, and who is chosen."""

    task: object
    chosen: str

    @property
    def field(self) -> str:
        """The name of its select."""
        return f"task-{self.task.pk}"


@dataclass(slots=True)
class Dealing:
    """Everything that can be handed over, with the choices made."""

    groups: list[Group]
    tasks: list[TaskRow]
    anybody: list

    @property
    def people(self) -> list[int]:
        """Everybody the page names, for the access log."""
        named = [row.held.person.pk for group in self.groups for row in group.rows]
        named += [row.task.participant_id for row in self.tasks if row.task.participant_id]
        return list(dict.fromkeys(named))

    @property
    def to(self) -> dict:
        """The new user by assignment."""
        return {
            row.held.assignment.pk: dealt.colleague.user
            for group in self.groups
            for row in group.rows
            for dealt in group.colleagues
            if row.chosen == str(dealt.colleague.pk)
        }

    @property
    def task_to(self) -> dict:
        """The new user by task."""
        users = {str(user.pk): user for user in self.anybody}
        return {row.task.pk: users[row.chosen] for row in self.tasks if row.chosen in users}

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The fields of the form as they stand, for the page that asks whether it is right."""
        rows = [row for group in self.groups for row in group.rows]
        fields = [(row.held.field, row.chosen) for row in rows]
        return fields + [(row.field, row.chosen) for row in self.tasks]


def dealing(giver, user, terms: Terms, given) -> Dealing:
    """Return what there is to deal out, with the choices of a form (`given`, a QueryDict).

    The buttons "Dela lika" and "Alla till" of a function choose for all its rows. About fifteen queries
    and two for each function.
    """
    held = held_by(giver, user, terms)
    groups = [
        _group(Function(function), list(rows), giver, user, terms, given)
        for function, rows in groupby(held, key=lambda each: each.function)
    ]
    others = other_tasks(giver, user, terms, held)
    anybody = anybody_for_tasks(giver) if others else []
    known = {str(each.pk) for each in anybody}
    tasks = [TaskRow(task, _known(given.get(f"task-{task.pk}", KEEP), known)) for task in others]
    return Dealing(groups, tasks, anybody)


def _group(function, held, giver, user, terms, given) -> Group:
    colleagues = colleagues_for(function, giver, user, terms)
    known = {str(each.pk) for each in colleagues}
    ticked = set(given.getlist(f"med-{function}"))
    part = {
        each.pk: str(each.pk) in ticked if given else each.away_until is None for each in colleagues
    }
    rows = [Row(each, _known(given.get(each.field, KEEP), known)) for each in held]
    do = given.get("do", "")
    if do == f"lika-{function}":
        loads = {each.pk: each.load for each in colleagues if part[each.pk]}
        even = deal_evenly([row.held.assignment.pk for row in rows], loads)
        for row in rows:
            row.chosen = str(even.get(row.held.assignment.pk, KEEP))
    elif do == f"alla-{function}":
        one = _known(given.get(f"alla-till-{function}", KEEP), known)
        for row in rows:
            row.chosen = one
    counted = [row.chosen for row in rows]
    dealt = [Dealt(each, counted.count(str(each.pk)), part[each.pk]) for each in colleagues]
    return Group(function, rows, dealt)


def _known(value: str, known: set[str]) -> str:
    return value if value in known else KEEP
