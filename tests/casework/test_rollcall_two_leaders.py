"""Two leaders take attendance in the same room at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from casework.models import Attendance
from casework.rollcall import actions
from casework.rollcall.actions import RowMoved
from tests.casework.rollcall_world import expect, make_session

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def both(*calls):
    """Make the calls at once, each in a thread of its own; return what they returned or raised."""
    start = Barrier(len(calls))

    def run(call):
        start.wait()
        try:
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_of_two_who_mark_a_row_differently_one_is_told(pedagogue, other_pedagogue):
    row = expect(make_session(), contact=pedagogue)
    results = both(
        lambda: actions.mark(row_id=row.pk, version=1, status="present", by=pedagogue),
        lambda: actions.mark(row_id=row.pk, version=1, status="absent", by=other_pedagogue),
    )
    told = [each for each in results if isinstance(each, RowMoved)]
    done = [each for each in results if isinstance(each, Attendance)]
    assert (len(told), len(done)) == (1, 1)
    row.refresh_from_db()
    assert (row.status, row.version) == (done[0].status, 2)


def test_of_two_who_mark_a_row_alike_nobody_is_told(pedagogue, other_pedagogue):
    row = expect(make_session(), contact=pedagogue)
    results = both(
        *(
            lambda by=by: actions.mark(row_id=row.pk, version=1, status="present", by=by)
            for by in (pedagogue, other_pedagogue)
        )
    )
    assert [each.status for each in results] == ["present", "present"]
    row.refresh_from_db()
    assert row.version == 2


def test_the_rest_takes_no_mark_from_another_leader(pedagogue, other_pedagogue):
    session = make_session()
    rows = [expect(session, contact=pedagogue) for _ in range(4)]
    both(
        lambda: actions.mark_rest_present(session=session, by=pedagogue),
        lambda: actions.mark_rest_present(session=session, by=other_pedagogue),
    )
    versions = Attendance.objects.filter(pk__in=[row.pk for row in rows]).values_list("version")
    assert {version for (version,) in versions} == {2}
