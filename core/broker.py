"""The embedded bell: Celery's messages as files in a folder, so that one machine needs no server.

Kombu's own `filesystem://` creates a message and then writes it, so a worker can meet it empty and
die. Here a message appears with one rename, is taken by whoever manages to remove it, and one that
cannot be read is thrown away with a line in the log. A message that dies with its worker is lost;
that is allowed, because the job is a row in the database and `core.jobs.sweep` rings again.

Used as `folder://`, with `folder` and `polling_interval` (seconds) as transport options. There is
no fan-out, and so no remote control: production has Redis.
"""

import json
import logging
import os
import time
import uuid
from pathlib import Path
from queue import Empty

from kombu.transport import TRANSPORT_ALIASES, virtual

logger = logging.getLogger(__name__)
SUFFIX = ".message"


class Channel(virtual.Channel):
    """Queues as folders; kombu calls the underscored methods."""

    def _folder(self, queue: str) -> Path:
        folder = Path(self.connection.client.transport_options["folder"]) / queue
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def _messages(self, queue: str) -> list[Path]:
        """The waiting messages, oldest first: their names begin with the time."""
        folder = self._folder(queue)
        return [folder / name for name in sorted(os.listdir(folder)) if name.endswith(SUFFIX)]

    def _put(self, queue, message, **kwargs):
        folder = self._folder(queue)
        name = f"{time.time_ns():020d}-{uuid.uuid4().hex}"
        unfinished = folder / f"{name}.unfinished"
        with open(unfinished, "w", encoding="utf-8") as file:
            json.dump(message, file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(folder / f"{name}{SUFFIX}")

    def _get(self, queue, timeout=None):
        for path in self._messages(queue):
            message = take(path)
            if message is not None:
                return message
        raise Empty

    def _size(self, queue):
        return len(self._messages(queue))

    def _purge(self, queue):
        messages = self._messages(queue)
        for path in messages:
            path.unlink(missing_ok=True)
        return len(messages)


class Transport(virtual.Transport):
    """A transport whose connection is a folder; being connected is being able to list it."""

    Channel = Channel
    driver_type = "folder"
    driver_name = "folder"
    default_port = 0
    polling_interval = 0.1

    def driver_version(self) -> str:
        """Kombu asks each driver for its version; ours is the project's."""
        return "1"


def take(path: Path) -> dict | None:
    """Read a message and remove it; None when another worker was quicker or it makes no sense."""
    try:
        text = path.read_bytes()
        path.unlink()
    except FileNotFoundError:
        return None
    try:
        message = json.loads(text)
        message["body"], message["properties"]["delivery_tag"]
    except (ValueError, KeyError, TypeError):
        logger.warning("threw away a message that could not be read: %s", path.name)
        return None
    return message


TRANSPORT_ALIASES["folder"] = "core.broker:Transport"
