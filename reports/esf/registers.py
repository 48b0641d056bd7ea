"""What this part adds to other pages: navigation, tabs, cards, rules. Called once, when the app is ready."""

from accounts.permissions import Permission
from core import registry


def register() -> None:
    """Register everything."""
    from reports.esf import cards, tasks  # noqa: F401  (need the models; tasks registers its handler)

    registry.navigation.register(
        registry.NavItem("ESF", "esf:calendar", "calendar", 65, Permission.REPORT_ESF)
    )
    registry.home_cards.register(
        registry.HomeCard(
            "reports/esf_home.html",
            cards.months_card,
            49,
            Permission.REPORT_ESF,
            first_for=Permission.MAKE_REPORTS,
        )
    )
