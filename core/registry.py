"""Where an upper app adds something to a lower app's page, without the lower one knowing its name.

Apps register in the `ready()` of their `apps.py`; entries keep their `order`. Nothing here costs a
query; the callables that are registered say for themselves whether they do.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any


class Registry:
    """An ordered list of entries; the same entry registered twice stands once."""

    def __init__(self):
        self._entries: list[Any] = []

    def register(self, entry):
        """Add an entry and return it."""
        if entry not in self._entries:
            self._entries.append(entry)
            self._entries.sort(key=lambda each: getattr(each, "order", 0))
        return entry

    def __iter__(self):
        return iter(self._entries)

    def for_user(self, user) -> list:
        """Return the entries whose `permission` the user has (or that ask for none)."""
        return [
            entry
            for entry in self._entries
            if entry.permission is None or user.may(entry.permission)
        ]


@dataclass(frozen=True)
class NavItem:
    """An entry of the main navigation."""

    label: str
    url_name: str
    icon: str
    order: int
    permission: Any = None
    # Paths that begin with one of these keep the entry marked as current.
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tab:
    """A tab of the participant page. `url_name` takes the participant's key.

    `category` is the consent category that staff of another authority need for it, if any.
    """

    label: str
    url_name: str
    order: int
    permission: Any = None
    category: str | None = None


@dataclass(frozen=True)
class ParticipantLink:
    """Something to do, offered on the page of a participant who is enrolled.

    `url_name` takes the participant's key; `category` is as for a tab.
    """

    label: str
    url_name: str
    order: int
    permission: Any = None
    category: str | None = None


@dataclass(frozen=True)
class Event:
    """One line of a participant's timeline."""

    on: date
    title: str
    text: str = ""
    icon: str = "dot"
    tone: str = "neutral"
    url: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class TimelineSource:
    """A function `(participant, user) -> list[Event]`; costs the queries it makes.

    `label` is the kind of event the page can be narrowed to. The function shows staff of another
    authority only what `participant.consent_covers`.
    """

    collect: Callable
    order: int = 0
    label: str = "Övrigt"


@dataclass(frozen=True)
class NextStep:
    """What a participant needs next: a sentence, how urgent, and where to do it."""

    text: str
    urgency: int = 0
    due: date | None = None
    url: str = ""
    tone: str = "neutral"


@dataclass(frozen=True)
class NextStepRule:
    """A function `(participants, user, day) -> dict[participant id, NextStep]` for a page of people.

    It may cost a fixed number of queries, never one per person. The most urgent step wins.
    """

    find: Callable
    order: int = 0


@dataclass(frozen=True)
class HomeCard:
    """A card of the home page: a template and a function `(request) -> context`, or None to hide it.

    The function must log the persons it shows. For users with the permission `first_for` the card
    stands before all others.
    """

    template: str
    context: Callable
    order: int
    permission: Any = None
    wide: bool = False
    first_for: Any = None


@dataclass(frozen=True)
class PersonCard:
    """A card on a participant's own page: a template and a function `(request, participant) -> context`.

    None hides it. The card is about that person alone, whom the page logs; `category` is as for a tab.
    The template is a whole card; it finds the context as `card`, and the person as `participant`.
    """

    template: str
    context: Callable
    order: int = 0
    permission: Any = None
    category: str | None = None


@dataclass(frozen=True)
class OpenQuestion:
    """Something that stands open when an enrolment is to end, and where to mend it.

    One that `needs_reason` stops the exit until it is mended or somebody has written why not; its text
    is then kept, so it names nobody. `ways` are further (words, address) beside `link` and `url`.
    """

    text: str
    url: str = ""
    link: str = ""
    needs_reason: bool = False
    ways: tuple[tuple[str, str], ...] = ()

    @property
    def all_ways(self) -> tuple[tuple[str, str], ...]:
        """Every way to mend it, as (words, address)."""
        return ((self.link or "Öppna", self.url), *self.ways) if self.url else self.ways


@dataclass(frozen=True)
class ExitCheck:
    """A function `(enrolment, user, day) -> list[OpenQuestion]` for an enrolment that is to end."""

    find: Callable
    order: int = 0


@dataclass(frozen=True)
class AfterExit:
    """A function `(enrolment, by)` that ends what an upper app has planned for somebody who has left.

    Called in the exit's own transaction: what it refuses stops the exit.
    """

    act: Callable
    order: int = 0


@dataclass(frozen=True)
class ReviewSignal:
    """A reason to talk about a participant at the weekly review, in a few words: 3 frånvaror i rad.

    `weight` orders the agenda, the heaviest first; 0 is worth telling, but no reason by itself. `since`
    is the day it began. `category` is the consent that staff of another authority need to be told.
    """

    text: str
    weight: int
    since: date | None = None
    tone: str = "warn"
    icon: str = "flag"
    category: str = "plan"


@dataclass(frozen=True)
class ReviewSignalRule:
    """A function `(participants, user, day) -> dict[participant id, list[ReviewSignal]]`.

    It shows staff of another authority only what consent covers, and costs a fixed number of queries
    however many people. With `in_header` it also stands in the header of the person's pages.

    With `by_category` the consents for the plan and for a signal's `category` are all that decides whether
    staff of another authority are told it: one answer is then enough for both. Others are asked again.
    """

    find: Callable
    order: int = 0
    in_header: bool = False
    by_category: bool = False


@dataclass(frozen=True)
class Phase:
    """Where in the chain somebody is: Kartläggning, Individuellt fokus, Ut-matchning, Uppföljning.

    After `stuck_after` days in it somebody should ask why; None for a phase that may last.
    """

    label: str
    since: date
    stuck_after: int | None = None


@dataclass(frozen=True)
class PhaseRule:
    """A function `(participants, user, day) -> dict[participant id, Phase]`, a fixed number of queries.

    The rule with the highest `order` that says something decides.
    """

    find: Callable
    order: int = 0


@dataclass(frozen=True)
class ContactRule:
    """A function `(participants, day) -> dict[participant id, date]`: the last day somebody met or reached them.

    For all staff alike: it is only ever said how long ago. A fixed number of queries.
    """

    find: Callable
    order: int = 0


@dataclass(frozen=True)
class TodayEntry:
    """One line of a user's day. `person` is the participant it names, whom the page logs."""

    title: str
    at: time | None = None
    text: str = ""
    url: str = ""
    icon: str = "dot"
    person: Any = None


@dataclass(frozen=True)
class TodaySource:
    """A function `(user, day) -> list[TodayEntry]`, a fixed number of queries."""

    find: Callable
    order: int = 0
    permission: Any = None


@dataclass(frozen=True)
class QuickAction:
    """Something one can begin from every page: a button in the bar at the top.

    `url_name` takes no argument; on a person's page `person_url_name` takes the participant's key.
    `key` is the letter that opens it together with Alt (the browser's access key).
    """

    label: str
    url_name: str
    icon: str
    order: int = 0
    permission: Any = None
    person_url_name: str = ""
    category: str | None = None
    key: str = ""


@dataclass(frozen=True)
class OpenCaseRule:
    """A function `() -> Q` over participants: a further ground on which a file counts as open."""

    condition: Callable
    order: int = 0


@dataclass(frozen=True)
class BeforeClosingAccount:
    """A function `(user) -> list[str]`: what somebody still holds, before their account is closed.

    Sentences for the system administrator, who sees no case content: never who, nor how many.
    """

    find: Callable
    order: int = 0


@dataclass
class Registries:
    """All registries, by the place that shows them."""

    navigation: Registry = field(default_factory=Registry)
    participant_tabs: Registry = field(default_factory=Registry)
    participant_links: Registry = field(default_factory=Registry)
    timeline: Registry = field(default_factory=Registry)
    next_steps: Registry = field(default_factory=Registry)
    home_cards: Registry = field(default_factory=Registry)
    person_cards: Registry = field(default_factory=Registry)
    exit_checks: Registry = field(default_factory=Registry)
    after_exit: Registry = field(default_factory=Registry)
    review_signals: Registry = field(default_factory=Registry)
    open_case_rules: Registry = field(default_factory=Registry)
    phases: Registry = field(default_factory=Registry)
    last_contacts: Registry = field(default_factory=Registry)
    today: Registry = field(default_factory=Registry)
    quick_actions: Registry = field(default_factory=Registry)
    before_closing_account: Registry = field(default_factory=Registry)


registries = Registries()
navigation = registries.navigation
participant_tabs = registries.participant_tabs
participant_links = registries.participant_links
timeline = registries.timeline
next_steps = registries.next_steps
home_cards = registries.home_cards
person_cards = registries.person_cards
exit_checks = registries.exit_checks
after_exit = registries.after_exit
review_signals = registries.review_signals
open_case_rules = registries.open_case_rules
phases = registries.phases
last_contacts = registries.last_contacts
today = registries.today
quick_actions = registries.quick_actions
before_closing_account = registries.before_closing_account
