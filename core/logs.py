"""What must not stand in the server's log: the secret part of an address that is itself the key."""

import logging
import re

# One-time links (/u/…) and calendar feeds (/aktiviteter/kalender/….ics).
SECRET = re.compile(r"(/u/|/kalender/)[^/\s]+")


class WithoutSecrets(logging.Filter):
    """Hides such parts in what Django writes of a request that was refused."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, its words without secrets."""
        if isinstance(record.args, tuple):
            record.args = tuple(hide(each) for each in record.args)
        return True


def hide(value):
    """Return a text without secrets; anything else as it is. Pure."""
    return SECRET.sub(r"\1…", value) if isinstance(value, str) else value
