"""What this part adds to other pages. Called once, when the app is ready."""

from accounts.permissions import Permission
from core import registry


def register() -> None:
    """Register everything."""
    from casework.review import contacts, on_other_pages, signals

    may = Permission.TAKE_PART_IN_REVIEW
    registry.navigation.register(
        registry.NavItem(
            "Ärendedragning", "review:list", "message", 29, may, prefixes=("/arendedragning/",)
        )
    )
    registry.participant_links.register(
        registry.ParticipantLink("Ta upp på ärendedragningen", "review:ask", 15, may, "plan")
    )
    registry.home_cards.register(
        registry.HomeCard("casework/review_card.html", on_other_pages.home_card, 8, may)
    )
    registry.today.register(registry.TodaySource(on_other_pages.today, permission=may))
    registry.last_contacts.register(registry.ContactRule(contacts.from_attendance))
    for find in (
        signals.not_done_since_last,
        signals.left_from_last,
        signals.asked_for,
        signals.without_contact,
        signals.by_enrolment,
        signals.stuck_in_phase,
        signals.hours_unsigned,
    ):
        registry.review_signals.register(registry.ReviewSignalRule(find, order=30))
    registry.review_signals.register(
        registry.ReviewSignalRule(signals.on_agenda, order=40, in_header=True)
    )
