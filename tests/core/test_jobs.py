"""A job is a row: ordered once, done once, never lost."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from core import jobs
from core.models import Job, UsedKey

KIND = "tests.job"


@pytest.fixture
def handler(monkeypatch):
    """Let a test say what the job does: `handler(function)`."""

    def use(function, kind=KIND):
        monkeypatch.setitem(jobs.HANDLERS, kind, jobs.Handler(function, "Ett prov"))

    use(lambda job, progress: {"answer": 42})
    return use


@pytest.fixture
def rings(monkeypatch):
    """The ids the bell rang for, instead of a broker."""
    heard = []
    monkeypatch.setattr(jobs, "ring", lambda job_id: heard.append(job_id) or True)
    return heard


def forget_the_worker(job):
    """Let the lease run out, as when the worker was killed."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def later(**times):
    return timezone.now() - timedelta(**times)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("handler")]


def test_the_bell_rings_only_when_the_wish_is_committed(rings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue(KIND, by=None)
        assert rings == []
    assert rings == [job.pk]


def test_a_job_runs_and_keeps_what_the_handler_returned():
    job = jobs.run(jobs.enqueue(KIND, by=None).pk)
    assert (job.state, job.result, job.attempts) == ("done", {"answer": 42}, 1)


def test_a_second_knock_on_a_finished_job_does_nothing():
    job = jobs.run(jobs.enqueue(KIND, by=None).pk)
    assert jobs.run(job.pk) is None


def test_a_job_that_somebody_works_on_is_not_taken():
    job = jobs.claim(jobs.enqueue(KIND, by=None).pk)
    assert jobs.claim(job.pk) is None


def test_a_job_whose_worker_died_is_taken_by_another():
    job = jobs.claim(jobs.enqueue(KIND, by=None).pk)
    forget_the_worker(job)
    assert jobs.run(job.pk).attempts == 2


def test_a_worker_that_lost_its_job_writes_nothing(handler):
    job = jobs.claim(jobs.enqueue(KIND, by=None).pk)
    forget_the_worker(job)
    jobs.run(job.pk)
    with pytest.raises(jobs.Superseded), jobs.finish(job) as result:
        result["answer"] = "late"
    assert Job.objects.get(pk=job.pk).result == {"answer": 42}


def test_a_handler_that_was_taken_over_stops_at_its_next_word(handler):
    said = []

    def slow(job, progress):
        forget_the_worker(job)
        jobs.claim(job.pk)
        progress(1, 2, "Halvvägs")
        said.append("went on")

    handler(slow)
    job = jobs.run(jobs.enqueue(KIND, by=None).pk)
    assert said == [] and Job.objects.get(pk=job.pk).attempts == 2


def test_effect_and_state_commit_together_or_not_at_all(handler, django_user_model):
    user = django_user_model.objects.create_user("a@basun.test", authority="kommun")

    def fails_late(job, progress):
        with jobs.finish(job):
            UsedKey.objects.create(user=user, key="k", path="/")
            raise RuntimeError("19900101-2383")

    handler(fails_late)
    job = jobs.run(jobs.enqueue(KIND, by=None).pk)
    assert job.state == "failed" and not UsedKey.objects.exists()


def test_an_unexpected_fault_tells_its_class_and_never_its_words(handler, caplog):
    number = "19900101-" + str(2383)

    def fault(job, progress):
        raise ValueError(f"Key (number)=({number}) already exists")

    handler(fault)
    job = jobs.run(jobs.enqueue(KIND, by=None).pk)
    assert job.error == f"{jobs.WENT_WRONG} (ValueError)"
    assert "ValueError" in caplog.text and number not in caplog.text


def test_a_failure_gives_the_person_the_handlers_own_sentence(handler):
    def refuse(job, progress):
        raise jobs.Failure("Filen saknar kolumnen inskriven.", result={"rows": 3})

    handler(refuse)
    job = jobs.run(jobs.enqueue(KIND, by=None).pk)
    assert (job.state, job.error) == ("failed", "Filen saknar kolumnen inskriven.")
    assert job.result == {"rows": 3}


def test_trouble_that_may_pass_leaves_the_job_for_another_attempt(handler):
    def disk_full(job, progress):
        raise OSError("no space left on device")

    handler(disk_full)
    job = jobs.enqueue(KIND, by=None)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.lease_until) == ("queued", 1, None)


def test_after_three_attempts_the_job_is_closed_with_a_sentence(handler):
    def gone(job, progress):
        raise OperationalError("the database is gone")

    handler(gone)
    job = jobs.enqueue(KIND, by=None)
    for _ in range(3):
        jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", jobs.GAVE_UP)


def test_a_job_that_kills_its_worker_three_times_is_closed_by_the_sweep(rings):
    job = jobs.enqueue(KIND, by=None)
    for _ in range(3):
        forget_the_worker(jobs.claim(job.pk))
    jobs.sweep()
    job.refresh_from_db()
    assert (job.state, job.error, rings) == ("failed", jobs.GAVE_UP, [])


def test_the_sweep_rings_for_what_nobody_picked_up_and_not_for_what_is_new(rings):
    old, new = jobs.enqueue(KIND, by=None), jobs.enqueue(KIND, by=None)
    Job.objects.filter(pk=old.pk).update(rung_at=later(seconds=61))
    assert (jobs.sweep(), jobs.sweep()) == (1, 0)
    assert rings == [old.pk] and new.pk not in rings


def test_the_sweep_rings_once_for_a_job_whose_lease_ran_out(rings):
    job = jobs.claim(jobs.enqueue(KIND, by=None).pk)
    Job.objects.filter(pk=job.pk).update(rung_at=later(seconds=40), lease_until=later(seconds=1))
    assert (jobs.sweep(), jobs.sweep()) == (1, 0)


def test_a_new_worker_rings_for_everything_that_waits(rings):
    job = jobs.enqueue(KIND, by=None)
    jobs.sweep(ring_again_after=jobs.NO_TIME)
    assert rings == [job.pk]


def test_a_broker_that_is_down_is_no_error(settings, monkeypatch, caplog):
    def down(*args, **kwargs):
        raise jobs.BrokerDown("connection refused")

    monkeypatch.setattr(jobs.current_app, "send_task", down)
    job = jobs.enqueue(KIND, by=None)
    assert jobs.ring(job.pk) is False and "could not ring" in caplog.text


def test_a_key_gives_the_open_job_back_instead_of_a_second_one():
    first = jobs.enqueue(KIND, by=None, key="month 2026-11")
    assert jobs.enqueue(KIND, by=None, key="month 2026-11") == first
    jobs.run(first.pk)
    assert jobs.enqueue(KIND, by=None, key="month 2026-11") != first


def test_the_database_refuses_two_open_jobs_with_one_key():
    jobs.enqueue(KIND, by=None, key="k")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind=KIND, key="k")


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "strange"},
        {"state": "running"},
        {"state": "done"},
        {"state": "queued", "lease_until": later(seconds=1)},
        {"done": 3, "total": 2},
    ],
)
def test_the_database_refuses_a_job_that_makes_no_sense(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind=KIND, **fields)


def test_progress_is_written_while_the_work_goes_on(handler):
    seen = []

    def count(job, progress):
        progress(1, 4, "Läser")
        seen.append(Job.objects.values_list("done", "total", "progress_text").get(pk=job.pk))

    handler(count)
    job = jobs.run(jobs.enqueue(KIND, by=None).pk)
    assert seen == [(1, 4, "Läser")] and (job.done, job.percent) == (4, 100)


def test_progress_is_not_written_for_every_row(handler, django_assert_max_num_queries):
    def count(job, progress):
        with django_assert_max_num_queries(2):
            for row in range(1000):
                progress(row, 1000, "Läser")

    handler(count)
    assert jobs.run(jobs.enqueue(KIND, by=None).pk).state == "done"


def test_progress_inside_finish_is_quiet(handler):
    def late(job, progress):
        with jobs.finish(job) as result:
            progress(1, 2, "Sparar")
            result["url"] = "/"

    handler(late)
    assert jobs.run(jobs.enqueue(KIND, by=None).pk).result == {"url": "/"}


def test_an_unknown_kind_is_refused_when_it_is_ordered():
    with pytest.raises(ValueError, match="No handler"):
        jobs.enqueue("nobody.does.this", by=None)


def test_a_failed_job_can_be_ordered_again(handler, django_user_model):
    user = django_user_model.objects.create_user("a@basun.test", authority="kommun")
    handler(lambda job, progress: 1 / 0)
    failed = jobs.run(jobs.enqueue(KIND, by=user).pk)
    handler(lambda job, progress: {"answer": 42})
    again = jobs.retry(failed, by=user)
    assert (again.state, again.attempts, again.error) == ("queued", 0, "")
    assert jobs.run(again.pk).state == "done"


def test_retry_leaves_a_job_alone_that_has_not_failed(rings):
    job = jobs.run(jobs.enqueue(KIND, by=None).pk)
    assert jobs.retry(job, by=None).state == "done"
