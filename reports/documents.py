"""What every kind of report comes out as."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A computed report: its figures as JSON, and a function for each format that gives the bytes.

    `people` are the keys of those it tells of by name or number, for the access log; figures have none.
    `remarks` are sentences without persons, for whoever makes it. A format raises `core.errors.Refused` when the report may not be made in it, and says why.
    """

    figures: dict
    sha256: str
    formats: dict[str, Callable[[], bytes]]
    people: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
