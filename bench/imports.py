"""How fast ``import_figures`` takes a file of flows, beside the database's own limit and django-import-export.

    python -m bench.imports [--database sqlite|postgresql] [--rows 100000] [--rounds 3]
                            [--peer-rows 10000] [--peer-rounds 3]

Each measurement is a process of its own on a copy of one prepared site, all of them in turn, round after round. What
is compared with what is told in README.md; only the ratios of one run mean anything.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.flows import table
from bench.site import DATABASES, Site, peak, prepared

FILES = {"one flow a figure": ("export",), "two flows a figure": ("export", "import")}
RAW = {"sqlite": "executemany", "postgresql": "COPY"}
WAYS = ("import", "raw", "raw, in order of the index")
PEER = "django-import-export"
COLUMNS = (
    "release_id", "pair_id", "reporter_id", "compiler", "year", "from_month", "through_month", "fiscal", "measure",
    "exports", "imports", "turnover", "currency", "valuation", "standing", "approximate", "note",
)  # fmt: skip


# One way, in a process of its own


def measured(way: str, file: Path) -> dict[str, float]:
    """Seconds of clock and processor that this way took for the file, and the largest memory before and after in MB."""
    import django

    django.setup()
    act = {"import": ours, "again": again, "pairs": pairs, PEER: peer}.get(way) or raw(in_order=way != "raw")
    ready = act(file)
    gc.collect()
    before, start, busy = peak(), time.perf_counter(), time.process_time()
    figures = ready()
    seconds, cpu = time.perf_counter() - start, time.process_time() - busy
    return {"seconds": seconds, "cpu": cpu, "figures": figures, "before": before, "peak": peak()}


def ours(file: Path, known: bool = False) -> Callable[[], int]:
    """The whole way from the file to the release, its judgements and its line in the journal."""
    from targets.actions.desk import SYSTEM, system_account
    from targets.actions.importing import import_figures, received

    by = system_account(SYSTEM)

    def act() -> int:
        done = import_figures(by=by, data=received(file), name=file.name, format_name="flows")
        if done.contents.rejected or bool(done.releases) is known:
            raise SystemExit(f"the file was not taken as it should: {done.counts}, {done.contents.rejected} rejected")
        return done.counts.taken

    return act


def again(file: Path) -> Callable[[], int]:
    """The file a second time, when every figure is compared and nothing is new."""
    ours(file)()
    return ours(file, known=True)


def pairs(file: Path) -> Callable[[], int]:
    """Only the pairs of the file, so that the raw ways have something to point to."""
    return lambda: len(_rows(file))


def raw(in_order: bool) -> Callable[[Path], Callable[[], int]]:
    """COPY, or one prepared INSERT for all: rows that are ready in memory, nothing read, checked or compared."""

    def prepare(file: Path) -> Callable[[], int]:
        from django.db import connection, transaction

        rows = _rows(file)
        if in_order:
            rows.sort(key=lambda row: (row[0], row[1], row[2], row[4]))
        columns = ", ".join(COLUMNS)
        places = ", ".join(["%s"] * len(COLUMNS))

        def act() -> int:
            with transaction.atomic(), connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    with cursor.copy(f"COPY targets_turnoverfigure ({columns}) FROM STDIN") as copy:
                        for row in rows:
                            copy.write_row(row)
                else:
                    cursor.executemany(f"INSERT INTO targets_turnoverfigure ({columns}) VALUES ({places})", rows)  # noqa: S608
            return len(rows)

        return act

    return prepare


def peer(file: Path) -> Callable[[], int]:
    """A resource over the table with every option as it comes, given the same figures with all keys looked up."""
    import tablib
    from import_export import resources

    from targets.models import TurnoverFigure

    names = tuple(column.removesuffix("_id") for column in COLUMNS)
    resource = resources.modelresource_factory(TurnoverFigure, meta_options={"fields": ("id", *names)})
    data = tablib.Dataset(*(("", *row) for row in _rows(file)), headers=("id", *names))

    def act() -> int:
        done = resource().import_data(data, raise_errors=True)
        if done.totals["new"] != len(data):
            raise SystemExit(f"the peer did not take all rows: {done.totals}")
        return len(data)

    return act


def _figures(file: Path) -> dict[tuple[int, str, str], dict[str, int]]:
    """The amounts of each figure of the file: by year, reporter and partner, then by flow."""
    found: dict[tuple[int, str, str], dict[str, int]] = {}
    for line in file.read_text("utf-8").splitlines()[1:]:
        year, reporter, partner, flow, value = line.split(",")
        found.setdefault((int(year), reporter, partner), {})[flow] = int(value)
    return found


def _rows(file: Path) -> list[tuple[Any, ...]]:
    """The figures as columns of the table, in the order of the file, for a release made for them."""
    from targets.actions.desk import SYSTEM, system_account
    from targets.actions.releases import ensure_pairs
    from targets.models import CountryPair, Release, Source

    figures = _figures(file)
    ensure_pairs(sorted({(min(one, other), max(one, other)) for _year, one, other in figures}))
    ids = {tuple(codes): pk for pk, *codes in CountryPair.objects.values_list("pk", "first", "second")}
    fields = {"kind": "compilation", "grade": "secondary", "publisher": "Bench"}
    source, _made = Source.objects.get_or_create(key="bench", defaults=fields)
    release = Release.objects.create(source=source, kind="import", recorded_by=system_account(SYSTEM)).pk
    rest = ("USD", "unknown", "final", False, "")
    return [
        (release, ids[min(one, other), max(one, other)], one, "", year, 1, 12, "", "goods_turnover",
         found.get("export"), found.get("import"), None, *rest)
        for (year, one, other), found in figures.items()
    ]  # fmt: skip


# The run


def rounds(site: Site, number: int, ways: Sequence[str], file: Path) -> dict[str, list[dict[str, float]]]:
    """What each way took in each round, one after the other, each round in the other direction."""
    found: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
    for turn in range(number):
        for way in ways if turn % 2 == 0 else reversed(ways):
            with site.copy() as copy:
                found[way].append(copy.told("-m", "bench.imports", "--way", way, file))
    return found


def report(title: str, lines: int, found: dict[str, list[dict[str, float]]], database: str) -> None:
    """Prints a table of medians, each way's time also as a share of the import's."""
    middle = {
        way: {name: statistics.median(one[name] for one in measured) for name in measured[0]}
        for way, measured in found.items()
    }
    print(f"\n{title}: {lines:,} lines")
    heads = ("seconds", 8), ("(range)", 14), ("÷ it", 6), ("cpu s", 7), ("÷ it", 6), ("lines/s", 9), ("figures/s", 10)
    print(" " * 35 + "".join(f"{head:>{width}}" for head, width in heads) + "   peak MB")
    ours = middle["import"]
    for way, one in middle.items():
        each = [other["seconds"] for other in found[way]]
        print(
            f"{way.replace('raw', RAW[database]):35}{one['seconds']:8.2f}{min(each):8.2f}–{max(each):<5.2f}"
            f"{one['seconds'] / ours['seconds']:6.2f}{one['cpu']:7.2f}{one['cpu'] / ours['cpu']:6.2f}"
            f"{lines / one['seconds']:9,.0f}{one['figures'] / one['seconds']:10,.0f}"
            f"{one['peak']:5.0f} ({one['before']:.0f})"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3, help="beside the database's own limit; 0 leaves that out")
    parser.add_argument("--peer-rows", type=int, default=10_000, help=f"rows for {PEER} and us; 0 leaves it out")
    parser.add_argument("--peer-rounds", type=int, default=3, help="one is enough of 100,000 rows: minutes each")
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("file", nargs="?", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        print(json.dumps(measured(options.way, options.file)))
        return
    print(f"{options.database}, medians of the rounds, load {os.getloadavg()[0]:.1f} of {os.cpu_count()}")
    names = ("django", "psycopg", PEER) if options.peer_rows else ("django", "psycopg")
    print(f"Python {platform.python_version()}, {', '.join(f'{name} {version(name)}' for name in names)}")
    with prepared(options.database) as site, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder) / "flows.csv"
        file.write_bytes(table(options.rows, ("export",)))
        site.told("-m", "bench.imports", "--way", "pairs", file)
        for title, flows in FILES.items() if options.rounds else ():
            file.write_bytes(table(options.rows, flows))
            report(title, options.rows, rounds(site, options.rounds, (*WAYS, "again"), file), options.database)
        if options.peer_rows:
            file.write_bytes(table(options.peer_rows, ("export",)))
            found = rounds(site, options.peer_rounds, ("import", PEER), file)
            report(f"beside {PEER}", options.peer_rows, found, options.database)


if __name__ == "__main__":
    main()
