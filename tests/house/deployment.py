"""Reads Dockerfile and docker-compose.yml the way the tests need them."""

import re
import shlex
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]


def compose() -> dict:
    """Return docker-compose.yml as Docker Compose sees it, anchors and merges resolved."""
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))


def services_of_ours() -> dict:
    """Return the services that run our own image."""
    return {name: each for name, each in compose()["services"].items() if "build" in each}


def command(service: str) -> list[str]:
    """Return a service's command, word by word, as written."""
    return shlex.split(compose()["services"][service]["command"])


def dockerfile() -> list[tuple[str, str]]:
    """Return the Dockerfile's instructions as (word, arguments), continued lines joined."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    text = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [tuple(line.split(maxsplit=1)) for line in lines if line.strip()]
