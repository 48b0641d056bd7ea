"""What this part adds to other pages: navigation, tabs, cards, rules. Called once, when the app is ready."""

from accounts.permissions import Permission
from core import registry


def register() -> None:
    """Register everything."""
    manage = Permission.MANAGE_RATES
    registry.navigation.register(
        registry.NavItem("Finansiering", "financing:overview", "chart", 66, manage)
    )
    registry.participant_tabs.register(registry.Tab("Ersättning", "financing:benefits", 75, manage))
