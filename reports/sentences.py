"""What the figures say, in a sentence each: for a first page that is read in a minute. Pure."""

from decimal import Decimal

from core.swedish import NBSP, counted, number
from reports.goals import is_reached
from reports.overview import Overview


def percent(value: Decimal | None) -> str:
    """Write a figure that is already in per cent: 70,6 %. A dash when there is none."""
    return number(value, 1) + (f"{NBSP}%" if value is not None else "")


def target(value: Decimal | None) -> str:
    """Write a goal in per cent without needless decimals: 60 %."""
    return "" if value is None else f"{number(value.normalize())}{NBSP}%"


def entered(overview: Overview) -> str:
    """How many came in, and how many are in now."""
    figures = overview.figures
    people = figures.participants.total
    came = counted(people, "deltagare", "deltagare") if people else "Ingen"
    return f"{came} skrevs in, och {number(figures.active.total)} är inskrivna vid periodens slut."


def volume(overview: Overview) -> str:
    """How many are counted, against the goal for the project or the period; and who is not yet."""
    figures, project = overview.figures, overview.project
    waiting = _waiting(figures.participants.total, figures.not_yet_counted.total)
    if overview.volume_goal is None:
        return waiting
    if overview.goals.counted_is_monthly:
        return (
            f"Målet för perioden är {number(overview.volume_goal.normalize())}. {waiting}".strip()
        )
    so_far = number(project.counted.total)
    goal = number(overview.goals.counted.normalize())
    return f"I hela projektet hittills: {so_far} av målets {goal}. {waiting}".strip()


def _waiting(entered: int, not_yet: int) -> str:
    if not_yet:
        return f"{number(not_yet)} nya saknar ännu attesterad närvaro."
    return "Alla nya har attesterad närvaro." if entered else ""


def result(overview: Overview) -> str:
    """How many left, and where to."""
    figures = overview.figures
    if not figures.left.total:
        return "Ingen har avslutats i perioden."
    return (
        f"Av {number(figures.left.total)} som avslutades gick {number(figures.to_work.total)} till "
        f"arbete och {number(figures.to_studies.total)} till studier."
    )


def girls(overview: Overview) -> str:
    """How many of those who came in are girls."""
    people = overview.figures.participants
    if not people.total:
        return "Ingen har skrivits in i perioden."
    girls, boys = (
        counted(people.girls, "flicka", "flickor"),
        counted(people.boys, "pojke", "pojkar"),
    )
    return f"{girls} och {boys} bland de inskrivna."


def against(value: Decimal | int | None, goal: Decimal | None) -> str:
    """Say whether the goal is reached, or by how much it is missed, in percentage points."""
    reached = is_reached(value, goal)
    if reached is None:
        return ""
    if reached:
        return "Målet är nått."
    return f"{number(goal - value, 1)} procentenheter kvar till målet."
