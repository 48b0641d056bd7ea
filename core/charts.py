"""Figures as pictures: SVG made here, the same on screen and in a PDF, each with its numbers behind it.

On screen the drawing stands in the page, where the stylesheet gives it the page's type and theme. In a PDF
it is an `<img src="data:…">`, since PDF/UA accepts no other alternative text, and brings its colours along.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from django.utils.safestring import mark_safe

from core import swedish

WIDTH, HEIGHT = 560, 270
BAR_WIDTH, BAR_HEIGHT = 360, 66
LEFT, TOP, BOTTOM = 54, 40, 32
# Room to the right of the plot for the goal's word.
RIGHT, RIGHT_WITH_GOAL = 10, 74
CLASSES = ("first", "second", "third")
PAPER = """
text{font-family:'Source Sans 3','DejaVu Sans',sans-serif;font-size:15px;fill:#52605c}
.figure{font-weight:600;fill:#1c2b29}.figure--small{font-size:12.5px}.grid{stroke:#e3d9cb}.axis{stroke:#857b6b}
.first{fill:#0f6f69}.second{fill:#f0a25c}.third{fill:#66397a}
.line{fill:none;stroke:#0f6f69;stroke-width:3;stroke-linejoin:round;stroke-linecap:round}
.goal{stroke:#b34c06;stroke-width:2;stroke-dasharray:7 5}.goal-word{fill:#8c4208;font-weight:600}
.track{fill:#efe7da}
"""


@dataclass(frozen=True)
class Chart:
    """A picture, what it says in a sentence, and the table behind it."""

    title: str
    alt: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    drawing: str
    size: tuple[int, int] = (WIDTH, HEIGHT)

    @property
    def svg(self) -> str:
        """The picture for the page: no colours of its own, and its sentence for screen readers."""
        return mark_safe(  # noqa: S308 (drawn below; every word from outside is escaped there)
            f'<svg class="chart__svg" viewBox="0 0 {self.size[0]} {self.size[1]}" role="img"'
            f' aria-label="{escape(self.alt)}">{self.drawing}</svg>'
        )

    @property
    def source(self) -> str:
        """The picture as the address of an `<img>`, colours included."""
        width, height = self.size
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
            f' height="{height}"><style>{PAPER}</style>{self.drawing}</svg>'
        )
        return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


@dataclass(frozen=True)
class Scale:
    """From values to heights: zero at the bottom, round steps."""

    top: float
    step: float

    @classmethod
    def over(cls, values, smallest_step: float = 0) -> "Scale":
        """Choose about four round steps that hold the largest value; counts have whole steps."""
        largest = max((value for value in values if value), default=1)
        rough = max(largest / 4, smallest_step)
        size = 10 ** floor(log10(rough))
        step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough)
        return cls(top=step * ceil(largest / step - 1e-9), step=step)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * float(value) / self.top

    def ticks(self) -> list[float]:
        return [self.step * index for index in range(round(self.top / self.step) + 1)]


def grouped_bars(title: str, labels: Sequence[str], series: Mapping[str, Sequence[int]]) -> Chart:
    """Bars side by side for each label, as in and out by month: up to three series of counts."""
    scale = Scale.over((value for values in series.values() for value in values), smallest_step=1)
    xs, slot = _slots(len(labels), RIGHT)
    bar = min(slot * 0.78 / len(series), 32)
    parts = [_grid(scale, swedish.number, RIGHT), _legend(series), *_labels(xs, labels)]
    for place, values in enumerate(series.values()):
        offset = bar * (place - len(series) / 2)
        parts += [_bar(x + offset, bar, scale, values[i], CLASSES[place]) for i, x in enumerate(xs)]
    columns = zip(labels, *series.values(), strict=True)
    rows = tuple(
        (label, *(swedish.number(value) for value in values)) for label, *values in columns
    )
    totals = [f"{name} {swedish.number(sum(values))}" for name, values in series.items()]
    alt = f"{title}. Sammanlagt: {swedish.listed(totals)}."
    return Chart(title, alt, ("", *series), rows, "".join(parts))


def line_with_goal(
    title: str,
    labels: Sequence[str],
    values: Sequence[float | None],
    *,
    goal=None,
    as_percent=False,
) -> Chart:
    """A line against a goal; a label without a value leaves a gap. Shares are written as per cent."""
    write = _whole_percent if as_percent else swedish.number
    scale = Scale(1, 0.25) if as_percent else Scale.over([*values, goal or 0])
    right = RIGHT if goal is None else RIGHT_WITH_GOAL
    xs, _ = _slots(len(labels), right)
    parts = [_grid(scale, write, right), *_labels(xs, labels)]
    parts += [_line([(x, scale.y(value)) for x, value in run]) for run in _runs(xs, values)]
    known = [value for value in values if value is not None]
    alt = f"{title}. Senast {write(known[-1]) if known else 'inga uppgifter'}."
    if goal is not None:
        parts.append(_goal_line(scale.y(goal), f"Mål {write(goal)}", right))
        alt += f" Målet är {write(goal)}."
    rows = tuple((label, write(value)) for label, value in zip(labels, values, strict=True))
    return Chart(title, alt, ("", title), rows, "".join(parts))


def goal_bar(title: str, value: float, goal: float) -> Chart:
    """One bar towards a goal, which is a mark across it; a value above the goal passes the mark."""
    top = max(value, goal) * 1.04 or 1
    length, mark = BAR_WIDTH * value / top, BAR_WIDTH * goal / top
    parts = [
        f'<rect class="track" x="0" y="30" width="{BAR_WIDTH}" height="24" rx="12"/>',
        f'<rect class="first" x="0" y="30" width="{max(length, 24):.1f}" height="24" rx="12"/>'
        if value
        else "",
        f'<path class="goal" d="M{mark:.1f} 22V62"/>',
        f'<text class="figure" x="2" y="17">{swedish.number(value)}</text>',
        f'<text class="goal-word" x="{mark:.1f}" y="17" text-anchor="end">Mål {swedish.number(goal)}</text>',
    ]
    share = swedish.percent(value / goal, 0) if goal else swedish.DASH
    alt = f"{title}: {swedish.number(value)}, {share} av målet {swedish.number(goal)}."
    rows = (
        ("Utfall", swedish.number(value)),
        ("Mål", swedish.number(goal)),
        ("Andel av målet", share),
    )
    return Chart(title, alt, ("", "Antal"), rows, "".join(parts), (BAR_WIDTH, BAR_HEIGHT))


def _slots(count: int, right: int) -> tuple[list[float], float]:
    """Return the middle of each label's slot, and the slot's width."""
    slot = (WIDTH - LEFT - right) / max(count, 1)
    return [LEFT + slot * (index + 0.5) for index in range(count)], slot


def _grid(scale: Scale, write, right: int) -> str:
    lines = []
    for tick in scale.ticks():
        y = scale.y(tick)
        name = "axis" if tick == 0 else "grid"
        lines.append(f'<path class="{name}" d="M{LEFT} {y:.1f}H{WIDTH - right}"/>')
        lines.append(
            f'<text x="{LEFT - 8}" y="{y + 5:.1f}" text-anchor="end">{_tick(tick, write)}</text>'
        )
    return "".join(lines)


def _tick(value: float, write) -> str:
    return write(int(value) if float(value).is_integer() and write is swedish.number else value)


def _legend(series) -> str:
    parts, x = [], LEFT
    for place, name in enumerate(series):
        parts.append(
            f'<rect class="{CLASSES[place]}" x="{x}" y="8" width="14" height="14" rx="3"/>'
        )
        parts.append(f'<text x="{x + 20}" y="20">{escape(name)}</text>')
        x += 44 + 8 * len(name)
    return "".join(parts)


def _labels(xs: list[float], labels: Sequence[str]) -> list[str]:
    """Write the labels under the axis; where there are many, only as many as there is room for."""
    every = ceil(len(labels) * 46 / (WIDTH - LEFT - RIGHT)) or 1
    return [
        f'<text x="{x:.1f}" y="{HEIGHT - 9}" text-anchor="middle">{escape(label)}</text>'
        for x, label in list(zip(xs, labels, strict=True))[::every]
    ]


def _bar(x: float, width: float, scale: Scale, value, name: str) -> str:
    if not value:
        return ""
    y = scale.y(value)
    height = HEIGHT - BOTTOM - y
    drawing = f'<rect class="{name}" x="{x:.1f}" y="{y:.1f}" width="{width - 2:.1f}" height="{height:.1f}" rx="2"/>'
    if width < 15:
        return drawing
    middle = x + width / 2 - 1
    figure = "figure" if width >= 20 else "figure figure--small"
    return f'{drawing}<text class="{figure}" x="{middle:.1f}" y="{y - 5:.1f}" text-anchor="middle">{swedish.number(value)}</text>'


def _goal_line(y: float, word: str, right: int) -> str:
    end = WIDTH - right
    return (
        f'<path class="goal" d="M{LEFT} {y:.1f}H{end}"/>'
        f'<text class="goal-word" x="{end + 6}" y="{y + 5:.1f}">{escape(word)}</text>'
    )


def _runs(xs, values) -> list[list[tuple[float, float]]]:
    """Split the points where a value is missing."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, value in zip(xs, values, strict=True):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((x, value))
    return [run for run in runs if run]


def _line(points) -> str:
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dots = "".join(f'<circle class="first" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>' for x, y in points)
    return f'<path class="line" d="{path}"/>{dots}'


def _whole_percent(value) -> str:
    return swedish.percent(value, 0)
