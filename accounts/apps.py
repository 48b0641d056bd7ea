from django.apps import AppConfig
from django.core.checks import register

from core import registry


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Konton"

    def ready(self):
        from accounts.permissions import Permission
        from accounts.routes import routes_have_rules

        register(routes_have_rules)
        registry.navigation.register(
            registry.NavItem("Användare", "users:list", "people", 80, Permission.MANAGE_USERS)
        )
