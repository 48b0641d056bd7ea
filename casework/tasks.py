"""Casework by the clock."""

from celery import shared_task

from casework.imports import actions
from casework.sheets import bundles, scans


@shared_task
def wipe_uploads() -> None:
    """Wipe the files that were sent in and that nobody confirmed within a day."""
    actions.wipe_left_behind()


@shared_task
def wipe_papers() -> None:
    """Wipe bundles of certificates after a day, and files with papers that could not be read."""
    bundles.wipe_old()
    scans.wipe_left_behind(bundles.KEPT)
