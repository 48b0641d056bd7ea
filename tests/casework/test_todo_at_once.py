"""Two who do the same task at the same moment, each with a connection of their own."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.models import User
from accounts.roles import Role
from casework.models import Task, TaskMove
from casework.todo import actions
from core.errors import Refused
from tests.casework.todo_world import make_task

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(action, task, *users, **facts) -> list[str]:
    """Let each user do it at the same moment; returns what each got: done, or refused."""
    barrier, results = Barrier(len(users)), []

    def one(pk):
        try:
            user = User.objects.get(pk=pk)
            barrier.wait()
            action(task=task, by=user, **facts)
            results.append("done")
        except Refused:
            results.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=one, args=(user.pk,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def test_of_two_who_mark_it_done_one_does_and_one_hears(pedagogue, other_pedagogue):
    task = make_task(pedagogue)
    assert at_once(actions.finish, task, pedagogue, other_pedagogue, version=1) == [
        "done",
        "refused",
    ]
    assert Task.objects.get().version == 2


def test_of_two_who_take_it_one_gets_it(pedagogue, other_pedagogue):
    task = make_task(None, by=pedagogue, to_role=Role.PEDAGOGUE)
    assert at_once(actions.take, task, pedagogue, other_pedagogue) == ["done", "refused"]
    assert TaskMove.objects.count() == 1
