"""What this part adds to other pages: navigation, a card, and what absences ask for. Called once, when the app is ready."""

from accounts.permissions import Permission
from core import registry


def register() -> None:
    """Register everything."""
    from casework.rollcall import absences
    from casework.rollcall.views import today

    permission = Permission.TAKE_ATTENDANCE
    registry.navigation.register(
        registry.NavItem(
            "Närvaro", "rollcall:today", "check-circle", 28, permission, prefixes=("/tillfallen/",)
        )
    )
    registry.home_cards.register(
        registry.HomeCard("casework/roster_card.html", today.card, 5, permission)
    )
    registry.review_signals.register(
        registry.ReviewSignalRule(absences.signals, order=20, in_header=True, by_category=True)
    )
    registry.next_steps.register(registry.NextStepRule(absences.next_steps, order=30))
