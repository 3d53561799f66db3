"""Datasette over the same data: a flat copy of what the pages show, in a file that it serves as it recommends."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.site import Site

TABLES = {
    "targets": (
        "slug TEXT PRIMARY KEY, pair TEXT, first TEXT, second TEXT, measure TEXT, amount REAL, currency TEXT, "
        "deadline_year INTEGER, strength TEXT, stated_on TEXT, status TEXT, share REAL, needed REAL, dollars REAL, "
        "replaced INTEGER, notes TEXT, text TEXT",
        "SELECT t.slug, p.slug, p.first_id, p.second_id, t.measure, CAST(t.amount AS FLOAT), t.currency, "
        "t.deadline_year, t.strength, CAST(t.first_stated_on AS TEXT), j.status, j.share_of_way, j.catch_up_growth, "
        "j.amount_usd, CASE WHEN j.replaced THEN 1 ELSE 0 END, t.notes, t.search_text "
        "FROM targets_target t JOIN targets_countrypair p ON p.id = t.pair_id "
        "JOIN targets_judgement j ON j.target_id = t.id AND j.is_verdict",
        ("pair", "first", "second", "deadline_year", "status", "stated_on", "dollars"),
    ),
    "figures": (
        "id INTEGER PRIMARY KEY, pair TEXT, reporter TEXT, year INTEGER, measure TEXT, exports REAL, imports REAL, "
        "currency TEXT, source TEXT",
        "SELECT f.id, p.slug, f.reporter_id, f.year, f.measure, CAST(f.exports AS FLOAT), CAST(f.imports AS FLOAT), "
        "f.currency, s.publisher FROM targets_turnoverfigure f JOIN targets_countrypair p ON p.id = f.pair_id "
        "JOIN targets_release r ON r.id = f.release_id JOIN targets_source s ON s.id = r.source_id",
        ("pair, year", "reporter"),
    ),
    "changes": (
        "id INTEGER PRIMARY KEY, target TEXT, changed_at TEXT, before TEXT, after TEXT, cause TEXT",
        "SELECT v.id, t.slug, CAST(v.changed_at AS TEXT), v.from_status, v.to_status, v.cause "
        "FROM targets_verdictchange v JOIN targets_target t ON t.id = v.target_id WHERE v.cause <> 'first'",
        ("changed_at",),
    ),
}
SETTINGS = {"sql_time_limit_ms": 20_000, "facet_time_limit_ms": 5_000, "max_returned_rows": 1_000}


def flattened(site: Site, file: Path) -> None:
    """The file with what pages show of the site, in three tables with indexes, and words to be searched."""
    with site.connected() as source, contextlib.closing(sqlite3.connect(file)) as flat:
        flat.execute("PRAGMA journal_mode = OFF")
        for name, (columns, query, indexes) in TABLES.items():
            flat.execute(f"CREATE TABLE {name} ({columns})")
            rows: Any = source.execute(query)
            places = ", ".join("?" * (columns.count(",") + 1))
            flat.executemany(f"INSERT INTO {name} VALUES ({places})", rows)  # noqa: S608
            for number, index in enumerate(indexes):
                flat.execute(f"CREATE INDEX {name}_{number} ON {name} ({index})")
        flat.execute("CREATE VIRTUAL TABLE targets_fts USING fts5 (text, content='targets')")
        flat.execute("INSERT INTO targets_fts (targets_fts) VALUES ('rebuild')")
        flat.execute("ANALYZE")
        flat.commit()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def datasettes(file: Path, number: int) -> Iterator[list[int]]:
    """The ports of so many processes of Datasette over the file, which is told to be immutable: its fastest way."""
    program = Path(sys.executable).with_name("datasette")
    if not program.exists() and not shutil.which("datasette"):
        raise SystemExit("Datasette is not installed: pip install --require-hashes -r bench/requirements.txt")
    command = [str(program) if program.exists() else "datasette", "serve", "--immutable", str(file)]
    for name, value in SETTINGS.items():
        command += ["--setting", name, str(value)]
    with contextlib.ExitStack() as stack:
        ports = [free_port() for _ in range(number)]
        for port in ports:
            stack.enter_context(serving([*command, "--port", str(port)], port, "/-/versions.json", {}))
        yield ports


@contextlib.contextmanager
def serving(command: list[str], port: int, ready: str, environment: dict[str, str]) -> Iterator[None]:
    """A server for as long as it is needed, from the moment it answers."""
    folder = Path(__file__).resolve().parent.parent
    with tempfile.TemporaryFile("w+") as words:
        server = subprocess.Popen(command, cwd=folder, env=os.environ | environment, stdout=words, stderr=words)
        try:
            until = time.monotonic() + 120
            while not _answers(f"http://127.0.0.1:{port}{ready}"):
                if server.poll() is not None or time.monotonic() > until:
                    words.seek(0)
                    raise SystemExit(f"{' '.join(command)} does not serve:\n{words.read()[-3000:]}")
                time.sleep(0.1)
            yield
        finally:
            server.terminate()
            server.wait(20)


def _answers(address: str) -> bool:
    with contextlib.suppress(OSError):
        urllib.request.urlopen(address, timeout=5).read()  # noqa: S310
        return True
    return False
