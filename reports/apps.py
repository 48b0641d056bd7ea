from django.apps import AppConfig

from accounts.permissions import Permission
from core import registry


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Rapporter"

    def ready(self):
        """Put the figures in the navigation and on the home page, and make the jobs known."""
        from reports import cards, tasks  # noqa: F401  (needs the models; registers its handlers)
        from reports.esf import registers as esf
        from reports.financing import registers as financing

        registry.navigation.register(
            registry.NavItem(
                "Nyckeltal", "reports:key_figures", "chart", 60, Permission.VIEW_FIGURES
            )
        )
        registry.navigation.register(
            registry.NavItem(
                "Rapporter", "reports:report_list", "file", 70, Permission.VIEW_FIGURES
            )
        )
        cards.register()
        esf.register()
        financing.register()
