"""Eight processes write at once, and none hears that the database is locked."""

import multiprocessing
import os

import pytest
from django.db import OperationalError, connection, connections, transaction

from core.models import Job

WRITERS, ROUNDS = 8, 15


def write(settings_dict, number, results):
    """Make and count rows in short transactions, on a connection of this process's own."""
    connections.close_all()
    connection.settings_dict.update(settings_dict)
    faults = 0
    for turn in range(ROUNDS):
        try:
            with transaction.atomic():
                before = Job.objects.filter(kind="counter").values_list("done", flat=True).get()
                Job.objects.create(kind=f"writer {number}", progress_text=str(turn))
                Job.objects.filter(kind=f"writer {number}").update(total=before)
        except OperationalError:
            faults += 1
    connections.close_all()
    results.put(faults)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_eight_writers_at_once_are_all_heard():
    Job.objects.create(kind="counter")
    settings_dict = dict(connection.settings_dict)
    connections.close_all()
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    arguments = [(settings_dict, number, results) for number in range(WRITERS)]
    writers = [context.Process(target=write, args=each) for each in arguments]
    for writer in writers:
        writer.start()
    faults = [results.get(timeout=120) for _ in writers]
    for writer in writers:
        writer.join()
    assert faults == [0] * WRITERS
    assert Job.objects.filter(kind__startswith="writer").count() == WRITERS * ROUNDS


@pytest.mark.skipif("postgres" in os.environ.get("DATABASE_URL", ""), reason="about SQLite's file")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_sqlite_is_set_up_for_many_writers_and_keeps_foreign_keys():
    wanted = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 60_000}
    with connection.cursor() as cursor:
        for pragma, value in wanted.items():
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone()[0] == value, pragma
