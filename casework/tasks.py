"""Casework by the clock."""

from celery import shared_task
from django.utils import timezone

from casework.activities.actions import leave_those_exited
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


@shared_task
def end_sign_ups() -> None:
    """Give the places of those whose enrolment has ended to those who wait."""
    leave_those_exited(timezone.localdate())
