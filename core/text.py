"""Swedish words: a form to search in and a key to sort by, alike on every database."""

import unicodedata

_ALPHABET = " '-.,0123456789abcdefghijklmnopqrstuvwxyzåäöæø"
_RANK = {letter: f"{number:02d}" for number, letter in enumerate(_ALPHABET, start=10)}
_KEPT = set("åäöæø")


def fold(text: str) -> str:
    """Return the text as it is searched: lower case, one space between words, å ä ö kept.

    "  ÅSA Öberg" gives "åsa öberg". Other marks stay too, so that "é" is found by "é".
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def sort_key(text: str) -> str:
    """Return a string of digits that sorts as a Swedish list does: Å Ä Ö after Z, é as e.

    Two digits a letter, so that every database and collation gives the same order.
    """
    return "".join(_RANK.get(letter, _unaccented_rank(letter)) for letter in fold(text))


def _unaccented_rank(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    base = {"ı": "i", "ł": "l", "đ": "d"}.get(base, base)
    return _RANK.get(base, "99")


def digits(text: str) -> str:
    """Return only the digits of a text: how telephone numbers are compared."""
    return "".join(character for character in text if character.isdigit())
