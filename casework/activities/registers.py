"""What this part adds to other pages: navigation, tabs, cards, rules. Called once, when the app is ready."""

from accounts.permissions import Permission
from casework.activities import events
from core import registry


def register() -> None:
    """Register everything."""
    registry.navigation.register(
        registry.NavItem(
            "Aktiviteter",
            "activities:list",
            "calendar",
            40,
            Permission.VIEW_ATTENDANCE,
            ("/aktiviteter/",),
        )
    )
    registry.participant_tabs.register(
        registry.Tab("Vecka", "activities:week", 22, Permission.VIEW_ATTENDANCE, "attendance")
    )
    for order, (label, url_name) in enumerate(
        (("Boka samtal", "activities:talk"), ("Anmäl till aktivitet", "activities:join")), start=20
    ):
        registry.participant_links.register(
            registry.ParticipantLink(
                label, url_name, order, Permission.PLAN_ACTIVITIES, "attendance"
            )
        )
    registry.timeline.register(registry.TimelineSource(events.sign_ups, label="Aktiviteter"))
