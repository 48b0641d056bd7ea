"""Two who lock the same month at the same moment, each with a connection of their own."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from core import jobs
from core.models import Job
from core.models.job import JobState
from reports.esf import actions, making
from reports.esf.models import EsfFile, EsfRow, EsfVersion
from tests.cast import enrol, make_person
from tests.reports.esf_world import MARCH, attend, without_printing

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def meet_when_the_files_are_made(monkeypatch):
    """Both jobs have made their files before either of them writes."""
    without_printing(monkeypatch)
    make, both = making.make, Barrier(2, timeout=30)

    def and_wait(*arguments, **facts):
        made = make(*arguments, **facts)
        both.wait()
        return made

    monkeypatch.setattr(making, "make", and_wait)


def run(job):
    try:
        jobs.run(job.pk)
    finally:
        connection.close()


def test_of_two_who_lock_at_once_one_wins_and_the_other_is_told_who(lead, administrator):
    person = make_person()
    enrol(person, starts_on=date(2017, 3, 6))
    attend(person, "2017-03-08")
    ordered = [actions.order_lock(month=MARCH, by=by) for by in (lead, administrator)]

    threads = [Thread(target=run, args=[job]) for job in ordered]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    states = {job.state: job for job in Job.objects.all()}
    version = EsfVersion.objects.get()
    assert set(states) == {JobState.DONE, JobState.FAILED}
    assert states[JobState.DONE].created_by == version.locked_by
    told = f"Mars 2017 låstes nyss av {version.locked_by.name}. Ladda om sidan."
    assert states[JobState.FAILED].error == told
    assert (EsfRow.objects.count(), EsfFile.objects.count()) == (1, 3)
