"""The figures as pictures, the same on the page, on the home page and in the PDF."""

from core import charts
from reports.key_figures import KeyFigures
from reports.overview import Overview


def in_and_out(months: tuple[KeyFigures, ...]) -> charts.Chart:
    """In and out by month."""
    return charts.grouped_bars(
        "In och ut per månad",
        _labels(months),
        {
            "Inskrivna": [each.participants.total for each in months],
            "Avslutade": [each.left.total for each in months],
        },
    )


def result(overview: Overview) -> charts.Chart:
    """The share to work or studies by month, against the goal."""
    return _share(
        "Andel till arbete eller studier", overview.trend, "share_percent", overview.goals.result
    )


def girls(overview: Overview) -> charts.Chart:
    """The girls' share of those who came in by month, against the goal."""
    return _share(
        "Andel flickor bland inskrivna", overview.trend, "girls_percent", overview.goals.girls
    )


def volume(overview: Overview) -> charts.Chart | None:
    """Counted participants in the whole project so far, against the goal; None without such a goal."""
    goal = overview.goals.counted
    if goal is None or overview.goals.counted_is_monthly:
        return None
    title = "Tillgodoräknade deltagare i hela projektet"
    return charts.goal_bar(title, overview.project.counted.total, int(goal))


def _share(title: str, months, field: str, goal) -> charts.Chart:
    values = [getattr(each, field) for each in months]
    shares = [None if value is None else float(value) / 100 for value in values]
    aim = None if goal is None else float(goal) / 100
    return charts.line_with_goal(title, _labels(months), shares, goal=aim, as_percent=True)


def _labels(months: tuple[KeyFigures, ...]) -> list[str]:
    """Name the months so that a chart has room for them: okt 16."""
    starts = [each.period.start for each in months]
    return [f"{month.label[:3]} {month.year % 100:02d}" for month in starts]
