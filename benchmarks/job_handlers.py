"""The work that benchmarks/jobs.py orders; loaded into the worker with `--include`."""

import time

from django.db import connection

from core import jobs

KIND = "benchmark.work"


@jobs.handler(KIND, title="Mätning")
def work(job, progress):
    """Take a while, then leave one row as the effect."""
    time.sleep(job.params["seconds"])
    with jobs.finish(job), connection.cursor() as cursor:
        cursor.execute("INSERT INTO benchmark_effect (job) VALUES (%s)", [str(job.pk)])
