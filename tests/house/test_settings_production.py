"""Production has no defaults for what must be secret, and says what it lacks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WHOLE = {
    "SECRET_KEY": "åtminstone-femtio-tecken-som-ingen-annan-har-sett-0123456789",
    "DATABASE_URL": "postgres://u:p@localhost/basun",
    "REDIS_URL": "redis://localhost:6379/0",
    "ALLOWED_HOSTS": "basun.example",
    "CSRF_TRUSTED_ORIGINS": "https://basun.example",
}


def start(**changes):
    """Start Django with production settings; returns the exit status and the last line."""
    variables = {name: value for name, value in (WHOLE | changes).items() if value is not None}
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "basun.settings.production",
    }
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        cwd=ROOT,
        env=environment | variables,
        capture_output=True,
        text=True,
    )
    return done.returncode, (done.stderr.strip().splitlines() or [""])[-1]


def test_production_starts_with_all_it_needs():
    assert start() == (0, "")


def test_production_refuses_to_start_and_names_everything_it_lacks():
    status, words = start(**dict.fromkeys(WHOLE))
    assert status and all(name in words for name in WHOLE) and ".env.example" in words


@pytest.mark.parametrize("name", WHOLE)
def test_production_names_the_one_it_lacks(name):
    status, words = start(**{name: None})
    assert status and f"Production needs {name}." in words


def test_production_refuses_a_short_key_without_showing_it():
    status, words = start(SECRET_KEY="kort")
    assert status and "SECRET_KEY is too short" in words and "kort" not in words


def test_production_refuses_demo_data():
    status, words = start(BASUN_DEMO="1")
    assert status and "production never holds demo data" in words


def test_production_takes_a_secret_from_a_file(tmp_path):
    (tmp_path / "key").write_text(WHOLE["SECRET_KEY"])
    assert start(SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "key")) == (0, "")
