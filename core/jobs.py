"""Background work: the row in `core.Job` is the job, the broker only rings the bell.

In the transaction that wants the work::

    job = jobs.enqueue("reports.key_figures", params={"month": "2026-11"}, by=user)
    return redirect(job)                      # its page shows how far it has come

In the app's `tasks.py`, imported by `ready()` in its `apps.py`::

    @jobs.handler("reports.key_figures", title="Nyckeltal")
    def make_key_figures(job, progress):
        figures = compute(job.params["month"], progress)     # slow, outside any transaction
        with jobs.finish(job) as result:                     # quick, one transaction
            report = Report.objects.create(...)
            result["url"] = report.get_absolute_url()

What is promised, and how:

- **The wish is never lost.** The row commits with the change that caused it. A bell that did not
  ring, or rang in a worker that died, is rung again by `sweep` (every half minute).
- **One worker at a time.** A worker claims the row with one conditional UPDATE and holds it by a
  lease that a thread renews while the work goes on. A dead worker's lease runs out and another
  takes the job; `attempts` is then one higher, and is the token of the claim.
- **The effect happens once.** `finish` marks the job done *first*, on condition that the claim
  still holds, and the handler's rows are written in the same transaction. Whoever lost the claim
  gets `Superseded` and writes nothing. A handler without rows of its own just returns its result.
- **Progress is seen while the work goes on**, because it is written outside that transaction.
  On SQLite one transaction holds everybody's pen: compute first, keep `finish` to the writing.

A handler may run more than once, so what it does outside the database (files, mail) must bear
being done again. It reads people through `visible_to(job.created_by)` when it runs, not before: a
right may have been withdrawn since the job was ordered.

A test calls `jobs.run(job.pk)`.
"""

import logging
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from celery import current_app
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerDown

from core.models.job import Job, JobState

logger = logging.getLogger(__name__)

# Long enough for a writer that starves on a busy SQLite (ten seconds were seen), short enough that
# somebody who waits for a report does not give up when a worker dies.
LEASE = timedelta(seconds=30)
HEARTBEAT_SECONDS = 7
# A queue that is merely long should not be rung for every half minute.
RING_AGAIN_AFTER = timedelta(seconds=60)
RING_AT_MOST = 500
MAX_ATTEMPTS = 3
# The page asks once a second; more often would only wear on the database.
PROGRESS_EVERY_SECONDS = 0.5

NO_TIME = timedelta(0)

GAVE_UP = "Arbetet avbröts tre gånger utan att bli klart. Försök igen, eller tala med förvaltaren."
WENT_WRONG = "Något gick fel och inget har ändrats. Försök igen, eller tala med förvaltaren."

Progress = Callable[..., None]


class Failure(Exception):
    """Raised by a handler that cannot do its work; the person who ordered it reads the sentence.

    The sentence is Swedish and holds no personal data. `result` is kept on the job.
    """

    def __init__(self, sentence: str, *, result: dict | None = None):
        super().__init__(sentence)
        self.result = result or {}


class Superseded(Exception):
    """The claim ran out and another worker has the job: stop, and leave no trace."""


@dataclass(frozen=True, slots=True)
class Handler:
    """What a kind of job does, and what its page is called."""

    function: Callable[[Job, Progress], dict | None]
    title: str


HANDLERS: dict[str, Handler] = {}


def handler(kind: str, *, title: str = "Arbete i bakgrunden"):
    """Register a function as the one that does this kind of job; `title` heads the job's page."""

    def register(function):
        if kind in HANDLERS:
            raise ValueError(f"Two handlers for the job {kind!r}.")
        HANDLERS[kind] = Handler(function, title)
        return function

    return register


def title(job: Job) -> str:
    """Return the Swedish heading for a job's page."""
    return HANDLERS[job.kind].title if job.kind in HANDLERS else "Arbete i bakgrunden"


# Ordering


@transaction.atomic
def enqueue(kind: str, *, by, params: dict | None = None, key: str = "") -> Job:
    """Order a piece of work and return its row; the bell rings when the transaction commits.

    `by` is a user, or None for the schedule. `params` is JSON without personal data. With a `key`
    there is at most one open job: ordering it again returns the one there is.
    """
    if kind not in HANDLERS:
        raise ValueError(f"No handler for the job {kind!r}.")
    if there_is := open_with_key(key):
        return there_is
    try:
        with transaction.atomic():
            job = Job.objects.create(kind=kind, key=key, params=params or {}, created_by=by)
    except IntegrityError:
        # Two ordered at once, and the database let one in.
        if there_is := open_with_key(key):
            return there_is
        raise
    ring_on_commit(job.pk)
    return job


def open_with_key(key: str) -> Job | None:
    """Return the unfinished job with this key, if there is one."""
    return Job.objects.open().filter(key=key).first() if key else None


@transaction.atomic
def retry(job: Job, *, by) -> Job:
    """Order a failed job once more, on behalf of `by`; any other job is returned as it is.

    Where an open job has the same key meanwhile, that one is returned.
    """
    if other := open_with_key(job.key):
        return other
    again = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
        state=JobState.QUEUED,
        attempts=0,
        done=0,
        total=0,
        progress_text="",
        error="",
        result={},
        started_at=None,
        finished_at=None,
        rung_at=timezone.now(),
        created_by=by,
    )
    if again:
        ring_on_commit(job.pk)
    job.refresh_from_db()
    return job


def ring_on_commit(job_id: UUID) -> None:
    """Ring for a job when the transaction commits."""
    transaction.on_commit(lambda: ring(job_id))


def ring(job_id: UUID) -> bool:
    """Tell the workers that there is a job; False when the broker is down, which is no error."""
    try:
        current_app.send_task("core.tasks.run_job", (str(job_id),), retry=False)
    except (BrokerDown, OSError) as error:
        logger.warning("could not ring for job %s: %s", job_id, type(error).__name__)
        return False
    return True


# Doing


def run(job_id: UUID | str, *, heartbeat: bool = False) -> Job | None:
    """Do a job if it is there to be done; None when somebody else has it or it is finished.

    `heartbeat` keeps the claim from another thread and is for worker processes.
    """
    job = claim(job_id)
    if job is None:
        return None
    with beating(job) if heartbeat else nullcontext():
        perform(job)
    return job


@transaction.atomic
def claim(job_id: UUID | str) -> Job | None:
    """Take a job for LEASE; None when it cannot be taken. One UPDATE decides between two workers."""
    now = timezone.now()
    taken = (
        Job.objects.claimable(now)
        .filter(pk=job_id, attempts__lt=MAX_ATTEMPTS)
        .update(
            state=JobState.RUNNING,
            attempts=F("attempts") + 1,
            lease_until=now + LEASE,
            started_at=now,
        )
    )
    return Job.objects.select_related("created_by").get(pk=job_id) if taken else None


def perform(job: Job) -> None:
    """Call the handler and write down how it went; never raises what the handler raised."""
    try:
        result = HANDLERS[job.kind].function(job, reporter(job))
        if job.is_open:
            with finish(job) as kept:
                kept.update(result or {})
    except Superseded:
        logger.warning("job %s was taken over by another worker", job.pk)
    except Failure as failure:
        fail(job, str(failure), failure.result)
    except (OperationalError, OSError) as error:
        put_back(job, error)
    except Exception as error:  # whatever it is, it is written on the job
        log_scrubbed(job, error)
        fail(job, f"{WENT_WRONG} ({type(error).__name__})")


@contextmanager
def finish(job: Job) -> Iterator[dict]:
    """Mark the job done and write its effect, in one transaction; yields the result to fill in.

    Raises Superseded, before anything is written, when another worker has the job.
    """
    result: dict = {}
    with transaction.atomic():
        step(job, state=JobState.DONE, done=F("total"), progress_text="")
        job.state = JobState.DONE
        try:
            yield result
        except BaseException:
            job.state = JobState.RUNNING
            raise
        Job.objects.filter(pk=job.pk).update(result=result)
    job.refresh_from_db()


def fail(job: Job, sentence: str, result: dict | None = None) -> None:
    """Close the job with a sentence for the person who ordered it."""
    try:
        step(job, state=JobState.FAILED, error=sentence, result=result or {})
        job.refresh_from_db()
    except Superseded:
        logger.warning("job %s failed here, but another worker has it", job.pk)


def put_back(job: Job, error: Exception) -> None:
    """Leave the job for another attempt after trouble that may pass: a full disk, a lost database.

    After the last attempt it is closed. The sweep rings again, so that the trouble gets time.
    """
    logger.warning("job %s, attempt %s: %s", job.pk, job.attempts, type(error).__name__)
    if job.attempts >= MAX_ATTEMPTS:
        fail(job, GAVE_UP)
        return
    try:
        step(job, state=JobState.QUEUED, progress_text="Väntar på ett nytt försök.")
    except (Superseded, DatabaseError):
        logger.warning("job %s could not be put back; its lease will run out", job.pk)


def step(job: Job, *, state: JobState, **fields) -> None:
    """Move a running job, on condition that the claim still holds; else Superseded."""
    closed = state in {JobState.DONE, JobState.FAILED}
    moved = mine(job).update(
        state=state, lease_until=None, finished_at=timezone.now() if closed else None, **fields
    )
    if not moved:
        raise Superseded


def mine(job: Job):
    """The job's row, as long as this claim is the latest one."""
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)


def reporter(job: Job) -> Progress:
    """Return the function by which a handler tells how far it has come.

    `progress(done, total, "Läser rader")`: each part may be left out. Written at most twice a
    second, and at once when the text is new. Raises Superseded when the claim is lost.
    """
    written = {"at": 0.0, "text": job.progress_text}

    def progress(done: int = 0, total: int = 0, text: str = "") -> None:
        text = text or written["text"]
        soon = time.monotonic() - written["at"] < PROGRESS_EVERY_SECONDS
        nothing_new = soon and text == written["text"] and not (total and done >= total)
        if nothing_new or not job.is_open:
            return
        written.update(at=time.monotonic(), text=text)
        done = min(done, total) if total else done
        renewed = timezone.now() + LEASE
        if not mine(job).update(
            done=done, total=total, progress_text=text[:200], lease_until=renewed
        ):
            raise Superseded

    return progress


@contextmanager
def beating(job: Job) -> Iterator[None]:
    """Renew the lease from a thread while the work goes on, also through a long silence."""
    stop = threading.Event()
    thread = threading.Thread(target=beat, args=(job, stop), daemon=True, name=f"lease {job.pk}")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def beat(job: Job, stop: threading.Event) -> None:
    """Renew the lease until told to stop, on a connection of the thread's own."""
    try:
        while not stop.wait(HEARTBEAT_SECONDS):
            try:
                mine(job).update(lease_until=timezone.now() + LEASE)
            except DatabaseError:
                # Somebody else is writing for a long time, or the database is gone; the lease
                # bears that for a while, and the claim is checked again at the end.
                logger.warning("could not renew the lease of job %s", job.pk)
    finally:
        connection.close()


def log_scrubbed(job: Job, error: Exception) -> None:
    """Log where it went wrong, without the message: PostgreSQL's messages quote the row."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    logger.error("job %s (%s) failed: %s\n%s", job.pk, job.kind, type(error).__name__, frames)


# Sweeping


def sweep(*, ring_again_after: timedelta = RING_AGAIN_AFTER) -> int:
    """Ring for jobs that nobody picked up or that a dead worker left; returns how many.

    Jobs that were left after the last attempt are closed with a sentence.
    """
    now = timezone.now()
    give_up(now)
    due = (
        Job.objects.claimable(now)
        .filter(Q(rung_at__lte=now - ring_again_after) | Q(rung_at__lt=F("lease_until")))
        .order_by("created_at", "pk")
        .values_list("pk", flat=True)[:RING_AT_MOST]
    )
    count = 0
    for job_id in list(due):
        if not ring(job_id):
            break
        Job.objects.filter(pk=job_id).update(rung_at=now)
        count += 1
    return count


def give_up(now) -> None:
    """Close the jobs that killed their worker, or were killed with it, at every attempt."""
    Job.objects.claimable(now).filter(attempts__gte=MAX_ATTEMPTS).update(
        state=JobState.FAILED, error=GAVE_UP, finished_at=now, lease_until=None
    )
