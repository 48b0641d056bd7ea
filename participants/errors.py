"""What an action refuses, in words for the person at the screen."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction

from core.errors import Refused

__all__ = ["NumberTaken", "Refused", "StaleEdit", "refusing"]


class NumberTaken(Refused):
    """Somebody already has the number. Who it is depends on who asks (search.explain_taken)."""


class StaleEdit(Refused):
    """Somebody else saved in between; nothing was overwritten. `current` is what stands now."""

    def __init__(self, current):
        super().__init__(
            "Någon annan sparade ändringar medan du skrev. Jämför båda versionerna och spara igen."
        )
        self.current = current


@contextmanager
def refusing(error: Refused, *rules: str):
    """Turn the database's refusal by one of the rules into a kind error; other refusals pass on.

    `rules` are names of constraints and guards, and for SQLite the columns it names instead. Works
    in a savepoint, so that the transaction around it lives on.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refusal:
        if not any(rule in str(refusal) for rule in rules):
            raise
        raise error from None
