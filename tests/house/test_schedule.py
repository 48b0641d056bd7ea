"""The schedule points at tasks that exist, and says in words what each does."""

from basun.celery import app
from basun.schedule import SCHEDULE, beat_schedule


def test_every_entry_names_a_task_that_exists():
    app.loader.import_default_modules()
    assert {entry.task for entry in SCHEDULE} <= set(app.tasks)


def test_every_entry_has_a_name_of_its_own_and_a_sentence():
    assert len({entry.name for entry in SCHEDULE}) == len(SCHEDULE)
    assert all(entry.sentence.endswith(".") for entry in SCHEDULE)


def test_beat_gets_the_whole_list():
    assert set(beat_schedule()) == {entry.name for entry in SCHEDULE}
