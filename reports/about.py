"""Where a report comes from: stated on every copy of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class About:
    """Who made it and when, how many enrolments it was read from, and the hash of its figures."""

    made_by: str
    made_at: datetime
    rows: int = 0
    sha256: str = ""

    @classmethod
    def now(cls, by=None) -> "About":
        """Made now; `by` is a user, None is the system itself."""
        return cls(by.name if by else "BASUN", timezone.localtime())

    def with_content(self, *, rows: int, sha256: str) -> "About":
        """The same with what was found."""
        return replace(self, rows=rows, sha256=sha256)
