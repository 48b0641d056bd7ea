"""A drawn signature as a picture for paper. Pure."""

from urllib.parse import quote

WIDTH, HEIGHT = 200, 80


def picture(strokes: list) -> str:
    """Return the strokes as a data: address of an SVG, or "" when there is nothing drawn.

    Each stroke is a list of [x, y], x between 0 and 1 and y between 0 and 0.4 of the width.
    """
    lines = "".join(_line(stroke) for stroke in strokes if stroke)
    if not lines:
        return ""
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
        f' height="{HEIGHT}"><g fill="none" stroke="#14213d" stroke-width="2" stroke-linecap="round"'
        f' stroke-linejoin="round">{lines}</g></svg>'
    )
    return "data:image/svg+xml," + quote(drawing)


def _line(stroke) -> str:
    points = [(float(point[0]) * WIDTH, float(point[1]) * WIDTH) for point in stroke]
    if len(points) == 1:  # a dot over an i
        points.append((points[0][0] + 0.1, points[0][1]))
    return '<polyline points="' + " ".join(f"{x:.1f},{y:.1f}" for x, y in points) + '"/>'
