"""Where the browser is that drives the pages."""

import os
import shutil
from pathlib import Path


def chromium_path() -> str | None:
    """Return the browser to use: $CHROMIUM, the system's, or None for Playwright's own.

    Ubuntu's /usr/bin/chromium only starts a snap and cannot be driven; it is passed over.
    """
    if os.environ.get("CHROMIUM"):
        return os.environ["CHROMIUM"]
    for name in ("chromium-headless-shell", "chromium"):
        path = shutil.which(name)
        if path and not Path(path).resolve().is_relative_to("/snap") and not is_snap_stub(path):
            return path
    return None


def is_snap_stub(path: str) -> bool:
    """Whether the file is a small script that hands over to snap."""
    with open(path, "rb") as file:
        return b"/snap/" in file.read(4096)
