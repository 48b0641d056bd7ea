"""Each command of docker-compose.yml, run as written but outside a container: PostgreSQL, Redis, real processes."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest

from tests.house.deployment import ROOT, command, services_of_ours

BIN = Path(sys.executable).parent
NUMBER = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
ALIVE = (
    "from core.models import Job; print('states:', *Job.objects.values_list('state', flat=True))"
)
ORDER = "from core import jobs; jobs.enqueue('core.probe', by=None, params={'steps': 3})"

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(
        not {"DATABASE_URL", "REDIS_URL"} <= set(os.environ), reason="run by make test-services"
    ),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def database():
    """A PostgreSQL database of our own, beside the one of the other tests."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"services_{uuid.uuid4().hex[:12]}"
    server = psycopg2.connect(os.environ["DATABASE_URL"])
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(parts._replace(path=f"/{name}"))
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()


@pytest.fixture(scope="module")
def production(database, tmp_path_factory):
    """The environment of a container, with paths and ports of this machine."""
    var = tmp_path_factory.mktemp("production")
    parts = urlsplit(os.environ["REDIS_URL"])
    return os.environ | {
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "DJANGO_SETTINGS_MODULE": "basun.settings.production",
        "SECRET_KEY": "only-for-a-test-that-starts-every-service-once-0123456789",
        "DATABASE_URL": database,
        # A database of Redis that no other process of the tests rings in; it has sixteen.
        "REDIS_URL": urlunsplit(parts._replace(path=f"/{8 + int(NUMBER) % 8}")),
        "ALLOWED_HOSTS": "basun.example",
        "CSRF_TRUSTED_ORIGINS": "https://basun.example",
        "BASUN_VAR": str(var),
        "BASUN_DEMO": "0",
        "STATIC_ROOT": str(var / "static"),
        "WEB_BIND": f"127.0.0.1:{free_port()}",
        "WEB_PROCESSES": "1",
        "PYTHONWARNINGS": "ignore",
    }


@pytest.fixture(scope="module")
def migrated(production):
    """What the services `migrate` and the image's build leave behind."""
    finish(["python", "manage.py", "collectstatic", "--noinput", "--verbosity", "0"], production)
    finish(command("migrate"), production)
    return production


@pytest.fixture
def start(migrated):
    """Start services by name, and end them as Docker does: TERM, ten seconds, KILL."""
    started = []

    def start_service(name):
        words = [w.replace("/var/lib/basun", migrated["BASUN_VAR"]) for w in command(name)]
        process = subprocess.Popen(words, cwd=ROOT, env=migrated, start_new_session=True)
        started.append(process)
        return process

    yield start_service
    for process in started:
        process.terminate()
    for process in started:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def finish(words, environment) -> str:
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def eventually(question, seconds=40):
    """Return the first true answer, or fail."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := question():
            return answer
        time.sleep(0.2)
    pytest.fail(f"nothing within {seconds} seconds")


def succeeds(words, environment):
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    return done.returncode == 0 and (done.stdout or "ok")


def test_every_service_of_ours_is_tried_here():
    assert set(services_of_ours()) == {"migrate", "web", "worker", "beat"}


def test_web_answers_its_own_health_check_and_sends_plain_http_to_https(start, migrated):
    start("web")
    assert eventually(lambda: succeeds(["python", "deploy/healthcheck.py"], migrated))
    connection = http.client.HTTPConnection(migrated["WEB_BIND"], timeout=5)
    connection.request("GET", "/konto/logga-in/", headers={"Host": "basun.example"})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Location")[:22]) == (301, "https://basun.example/")


def test_worker_answers_ping_and_does_a_job(start, migrated):
    start("worker")
    ping = ["celery", "--quiet", "--app", "basun", "inspect", "ping"]
    assert "pong" in eventually(lambda: succeeds(ping, migrated))
    finish(["python", "manage.py", "shell", "--verbosity", "0", "-c", ORDER], migrated)
    shell = ["python", "manage.py", "shell", "--verbosity", "0", "-c", ALIVE]
    assert eventually(lambda: "states: done" in finish(shell, migrated))


def test_beat_starts_and_remembers_its_schedule(start, migrated):
    beat = start("beat")
    files = Path(migrated["BASUN_VAR"])
    assert eventually(lambda: list(files.glob("beat-schedule*")))
    assert beat.poll() is None
