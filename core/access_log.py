"""Who read or changed whose data: rows chained by hash, written before the data leaves the house.

Each row's hash covers a canonical form of the row and the hash before it, so that a changed, removed,
inserted or swapped row shows; the head, kept apart, shows a cut end.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.utils import timezone

from core.models import AccessLogEntry, AccessLogHead
from core.models.access_log import Action

__all__ = ["Action", "Actor", "LogUnavailable", "canonical", "verify", "write"]

HASHED = (
    "id",
    "at",
    "actor_id",
    "actor",
    "roles",
    "authority",
    "person_id",
    "action",
    "what",
    "ground",
    "outcome",
    "request_id",
    "previous_hash",
)
FIRST_HASH = "0" * 64


class LogUnavailable(Exception):
    """The log could not be written, so the person must not be shown."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted: a user as they were at that moment, or the system."""

    id: int | None
    name: str
    roles: str
    authority: str
    request_id: str = ""


def canonical(row: Mapping) -> bytes:
    """Return the bytes a row's hash covers: its fields in order, as compact JSON in UTF-8."""
    values = {name: row[name] for name in HASHED}
    values["at"] = row["at"] if isinstance(row["at"], str) else row["at"].isoformat()
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def digest(row: Mapping) -> str:
    """Return the hash of a row, in hexadecimal."""
    return hashlib.sha256(canonical(row)).hexdigest()


def write(
    actor: Actor,
    person_ids: Iterable[int],
    action: Action,
    *,
    what: str,
    grounds: Mapping[int, str] | None = None,
) -> int:
    """Write one row per person and return how many; raises LogUnavailable when that fails.

    `what` names the page or action (`participants:list`), `grounds` says per person on what ground.
    Three queries, in the caller's transaction or one of its own.
    """
    ids = list(dict.fromkeys(person_ids))
    if not ids:
        return 0
    try:
        with transaction.atomic():
            _append(actor, ids, action, what, grounds or {})
    except DatabaseError as error:
        raise LogUnavailable from error
    return len(ids)


def _append(actor, ids, action, what, grounds):
    AccessLogHead.objects.get_or_create(id=1)
    head = AccessLogHead.objects.select_for_update().get(id=1)
    now = timezone.now().isoformat(timespec="microseconds")
    rows = []
    for person_id in ids:
        row = {
            "id": head.last_id + 1,
            "at": now,
            "actor_id": actor.id,
            "actor": actor.name,
            "roles": actor.roles,
            "authority": actor.authority,
            "person_id": person_id,
            "action": str(action),
            "what": what,
            "ground": grounds.get(person_id, ""),
            "outcome": "ok",
            "request_id": actor.request_id,
            "previous_hash": head.hash,
        }
        row["hash"] = digest(row)
        head.last_id, head.hash = row["id"], row["hash"]
        rows.append(AccessLogEntry(**row))
    AccessLogEntry.objects.bulk_create(rows, batch_size=500)
    head.save(update_fields=["last_id", "hash"])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the chain found: how many rows, and the first fault in words (or none)."""

    rows: int
    fault: str = ""


def verify(rows: Iterable[Mapping], last_id: int, head_hash: str) -> Verdict:
    """Check a chain of rows against its head; rows come in order of their number."""
    expected, count, previous = 1, 0, FIRST_HASH
    for row in rows:
        if row["id"] != expected:
            return Verdict(count, f"row {expected} is missing")
        if row["previous_hash"] != previous:
            return Verdict(count, f"row {row['id']} does not follow on the row before it")
        if digest(row) != row["hash"]:
            return Verdict(count, f"row {row['id']} was changed")
        previous, expected, count = row["hash"], expected + 1, count + 1
    if (last_id, head_hash) != (count, previous):
        return Verdict(count, f"the end is cut: {count} rows, but the head says {last_id}")
    return Verdict(count)


def stored_rows() -> Iterator[dict]:
    """Yield the stored rows in order, with the moment as it was hashed; reads in chunks."""
    fields = (*HASHED, "hash")
    for row in AccessLogEntry.objects.order_by("id").values(*fields).iterator(chunk_size=2000):
        yield row | {"at": row["at"].isoformat(timespec="microseconds")}


def head() -> tuple[int, str]:
    """Return the last row's number and hash; one query."""
    found = AccessLogHead.objects.filter(id=1).values_list("last_id", "hash").first()
    return found or (0, FIRST_HASH)
