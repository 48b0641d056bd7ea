"""What this part adds to other pages. Called once, when the app is ready."""


def register() -> None:
    """Register everything."""
