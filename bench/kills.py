"""Kills ``import_figures`` at random moments: all of the import is there or nothing, and the next one completes.

    python -m bench.kills [--database sqlite|postgresql] [--rows 100000] [--times 20] [--seed 1]

SIGKILL, which no program can catch. Ends with status 1 where a kill left part of an import, or the next run did not
do all that an undisturbed one does.
"""

from __future__ import annotations

import argparse
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
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.flows import table
from bench.site import DATABASES, ROOT, Site, prepared

COMMAND = ("manage.py", "import_figures", "--format", "flows")


@dataclass(frozen=True, slots=True)
class Run:
    """The command run to its end, or to its death: seconds before its progress bar said anything, those after, exit
    status, and what the bar said last.
    """

    start: float
    seconds: float
    status: int
    step: str


def run(site: Site, file: Path, until: float | None = None) -> Run:
    """The command on a terminal of its own, killed that many seconds after its bar appeared unless it is over."""
    ours, its = pty.openpty()
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *COMMAND, str(file)],
        cwd=ROOT, env=site.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=its,
    )  # fmt: skip
    os.close(its)
    said, shown = b"", 0.0
    while process.poll() is None:
        left = 0.05 if until is None or not shown else min(0.05, shown + until - time.perf_counter())
        if left <= 0:
            process.send_signal(signal.SIGKILL)
            break
        if select.select([ours], [], [], left)[0]:
            try:
                said += os.read(ours, 65536)
            except OSError:  # the other end is closed: it is ending
                break
            shown = shown or time.perf_counter()
    status = process.wait()
    over = time.perf_counter()
    os.close(ours)
    # Each state of the bar begins at the left; when the command is over it wipes the line.
    steps = [re.sub(r"\x1b\[K|\[.*\] ", "", step) for step in said.decode(errors="replace").split("\r")]
    step = next(filter(None, map(str.strip, reversed(steps))), "starting")
    return Run(shown - begun, over - shown, status, step)


def seen(site: Site) -> dict[str, Any]:
    """What is in the database and among the files, and of it what belongs to imports of plain tables."""
    mine = "FROM targets_release r JOIN targets_source s ON s.id = r.source_id WHERE s.key = 'imported-tables'"
    figures = (
        "SELECT p.slug, f.reporter_id, f.compiler, f.year, f.measure, f.exports, f.imports, f.turnover, f.note"
        " FROM targets_turnoverfigure f JOIN targets_countrypair p ON p.id = f.pair_id"
    )
    with site.connected() as database:

        def asked(question: str) -> list[tuple[Any, ...]]:
            return database.execute(question).fetchall()

        def count(of: str) -> int:
            return asked(f"SELECT count(*) FROM targets_{of}")[0][0]  # noqa: S608

        files = [name for (name,) in asked(f"SELECT r.file {mine}")]
        found = {
            "releases": len(files),
            "figures": count(f"turnoverfigure WHERE release_id IN (SELECT r.id {mine})"),
            **{name: count(name) for name in ("source", "countrypair", "auditevent", "judgement", "verdictchange")},
            "digest": sha256(repr(sorted(map(repr, asked(figures)))).encode()).hexdigest(),
            "sound": site.url.startswith("postgresql") or asked("PRAGMA integrity_check") == [("ok",)],
        }
    uploads = site.folder / "uploads"
    found["files missing"] = sum(not (uploads / name).is_file() for name in files)
    found["files"] = sum(path.is_file() for path in uploads.rglob("*"))
    return found


def tried(site: Site, file: Path, moment: float, before: dict[str, Any], whole: dict[str, Any]) -> tuple[str, Run]:
    """What a kill at that moment left, as a line to print, empty at its end unless all is well; and the next run."""
    with site.copy() as copy:
        died = run(copy, file, moment)
        after = seen(copy)
        again = run(copy, file)
        last = seen(copy)
    nothing = after | {"files": 0} == before | {"files": 0}
    left = "nothing" if nothing else "all" if after == whole else f"PART: {after}"
    completed = again.status == 0 and last == whole
    killed = "killed" if died.status == -signal.SIGKILL else "was over"
    told = f"{moment:6.2f} s  {killed:8}  {died.step:28}  left {left:8} files {after['files']}"
    well = completed and (nothing or after == whole)
    return f"{told}  next run {'completes' if completed else f'FAILS: {again} {last}'}{'' if well else ' !'}", again


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 - the same shares at every run, and no secret
    bad = 0
    with prepared(options.database) as site, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder) / "flows.csv"
        file.write_bytes(table(options.rows))
        before = seen(site)
        with site.copy() as copy:
            last = run(copy, file)
            whole = seen(copy)
        print(f"{options.database}, {options.rows:,} lines, {whole['figures']:,} figures, seed {options.seed}")
        print(
            f"undisturbed {last.seconds:.1f} s after {last.start:.1f} s of starting; kills count from there", flush=True
        )
        for _turn in range(options.times):
            # Of as many seconds as the import took last, because the machine may be busier or idler by now.
            told, last = tried(site, file, chance.uniform(0, last.seconds), before, whole)
            print(told, flush=True)
            bad += told.endswith("!")
    print(f"{options.times - bad} of {options.times} as they should be")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
