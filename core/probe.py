"""A job that does nothing but count: to see that broker, worker and database work together."""

import time

from core import jobs

KIND = "core.probe"


@jobs.handler(KIND, title="Prov av bakgrundsarbetet")
def probe(job, progress) -> dict:
    """Count to `steps`, a tenth of a second each."""
    steps = int(job.params.get("steps", 1))
    for step in range(steps):
        progress(step, steps, "Räknar")
        time.sleep(0.1)
    return {"steps": steps}
