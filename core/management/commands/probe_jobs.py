import time

from django.core.management.base import BaseCommand, CommandError

from core import jobs, probe

SECONDS = 60


class Command(BaseCommand):
    help = "Order a small job and wait until a worker has done it: are broker and worker alive?"

    def handle(self, *args, **options):
        start = time.monotonic()
        job = jobs.enqueue(probe.KIND, by=None, params={"steps": 1})
        while job.is_open and time.monotonic() - start < SECONDS:
            time.sleep(0.05)
            job.refresh_from_db()
        if job.state != "done":
            raise CommandError(f"No worker did the job within {SECONDS} seconds: {job.state}.")
        self.stdout.write(f"A worker did the job in {time.monotonic() - start:.1f} s.")
