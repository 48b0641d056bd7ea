from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Grund"

    def ready(self):
        import core.probe  # noqa: F401  (registers the job that only counts)
        from core import gateway, guards

        # Rules that Django's migrations can't keep on both databases are laid again after each
        # migrate: SQLite loses its triggers whenever a table is remade.
        post_migrate.connect(guards.install_for_app, dispatch_uid="core.guards")
        gateway.register_checks()
