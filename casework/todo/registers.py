"""What this part adds to other pages. Called once, when the app is ready."""

from accounts.permissions import Permission
from core import registry


def register() -> None:
    """Register everything."""
    from casework.todo import (
        on_other_pages,
        tasks,  # noqa: F401  (registers its job handlers)
        today,
    )

    may = Permission.HAVE_TASKS
    registry.navigation.register(
        registry.NavItem("Uppgifter", "todo:list", "check", 15, may, prefixes=("/uppgifter/",))
    )
    registry.quick_actions.register(
        registry.QuickAction("Ny uppgift", "todo:new", "check", 20, may, "todo:new_for", "plan")
    )
    registry.participant_tabs.register(registry.Tab("Att göra", "todo:person", 10, may, "plan"))
    registry.participant_links.register(
        registry.ParticipantLink("Ny uppgift", "todo:new_for", 3, may, "plan")
    )
    registry.person_cards.register(
        registry.PersonCard("casework/task_card.html", on_other_pages.person_card, 20, may, "plan")
    )
    registry.timeline.register(
        registry.TimelineSource(on_other_pages.events, label="Klara uppgifter")
    )
    registry.next_steps.register(registry.NextStepRule(on_other_pages.next_steps, order=35))
    registry.review_signals.register(
        registry.ReviewSignalRule(on_other_pages.signals, order=35, by_category=True)
    )
    registry.exit_checks.register(registry.ExitCheck(on_other_pages.exit_questions, order=30))
    registry.open_case_rules.register(registry.OpenCaseRule(on_other_pages.open_file, order=20))
    _register_today(today)


def _register_today(today) -> None:
    registry.today.register(registry.TodaySource(today.sessions, 10, Permission.TAKE_ATTENDANCE))
    registry.today.register(registry.TodaySource(today.tasks, 50, Permission.HAVE_TASKS))
    registry.home_cards.register(
        registry.HomeCard(
            "casework/today_card.html",
            today.card,
            1,
            Permission.VIEW_PARTICIPANTS,
            wide=True,
            first_for=Permission.HAVE_TASKS,
        )
    )
