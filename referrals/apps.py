from django.apps import AppConfig

from core import registry


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = "Remisser"

    def ready(self):
        """Tell the lower rooms what referrals add to their pages."""
        from accounts.permissions import Permission
        from referrals import on_other_pages

        view = Permission.VIEW_REFERRALS
        registry.navigation.register(
            registry.NavItem("Remisser", "referrals:list", "inbox", 30, view)
        )
        registry.participant_tabs.register(
            registry.Tab("Remisser", "referrals:participant", 70, view)
        )
        registry.timeline.register(
            registry.TimelineSource(on_other_pages.events, order=20, label="Remisser")
        )
        registry.next_steps.register(registry.NextStepRule(on_other_pages.next_steps, order=20))
        registry.open_case_rules.register(registry.OpenCaseRule(on_other_pages.open_file))
        registry.home_cards.register(
            registry.HomeCard(
                "referrals/home_card.html", on_other_pages.home_card, 20, view, wide=True
            )
        )
