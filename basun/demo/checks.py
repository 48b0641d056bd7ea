"""Made-up users must never be able to sign in where real people are."""

from django.conf import settings
from django.core.checks import Error
from django.db import connections

from accounts.models import User


def no_demo_users(app_configs, databases=None, **kwargs):
    """Refuse, outside a demo, a database that holds demo users; `migrate` asks each time.

    `manage.py check --database default` asks too. Costs a query.
    """
    if settings.DEMO or not databases:
        return []
    return [error for alias in databases for error in _errors_in(alias)]


def _errors_in(alias):
    connection = connections[alias]
    if User._meta.db_table not in connection.introspection.table_names():
        return []
    if not User.objects.using(alias).filter(is_demo=True).exists():
        return []
    return [
        Error(
            "The database holds demo users, whose password everybody knows.",
            hint="Begin with an empty database; demo data must never be mixed with real people.",
            id="basun.E001",
        )
    ]
