"""Celery's doors to `core.jobs`; each may be knocked on twice."""

from celery import shared_task
from celery.signals import worker_ready

from core import jobs


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


@worker_ready.connect
def sweep_when_a_worker_starts(**_) -> None:
    """Let a new worker find what the old one left, without waiting for the schedule."""
    sweep_jobs_at_start.delay()
