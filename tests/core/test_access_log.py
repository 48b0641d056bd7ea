import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from core import access_log
from core.access_log import Action, Actor, LogUnavailable
from core.models import AccessLogEntry

pytestmark = pytest.mark.django_db
ACTOR = Actor(7, "anna@exempel.se", "pedagogue", "kommun", "r1")


def write(*people):
    access_log.write(ACTOR, people, Action.READ, what="participants:detail")


def rows():
    return [dict(row) for row in access_log.stored_rows()]


def fault(changed, head=None):
    return access_log.verify(changed, *(head or access_log.head())).fault


def test_one_row_is_written_per_person_once():
    write(3, 5, 3)
    assert list(AccessLogEntry.objects.values_list("person_id", flat=True)) == [3, 5]


def test_a_chain_as_written_is_whole():
    write(3, 5)
    write(8)
    assert access_log.verify(rows(), *access_log.head()) == access_log.Verdict(3)


@pytest.mark.parametrize(
    "field", ["person_id", "actor", "at", "action", "what", "ground", "outcome", "request_id"]
)
def test_a_changed_field_shows(field):
    write(3, 5, 8)
    changed = rows()
    changed[1][field] = f"{changed[1][field]}x"
    assert fault(changed) == "row 2 was changed"


def test_a_removed_row_shows():
    write(3, 5, 8)
    whole = rows()
    assert fault(whole[:1] + whole[2:]) == "row 2 is missing"


def test_swapped_rows_show():
    write(3, 5, 8)
    first, second, third = rows()
    assert fault([second, first, third]) == "row 1 is missing"


def test_a_row_made_anew_after_the_fact_shows():
    write(3, 5)
    forged = rows()
    forged[0]["person_id"] = 99
    forged[0]["hash"] = access_log.digest(forged[0])
    assert fault(forged) == "row 2 does not follow on the row before it"


def test_a_cut_end_shows():
    write(3, 5, 8)
    assert fault(rows()[:2]).startswith("the end is cut")


@pytest.mark.parametrize("change", [{"person_id": 9}, None])
def test_the_database_refuses_to_change_or_remove_a_row(change):
    write(3)
    with pytest.raises(DatabaseError, match="access_log_append_only"), transaction.atomic():
        if change:
            AccessLogEntry.objects.update(**change)
        else:
            AccessLogEntry.objects.all().delete()


def test_a_rolled_back_action_leaves_no_row_and_a_whole_chain():
    write(3)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(5)
        raise ZeroDivisionError
    write(8)
    assert access_log.verify(rows(), *access_log.head()) == access_log.Verdict(2)


def test_a_log_that_cannot_be_written_is_said():
    with pytest.raises(LogUnavailable):
        access_log.write(ACTOR, [None], Action.READ, what="participants:detail")
    assert access_log.head()[0] == 0


def test_the_commands_verify_and_export_and_a_stand_alone_script_agrees(tmp_path):
    write(3, 5, 8)
    out = StringIO()
    call_command("verify_log", stdout=out)
    assert "3 rows" in out.getvalue()
    file = tmp_path / "log.jsonl"
    call_command("export_log", output=str(file))
    script = [sys.executable, "-I", "scripts/verify_access_log.py", str(file)]
    whole = subprocess.run(script, capture_output=True, text=True)
    assert (whole.returncode, whole.stdout) == (0, "whole: 3 rows\n")
    lines = file.read_text().splitlines()
    lines[1] = json.dumps(json.loads(lines[1]) | {"person_id": 6})
    file.write_text("\n".join(lines))
    broken = subprocess.run(script, capture_output=True, text=True)
    assert (broken.returncode, broken.stdout) == (1, "broken after 1 rows: row 2 was changed\n")


def test_verify_log_fails_on_a_cut_end():
    write(3, 5)
    access_log.AccessLogHead.objects.update(last_id=3)
    with pytest.raises(CommandError, match="the end is cut"):
        call_command("verify_log")
