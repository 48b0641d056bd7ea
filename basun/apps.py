from django.apps import AppConfig
from django.core.checks import Tags, register

from core import registry


class BasunConfig(AppConfig):
    name = "basun"
    verbose_name = "BASUN"

    def ready(self):
        """Put the home page first in the navigation, and keep made-up users out of production."""
        from accounts.permissions import Permission
        from basun.demo.checks import no_demo_users

        register(no_demo_users, Tags.database)
        registry.navigation.register(registry.NavItem("Hem", "home", "home", 0))
        manage = Permission.MANAGE_SETTINGS
        registry.navigation.register(
            registry.NavItem("Inställningar", "settings_list", "settings", 81, manage)
        )
