"""A drawn signature: strokes as the page sends them, checked, and as a picture. Pure."""

import json

from core.errors import Refused

MOST_STROKES = 200
MOST_POINTS = 20_000
# The pad is this high, seen in its width.
HEIGHT = 0.4
# As much ink as it takes to be somebody's mark, seen in the pad's width.
LEAST_INK = 0.08
SCALE = 1000
VIEW_BOX = f"0 0 {SCALE} {int(SCALE * HEIGHT)}"

TOO_LITTLE = "Rita din underskrift i rutan."
UNREADABLE = "Underskriften gick inte att läsa. Rita den en gång till."


def read(text: str) -> list[list[list[float]]]:
    """Return the strokes in what a page sent; Refused when they can't be a signature."""
    try:
        strokes = json.loads(text or "[]")
    except (ValueError, RecursionError):
        raise Refused(UNREADABLE) from None
    if not isinstance(strokes, list) or not all(_is_stroke(each) for each in strokes):
        raise Refused(UNREADABLE)
    if len(strokes) > MOST_STROKES or sum(map(len, strokes)) > MOST_POINTS:
        raise Refused("Underskriften är för lång. Rita den en gång till, lite enklare.")
    if ink(strokes) < LEAST_INK:
        raise Refused(TOO_LITTLE)
    return [[[round(float(x), 4), round(float(y), 4)] for x, y in each] for each in strokes]


def ink(strokes) -> float:
    """Return how long the strokes are together, seen in the pad's width."""
    return sum(
        ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        for stroke in strokes
        for (x1, y1), (x2, y2) in zip(stroke, stroke[1:], strict=False)
    )


def svg_path(strokes) -> str:
    """Return the strokes as the path of an SVG whose viewBox is VIEW_BOX."""
    return " ".join(_line(stroke) for stroke in strokes)


def _line(stroke) -> str:
    points = [f"{x * SCALE:.0f} {y * SCALE:.0f}" for x, y in stroke]
    return f"M{points[0]} " + " ".join(f"L{point}" for point in points[1:] or points)


def _is_stroke(stroke) -> bool:
    return isinstance(stroke, list) and len(stroke) > 0 and all(_is_point(each) for each in stroke)


def _is_point(point) -> bool:
    return (
        isinstance(point, list)
        and len(point) == 2
        and all(type(each) in (int, float) for each in point)
        and 0 <= point[0] <= 1
        and 0 <= point[1] <= HEIGHT
    )
