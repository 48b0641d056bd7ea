"""What this part adds to other pages: navigation, tabs, cards, rules. Called once, when the app is ready."""


def register() -> None:
    """Register everything."""
