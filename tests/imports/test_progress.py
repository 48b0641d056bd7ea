"""Progress: a bar on a terminal, a few plain lines elsewhere, and never on the answer's own stream."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import OutputWrapper

from core import imports
from core.import_command import Bar
from tests.imports.sheets import as_csv, check, row

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    def isatty(self):
        return True


def show(stream, steps=100):
    bar = Bar(OutputWrapper(stream), "Sparar")
    for done in range(1, steps + 1):
        bar(done, steps)
    bar.close()
    return stream.getvalue()


def test_on_a_terminal_one_line_grows():
    words = show(Terminal())
    assert words.count("\n") == 1 and words.count("\r") == 100 and "█" * 30 in words


def test_elsewhere_every_tenth_per_cent_is_a_line():
    words = show(io.StringIO())
    assert words.count("\n") == 10 and "\r" not in words and "Sparar: 50 %, 50 rader" in words


def test_an_unknown_total_is_no_fault():
    Bar(OutputWrapper(io.StringIO()), "Sparar")(5, 0)


def test_the_answer_stands_alone_on_the_output(tmp_path, capsys):
    file = tmp_path / "register.csv"
    file.write_bytes(as_csv(row()).getvalue())
    call_command("import_register", str(file))
    told = capsys.readouterr()
    assert "Kontrollerar" in told.err and "Kontrollerar" not in told.out


def test_progress_is_told_chunk_by_chunk(monkeypatch):
    monkeypatch.setattr(imports.chunks, "__defaults__", (1,))
    heard = []
    check(row(), row(), row(), progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_very_many_faults_stop_the_reading(monkeypatch):
    monkeypatch.setattr(imports, "MAX_FAULTS", 2)
    monkeypatch.setattr(imports.chunks, "__defaults__", (1,))
    outcome = check(*(row(SIUS="") for _ in range(5)))
    assert len(outcome.faults) == 3 and "stannade" in str(outcome.faults)


def test_very_many_remarks_are_counted_and_the_first_ones_kept(monkeypatch):
    monkeypatch.setattr(imports, "MAX_REMARKS", 1)
    outcome = check(*(row(Remissdatum="2018-02-02") for _ in range(3)))
    assert (len(outcome.remarks), outcome.counts["remarks"]) == (1, 3)
