"""The environment: what it may say, what is refused and with which advice, and that the handbook knows every name."""

import ast
import os
import re
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import ConnectionHandler

from tradewatch import environment as site

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(("text", "value"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("FALSE", False)])
def test_yes_and_no_are_understood_in_several_spellings(monkeypatch, text, value):
    monkeypatch.setenv("TRADEWATCH_X", text)
    assert site.env_bool("TRADEWATCH_X", not value) is value


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_variable_counts_as_not_set(monkeypatch, text):
    monkeypatch.setenv("TRADEWATCH_X", text)
    assert site.env_bool("TRADEWATCH_X", True) is True
    assert site.env_int("TRADEWATCH_X", 7) == 7
    assert site.env_list("TRADEWATCH_X", "a, b,") == ["a", "b"]
    assert site.env_text("TRADEWATCH_X", "INFO") == "INFO"


@pytest.mark.parametrize(
    ("read", "text", "advice"),
    [
        (lambda: site.env_bool("TRADEWATCH_X", False), "maybe", "TRADEWATCH_X is 'maybe', which is neither yes nor no"),
        (lambda: site.env_int("TRADEWATCH_X", 600), "ten", "Use a whole number, for instance 600"),
        (lambda: site.env_int("TRADEWATCH_X", 600), "-1", "The least it can be is 0"),
        (lambda: site.env_text("TRADEWATCH_X", "A", choices=("A", "B")), "C", "Use one of: A, B"),
        (lambda: site.env_hosts("TRADEWATCH_X", ""), "https://trade.example.org", "Write the bare host name"),
        (lambda: site.env_hosts("TRADEWATCH_X", ""), "trade.example.org:8000", "Write the bare host name"),
        (lambda: site.env_hosts("TRADEWATCH_X", ""), "*", "lets anyone forge links"),
        (lambda: site.env_folder("TRADEWATCH_X", ROOT), "manage.py", "which is a file"),
        (lambda: site.env_secret("TRADEWATCH_X", ROOT), "short", "too easy to guess"),
        (lambda: site.env_secret("TRADEWATCH_X", ROOT), "ab" * 40, "too easy to guess"),
        (lambda: site.env_database("TRADEWATCH_X", ROOT, keep_seconds=0), "mysql://a/b", "Use postgresql://"),
        (lambda: site.env_database("TRADEWATCH_X", ROOT, keep_seconds=0), "localhost", "Use postgresql://"),
        (lambda: site.env_database("TRADEWATCH_X", ROOT, keep_seconds=0), "postgresql://a:5432", "names no database"),
        (lambda: site.env_database("TRADEWATCH_X", ROOT, keep_seconds=0), "postgresql://h:x/b", "Percent-encode"),
        (lambda: site.env_mail("TRADEWATCH_X"), "mail.example.org", "Use smtp://user:password@host:587"),
        (lambda: site.env_mail("TRADEWATCH_X"), "imap://mail.example.org", "begins with 'imap'"),
        (lambda: site.env_mail("TRADEWATCH_X"), "smtp://", "names no mail server"),
        (lambda: site.env_mail("TRADEWATCH_X"), "smtp://me:a/b@mail.example.org", "Percent-encode"),
    ],
)
def test_nonsense_is_refused_with_advice(monkeypatch, read, text, advice):
    monkeypatch.setenv("TRADEWATCH_X", text)
    with pytest.raises(ImproperlyConfigured, match=re.escape(advice)):
        read()


def test_a_refused_database_address_does_not_show_its_password(monkeypatch):
    monkeypatch.setenv("TRADEWATCH_X", "mysql://me:canary-word@host/name")
    with pytest.raises(ImproperlyConfigured) as refusal:
        site.env_database("TRADEWATCH_X", ROOT, keep_seconds=0)
    assert "canary-word" not in str(refusal.value)


def test_a_database_address_becomes_a_kept_and_checked_connection(monkeypatch):
    monkeypatch.setenv("TRADEWATCH_X", "postgresql://me:p%40ss@db.example.org:5433/trade?sslmode=require")
    database = site.env_database("TRADEWATCH_X", ROOT, keep_seconds=30)
    assert (database["USER"], database["PASSWORD"], database["HOST"]) == ("me", "p@ss", "db.example.org")
    assert (database["PORT"], database["NAME"], database["OPTIONS"]) == (5433, "trade", {"sslmode": "require"})
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (30, True)


@pytest.mark.parametrize("text", ["mailto://me:canary-word@host", "smtp://me:canary-word/@host"])
def test_a_refused_mail_address_does_not_show_its_password(monkeypatch, text):
    monkeypatch.setenv("TRADEWATCH_X", text)
    with pytest.raises(ImproperlyConfigured) as refusal:
        site.env_mail("TRADEWATCH_X")
    assert "canary-word" not in "".join(traceback.format_exception(refusal.value))


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("smtp://me:p%40ss@mail.example.org", ("mail.example.org", 587, "me", "p@ss", True, False)),
        (
            "smtps://me%40example.org:x@mail.example.org:466",
            ("mail.example.org", 466, "me@example.org", "x", False, True),
        ),
        ("smtp+plain://localhost", ("localhost", 25, "", "", False, False)),
    ],
)
def test_a_mail_address_becomes_a_server_encrypted_unless_told_otherwise(monkeypatch, text, server):
    monkeypatch.setenv("TRADEWATCH_X", text)
    mail = site.env_mail("TRADEWATCH_X")
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    assert tuple(mail[f"EMAIL_{name}"] for name in names) == server
    assert mail["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"


def test_without_a_mail_server_letters_are_printed(monkeypatch):
    assert site.env_mail("TRADEWATCH_X") == {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path, monkeypatch):
    file = tmp_path / "new" / "secret_key"
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: site.env_secret("TRADEWATCH_X", file), range(32)))
    assert len(secrets) == 1
    assert len(secrets.pop()) >= 50
    assert file.stat().st_mode & 0o777 == 0o600
    assert [left.name for left in file.parent.iterdir()] == ["secret_key"]


def test_two_sites_never_share_a_secret(tmp_path, monkeypatch):
    assert site.env_secret("TRADEWATCH_X", tmp_path / "a") != site.env_secret("TRADEWATCH_X", tmp_path / "b")


def test_a_damaged_secret_file_is_refused(tmp_path, monkeypatch):
    (tmp_path / "key").write_text("x")
    with pytest.raises(ImproperlyConfigured, match="Delete it"):
        site.env_secret("TRADEWATCH_X", tmp_path / "key")


def test_a_secret_that_can_neither_be_read_nor_made_is_refused(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match="TRADEWATCH_X is not set and"):
        site.env_secret("TRADEWATCH_X", tmp_path / "file" / "secret_key")


# The site as a whole, started with an environment of its own


def start(tmp_path, *args, **environment):
    """Django's command line in a fresh process that knows nothing but ``environment``."""
    own = {"PATH": os.environ["PATH"], "TRADEWATCH_VAR": str(tmp_path), **environment}
    command = [sys.executable, str(ROOT / "manage.py"), *args]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=own, check=False)


def test_a_site_served_by_https_passes_every_check_for_deployment(tmp_path):
    ran = start(tmp_path, "check", "--deploy", "--fail-level", "WARNING", TRADEWATCH_HTTPS="1")
    assert ran.returncode == 0, ran.stderr


def test_a_typing_error_in_the_environment_stops_the_start(tmp_path):
    ran = start(tmp_path, "check", TRADEWATCH_HTTPS="ja")
    assert ran.returncode != 0
    assert "TRADEWATCH_HTTPS is 'ja', which is neither yes nor no. Use 1 or 0." in ran.stderr


def test_the_settings_for_mail_and_the_second_factor_reach_django(tmp_path):
    names = "s.EMAIL_HOST, s.EMAIL_USE_TLS, s.DEFAULT_FROM_EMAIL, s.SECOND_FACTOR"
    told = f"from django.conf import settings as s; print({names})"
    mail = {"TRADEWATCH_MAIL": "smtp://mail.example.org", "TRADEWATCH_HOSTS": "trade.example.org"}
    ran = start(tmp_path, "shell", "--command", told, TRADEWATCH_SECOND_FACTOR="editors", **mail)
    assert ran.stdout.splitlines()[-1] == "mail.example.org True tradewatch@trade.example.org editors"
    ran = start(tmp_path, "check", TRADEWATCH_SECOND_FACTOR="all")
    assert "TRADEWATCH_SECOND_FACTOR is 'all'. Use one of: offered, editors, everyone." in ran.stderr


@pytest.mark.sqlite
@pytest.mark.django_db
def test_sqlite_writes_ahead_waits_for_other_writers_and_holds_foreign_keys(tmp_path):
    # The tests' own database does not wait for the disk; a site's does.
    file = site.env_database("TRADEWATCH_X", tmp_path / "db.sqlite3", keep_seconds=0)
    connection = ConnectionHandler({"default": file})["default"]
    with connection.cursor() as cursor:
        values = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "busy_timeout", "foreign_keys", "synchronous")
        }
    connection.close()
    assert values == {"journal_mode": "wal", "busy_timeout": 20_000, "foreign_keys": 1, "synchronous": 1}
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_knows_the_capitals_of_other_alphabets():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT upper('россия'), lower('РОССИЯ')")
        assert cursor.fetchone() == ("РОССИЯ", "россия")


# The handbook


def read_from_the_environment(file):
    """The names of the variables that a file of ours reads: first arguments of env_…() and of os.environ.get()."""
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            if re.fullmatch(r"env_\w+|os\.environ\.get", ast.unparse(node.func)):
                yield node.args[0].value


def test_every_variable_is_in_the_handbook_and_every_one_in_the_handbook_is_read():
    read = {
        name
        for file in ("tradewatch/environment.py", "tradewatch/settings.py", "start.py", "gunicorn.conf.py")
        for name in read_from_the_environment(file)
    }
    handbook = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", handbook, re.MULTILINE))
    assert read == documented


def test_every_variable_of_the_compose_file_is_in_the_handbook():
    handbook = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    names = set(re.findall(r"\$\{(\w+)", compose))
    assert names
    assert {name for name in names if f"`{name}`" not in handbook} == set()


def test_no_script_loads_another_by_a_name_that_collecting_changes():
    # Collected files have a hash in their names, and addresses written inside scripts are not rewritten.
    scripts = sorted((ROOT / "static").rglob("*.js"))
    assert scripts
    wrong = re.compile(r"""\b(?:import|from)\s*\(?\s*["']\.|["']/static/""")
    assert [script.name for script in scripts if wrong.search(script.read_text(encoding="utf-8"))] == []
