from django.apps import AppConfig
from django.core.checks import register


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Konton"

    def ready(self):
        from accounts.routes import routes_have_rules

        register(routes_have_rules)
