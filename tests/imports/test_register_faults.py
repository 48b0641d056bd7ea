"""Every fault of a register is named by row and column, and nothing is written."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from core import imports
from core.imports import UNREACHABLE
from participants.models import Participant
from referrals.imports.register import RegisterResource
from tests.cast import enrol, make_person, next_number, protect
from tests.imports.sheets import as_csv, check, load, new_number, row, told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("Personnummer", "20010101-2380", "Kontrollsiffran"),
        ("Personnummer", "hej", "tio eller tolv siffror"),
        ("Personnummer", "", "tom"),
        ("Förnamn", "", "tom"),
        ("Efternamn", " ", "tom"),
        ("Kommundel", "Fitja", "ingen kommundel"),
        ("Remitterande instans", "Försäkringskassan", "okänd"),
        ("Remissdatum", "3 mars", "inget datum"),
        ("Remissdatum", "2999-01-01", "framtiden"),
        ("Målgruppskriterier", "1,12", "Villkor 12 finns inte"),
        ("Målgruppskriterier", "a", "ingen lista"),
        ("Inskriven", "", "tom"),
        ("Planerat slut", "2018-01-14", "före inskrivningen"),
        ("Utskriven", "2018-03-01", "utan orsak"),
        ("Utskrivningsorsak", "Studier", "inget datum"),
        ("Utskrivningsorsak", "Semester", "ingen utskrivningsorsak"),
        ("Kodad funktionsnedsättning", "kanske", "varken ja eller nej"),
        ("SIUS", "", "tom"),
    ],
)
def test_a_cell_that_is_wrong_is_named(column, cell, says):
    outcome = check(row(), row() | {column: cell})
    assert [fault.row for fault in outcome.faults] == [3]
    assert says in outcome.faults[0].text
    assert outcome.faults[0].column in {column, "Utskriven", "Utskrivningsorsak"}


def test_a_birth_in_the_future_is_a_fault():
    future = next_number(date(2099, 1, 1))
    assert "framtiden" in check(row(future)).faults[0].text


def test_an_exit_before_the_start_or_in_the_future_is_a_fault():
    before = row(Utskriven="2018-01-01", Utskrivningsorsak="Studier")
    ahead = row(Utskriven="2999-01-01", Utskrivningsorsak="Studier")
    assert told(check(before, ahead)) == [(2, "Utskriven"), (3, "Utskriven")]


def test_a_start_before_the_birth_is_a_fault():
    number = next_number(date(2019, 5, 5))
    assert told(check(row(number))) == [(2, "Inskriven")]


def test_several_faults_in_one_row_are_all_named():
    outcome = check(row(Förnamn="", Kommundel="X", Inskriven="y"))
    assert {column for _, column in told(outcome)} == {"Förnamn", "Kommundel", "Inskriven"}


def test_a_row_with_too_many_cells_is_a_fault():
    file = as_csv(row())
    file.seek(0, 2)
    file.write((";".join(row().values()) + ";mer\r\n").encode())
    assert imports.check(RegisterResource, file, by=None).faults[0].row == 3


def test_the_same_enrolment_twice_in_the_file_is_a_fault():
    number = new_number()
    outcome = check(row(number), row(number))
    assert told(outcome) == [(3, "Inskriven")] and "rad 2" in outcome.faults[0].text


def test_enrolments_that_overlap_within_the_file_are_a_fault():
    number = new_number()
    first = row(number, Utskriven="2018-06-01", Utskrivningsorsak="Flyttat")
    second = row(number, Inskriven="2018-06-01", Planerat_slut="2018-12-01")
    outcome = check(second, first)
    assert (
        told(outcome) == [(2, "Inskriven")] and "överlappar den på rad 3" in outcome.faults[0].text
    )


def test_an_enrolment_that_overlaps_one_in_the_database_is_a_fault():
    number = new_number()
    load(row(number))
    outcome = check(row(number, Inskriven="2018-06-01", Planerat_slut="2018-12-01"))
    assert told(outcome) == [(2, "Inskriven")]
    assert "den som började 2018-01-15" in outcome.faults[0].text


def test_a_referral_after_the_start_is_only_remarked():
    outcome = check(row(Remissdatum="2018-02-02"))
    assert not outcome.faults and "efter inskrivningen" in outcome.remarks[0].text


def test_a_file_without_rows_is_a_fault():
    file = as_csv(row())
    head = file.getvalue().splitlines(keepends=True)[0]
    file.seek(0)
    file.truncate()
    file.write(head)
    assert "inga rader" in imports.check(RegisterResource, file, by=None).faults[0].text


def test_the_command_names_every_fault_ends_with_status_one_and_writes_nothing(tmp_path, capsys):
    file = tmp_path / "register.csv"
    file.write_bytes(as_csv(row(), row(Kommundel="X"), row(SIUS="")).getvalue())
    with pytest.raises(CommandError, match="2 fel. Inget har lästs in.") as error:
        call_command("import_register", str(file))
    words = capsys.readouterr().err
    assert "Rad 3, Kommundel" in words and "Rad 4, SIUS" in words
    assert error.value.returncode == 1 and not Participant.objects.exists()


def test_of_people_out_of_sight_nothing_is_told_whatever_the_row_says(administrator):
    hidden = make_person(protected=True)
    enrol(hidden)
    number = hidden.number
    for changes in ({}, {"Kommundel": "X"}, {"Inskriven": "2018-02-01"}, {"SIUS": ""}):
        outcome = check(row(number) | changes, by=administrator)
        assert [(each.column, each.text) for each in outcome.faults] == [
            ("Personnummer", UNREACHABLE)
        ]


def test_who_is_on_the_list_of_a_protected_person_may_read_the_row_in(lead):
    person = make_person()
    protect(person, [lead])
    assert not check(row(person.number), by=lead).faults
