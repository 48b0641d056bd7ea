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
    for find, by_category in (
        (signals.not_done_since_last, True),
        (signals.left_from_last, True),
        (signals.asked_for, False),  # without the words where the consent does not cover notes
        (signals.without_contact, True),
        (signals.by_enrolment, True),
        (signals.stuck_in_phase, False),  # a phase may be told by the consent of its own room
        (signals.hours_unsigned, True),
    ):
        registry.review_signals.register(
            registry.ReviewSignalRule(find, order=30, by_category=by_category)
        )
    registry.review_signals.register(
        registry.ReviewSignalRule(signals.on_agenda, order=40, in_header=True)
    )
