"""Rules that the database itself keeps, for which Django has no constraint on both databases.

A guard is declared beside the model (`guards = [NoOverlap(...)]` in the app's `guards.py`) and laid
after every `migrate`; laying it twice changes nothing. On SQLite guards are triggers, on PostgreSQL an
exclusion constraint or a trigger. A refused write raises `django.db.IntegrityError`.
"""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.db import connections


@dataclass(frozen=True)
class NoOverlap:
    """Rows with the same `same` columns never share a day.

    `first` and `last` are date columns; a row without a last day goes on. With `half_open` the last
    day is the day after: a row may then begin on the day another one ends.
    """

    name: str
    table: str
    same: tuple[str, ...]
    first: str
    last: str
    half_open: bool = False

    def sqlite(self) -> list[str]:
        """Return the statements that lay the guard on SQLite."""
        same = " AND ".join(f"other.{column} = NEW.{column}" for column in self.same)
        before = "<" if self.half_open else "<="
        condition = (
            f"{same} AND other.id IS NOT NEW.id"
            f" AND other.{self.first} {before} COALESCE(NEW.{self.last}, '9999-12-31')"
            f" AND NEW.{self.first} {before} COALESCE(other.{self.last}, '9999-12-31')"
        )
        statements = []
        for event in ("INSERT", "UPDATE"):
            trigger = f"{self.name}_{event.lower()}"
            statements += [
                f"DROP TRIGGER IF EXISTS {trigger}",
                f"CREATE TRIGGER {trigger} AFTER {event} ON {self.table} BEGIN"
                f" SELECT RAISE(ABORT, '{self.name}')"
                f" WHERE EXISTS (SELECT 1 FROM {self.table} other WHERE {condition}); END",
            ]
        return statements

    def postgresql(self) -> list[str]:
        """Return the statements that lay the guard on PostgreSQL (needs btree_gist)."""
        bounds = "[)" if self.half_open else "[]"
        same = ", ".join(f"{column} WITH =" for column in self.same)
        return [
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{self.name}')"
            f" THEN ALTER TABLE {self.table} ADD CONSTRAINT {self.name} EXCLUDE USING gist"
            f" ({same}, daterange({self.first}, {self.last}, '{bounds}') WITH &&); END IF; END $$",
        ]


@dataclass(frozen=True)
class AppendOnly:
    """Rows of the table are never changed and never removed."""

    name: str
    table: str

    def sqlite(self) -> list[str]:
        """Return the statements that lay the guard on SQLite."""
        statements = []
        for event in ("UPDATE", "DELETE"):
            trigger = f"{self.name}_{event.lower()}"
            statements += [
                f"DROP TRIGGER IF EXISTS {trigger}",
                f"CREATE TRIGGER {trigger} BEFORE {event} ON {self.table}"
                f" BEGIN SELECT RAISE(ABORT, '{self.name}'); END",
            ]
        return statements

    def postgresql(self) -> list[str]:
        """Return the statements that lay the guard on PostgreSQL."""
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{self.name}' USING ERRCODE = 'restrict_violation'; END $$",
            f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
            f"CREATE TRIGGER {self.name} BEFORE UPDATE OR DELETE ON {self.table}"
            f" FOR EACH ROW EXECUTE FUNCTION {self.name}_refuse()",
        ]


@dataclass(frozen=True)
class FullTextIndex:
    """Full text search in a column is answered by an index on PostgreSQL; SQLite has none and reads on."""

    name: str
    table: str
    column: str
    config: str = "swedish"

    def sqlite(self) -> list[str]:
        """Return no statement."""
        return []

    def postgresql(self) -> list[str]:
        """Return the statement that lays the index."""
        return [
            f"CREATE INDEX IF NOT EXISTS {self.name} ON {self.table}"
            f" USING gin (to_tsvector('{self.config}', {self.column}))"
        ]


def guards_of(app_name: str) -> list:
    """Return the guards an app declares in its `guards.py`; an app without the module has none."""
    if app_name == "core":
        return CORE_GUARDS
    if not find_spec(f"{app_name}.guards"):
        return []
    return import_module(f"{app_name}.guards").guards


def install_for_app(sender, using="default", **kwargs):
    """Lay the guards of one app; Django calls it after migrate, once per app."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards_of(sender.name):
            if guard.table not in tables:
                continue
            for statement in getattr(guard, connection.vendor)():
                cursor.execute(statement)


CORE_GUARDS = [
    AppendOnly("access_log_append_only", "core_accesslogentry"),
]
