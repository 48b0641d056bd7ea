"""A saved file comes back whole, or is refused before anything is touched."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def tool(tmp_path, new_database):
    """Run a program of the project on a SQLite database of the test's own."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "basun.settings.local",
        "DATABASE_URL": f"sqlite:///{tmp_path}/live.sqlite3",
        "BASUN_VAR": str(tmp_path),
        "REDIS_URL": "",
    }

    def run(*arguments, fails=False):
        done = subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert bool(done.returncode) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    new_database(tmp_path / "live.sqlite3")
    return run


def count_jobs(tool):
    script = "from core.models import Job; print('jobs:', Job.objects.count())"
    return tool("manage.py", "shell", "--verbosity", "0", "-c", script)


def order_job(tool):
    tool("manage.py", "shell", "-c", "from core.models import Job; Job.objects.create(kind='x')")


def test_what_was_saved_comes_back_and_what_came_later_is_kept_aside(tool, tmp_path):
    order_job(tool)
    tool("scripts/backup.py", "save", tmp_path / "saved")
    order_job(tool)
    words = tool("scripts/backup.py", "restore", tmp_path / "saved")
    assert "all counted" in words and "jobs: 1" in count_jobs(tool)
    assert len(list((tmp_path / "backup").glob("before-restore-*.sqlite3"))) == 1


def test_a_file_that_was_changed_is_refused_and_nothing_is_touched(tool, tmp_path):
    tool("scripts/backup.py", "save", tmp_path / "saved")
    order_job(tool)
    with (tmp_path / "saved").open("ab") as file:
        file.write(b"!")
    assert "SHA-256" in tool("scripts/backup.py", "restore", tmp_path / "saved", fails=True)
    assert "jobs: 1" in count_jobs(tool)


def test_a_save_never_overwrites_and_only_its_owner_may_read_it(tool, tmp_path):
    tool("scripts/backup.py", "save", tmp_path / "saved")
    assert "exists already" in tool("scripts/backup.py", "save", tmp_path / "saved", fails=True)
    assert (tmp_path / "saved").stat().st_mode & 0o077 == 0
    assert "core_job" in json.loads((tmp_path / "saved.json").read_text())["rows"]
