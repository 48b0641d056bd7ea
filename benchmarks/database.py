"""A database of the benchmark's own, gone when it ends."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def own_database() -> Iterator[Callable[[], None]]:
    """Set Django up on SQLite in a folder of its own, or on DATABASE_URL; nothing made in it is kept.

    Yields a function to call when the rows are there: the database then learns how they lie.
    """
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BASUN_VAR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "basun.settings.local")
        import django
        from django.core.management import call_command
        from django.db import connection, transaction

        django.setup()
        if connection.vendor == "sqlite":
            call_command("migrate", verbosity=0)
        with transaction.atomic():
            yield analyze
            transaction.set_rollback(True)
        connection.close()


def analyze() -> None:
    """Let the database gather what its planner wants to know."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def vendor() -> str:
    """Return which database it is."""
    from django.db import connection

    return connection.vendor
