"""What this part adds to other pages. Called once, when the app is ready."""

from accounts.permissions import Permission
from core import registry


def register() -> None:
    """Register everything."""
    from casework.handovers import cards, closing

    registry.navigation.register(
        registry.NavItem(
            "Överlämningar",
            "handovers:start",
            "refresh",
            38,
            Permission.MOVE_CASELOAD,
            prefixes=("/overlamning/",),
        )
    )
    for template, context, order in (("read", cards.to_read, 2), ("write", cards.to_write, 3)):
        registry.home_cards.register(
            registry.HomeCard(
                f"casework/handover_card_{template}.html", context, order, Permission.VIEW_PLAN
            )
        )
    registry.home_cards.register(
        registry.HomeCard(
            "casework/handover_card_left.html", cards.left_behind, 4, Permission.MOVE_CASELOAD
        )
    )
    registry.before_closing_account.register(registry.BeforeClosingAccount(closing.left_behind))
