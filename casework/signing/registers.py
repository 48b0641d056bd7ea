"""What this part adds to other pages: navigation, tabs, cards, rules. Called once, when the app is ready."""

from accounts.permissions import Permission
from core import registry


def register() -> None:
    """Register everything."""
    from casework.signing import (
        on_other_pages,
        tasks,  # noqa: F401  (registers its job handlers)
    )

    may = Permission.TAKE_ATTENDANCE
    registry.navigation.register(
        registry.NavItem("Underskrifter", "signing:missing", "edit", 35, may)
    )
    registry.participant_links.register(
        registry.ParticipantLink("Be om underskrift", "signing:person", 5, may, "attendance")
    )
    registry.home_cards.register(
        registry.HomeCard("casework/signing_card.html", on_other_pages.home_card, 12, may)
    )
    registry.next_steps.register(registry.NextStepRule(on_other_pages.next_steps, order=30))
