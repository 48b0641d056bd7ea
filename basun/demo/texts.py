"""The words of the demo's case files: stories and sayings, varied so that no two read alike."""

import re
import tomllib
from functools import cache
from pathlib import Path
from random import Random

FOLDER = Path(__file__).parent
CHOICE = re.compile(r"\[([^\[\]]+\|[^\[\]]+)\]")


@cache
def stories() -> list[dict]:
    """Return what each made-up young person wants, says and does: stories.toml."""
    return tomllib.loads((FOLDER / "stories.toml").read_text())["story"]


@cache
def sayings() -> dict:
    """Return what is said in many files: sayings.toml."""
    return tomllib.loads((FOLDER / "sayings.toml").read_text())


def varied(text: str, random: Random) -> str:
    """Return a text with each [one|other] made one of its words."""
    return CHOICE.sub(lambda found: random.choice(found[1].split("|")), text)


class Deck:
    """Cards dealt one by one; when all have been dealt they are shuffled and dealt again."""

    def __init__(self, cards, random: Random):
        self.cards, self.random, self.left = list(cards), random, []

    def deal(self, fits=lambda card: True):
        """Return the next card that fits; raises ValueError when none of them does."""
        for _ in range(2):
            for card in self.left:
                if fits(card):
                    self.left.remove(card)
                    return card
            self.left += self.random.sample(self.cards, len(self.cards))
        raise ValueError("no card fits")
