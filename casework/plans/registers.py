"""What this part adds to other pages. Called once, when the app is ready."""

from accounts.permissions import Permission
from core import registry

PLAN = "plan"


def register() -> None:
    """Register everything."""
    from casework.plans import (
        bookings,
        on_other_pages,
        public,
        reviews,
        tasks,  # noqa: F401  (registers its job handlers)
    )
    from casework.signing.public import OTHER_PAGES

    OTHER_PAGES["plan_version"] = (public.answer, "plan_public")
    view, edit = Permission.VIEW_PLAN, Permission.EDIT_PLAN
    registry.participant_tabs.register(registry.Tab("Plan", "plans:plan", 8, view, PLAN))
    for order, (label, url_name) in enumerate(
        (("Planera tillsammans", "plans:edit"), ("Boka trepartssamtal", "plans:book")), start=8
    ):
        registry.participant_links.register(
            registry.ParticipantLink(label, url_name, order, edit, PLAN)
        )
    registry.person_cards.register(
        registry.PersonCard("casework/plan_card.html", on_other_pages.card, 10, view, PLAN)
    )
    registry.next_steps.register(registry.NextStepRule(reviews.next_steps, order=20))
    registry.review_signals.register(
        registry.ReviewSignalRule(reviews.signals, order=40, by_category=True)
    )
    registry.phases.register(registry.PhaseRule(on_other_pages.phases, order=10))
    registry.last_contacts.register(registry.ContactRule(on_other_pages.last_meetings, order=20))
    registry.today.register(registry.TodaySource(on_other_pages.today, order=10, permission=view))
    registry.timeline.register(registry.TimelineSource(on_other_pages.events, label="Möten"))
    registry.exit_checks.register(registry.ExitCheck(on_other_pages.waiting_proposal, order=20))
    registry.after_exit.register(registry.AfterExit(bookings.cancel_coming, order=10))
