"""A real worker, killed with -9 in the middle of a report: the report is made again, once and whole."""

import sqlite3
import time
from contextlib import closing

import pytest

from tests.house.test_embedded_worker import (  # noqa: F401  (two of them are fixtures)
    environment,
    forget_the_worker,
    job,
    kill,
    manage,
    start_worker,
    wait_for,
)

ORDER = (
    "from core.periods import Period; from reports import actions;"
    "actions.order('key-figures', Period.parse('2016-10', '2026-09'), by_month=True, by=None)"
)


def ask(environment, question):  # noqa: F811  (the fixture's value)
    with closing(sqlite3.connect(f"{environment['BASUN_VAR']}/basun.sqlite3")) as database:
        return database.execute(question).fetchone()


def wait_until_half_way(environment, seconds=40):  # noqa: F811
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        state, text = ask(environment, "SELECT state, progress_text FROM core_job")
        if state == "running" and text.startswith("Gör filen"):
            return
        time.sleep(0.02)
    pytest.fail("the report never came half-way")


def test_a_report_whose_worker_is_killed_half_way_is_made_again_once(environment, start_worker):  # noqa: F811
    manage(environment, "shell", "--verbosity", "0", "-c", ORDER)
    first = start_worker()
    wait_until_half_way(environment)
    kill(first)
    assert ask(environment, "SELECT count(*) FROM reports_report") == (0,)
    assert job(environment) == ("running", 1)
    forget_the_worker(environment)
    start_worker()
    wait_for(environment, "done")
    assert job(environment) == ("done", 2)
    assert ask(environment, "SELECT count(*), count(DISTINCT job_id) FROM reports_report") == (1, 1)
    assert ask(environment, "SELECT count(*) FROM reports_reportfile") == (3,)
