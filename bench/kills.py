"""Kills ``import_figures`` at random moments: all of the import is there or nothing, and the next one completes.

    python -m bench.kills [--database sqlite|postgresql] [--rows 100000] [--times 20] [--seed 1]

SIGKILL, which no program can catch. Ends with status 1 where a kill left part of an import, or the next run did not
do all that an undisturbed one does.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import random
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.flows import table
from bench.site import DATABASES, ROOT, Site, prepared

COMMAND = ("manage.py", "import_figures", "--format", "flows")


@dataclass(frozen=True, slots=True)
class Run:
    """The command run to its end, or to its death: seconds, those before its progress bar said anything, exit status,
    and what the bar said last.
    """

    seconds: float
    began: float
    status: int
    step: str


def run(site: Site, file: Path, until: float | None = None) -> Run:
    """The command on a terminal of its own, killed after that many seconds if it is not over by then."""
    ours, its = pty.openpty()
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *COMMAND, str(file)],
        cwd=ROOT, env=site.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=its,
    )  # fmt: skip
    os.close(its)
    said, began = b"", 0.0
    while process.poll() is None:
        left = 0.05 if until is None else min(0.05, start + until - time.perf_counter())
        if left <= 0:
            process.send_signal(signal.SIGKILL)
            break
        if select.select([ours], [], [], left)[0]:
            try:
                said += os.read(ours, 65536)
            except OSError:  # the other end is closed: it is ending
                break
            began = began or time.perf_counter() - start
    status = process.wait()
    seconds = time.perf_counter() - start
    os.close(ours)
    # Each state of the bar begins at the left; when the command is over it wipes the line.
    steps = [re.sub(r"\x1b\[K|\[.*\] ", "", step) for step in said.decode(errors="replace").split("\r")]
    return Run(seconds, began, status, next(filter(None, map(str.strip, reversed(steps))), "starting"))


def look() -> dict[str, Any]:
    """What of the import is in the database and among the files, and whether all that was there before still is."""
    import hashlib

    import django

    django.setup()
    from django.conf import settings
    from django.core.files.storage import default_storage
    from django.db import connection

    from targets.models import AuditEvent, Release, Source, TurnoverFigure

    mine = Release.objects.filter(source__key="imported-tables")
    digest = hashlib.sha256()
    fields = ("pair__slug", "reporter", "compiler", "year", "measure", "exports", "imports", "turnover", "note")
    for row in TurnoverFigure.objects.order_by(*fields).values_list(*fields).iterator():
        digest.update(repr(row).encode())
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            sound = cursor.fetchone()[0] == "ok"
        else:
            sound = True
    return {
        "releases": mine.count(),
        "figures": TurnoverFigure.objects.filter(release__in=mine).count(),
        "sources": Source.objects.count(),
        "events": AuditEvent.objects.count(),
        "files missing": sum(not default_storage.exists(one.file.name) for one in mine),
        "files": sum(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*")),
        "digest": digest.hexdigest(),
        "sound": sound,
    }


def seen(site: Site) -> dict[str, Any]:
    """What :func:`look` sees there; PostgreSQL may take a moment to notice that a session's program is gone."""
    return site.told("-m", "bench.kills", "--look")


def tried(site: Site, file: Path, moment: float, before: dict[str, Any], whole: dict[str, Any]) -> tuple[str, bool]:
    """What a kill at that moment left, as a line to print, and whether that is as it should be."""
    with site.copy() as copy:
        died = run(copy, file, moment)
        after = seen(copy)
        nothing = {name: after[name] for name in before if name != "files"} == {
            name: before[name] for name in before if name != "files"
        }
        everything = after == whole
        again = run(copy, file)
        last = seen(copy)
    left = "nothing" if nothing else "all" if everything else f"PART: {after}"
    completed = again.status == 0 and last == whole
    killed = "killed" if died.status == -signal.SIGKILL else "was over"
    told = (
        f"{moment:7.2f} s  {killed:8}  {died.step:28}  left {left:8}  files {after['files']}"
        f"  next run {'completes' if completed else f'FAILS: {again} {last}'}"
    )
    return told, (nothing or everything) and completed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--look", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.look:
        print(json.dumps(look()))
        return
    chance = random.Random(options.seed)  # noqa: S311 - the same moments at every run, and no secret
    with prepared(options.database) as site, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder) / "flows.csv"
        file.write_bytes(table(options.rows))
        before = seen(site)
        with site.copy() as copy:
            undisturbed = run(copy, file)
            whole = seen(copy)
        print(f"{options.database}, {options.rows:,} lines, {whole['figures']:,} figures, seed {options.seed}")
        print(f"undisturbed {undisturbed.seconds:.1f} s, of which {undisturbed.began:.1f} s before reading begins")
        bad = 0
        for _turn in range(options.times):
            told, well = tried(site, file, chance.uniform(undisturbed.began, undisturbed.seconds), before, whole)
            print(told, flush=True)
            bad += not well
    print(f"{options.times - bad} of {options.times} as they should be")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
