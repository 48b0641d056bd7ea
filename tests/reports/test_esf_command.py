"""`manage.py report esf-participants` as the shell meets it."""

import io
import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from core.models import AccessLogEntry
from tests.cast import enrol, make_person
from tests.reports.esf_world import BORN, at_noon, attend

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_june():
    with at_noon("2017-06-10"):
        yield


@pytest.fixture
def mira():
    person = make_person(
        "Mira", "Öberg", birth_date=BORN, email="mira@exempel.se", phone="070-1740605"
    )
    enrol(person, starts_on=date(2017, 3, 6))
    attend(person, "2017-03-08")
    return person


@pytest.fixture
def unsigned():
    person = make_person(
        "Olle", "Ek", birth_date=BORN, female=False, email="o@exempel.se", phone="070-1740606"
    )
    enrol(person, starts_on=date(2017, 2, 6))
    attend(person, "2017-03-09", "1.5", signed=None)
    return person


def report(*arguments):
    out, err = StringIO(), StringIO()
    call_command("report", "esf-participants", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_json_stands_alone_on_standard_output_with_all_that_is_promised(mira, unsigned):
    content = json.loads(report("--month", "2017-03")[0])
    assert content["month"] == "2017-03"
    assert content["hours"] == {"attested": 3.0, "unattested": 1.5, "signed_not_counting": 0.0}
    assert content["counted"] == {"total": 1, "girls": 1, "boys": 0}
    assert content["participants"] == {"total": 1, "girls": 1, "boys": 0}
    assert [row["number"] for row in content["rows"]] == [mira.formatted_number]
    assert content["unattested"] == [
        {"number": unsigned.formatted_number, "hours": 1.5, "value": None}
    ]
    assert [each["check"] for each in content["checks"]] == ["order"]
    assert content["status"]["code"] == "late"


def test_what_is_to_be_known_of_the_month_stands_on_standard_error_without_persons(mira, unsigned):
    assert report("--month", "2017-03")[1] == (
        "Obs: Lås februari 2017 först: månaderna rapporteras i ordning.\n"
    )


def test_everybody_told_of_is_logged_as_shown_to_the_system(mira, unsigned):
    report("--month", "2017-03")
    entries = AccessLogEntry.objects.values_list("person_id", "actor", "action", "what")
    assert set(entries) == {
        (mira.pk, "system", "exported", "report esf-participants"),
        (unsigned.pk, "system", "exported", "report esf-participants"),
    }


def test_the_workbook_goes_to_a_named_file(mira, tmp_path):
    file = tmp_path / "Mars2017_BASUN.xlsx"
    out, err = report("--month", "2017-03", "--format", "xlsx", "--output", str(file))
    assert out == ""
    assert f"Sparad: {file}" in err
    assert (
        load_workbook(io.BytesIO(file.read_bytes()))["Deltagare"]["A2"].value
        == mira.formatted_number
    )


def test_errors_stop_the_workbook_and_say_which_but_not_the_json(mira, tmp_path):
    mira.number_records.all().delete()
    file = tmp_path / "m.xlsx"
    with pytest.raises(CommandError, match="Personnummer saknas"):
        report("--month", "2017-03", "--format", "xlsx", "--output", str(file))
    assert not file.exists()
    assert not AccessLogEntry.objects.exists()
    checks = json.loads(report("--month", "2017-03")[0])["checks"]
    assert [(each["level"], each["check"]) for each in checks] == [("error", "number_missing")]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Ange månaden med --month"),
        (["--from", "2017-03", "--to", "2017-03"], "Ange månaden med --month"),
        (["--month", "2017-13"], "är ingen månad"),
        (["--month", "2017-02"], "Februari 2017 är ingen av projektets månader"),
        (["--month", "2017-07"], "är ingen av projektets månader"),
    ],
)
def test_a_month_that_cannot_be_reported_is_refused_in_swedish(mira, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        report(*arguments)


def test_the_other_reports_still_ask_for_a_period():
    with pytest.raises(CommandError, match="--from och --to"):
        call_command("report", "key-figures", "--month", "2017-03")
