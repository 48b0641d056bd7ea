"""State: one column, one enum, one table of allowed steps."""

from django.db import models


class TransitionError(Exception):
    """The record is not in a state from which this step may be taken."""


class Stateful(models.Model):
    """A model with a `status` column and a table `STEPS` of status -> set of next ones."""

    STEPS: dict = {}

    class Meta:
        abstract = True

    def can_move_to(self, status) -> bool:
        """Say whether the step is in the table; pages ask before they show a button."""
        return status in self.STEPS.get(self.status, set())

    def must_move_to(self, status) -> None:
        """Raise TransitionError, with a Swedish sentence, when the step is not in the table."""
        if not self.can_move_to(status):
            raise TransitionError(
                f"Det går inte att ändra från ”{self.get_status_display()}” till ”{status.label}”."
                " Ladda om sidan för att se vad som gäller nu."
            )

    def move_to(self, status, *, by, at, note="", **changes):
        """Take a step and write its history row; raises TransitionError when it is not allowed.

        `changes` are fields that the constraints want in the same write, such as when it was decided.
        The caller holds the row's lock and its transaction, and saves nothing itself.
        """
        self.must_move_to(status)
        self.status = status
        for field, value in changes.items():
            setattr(self, field, value)
        self.save(update_fields=["status", *changes])
        self.steps.create(status=status, by=by, at=at, note=note)
