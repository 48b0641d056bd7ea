from django.apps import AppConfig
from django.core.checks import Tags, register


class BasunConfig(AppConfig):
    name = "basun"
    verbose_name = "BASUN"

    def ready(self):
        from basun.demo.checks import no_demo_users

        register(no_demo_users, Tags.database)
