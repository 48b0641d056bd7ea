#!/usr/bin/env python
"""Save the database in one file, and put such a file back and verify it.

    scripts/backup.py save [FILE]       default: var/backup/basun-<moment>.sqlite3 or .dump
    scripts/backup.py restore FILE      replaces the database that DATABASE_URL names

Beside the file lies FILE.json: its SHA-256 and the number of rows in each table, from the same
moment. A restore checks the file before it touches anything, keeps a copy of what was there, and
afterwards compares the rows and runs `manage.py verify_log`; anything wrong gives exit status 1.
The saved file holds everything the database holds: keep it as the database is kept.
"""

import argparse
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "basun.settings.local")

import django  # noqa: E402  (the settings have to be named first)

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

DATABASE = settings.DATABASES["default"]
IS_SQLITE = connection.vendor == "sqlite"


def count_rows() -> dict[str, int]:
    """Return how many rows each table of the connected database has."""
    with connection.cursor() as cursor:
        counts = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608  (our own tables)
            counts[table] = cursor.fetchone()[0]
    return counts


def count_rows_in_file(file: Path) -> dict[str, int]:
    """Return how many rows each table of a SQLite file has, after checking that it is whole."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as saved:
        verdict = saved.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            sys.exit(f"{file} is damaged: {verdict}")
        tables = saved.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return {
            name: saved.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  (our own tables)
            for (name,) in sorted(tables.fetchall())
        }


def postgres_arguments() -> tuple[list[str], dict[str, str]]:
    """Return how PostgreSQL's tools reach the database; the password goes by the environment."""
    names = {"HOST": "--host", "PORT": "--port", "USER": "--username", "NAME": "--dbname"}
    arguments = [f"{option}={DATABASE[key]}" for key, option in names.items() if DATABASE[key]]
    return arguments, os.environ | {"PGPASSWORD": DATABASE["PASSWORD"]}


def run(command: list[str], environment: dict[str, str]) -> None:
    """Run a PostgreSQL tool; stop with its own words when it fails or is missing."""
    try:
        subprocess.run(command, env=environment, check=True)
    except FileNotFoundError:
        sys.exit(f"{command[0]} is missing: apt-get install postgresql-client")
    except subprocess.CalledProcessError as error:
        sys.exit(f"{command[0]} failed with {error.returncode}")


def save_sqlite(file: Path) -> dict[str, int]:
    """Copy the database while it is in use; the copy is of one moment."""
    with (
        closing(sqlite3.connect(DATABASE["NAME"])) as source,
        closing(sqlite3.connect(file)) as target,
    ):
        source.backup(target)
    return count_rows_in_file(file)


def save_postgres(file: Path) -> dict[str, int]:
    """Dump the database, and count its rows in the same snapshot."""
    arguments, environment = postgres_arguments()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        command = ["pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={file}"]
        run([*command, *arguments], environment)
        return count_rows()


def save(file: Path) -> None:
    """Save the database and its description; a file that exists is never overwritten."""
    if file.exists():
        sys.exit(f"{file} exists already.")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    rows = save_sqlite(file) if IS_SQLITE else save_postgres(file)
    described = {"sha256": digest(file), "rows": rows}
    Path(f"{file}.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")
    print(f"Saved {sum(rows.values())} rows in {len(rows)} tables: {file}")


def digest(file: Path) -> str:
    """Return the file's SHA-256."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def check_file(file: Path) -> dict[str, int]:
    """Return the rows that the file should hold; stop when it is not what was saved."""
    try:
        described = json.loads(Path(f"{file}.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        sys.exit(f"{error.filename} is missing.")
    if digest(file) != described["sha256"]:
        sys.exit(
            f"{file} is not the file that was saved: its SHA-256 differs. Nothing was changed."
        )
    return described["rows"]


def restore_sqlite(file: Path) -> None:
    """Copy the saved pages over the database."""
    saved, live = (
        sqlite3.connect(f"file:{file}?mode=ro", uri=True),
        sqlite3.connect(DATABASE["NAME"]),
    )
    with closing(saved) as source, closing(live) as target:
        source.backup(target)


def restore_postgres(file: Path) -> None:
    """Replace the tables in one transaction: all or nothing."""
    arguments, environment = postgres_arguments()
    options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    run(["pg_restore", *options, *arguments, str(file)], environment)


def restore(file: Path) -> None:
    """Put a saved file back and verify what came of it."""
    expected = check_file(file)
    if IS_SQLITE and expected != count_rows_in_file(file):
        sys.exit(f"{file} does not hold the rows that were counted. Nothing was changed.")
    if connection.introspection.table_names():
        save(default_file("before-restore"))
    connection.close()
    (restore_sqlite if IS_SQLITE else restore_postgres)(file)
    rows = count_rows()
    if rows != expected:
        differing = sorted(t for t in rows | expected if rows.get(t) != expected.get(t))
        sys.exit(f"Restored, but the rows differ in: {', '.join(differing)}")
    print(f"Restored {sum(rows.values())} rows in {len(rows)} tables, all counted.")
    subprocess.run([sys.executable, "manage.py", "verify_log"], cwd=ROOT, check=True)


def default_file(name: str) -> Path:
    """Return where a backup lies when nobody said."""
    moment = datetime.now().strftime("%Y%m%d-%H%M%S-%f")
    ending = "sqlite3" if IS_SQLITE else "dump"
    return settings.VAR_DIR / "backup" / f"{name}-{moment}.{ending}"


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=["save", "restore"])
    parser.add_argument("file", nargs="?", type=Path)
    options = parser.parse_args()
    if options.action == "save":
        save(options.file or default_file("basun"))
    elif options.file:
        restore(options.file)
    else:
        sys.exit("Which file? make restore FILE=var/backup/...")


if __name__ == "__main__":
    main()
