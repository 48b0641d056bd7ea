"""What holds for every test: no network, a database of one's own, no surprises."""

import os
import socket

import pytest

# Playwright keeps an event loop in the test's thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# The cast and the reference register, in every test.
pytest_plugins = ["tests.cast", "tests.reference_register"]

LOOPBACK = {"127.0.0.1", "::1", "localhost", "0.0.0.0", ""}


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise RuntimeError(f"A test tried to reach {address[0]}; tests stay on this machine.")
        return connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """Keep the SQLite test database in a file of this process's own.

    A file and not memory, for the live server's threads; a new folder each time, because the
    write-ahead log of a run that was killed would otherwise be read into the next database.
    """
    from django.db import connection

    if connection.vendor == "sqlite":
        folder = tmp_path_factory.mktemp("database")
        connection.settings_dict["TEST"]["NAME"] = str(folder / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def tables_can_be_emptied():
    """Let Django empty the tables that only grow between live-server tests on SQLite, where it uses DELETE.

    The guards are laid again by the `post_migrate` that every flush sends.
    """
    from django.apps import apps
    from django.db import connection

    from core.guards import AppendOnly, guards_of

    if connection.vendor != "sqlite":
        yield
        return
    operations = type(connection.ops)
    flush = operations.sql_flush
    guards = [guard for app in apps.get_app_configs() for guard in guards_of(app.name)]

    def without_guard(self, style, tables, **kwargs):
        lift = [
            f"DROP TRIGGER IF EXISTS {guard.name}_delete"
            for guard in guards
            if isinstance(guard, AppendOnly)
        ]
        return lift + flush(self, style, tables, **kwargs)

    patch = pytest.MonkeyPatch()
    patch.setattr(operations, "sql_flush", without_guard)
    yield
    patch.undo()
