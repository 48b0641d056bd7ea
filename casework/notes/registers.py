"""What this part adds to other pages: a quick action, a tab, cards, rules. Called once, when the app is ready."""

from accounts.permissions import Permission
from core import registry


def register() -> None:
    """Register everything."""
    from casework.notes import (
        on_other_pages,
        searching,  # noqa: F401  (registers its lookup)
    )

    may = Permission.WRITE_NOTES
    registry.navigation.register(
        registry.NavItem("Anteckningar", "notes:search", "note", 32, may, ("/anteckningar/",))
    )
    registry.quick_actions.register(
        registry.QuickAction(
            "Ny anteckning", "notes:start", "edit", 10, may, person_url_name="notes:new", key="n"
        )
    )
    registry.participant_links.register(
        registry.ParticipantLink("Skriv anteckning", "notes:new", 1, may)
    )
    # No consent category: what one's own authority has written is readable without; readable_by decides.
    registry.participant_tabs.register(registry.Tab("Anteckningar", "notes:list", 5, may))
    registry.timeline.register(registry.TimelineSource(on_other_pages.events, label="Anteckningar"))
    registry.home_cards.register(
        registry.HomeCard("casework/note_home_card.html", on_other_pages.home_card, 7, may)
    )
    registry.exit_checks.register(registry.ExitCheck(on_other_pages.unsigned, order=30))
    registry.last_contacts.register(registry.ContactRule(on_other_pages.last_contacts))
