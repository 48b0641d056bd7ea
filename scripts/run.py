#!/usr/bin/env python
"""Start everything on one machine: web, worker and beat, with demo data in an empty database.

Keeps them alive until Ctrl-C or SIGTERM, and then ends all it started. PORT chooses where to begin
looking for a free port (8000). Needs no terminal.
"""

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
STOP_SECONDS = 10
START_SECONDS = 60
# A child that dies at once every time is asked less and less often, at most twice a minute.
LONGEST_PAUSE = 30


class Stopped(Exception):
    """Somebody asked us to end."""


@dataclass
class Child:
    """One program that is kept running."""

    name: str
    command: list[str]
    process: subprocess.Popen | None = None
    pause: float = 0.5
    not_before: float = field(default=0.0)
    started: float = field(default=0.0)

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches us alone."""
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, start_new_session=True, preexec_fn=die_with_parent
        )
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start it again if it has died; what it left behind is ended first."""
        now = time.monotonic()
        if self.process.poll() is None or now < self.not_before:
            return
        if not self.not_before:
            say(f"{self.name} ended with {self.process.returncode}; starting it again")
            self.kill()
            self.pause = 0.5 if now - self.started > 60 else min(self.pause * 2, LONGEST_PAUSE)
            self.not_before = now + self.pause
            return
        self.not_before = 0.0
        self.start()

    def ask_to_stop(self) -> None:
        """Tell the main process alone: a worker that is told all over may hang."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def kill(self) -> None:
        """End whatever is left of it and of its children."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


def die_with_parent() -> None:
    """Ask Linux to end this child if the supervisor is killed in a way it cannot answer."""
    pr_set_pdeathsig = 1
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def say(text: str) -> None:
    """Print at once, also into a file or a pipe."""
    print(text, flush=True)


def free_port(wanted: int) -> int:
    """Return the wanted port or the next one that nobody listens on."""
    for port in range(wanted, wanted + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port != wanted:
            say(f"Port {wanted} is taken; using {port}.")
        return port
    sys.exit(f"No free port between {wanted} and {wanted + 99}.")


def manage(*commands: str) -> list[str]:
    """Return the words that run management commands, one after another, in one start of Django."""
    code = (
        "import sys, django; from django.core.management import call_command; django.setup()\n"
        "for command in sys.argv[1:]: call_command(*command.split())"
    )
    return [sys.executable, "-c", code, *commands]


def children(port: int, var: Path) -> list[Child]:
    """What runs: two web processes with threads, a worker with two processes, the clock."""
    celery = [str(BIN / "celery"), "--quiet", "--app", "basun"]
    web = [str(BIN / "gunicorn"), "basun.wsgi", "--bind", f"127.0.0.1:{port}"]
    return [
        Child("web", [*web, "--worker-class", "gthread", "--workers", "2", "--threads", "4",
                      "--timeout", "120", "--log-level", "warning"]),
        Child("worker", [*celery, "worker", "--pool", "prefork", "--concurrency", "2",
                         "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]),
        # A process of its own: a beat inside a killed worker would live on beside the new one.
        Child("beat", [*celery, "beat", "--loglevel", "WARNING", "--pidfile", "",
                       "--schedule", str(var / "beat-schedule")]),
    ]  # fmt: skip


def wait_until_it_answers(port: int, web: Child) -> None:
    """Return when the health page answers; stop when the web server cannot start."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if web.process.poll() is not None:
            raise SystemExit("The web server did not start; the lines above say why.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/halsa/", timeout=2):  # noqa: S310  (our own address)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit(f"The web server did not answer within {START_SECONDS} seconds.")


def stop(all_children: list[Child]) -> None:
    """Ask all to end, wait, and end what is left."""
    say("\nStopping ...")
    for child in all_children:
        child.ask_to_stop()
    end = time.monotonic() + STOP_SECONDS
    while time.monotonic() < end and any(
        c.process and c.process.poll() is None for c in all_children
    ):
        time.sleep(0.1)
    for child in all_children:
        if child.process:
            child.kill()
            child.process.wait()
    say("Stopped.")


def only_one(var: Path):
    """Hold the folder for this run; two at once would have two clocks. Freed when we end, however."""
    lock = (var / "run.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit(f"BASUN is already running from {var}: end that one first, or set BASUN_VAR.")
    return lock


def stopped(*_) -> None:
    """Turn a signal into the end of whatever we are doing."""
    raise Stopped


def our_folder() -> Path:
    """Set the environment that the programs get, and return the folder for our files."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "basun.settings.local")
    os.environ.setdefault("BASUN_DEMO", "1")
    # Celery warns of running as root, which is nobody's fault in a container.
    os.environ.setdefault("PYTHONWARNINGS", "ignore:You're running the worker")
    var = Path(os.environ.get("BASUN_VAR") or ROOT / "var")
    var.mkdir(parents=True, exist_ok=True)
    return var


def prepare() -> None:
    """Migrate, and fill an empty database; stop here when that fails."""
    commands = ["migrate --verbosity 0"]
    if os.environ["BASUN_DEMO"] == "1":
        commands.append("load_demo")
    if subprocess.run(manage(*commands), cwd=ROOT).returncode:
        sys.exit("The database could not be prepared; the lines above say why.")


def demo_logins() -> subprocess.Popen | None:
    """Begin to ask for the demo's logins, while the web server starts."""
    if os.environ["BASUN_DEMO"] != "1":
        return None
    return subprocess.Popen(manage("demo_logins"), cwd=ROOT, stdout=subprocess.PIPE, text=True)


def main() -> None:
    """Prepare, start, tell where, and look after what was started until told to stop."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stopped)
    running: list[Child] = []
    var = our_folder()
    lock = only_one(var)
    try:
        prepare()
        port = free_port(int(os.environ.get("PORT", "8000")))
        # Links in messages lead to where we ended up, unless somebody has said otherwise.
        os.environ.setdefault("PUBLIC_URL", f"http://localhost:{port}/")
        running = children(port, var)
        for child in running:
            child.start()
        logins = demo_logins()
        wait_until_it_answers(port, running[0])
        say(f"\nBASUN is running: http://localhost:{port}/\n")
        if logins:
            say(logins.communicate()[0])
        say("Ctrl-C ends it.")
        while True:
            for child in running:
                child.look_after()
            time.sleep(0.5)
    except Stopped:
        pass
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop(running)
        lock.close()


if __name__ == "__main__":
    main()
