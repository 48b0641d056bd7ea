from django.apps import AppConfig

from accounts.permissions import Permission
from core import registry


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = "Deltagare"

    def ready(self):
        """Put the pages in the navigation, and this app's own parts on the pages that others share."""
        from participants import cards, exit_checks, next_steps, review_signals, timeline

        registry.navigation.register(
            registry.NavItem(
                "Deltagare", "participants:list", "people", 20, Permission.VIEW_PARTICIPANTS
            )
        )
        _register_tabs()
        for find in (next_steps.from_enrolment, next_steps.from_consent):
            registry.next_steps.register(registry.NextStepRule(find))
        for collect, label in (
            (timeline.enrolment_events, "Inskrivning"),
            (timeline.consent_events, "Samtycke"),
            (timeline.register_events, "Register"),
        ):
            registry.timeline.register(registry.TimelineSource(collect, label=label))
        registry.exit_checks.register(registry.ExitCheck(exit_checks.extension_waits))
        for find in (review_signals.enrolment_ends, review_signals.extension_waits):
            registry.review_signals.register(
                registry.ReviewSignalRule(find, order=10, by_category=True)
            )
        cards.register()


def _register_tabs():
    for label, name, order, category in (
        ("Översikt", "detail", 0, None),
        ("Personuppgifter", "details", 60, "plan"),
        ("Inskrivningar", "enrolments", 65, "plan"),
        ("Samtycke", "consent", 90, None),
    ):
        registry.participant_tabs.register(
            registry.Tab(
                label,
                f"participants:{name}",
                order,
                Permission.VIEW_PARTICIPANTS,
                category,
            )
        )
