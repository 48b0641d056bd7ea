"""What holds for every test: no network, a database of one's own, no surprises."""

import fcntl
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

# Playwright keeps an event loop in the test's thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# The cast and the reference register, in every test.
pytest_plugins = ["tests.cast", "tests.reference_register"]

ROOT = Path(__file__).resolve().parents[1]
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
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, tmp_path_factory, request
):
    """Keep the SQLite test database in a file of this process's own, migrated already.

    A file and not memory, for the live server's threads; a new folder each time, because the
    write-ahead log of a run that was killed would otherwise be read into the next database.
    """
    from django.db import connection

    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        shutil.copyfile(request.getfixturevalue("migrated_file"), file)
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb) -> bool:
    """Let Django go on from the migrated file, where there is one."""
    from django.db import connection

    return django_db_keepdb or connection.vendor == "sqlite"


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


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory) -> Path:
    """A SQLite file with every migration, made once for all that run in parallel.

    For tests that start programs of the project on a database of their own: `new_database`.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    file = folder / "migrated.sqlite3"
    with (folder / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            _migrate(folder / "being-migrated.sqlite3", file)
    return file


def _migrate(scratch: Path, file: Path) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "basun.settings.local",
        "BASUN_VAR": str(scratch.parent),
        "DATABASE_URL": f"sqlite:///{scratch}",
        "REDIS_URL": "",
    }
    words = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    with closing(sqlite3.connect(scratch)) as database:
        database.execute("VACUUM INTO ?", (str(file),))


@pytest.fixture
def new_database(migrated_file):
    """Put a fresh migrated database where a test wants it."""

    def put(path: Path) -> None:
        shutil.copyfile(migrated_file, path)
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA journal_mode=WAL")

    return put
