"""Casework by the clock."""

from celery import shared_task

from casework.imports import actions


@shared_task
def wipe_uploads() -> None:
    """Wipe the files that were sent in and that nobody confirmed within a day."""
    actions.wipe_left_behind()
