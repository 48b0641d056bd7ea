"""A real worker, killed with -9 in the middle of a chain: no month of it is kept, and then all of them."""

import time
from datetime import date

import pytest

from tests.cast import next_number
from tests.house.test_embedded_worker import (  # noqa: F401  (two of them are fixtures)
    environment,
    forget_the_worker,
    job,
    kill,
    manage,
    start_worker,
    wait_for,
)
from tests.reports.test_worker_killed import ask

MONTHS = 8
NUMBER = next_number(date(2001, 1, 1))
ORDER = f"""
from datetime import date, timedelta
from django.utils import timezone
from accounts.models import User
from core.periods import Month
from participants.models import Enrolment, NumberRecord, Participant
from reports.esf import actions
by = User.objects.create_user("eva@exempel.se", roles=["project_lead"], first_name="Eva", last_name="Ek", authority="kommun")
person = Participant.objects.create(first_name="Mira", last_name="Ek", birth_date=date(2001, 1, 1), legal_gender="F")
NumberRecord.objects.create(participant=person, number="{NUMBER}")
start = (Month.of(timezone.localdate()) + -{MONTHS}).first
Enrolment.objects.create(participant=person, starts_on=start, planned_end_on=start + timedelta(days=182))
actions.order_open(by=by)
"""


def wait_until_half_way(environment, seconds=60):  # noqa: F811  (the fixture's value)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        state, done = ask(environment, "SELECT state, done FROM core_job")
        if state == "running" and done >= 2:
            return
        time.sleep(0.02)
    pytest.fail("the chain never came half-way")


def count(environment, table):  # noqa: F811  (the fixture's value)
    return ask(environment, f"SELECT count(*) FROM reports_{table}")[0]  # noqa: S608  (our own table)


def test_a_chain_whose_worker_is_killed_half_way_is_kept_once_and_whole(environment, start_worker):  # noqa: F811
    manage(environment, "shell", "--verbosity", "0", "-c", ORDER)
    first = start_worker()
    wait_until_half_way(environment)
    kill(first)
    assert count(environment, "esfversion") == 0
    assert job(environment) == ("running", 1)
    forget_the_worker(environment)
    start_worker()
    wait_for(environment, "done", seconds=90)
    assert job(environment) == ("done", 2)
    assert count(environment, "esfversion") == MONTHS
    assert count(environment, "esffile") == 3 * MONTHS
    assert ask(environment, "SELECT max(number) FROM reports_esfversion") == (1,)
