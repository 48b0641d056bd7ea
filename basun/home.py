"""How the home page is arranged: what today holds, what waits beside it, one's people, then the rest."""

from dataclasses import dataclass, field
from datetime import datetime

from accounts.permissions import Permission
from core.registry import HomeCard

# Cards from this order on are figures: charts and tiles that want the whole width.
FIGURES = 49


@dataclass(frozen=True, slots=True)
class Shown:
    """A card with what it shows."""

    card: HomeCard
    context: dict

    @property
    def template(self) -> str:
        """The card's own."""
        return self.card.template

    @property
    def wide(self) -> bool:
        """Whether it takes the whole width where two stand beside each other."""
        return self.card.wide


@dataclass(slots=True)
class Home:
    """The cards by place. On a phone they follow each other: first, side, main, figures."""

    first: list[Shown] = field(default_factory=list)
    side: list[Shown] = field(default_factory=list)
    main: list[Shown] = field(default_factory=list)
    figures: list[Shown] = field(default_factory=list)
    # For those whose work is the figures: they stand on top.
    figures_first: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.first or self.side or self.main or self.figures)

    @property
    def in_columns(self) -> bool:
        """Whether something stands beside something else."""
        return bool(self.side and (self.first or self.main))


def arrange(shown: list[Shown], user) -> Home:
    """Put each card in its place, by its order and width and by what the user's work begins with. Pure.

    The first of all that is for those with tasks opens the page; other wide ones are the main column,
    narrow ones stand beside it.
    """
    home = Home()
    for each in sorted(shown, key=lambda one: one.card.order):
        _place(home, each, user).append(each)
    home.figures_first = (
        bool(home.figures)
        and not user.may(Permission.HAVE_TASKS)
        and any(each.card.first_for and user.may(each.card.first_for) for each in home.figures)
    )
    return home


def _place(home: Home, shown: Shown, user) -> list:
    card = shown.card
    if card.order >= FIGURES:
        return home.figures
    if card.wide and not home.first and card.first_for and user.may(card.first_for):
        return home.first
    return home.main if card.wide else home.side


def greeting(now: datetime) -> str:
    """How one says hello at that time of day. Pure."""
    if 4 <= now.hour < 10:
        return "God morgon"
    return "Hej" if 10 <= now.hour < 18 else "God kväll"
