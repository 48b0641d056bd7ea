#!/usr/bin/env python
"""Fail when a tracked file names this machine's folders or a package registry's host.

Addresses of registries belong in each one's own configuration; a lock with hashes needs none.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Written in parts, so that this file does not find itself.
REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "unpkg" + ".com",
]
CDNS = ["jsdel" + "ivr.net", "cdn" + "js.", "google" + "apis.com", "gst" + "atic.com"]
FOLDERS = [r"(?<![\w.])/" + name + r"/" for name in ("root", "home", "work", "Users")]
FORBIDDEN = re.compile("|".join([*map(re.escape, REGISTRIES + CDNS), *FOLDERS]))


def tracked() -> list[Path]:
    """Return the files that git knows."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in names.stdout.decode().split("\0") if name]


def findings(path: Path):
    """Yield `file:line: text` for each line with something forbidden; binary files have none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (UnicodeDecodeError, FileNotFoundError):
        return
    for number, line in enumerate(lines, 1):
        if FORBIDDEN.search(line):
            yield f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"


if __name__ == "__main__":
    found = [finding for path in tracked() for finding in findings(path)]
    print("\n".join(found))
    sys.exit(bool(found))
