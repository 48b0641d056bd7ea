"""What this part adds to other pages. Called once, when the app is ready."""

from accounts.permissions import Permission
from core import registry


def register() -> None:
    """Register everything."""
    from casework.interventions import on_other_pages

    registry.participant_tabs.register(
        registry.Tab("Insatser", "interventions:list", 12, Permission.VIEW_PLAN, "plan")
    )
    registry.participant_links.register(
        registry.ParticipantLink("Ny insats", "interventions:new", 15, Permission.EDIT_PLAN, "plan")
    )
    registry.timeline.register(registry.TimelineSource(on_other_pages.events, label="Insatser"))
    registry.exit_checks.register(registry.ExitCheck(on_other_pages.exit_questions, order=31))
