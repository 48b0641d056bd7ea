#!/usr/bin/env python3
"""Check an exported access log without BASUN: needs nothing but Python.

Usage: verify_access_log.py FILE [KNOWN_HEAD_HASH]
Exit status 0 when whole; 1 with the first fault named.
"""

import hashlib
import json
import sys

HASHED = (
    "id at actor_id actor roles authority person_id action what ground outcome request_id previous_hash"
).split()


def fault_of(lines, known_head=None):
    """Return (rows, fault); the fault is empty when the chain is whole."""
    count, previous, head = 0, "0" * 64, None
    for line in lines:
        row = json.loads(line)
        if "head" in row:
            head = row["head"]
            continue
        text = json.dumps(
            {name: row[name] for name in HASHED}, ensure_ascii=False, separators=(",", ":")
        )
        if row["id"] != count + 1:
            return count, f"row {count + 1} is missing"
        if row["previous_hash"] != previous:
            return count, f"row {row['id']} does not follow on the row before it"
        if hashlib.sha256(text.encode()).hexdigest() != row["hash"]:
            return count, f"row {row['id']} was changed"
        count, previous = count + 1, row["hash"]
    if head is None:
        return count, "the file has no head line"
    if (head["last_id"], head["hash"]) != (count, previous):
        return count, f"the end is cut: {count} rows, but the head says {head['last_id']}"
    if known_head not in (None, previous):
        return count, "the head differs from the one kept elsewhere"
    return count, ""


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        rows, fault = fault_of(file, sys.argv[2] if len(sys.argv) > 2 else None)
    print(f"broken after {rows} rows: {fault}" if fault else f"whole: {rows} rows")
    sys.exit(1 if fault else 0)
