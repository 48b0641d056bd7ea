"""A real worker on the broker that needs no server: jobs survive `kill -9` and happen once."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CELERY = [str(Path(sys.executable).parent / "celery"), "--quiet", "--app", "basun"]
ORDER = "from core import jobs; jobs.enqueue('core.probe', by=None, params={'steps': %d})"


@pytest.fixture
def environment(tmp_path, new_database):
    """A fresh SQLite database and a fresh folder for messages."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "basun.settings.local",
        "BASUN_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/basun.sqlite3",
        "REDIS_URL": "",
        "PYTHONWARNINGS": "ignore",
    }
    new_database(tmp_path / "basun.sqlite3")
    return environment


@pytest.fixture
def start_worker(environment):
    """Start workers that are ended with the test."""
    workers = []

    def start():
        words = [*CELERY, "worker", "--concurrency", "1", "--loglevel", "ERROR"]
        workers.append(subprocess.Popen(words, cwd=ROOT, env=environment, start_new_session=True))
        return workers[-1]

    yield start
    for worker in workers:
        kill(worker)


def kill(worker):
    """Kill the worker and its children at once, as a power cut does."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def manage(environment, *arguments):
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def order(environment, steps):
    manage(environment, "shell", "--verbosity", "0", "-c", ORDER % steps)


def job(environment):
    """Return (state, attempts) of the only job."""
    with closing(sqlite3.connect(f"{environment['BASUN_VAR']}/basun.sqlite3")) as database:
        return database.execute("SELECT state, attempts FROM core_job").fetchone()


def forget_the_worker(environment):
    with (
        closing(sqlite3.connect(f"{environment['BASUN_VAR']}/basun.sqlite3")) as database,
        database,
    ):
        database.execute("UPDATE core_job SET lease_until = '2000-01-01 00:00:00'")


def wait_for(environment, state, seconds=40):
    end = time.monotonic() + seconds
    while job(environment)[0] != state and time.monotonic() < end:
        time.sleep(0.1)
    assert job(environment)[0] == state


def test_a_job_that_was_ordered_before_there_was_a_worker_is_done(environment, start_worker):
    order(environment, steps=1)
    start_worker()
    wait_for(environment, "done")


def test_a_job_whose_message_was_lost_is_found_when_a_worker_starts(environment, start_worker):
    order(environment, steps=1)
    for message in Path(environment["BASUN_VAR"]).glob("broker/celery/*"):
        message.unlink()
    start_worker()
    wait_for(environment, "done")


def test_a_message_that_makes_no_sense_does_not_stop_the_worker(environment, start_worker):
    folder = Path(environment["BASUN_VAR"]) / "broker" / "celery"
    folder.mkdir(parents=True)
    (folder / "0-broken.message").write_text("")
    (folder / "1-strange.message").write_text("[1, 2]")
    order(environment, steps=1)
    start_worker()
    wait_for(environment, "done")


def test_a_job_whose_worker_is_killed_half_way_is_made_again_once(environment, start_worker):
    order(environment, steps=20)
    first = start_worker()
    wait_for(environment, "running")
    kill(first)
    forget_the_worker(environment)
    start_worker()
    wait_for(environment, "done")
    assert job(environment) == ("done", 2)
