"""`make run`'s supervisor: keeps its programs alive, and leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def wait_for(question, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := question():
            return answer
        time.sleep(0.1)
    pytest.fail(f"nothing within {seconds} seconds")


def children(pid: int) -> dict[str, int]:
    """Return the running children of a process: their kind and number."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rsplit(")", 1)[1].split()[:2]
            words = (stat.parent / "cmdline").read_text().split("\0")
        except OSError:
            continue
        if int(parent) == pid and state != "Z":
            programs = {Path(word).name for word in words[:4]} | set(words)
            kinds = {"gunicorn", "worker", "beat"} & programs
            found |= dict.fromkeys(kinds, int(stat.parent.name))
    return found


@pytest.fixture
def run(tmp_path):
    """Start the supervisor without a terminal and without demo data; returns it and its output."""
    started = []

    def start(**environment):
        log = (tmp_path / "log").open("w")
        process = subprocess.Popen(
            [sys.executable, "scripts/run.py"],
            cwd=ROOT,
            env=os.environ
            | {
                "BASUN_VAR": str(tmp_path),
                "DATABASE_URL": f"sqlite:///{tmp_path}/run.sqlite3",
                "REDIS_URL": "",
                "DJANGO_SETTINGS_MODULE": "basun.settings.local",
                "BASUN_DEMO": "0",
            }
            | environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        started.append(process)
        return process, lambda: (tmp_path / "log").read_text()

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=20)


def test_it_starts_says_where_mends_what_dies_and_ends_everything(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process, words = run(PORT=str(port))
        wait_for(lambda: "Ctrl-C ends it." in words() or process.poll() is not None)
    assert f"Port {port} is taken" in words()
    address = re.search(r"http://localhost:\d+/", words())[0]
    assert urllib.request.urlopen(f"{address}halsa/").read() == b"ok\n"

    first = children(process.pid)
    assert set(first) == {"gunicorn", "worker", "beat"}
    os.kill(first["worker"], signal.SIGKILL)
    again = wait_for(lambda: children(process.pid).get("worker") not in {None, first["worker"]})
    assert again and "worker ended with -9" in words()

    last = children(process.pid)
    process.terminate()
    process.wait(timeout=20)
    assert "Stopped." in words()
    assert not any(Path(f"/proc/{pid}").exists() for pid in last.values())


def test_two_at_once_in_one_folder_are_refused(run, tmp_path):
    process, words = run()
    wait_for(lambda: (tmp_path / "run.lock").exists())
    second = subprocess.run(
        [sys.executable, "scripts/run.py"],
        cwd=ROOT,
        env=os.environ | {"BASUN_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert second.returncode == 1 and "already running" in second.stderr
