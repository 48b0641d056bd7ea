"""The figures that stand large, each with its goal, its sentence and its definition."""

from dataclasses import dataclass
from decimal import Decimal

from core.swedish import number
from reports import definitions, sentences
from reports.goals import is_reached, share_of
from reports.overview import Overview


@dataclass(frozen=True, slots=True)
class Tile:
    """One large figure. `share` is how much of the goal is reached, 0 to 1; `figure` opens its rows."""

    label: str
    value: str
    sentence: str
    definition: str
    unit: str = ""
    goal: str = ""
    share: float | None = None
    tone: str = "neutral"
    figure: str = ""


def headline(overview: Overview) -> list[Tile]:
    """Return the four figures that a steering group reads first."""
    return [_entered(overview), _volume(overview), _result(overview), _girls(overview)]


def _entered(overview: Overview) -> Tile:
    return Tile(
        "Inskrivna",
        number(overview.figures.participants.total),
        sentences.entered(overview),
        definitions.PARTICIPANTS.text,
        figure="inskrivna",
    )


def _volume(overview: Overview) -> Tile:
    goal = overview.volume_goal
    of_project = not overview.goals.counted_is_monthly
    measured = (overview.project if of_project else overview.figures).counted.total
    words = (
        ""
        if goal is None
        else number(goal.normalize()) + (" i hela projektet" if of_project else "")
    )
    return Tile(
        "Tillgodoräknade",
        number(overview.figures.counted.total),
        sentences.volume(overview),
        definitions.COUNTED.text,
        goal=words,
        share=share_of(measured, goal),
        # The large figure is the period's; it is not good because the whole project is.
        tone=_tone(overview.figures.counted.total, goal),
        figure="tillgodoraknade",
    )


def _result(overview: Overview) -> Tile:
    value, goal = overview.figures.share_percent, overview.goals.result
    return Tile(
        "Till arbete eller studier",
        number(value, 1),
        f"{sentences.result(overview)} {sentences.against(value, goal)}".strip(),
        definitions.RESULT.text,
        unit=_unit(value),
        goal=sentences.target(goal),
        share=share_of(value, goal),
        tone=_tone(value, goal),
        figure="avslutade",
    )


def _girls(overview: Overview) -> Tile:
    value, goal = overview.figures.girls_percent, overview.goals.girls
    return Tile(
        "Andel flickor",
        number(value, 1),
        f"{sentences.girls(overview)} {sentences.against(value, goal)}".strip(),
        definitions.GIRLS_SHARE.text,
        unit=_unit(value),
        goal=sentences.target(goal),
        share=share_of(value, goal),
        tone=_tone(value, goal),
        figure="inskrivna",
    )


def _unit(value: Decimal | None) -> str:
    return "" if value is None else "%"


def _tone(value, goal) -> str:
    return "good" if is_reached(value, goal) else "neutral"
