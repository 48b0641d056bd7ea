"""Celery's doors to `core.jobs`; each may be knocked on twice."""

from datetime import timedelta

from celery import shared_task
from celery.signals import worker_ready
from django.core.management import call_command
from django.utils import timezone

from core import jobs
from core.models import UsedKey

# A form that lies open longer than this has outlived its session.
KEYS_KEPT = timedelta(days=1)


@shared_task
def run_job(job_id: str) -> None:
    """Do the job with this id, if it is still there to be done."""
    jobs.run(job_id, heartbeat=True)


@shared_task
def sweep_jobs() -> None:
    """Ring again for jobs that nobody picked up or that a dead worker left."""
    jobs.sweep()


@shared_task
def sweep_jobs_at_start() -> None:
    """Ring for everything that waits: the worker that had heard the bell may be the one replaced."""
    jobs.sweep(ring_again_after=jobs.NO_TIME)


@shared_task
def forget_the_spent() -> None:
    """Remove the keys of forms sent long ago, and ended sessions with the words once searched for."""
    UsedKey.objects.filter(used_at__lt=timezone.now() - KEYS_KEPT).delete()
    call_command("clearsessions")


@worker_ready.connect
def sweep_when_a_worker_starts(**_) -> None:
    """Let a new worker find what the old one left, without waiting for the schedule."""
    sweep_jobs_at_start.delay()
