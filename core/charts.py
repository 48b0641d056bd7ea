"""Figures as pictures: SVG made here, the same on screen and in a PDF, each with its numbers behind it.

A chart is embedded as `<img src="data:…">` with a text alternative: inline SVG has none that PDF/UA
accepts. Colours stand both for daylight and, inside a media query, for the night.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from core import swedish

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 48, 16, 40, 34
CLASSES = ("first", "second", "third")
STYLE = """
text{font:500 14px 'Source Sans 3','DejaVu Sans',sans-serif;fill:#52605c}
.figure{font-weight:600;fill:#1c2b29}.grid{stroke:#e3d9cb}.axis{stroke:#857b6b}
.first{fill:#0f6f69}.second{fill:#f0a25c}.third{fill:#66397a}
.line{fill:none;stroke:#0f6f69;stroke-width:3;stroke-linejoin:round;stroke-linecap:round}
.goal{stroke:#b34c06;stroke-width:2;stroke-dasharray:7 5}.goal-word{fill:#8c4208;font-weight:600}
.track{fill:#efe7da}
"""
NIGHT = """
@media (prefers-color-scheme:dark){text{fill:#b2c1bb}.figure{fill:#edf2ee}.grid{stroke:#2f403d}
.axis{stroke:#83958f}.first{fill:#5cc4b4}.second{fill:#f4ac69}.third{fill:#d9b3ea}
.line{stroke:#5cc4b4}.goal{stroke:#ffc98f}.goal-word{fill:#f7c08c}.track{fill:#2c3b39}}
"""


@dataclass(frozen=True)
class Chart:
    """A picture, what it says in a sentence, and the table behind it."""

    title: str
    svg: str
    alt: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def source(self) -> str:
        """The picture as the address of an `<img>`."""
        return "data:image/svg+xml;base64," + b64encode(self.svg.encode()).decode()


@dataclass(frozen=True)
class Scale:
    """From values to heights: zero at the bottom, round steps."""

    top: float
    step: float

    @classmethod
    def over(cls, values) -> "Scale":
        """Choose about four round steps that hold the largest value; 1 when there is none."""
        largest = max((value for value in values if value), default=1)
        rough = largest / 4
        size = 10 ** floor(log10(rough))
        step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough)
        return cls(top=step * ceil(largest / step - 1e-9), step=step)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * float(value) / self.top

    def ticks(self) -> list[float]:
        return [self.step * index for index in range(round(self.top / self.step) + 1)]


def grouped_bars(title: str, labels: Sequence[str], series: Mapping[str, Sequence[int]]) -> Chart:
    """Bars side by side for each label, as in and out by month: up to three series of counts."""
    scale = Scale.over(value for values in series.values() for value in values)
    slot = (WIDTH - LEFT - RIGHT) / max(len(labels), 1)
    bar = min(slot * 0.76 / len(series), 34)
    parts = [_grid(scale, swedish.number), _legend(series)]
    for index, label in enumerate(labels):
        middle = LEFT + slot * (index + 0.5)
        parts.append(_label(middle, label, index, len(labels)))
        for place, values in enumerate(series.values()):
            x = middle + bar * (place - len(series) / 2)
            parts.append(_bar(x, bar, scale, values[index], CLASSES[place]))
    rows = tuple(
        (label, *(swedish.number(values[index]) for values in series.values()))
        for index, label in enumerate(labels)
    )
    totals = [f"{name} {swedish.number(sum(values))}" for name, values in series.items()]
    return Chart(title, _svg(parts), f"{title}. Sammanlagt: {swedish.listed(totals)}.", ("", *series), rows)


def line_with_goal(
    title: str, labels: Sequence[str], values: Sequence[float | None], *, goal=None, as_percent=False
) -> Chart:
    """A line against a goal; a label without a value leaves a gap. Shares are written as per cent."""
    write = _whole_percent if as_percent else swedish.number
    scale = Scale(1, 0.25) if as_percent else Scale.over([*values, goal or 0])
    slot = (WIDTH - LEFT - RIGHT) / max(len(labels), 1)
    xs = [LEFT + slot * (index + 0.5) for index in range(len(labels))]
    parts = [_grid(scale, write), *(_label(x, labels[i], i, len(labels)) for i, x in enumerate(xs))]
    if goal is not None:
        parts.append(_goal_line(scale.y(goal), f"Mål {write(goal)}"))
    for run in _runs(xs, values):
        parts.append(_line([(x, scale.y(value)) for x, value in run]))
    known = [value for value in values if value is not None]
    latest = write(known[-1]) if known else "inga uppgifter"
    alt = f"{title}. Senast {latest}" + (f", målet är {write(goal)}." if goal is not None else ".")
    rows = tuple((label, write(value)) for label, value in zip(labels, values, strict=True))
    return Chart(title, _svg(parts), alt, ("", title), rows)


def goal_bar(title: str, value: float, goal: float) -> Chart:
    """One bar towards a goal, which is a mark across it; a value above the goal passes the mark."""
    top = max(value, goal) * 1.06 or 1
    length, mark = (WIDTH - 2) * value / top, (WIDTH - 2) * goal / top
    word = f"Mål {swedish.number(goal)}"
    parts = [
        f'<rect class="track" x="0" y="30" width="{WIDTH}" height="26" rx="13"/>',
        f'<rect class="first" x="0" y="30" width="{max(length, 26):.1f}" height="26" rx="13"/>',
        f'<path class="goal" d="M{mark:.1f} 22V64"/>',
        f'<text class="figure" x="2" y="18">{swedish.number(value)}</text>',
        f'<text class="goal-word" x="{min(mark, WIDTH - 4):.1f}" y="18" text-anchor="end">{word}</text>',
    ]
    share = swedish.percent(value / goal, 0) if goal else swedish.DASH
    alt = f"{title}: {swedish.number(value)}, {share} av målet {swedish.number(goal)}."
    rows = (("Utfall", swedish.number(value)), ("Mål", swedish.number(goal)), ("Andel av målet", share))
    return Chart(title, _svg(parts, height=70), alt, ("", "Antal"), rows)


def _svg(parts, height=HEIGHT) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}"'
        f' height="{height}"><style>{STYLE}{NIGHT}</style>{"".join(parts)}</svg>'
    )


def _grid(scale: Scale, write) -> str:
    lines = []
    for tick in scale.ticks():
        y = scale.y(tick)
        name = "axis" if tick == 0 else "grid"
        lines.append(f'<path class="{name}" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>')
        lines.append(f'<text x="{LEFT - 8}" y="{y + 5:.1f}" text-anchor="end">{_tick(tick, write)}</text>')
    return "".join(lines)


def _tick(value: float, write) -> str:
    return write(int(value) if float(value).is_integer() and write is swedish.number else value)


def _legend(series) -> str:
    parts, x = [], LEFT
    for place, name in enumerate(series):
        parts.append(f'<rect class="{CLASSES[place]}" x="{x}" y="8" width="14" height="14" rx="3"/>')
        parts.append(f'<text x="{x + 20}" y="20">{escape(name)}</text>')
        x += 44 + 8 * len(name)
    return "".join(parts)


def _label(x: float, label: str, index: int, count: int) -> str:
    """Write a label under the axis; where there are many, only as many as there is room for."""
    every = ceil(count * 52 / (WIDTH - LEFT - RIGHT)) or 1
    if index % every:
        return ""
    return f'<text x="{x:.1f}" y="{HEIGHT - 10}" text-anchor="middle">{escape(label)}</text>'


def _bar(x: float, width: float, scale: Scale, value, name: str) -> str:
    if not value:
        return ""
    y = scale.y(value)
    height = HEIGHT - BOTTOM - y
    drawing = f'<rect class="{name}" x="{x:.1f}" y="{y:.1f}" width="{width - 2:.1f}" height="{height:.1f}" rx="2"/>'
    if width < 15:
        return drawing
    middle = x + width / 2 - 1
    return f'{drawing}<text class="figure" x="{middle:.1f}" y="{y - 5:.1f}" text-anchor="middle">{swedish.number(value)}</text>'


def _goal_line(y: float, word: str) -> str:
    return (
        f'<path class="goal" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
        f'<text class="goal-word" x="{WIDTH - RIGHT}" y="{y - 7:.1f}" text-anchor="end">{escape(word)}</text>'
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
