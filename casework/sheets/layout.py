"""Which line stands on which page. Pure: the paper, the stored rows and the scan agree on it."""

from collections.abc import Callable, Iterable


def in_pages(items: Iterable, height: Callable, *, room: int) -> list[list]:
    """Share lines out over pages, in order; `height` says how much of the room a line takes.

    There is always one page, and a line taller than a page has one of its own.
    """
    pages, used = [[]], 0
    for item in items:
        if pages[-1] and used + height(item) > room:
            pages.append([])
            used = 0
        pages[-1].append(item)
        used += height(item)
    return pages


def rows_high(text: str, letters: int) -> int:
    """Say how many rows of so many letters a text takes, counted high. Pure."""
    return max(-(-len(text) // letters), 1)
