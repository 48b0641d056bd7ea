"""The languages in which a participant signs: plain text files in `casework/words/`, one for each."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"
DEFAULT = "sv"


@dataclass(frozen=True)
class Language:
    """One language: its code, its own name, which way it is written, and its words by section."""

    code: str
    name: str
    direction: str
    reviewed: bool
    sections: dict

    def __getitem__(self, section: str) -> dict:
        return self.sections[section]


@cache
def languages() -> dict[str, Language]:
    """Return every language by its code, Swedish first, then by name. Reads the files once."""
    found = [_read(path) for path in WORDS.glob("*.toml")]
    found.sort(key=lambda each: (each.code != DEFAULT, each.name))
    return {each.code: each for each in found}


def language(code: str) -> Language:
    """Return a language by its code; Swedish where there is none by that code."""
    return languages().get(code) or languages()[DEFAULT]


def _read(path: Path) -> Language:
    words = tomllib.loads(path.read_text("utf-8"))
    facts = {key: words.pop(key) for key in ("name", "direction", "reviewed")}
    return Language(path.stem, sections=words, **facts)
