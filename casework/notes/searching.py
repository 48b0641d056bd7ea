"""Searching in notes: whole words in Swedish, in any form; å, ä and ö are letters of their own.

On PostgreSQL its full text search, with an index (casework/guards.py). On SQLite each word by its stem, in
the folded text. Not in the query: words in quotation marks stand together, a word after a minus is absent.
"""

import re
from dataclasses import dataclass

from django.db.models import Lookup, Q, TextField
from django.utils.functional import cached_property

from core.text import fold

CONFIG = "swedish"
# How much of a note a hit shows around the first word found.
AROUND = 110
MOST_WORDS = 12
ENDINGS = (
    "heterna", "heten", "heter", "andet", "andes", "arnas", "ernas", "ornas", "arna", "erna", "orna",
    "ande", "aste", "ade", "are", "ast", "het", "arn", "or", "ar", "er", "en", "et", "an", "at", "as",
    "es", "ad", "a", "e", "s", "t", "n",
)  # fmt: skip
SHORTEST_STEM = 3
# Words that say nothing of what is looked for; PostgreSQL's Swedish leaves out these and some more.
EMPTY = frozenset(
    "och det att i en jag hon som han på den med var sig för så till är men ett om hade de av icke mig"
    " du henne då sin nu har inte hans honom".split()
)
TOKEN = re.compile(r'-?"[^"]+"|\S+')
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Words:
    """What is looked for: words in any form, sentences as they stand, and what must be absent."""

    text: str

    @cached_property
    def tokens(self) -> list[str]:
        """The parts of the text, as typed."""
        return TOKEN.findall(fold(self.text))[:MOST_WORDS]

    @cached_property
    def stems(self) -> list[str]:
        """The stems of the words that must be there."""
        plain = " ".join(each for each in self.tokens if each[:1] not in {"-", '"'})
        return [stem(word) for word in WORD.findall(plain) if word not in EMPTY]

    @cached_property
    def phrases(self) -> list[str]:
        """What stands in quotation marks."""
        return [each.strip('"') for each in self.tokens if each.startswith('"')]

    @cached_property
    def absent(self) -> list[str]:
        """What must not be there: stems, or a phrase."""
        return [
            each[1:].strip('"') if '"' in each else stem(each[1:])
            for each in self.tokens
            if each.startswith("-") and each[1:].strip('"')
        ]

    @property
    def is_plain(self) -> bool:
        """Whether it is only words, so that the beginning of a word is enough."""
        return not self.phrases and not self.absent

    def __bool__(self):
        return bool(self.stems or self.phrases)


def stem(word: str) -> str:
    """Return a word without its commonest Swedish ending: samtalen and samtal are both samtal."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


@TextField.register_lookup
class InSwedish(Lookup):
    """`search_text__in_swedish=Words(...)`: PostgreSQL's full text search."""

    lookup_name = "in_swedish"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        """Leave the words as they are; `as_postgresql` writes them."""
        return "%s", [value]

    def as_postgresql(self, compiler, connection):
        """Match the indexed vector against the words, or against words that begin as they do.

        PostgreSQL's own stems leave the most common ending of all, -et; the beginnings find it.
        """
        lhs, params = self.process_lhs(compiler, connection)
        vector = f"to_tsvector('{CONFIG}', {lhs})"
        query, texts = f"websearch_to_tsquery('{CONFIG}', %s)", [" ".join(self.rhs.tokens)]
        if self.rhs.is_plain:
            query = f"({query} || to_tsquery('simple', %s))"
            texts.append(" & ".join(f"'{part}':*" for part in self.rhs.stems))
        return f"{vector} @@ {query}", [*params, *texts]


def narrow(notes, words: Words):
    """Return those of the notes that hold the words. No words: none."""
    if not words:
        return notes.none()
    from django.db import connections

    if connections[notes.db].vendor == "postgresql":
        return notes.filter(search_text__in_swedish=words)
    condition = Q()
    for part in (*words.stems, *words.phrases):
        condition &= Q(search_text__contains=part)
    for part in words.absent:
        condition &= ~Q(search_text__contains=part)
    return notes.filter(condition)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an excerpt; `found` when it is one of the words looked for."""

    text: str
    found: bool = False


def excerpt(text: str, words: Words) -> list[Piece]:
    """Return the text around the first word found, in pieces, with the found ones marked."""
    marks = list(_found(text, words))
    start = max(0, marks[0][0] - AROUND) if marks else 0
    end = min(len(text), (marks[0][1] if marks else 0) + 2 * AROUND)
    start, end = _whole_words(text, start, end)
    pieces, at = [Piece("… ")] if start else [], start
    for first, last in marks:
        if first < at or last > end:
            continue
        pieces += [Piece(text[at:first]), Piece(text[first:last], found=True)]
        at = last
    return [
        piece
        for piece in (*pieces, Piece(text[at:end] + (" …" if end < len(text) else "")))
        if piece.text
    ]


def _found(text, words):
    """Yield where the words stand in the text as it was written."""
    for match in WORD.finditer(text):
        word = fold(match[0])
        if any(part in word for part in words.stems) or any(
            word in WORD.findall(phrase) for phrase in words.phrases
        ):
            yield match.span()


def _whole_words(text, start, end):
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end
