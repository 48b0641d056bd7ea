"""`manage.py report` as the shell meets it."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[2]
MONTHS = ("--from", "2019-03", "--to", "2019-04")


def report(*arguments):
    out, err = StringIO(), StringIO()
    call_command("report", "key-figures", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.mark.django_db
def test_json_stands_alone_on_standard_output():
    out, err = report(*MONTHS)
    assert json.loads(out)["from"] == "2019-03"
    assert err == ""


@pytest.mark.django_db
def test_months_are_there_only_when_asked_for():
    assert "months" not in json.loads(report(*MONTHS)[0])
    assert list(json.loads(report(*MONTHS, "--by-month")[0])["months"]) == ["2019-03", "2019-04"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("format", "beginning"), [("json", b"{"), ("pdf", b"%PDF-"), ("xlsx", b"PK\x03\x04")]
)
def test_each_format_goes_to_a_named_file_and_says_so_on_standard_error(
    tmp_path, format, beginning
):
    file = tmp_path / f"figures.{format}"
    out, err = report(*MONTHS, "--format", format, "--output", str(file))
    assert file.read_bytes().startswith(beginning)
    assert out == ""
    assert f"Sparad: {file}" in err


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        ("2019-13", "2019-12", "”2019-13” är ingen månad"),
        ("mars", "2019-12", "är ingen månad"),
        ("2019-05", "2019-04", "Perioden slutar före den börjar"),
    ],
)
def test_months_that_cannot_be_read_are_refused_in_swedish(start, end, sentence):
    with pytest.raises(CommandError, match=sentence):
        report("--from", start, "--to", end)


def test_a_folder_that_is_not_there_is_told_of(db, tmp_path):
    with pytest.raises(CommandError, match="Det gick inte att spara"):
        report(*MONTHS, "--output", str(tmp_path / "nowhere" / "figures.json"))


def test_the_exit_status_is_1_and_standard_output_empty_when_it_fails():
    words = [sys.executable, "manage.py", "report", "key-figures", "--from", "x", "--to", "2019-04"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert "är ingen månad" in done.stderr
