"""What the figures are held against: the goals as they held on a period's last day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.models import Goal, Measure


@dataclass(frozen=True, slots=True)
class Goals:
    """The targets: a number of participants for the whole project, and two shares in per cent."""

    counted: Decimal | None = None
    result: Decimal | None = None
    girls: Decimal | None = None
    counted_is_monthly: bool = False

    def as_json(self) -> dict:
        """The targets as numbers."""
        return {
            name: None if target is None else float(target)
            for name, target in (
                ("counted", self.counted),
                ("result_percent", self.result),
                ("girls_percent", self.girls),
            )
        }


def goals_on(day: date) -> Goals:
    """Return the goals that hold on a day; where two do, the later one. One query."""
    rows = Goal.objects.valid_on(day).order_by("valid_from", "pk")
    found = {goal.measure: goal for goal in rows}
    targets = [found[each].target if each in found else None for each in Measure]
    return Goals(*targets, Measure.COUNTED in found and found[Measure.COUNTED].is_monthly)


def is_reached(value: Decimal | int | None, target: Decimal | None) -> bool | None:
    """Say whether a figure has come up to its goal; None where either is missing."""
    return None if value is None or target is None else value >= target


def share_of(value: Decimal | int | None, target: Decimal | None) -> float | None:
    """Return how much of the goal is reached, 0 to 1, for a bar; None where there is no telling."""
    if value is None or not target:
        return None
    return float(min(Decimal(value) / target, Decimal(1)))
