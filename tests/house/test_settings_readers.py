"""The environment is read with types, and a fault says what to set."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from basun.settings import environment as env


def test_a_missing_variable_without_default_names_itself_and_where_to_read(monkeypatch):
    monkeypatch.delenv("TOWN", raising=False)
    with pytest.raises(ImproperlyConfigured, match=r"TOWN is not set.*\.env\.example"):
        env.env_str("TOWN")


def test_an_empty_variable_counts_as_missing(monkeypatch):
    monkeypatch.setenv("TOWN", "  ")
    assert env.env_str("TOWN", "Tumba") == "Tumba"


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("Yes", True), ("off", False), ("0", False)]
)
def test_truth_is_read_from_the_usual_words(monkeypatch, text, value):
    monkeypatch.setenv("SWITCH", text)
    assert env.env_bool("SWITCH", not value) is value


def test_a_truth_value_that_is_neither_stops(monkeypatch):
    monkeypatch.setenv("SWITCH", "kanske")
    with pytest.raises(ImproperlyConfigured, match="SWITCH must be true or false"):
        env.env_bool("SWITCH", False)


def test_a_number_that_is_none_stops(monkeypatch):
    monkeypatch.setenv("COUNT", "tre")
    with pytest.raises(ImproperlyConfigured, match="COUNT must be a whole number"):
        env.env_int("COUNT", 1)


def test_a_list_leaves_out_empty_items(monkeypatch):
    monkeypatch.setenv("HOSTS", " a.se, ,b.se,")
    assert env.env_list("HOSTS") == ["a.se", "b.se"]


def test_a_secret_comes_from_a_file_when_one_is_named(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("hemligt\n")
    monkeypatch.setenv("KEY_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv("KEY", "not this one")
    assert env.env_secret("KEY") == "hemligt"


def test_a_secret_file_that_is_not_there_stops(monkeypatch, tmp_path):
    monkeypatch.setenv("KEY_FILE", str(tmp_path / "gone"))
    with pytest.raises(ImproperlyConfigured, match="KEY_FILE cannot be read"):
        env.env_secret("KEY")


def test_dotenv_sets_what_is_not_set_already(monkeypatch, tmp_path):
    monkeypatch.setenv("SET_BEFORE", "environment")
    monkeypatch.setenv("FROM_FILE", "")
    monkeypatch.delenv("FROM_FILE")
    (tmp_path / ".env").write_text("# comment\nSET_BEFORE=file\nFROM_FILE='å ä ö'\n\n", "utf-8")
    env.load_dotenv(tmp_path / ".env")
    assert (env.os.environ["SET_BEFORE"], env.os.environ["FROM_FILE"]) == ("environment", "å ä ö")


def test_sqlite_gets_what_eight_writers_need(tmp_path):
    database = env.database_from_url(f"sqlite:///{tmp_path}/new/folder/b.sqlite3")
    assert database["NAME"] == f"{tmp_path}/new/folder/b.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert (tmp_path / "new" / "folder").is_dir()


def test_postgres_url_is_taken_apart():
    database = env.database_from_url("postgres://me:p%40ss@db:5433/basun?sslmode=require")
    wanted = {"USER": "me", "PASSWORD": "p@ss", "HOST": "db", "PORT": "5433", "NAME": "basun"}
    assert wanted.items() <= database.items()
    assert database["OPTIONS"] == {"sslmode": "require"}


def test_a_postgres_socket_folder_is_a_host():
    assert env.database_from_url("postgres:///basun?host=/run/pg")["HOST"] == "/run/pg"


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "basun.db"])
def test_a_database_that_is_neither_stops(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        env.database_from_url(url)
