"""What the pages of interventions show, so that there is somebody to log."""

ELSEWHERE = set()


def build(world):
    """Make what the pages show."""


def special(world) -> dict[str, list[dict]]:
    """Return what to open of each route."""
    return {}
