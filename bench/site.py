"""Sites to measure: one is prepared, with the shipped catalogue, and each measurement gets a copy of its own."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dj_database_url
import psycopg

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Site:
    """Where a site keeps its things: a folder, and a database by its address."""

    folder: Path
    url: str
    numbers: list[int] = field(default_factory=lambda: [0])

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program that works on this site."""
        rest = {name: value for name, value in os.environ.items() if not name.startswith("TRADEWATCH_")}
        return rest | {
            "DATABASE_URL": self.url,
            "TRADEWATCH_VAR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "tradewatch.settings",
        }

    def run(self, *arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        """A Python program run on this site to its end, its words kept."""
        command = [sys.executable, *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        if check and done.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done

    def told(self, *arguments: str | Path) -> Any:
        """What a Python program on this site printed last, a line of JSON."""
        return json.loads(self.run(*arguments).stdout.splitlines()[-1])

    @contextlib.contextmanager
    def connected(self) -> Iterator[Any]:
        """A connection to the site's database beside all of its programs, to ask it something."""
        settings = dj_database_url.parse(self.url)
        if self.url.startswith("sqlite"):
            with contextlib.closing(sqlite3.connect(settings["NAME"], timeout=60)) as database:
                yield database
        else:
            with psycopg.connect(host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"]) as database:
                yield database

    @contextlib.contextmanager
    def copy(self) -> Iterator[Site]:
        """The same site once more, to be worked on and thrown away. Nobody may be connected to this one."""
        self.numbers[0] += 1
        folder = self.folder.parent / f"copy{self.numbers[0]}"
        shutil.copytree(self.folder, folder)
        try:
            if self.url.startswith("sqlite"):
                yield Site(folder, _file(folder))
            else:
                address, _, name = self.url.rpartition("/")
                copied = f"{name}_copy{self.numbers[0]}"
                with _server(address) as server:
                    server.execute(f'CREATE DATABASE "{copied}" TEMPLATE "{name}"')
                try:
                    yield Site(folder, f"{address}/{copied}")
                finally:
                    with _server(address) as server:
                        server.execute(f'DROP DATABASE "{copied}" WITH (FORCE)')
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def prepared(database: str, catalogue: bool = True) -> Iterator[Site]:
    """A site over a fresh database of this kind, migrated, with the shipped catalogue in it or empty."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-"))) / "site"
        folder.mkdir()
        if database == "sqlite":
            site = Site(folder, _file(folder))
        else:
            from tests import postgres

            programs = postgres.programs()
            if programs is None:
                raise SystemExit("No PostgreSQL here: install requirements-dev.txt, or the system's PostgreSQL.")
            address = stack.enter_context(postgres.running(programs)).rpartition("/")[0]
            with _server(address) as server:
                server.execute("CREATE DATABASE site")
            site = Site(folder, f"{address}/site")
        site.run("manage.py", "migrate", "--verbosity=0")
        if catalogue:
            site.run("manage.py", "load_catalogue")
        yield site


def peak() -> float:
    """The largest memory that this process held, in MB.

    Where the system tells it since the program began: elsewhere a process inherits the mark of the one that started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def _file(folder: Path) -> str:
    return f"sqlite:///{folder / 'db.sqlite3'}"


@contextlib.contextmanager
def _server(address: str) -> Iterator[psycopg.Connection[Any]]:
    settings = dj_database_url.parse(f"{address}/postgres")
    with psycopg.connect(host=settings["HOST"], user=settings["USER"], dbname="postgres", autocommit=True) as server:
        yield server
