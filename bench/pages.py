"""How fast every public page answers at 20,000 targets and 2.4 million figures, beside Datasette and 300 targets.

    python -m bench.pages [--database sqlite|postgresql] [--rounds 3] [--seconds 1] [--only NAME] [--targets 20000]

Ends with status 1 when a bar is missed. What is measured how is told in README.md; only ratios of one run mean much.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.drive import Load, load
from bench.peer import datasettes, flattened, free_port, serving
from bench.site import DATABASES, Site, prepared

WORKERS = 2
TIMES = 10.0
"""The least that a page's rate, as it is served, may be of Datasette's."""
LONGER = 1.5
"""The most that a page made anew may take of what it takes at 300 targets."""
REFRESH, PAIR = 60.0, 0.1
EARLIER = date(2025, 6, 1)
SMALL = (300, 36_000)
LATENCIES = 12


@dataclass(frozen=True, slots=True)
class Keys:
    """What there is to ask for on a site, those of which most is known first."""

    targets: list[str]
    pairs: list[str]
    economies: list[str]
    last: int


Addresses = Callable[[Keys], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its addresses, each another one, and Datasette's for the same question, where it has one."""

    name: str
    ours: Addresses
    theirs: Addresses | None


def _each(pattern: str, of: str) -> Addresses:
    """The same question of one thing after the other."""
    return lambda keys: _apart(pattern.format(key) for key in itertools.cycle(getattr(keys, of)))


def _asking(pattern: str, *words: str) -> Addresses:
    """The same question in one word after the other, or again and again."""
    return lambda keys: _apart(pattern.format(word, last=keys.last) for word in itertools.cycle(words or ("",)))


def _apart(addresses: Iterator[str]) -> Iterator[str]:
    """The addresses, each made another one by a parameter that means nothing, so that no kept page answers it."""
    return (f"{one}{'&' if '?' in one else '?'}_n={number}" for number, one in enumerate(addresses))


def _pairwise(keys: Keys) -> Iterator[str]:
    pairs = itertools.pairwise(itertools.cycle(keys.targets))
    return _apart(f"/compare/?t={one}&t={other}" for one, other in pairs)


def _sql(query: str) -> Addresses:
    return _asking(f"/flat?sql={quote(query)}")


def _table(query: str, *words: str) -> Addresses:
    return _asking(f"/flat/targets?_size=40&{query}", *words)


STATUSES = ("missed", "met", "too_slow", "far_too_slow", "moving_away", "disputed")
WORDS = ("minister+17", "land+007", "courier", "visit+3", "minister+205", "land+011", "trade")
_SIDES = quote("first='{0}' or second='{0}'").replace("%7B0%7D", "{0}")
PAGES = (
    Page("home", _asking("/"), _table("_facet=status&_facet=deadline_year&_facet=strength")),
    Page("list", _asking("/targets/"), _table("replaced=0&_sort_desc=stated_on")),
    Page(
        "list of an economy", _each("/targets/?economy={}", "economies"),
        _each(f"/flat/targets?_size=40&_sort_desc=stated_on&_where={_SIDES}", "economies"),
    ),
    Page(
        "list, filtered", _asking("/targets/?deadline_from=2015&status={0}", *STATUSES),
        _table("replaced=0&deadline_year__gte=2015&status={0}&_sort_desc=stated_on", *STATUSES),
    ),
    Page(
        "list, sorted", _asking("/targets/?sort={0}", "-amount", "needed", "share", "deadline"),
        _table("replaced=0&_sort_desc={0}", "dollars", "needed", "share", "deadline_year"),
    ),
    Page("list, last page", _asking("/targets/?page={last}"), _table("replaced=0&_sort=stated_on")),
    Page("list, words", _asking("/targets/?q={0}", *WORDS), _table("replaced=0&_search={0}", *WORDS)),
    Page("target", _each("/targets/{}/", "targets"), _each("/flat/targets/{}", "targets")),
    Page("pair", _each("/pairs/{}/", "pairs"), _each("/flat/figures?pair={}&_sort_desc=year&_size=120", "pairs")),
    Page(
        "economies", _asking("/economies/"),
        _sql("select first, status, count(*) from targets where replaced = 0 group by first, status"),
    ),
    Page(
        "economy", _each("/economies/{}/", "economies"),
        _each(f"/flat/targets?_size=40&_facet=status&_where={_SIDES}", "economies"),
    ),
    Page("compare", _pairwise, _each("/flat/targets?slug__in={}", "targets")),
    Page(
        "deadlines", _asking("/deadlines/?year={0}", *map(str, range(2014, 2028))),
        _sql("select deadline_year, status, count(*) from targets where replaced = 0 group by deadline_year, status"),
    ),
    Page("changes", _asking("/changes/"), _asking("/flat/changes?_size=40&_sort_desc=changed_at")),
    Page(
        "changes of an economy", _each("/changes/?economy={}", "economies"),
        _each("/flat/changes?_size=40&_sort_desc=changed_at&target__contains={}", "economies"),
    ),
    Page(
        "coverage", _asking("/coverage/"),
        _sql("select reporter, min(year), max(year), count(distinct pair), count(*) from figures group by reporter"),
    ),
    Page(
        "coverage of an economy", _each("/coverage/?economy={}", "economies"),
        _each("/flat/figures?_size=40&_facet=pair&reporter={}", "economies"),
    ),
    Page("search", _asking("/search/?q={0}", *WORDS), _table("_search={0}", *WORDS)),
    Page("methodology", _asking("/methodology/"), None),
    Page(
        "figures as CSV", _each("/targets/{}/figures.csv", "targets"),
        _each("/flat/figures.csv?pair={}&_size=max", "pairs"),
    ),
    Page(
        "chart as JSON", _each("/targets/{}/chart.json", "targets"),
        _each("/flat/figures.json?pair={}&_size=max&_shape=array", "pairs"),
    ),
    Page("chart as SVG", _each("/targets/{}/chart.svg", "targets"), None),
    Page("mirror as SVG", _each("/pairs/{}/mirror.svg", "pairs"), None),
    Page("scoreboard as SVG", _each("/economies/{}/scoreboard.svg", "economies"), None),
)  # fmt: skip


# Judging, in a process of its own


def judged() -> dict[str, Any]:
    """Seconds of clock and processor of the refreshes: all stored anew, all by another day, all again, one pair."""
    import django

    django.setup()
    from targets.actions import judgements
    from targets.actions.desk import SYSTEM, system_account
    from targets.models import CountryPair, Release, Target, TurnoverFigure

    by = system_account(SYSTEM)
    told: dict[str, Any] = {}

    def timed(name: str, act: Callable[[], Any]) -> Any:
        start, busy = time.perf_counter(), time.process_time()
        done = act()
        told[name] = (time.perf_counter() - start, time.process_time() - busy)
        return done

    today = datetime.now(UTC).date()
    timed("stored for the first time", lambda: judgements.refresh(by=by, today=EARLIER))
    timed("judged by another day", lambda: judgements.refresh(by=by, today=today))
    timed("judged again", lambda: judgements.refresh(by=by, today=today))
    pairs = Target.objects.order_by("pair").values_list("pair", flat=True).distinct()
    took = []
    for pair in CountryPair.objects.filter(pk__in=list(pairs)[:: max(1, len(pairs) // 20)]).order_by("pk"):
        figure = TurnoverFigure.objects.filter(pair=pair, year=2025).order_by("pk").first()
        release = Release.objects.create(source=figure.release.source, kind="revision", recorded_by=by)
        figure.pk, figure.release, figure.exports = None, release, figure.exports * 3
        figure.save()
        timed("one pair", lambda pair=pair: judgements.refresh(by=by, pairs=[pair.pk], today=today))
        took.append(told.pop("one pair"))
    told["one changed pair"] = tuple(statistics.median(part) for part in zip(*took, strict=True))
    told["drifted"] = timed("all compared with their figures", lambda: judgements.stale(today=today))
    return told


# Serving


@contextlib.contextmanager
def filled(database: str, targets: int, figures: int) -> Iterator[tuple[Site, dict[str, Any]]]:
    """A site of that size, judged; and what judging it took."""
    with prepared(database, catalogue=False) as site:
        made = site.told("-m", "bench.world", "--targets", str(targets), "--figures", str(figures))
        print("made up: " + ", ".join(f"{number:,.0f} {name}" for name, number in made.items()), flush=True)
        yield site, site.told("-m", "bench.pages", "--judge")


@contextlib.contextmanager
def served(site: Site) -> Iterator[int]:
    """The port on which the site is served as docs/operations.md says: gunicorn and its file of settings."""
    port = free_port()
    settings = {"PORT": str(port), "WEB_CONCURRENCY": str(WORKERS), "TRADEWATCH_ADDRESS": "127.0.0.1"}
    environment = site.environment | settings | {"TRADEWATCH_LOG_LEVEL": "ERROR"}
    with serving([sys.executable, "-m", "gunicorn", "tradewatch.wsgi"], port, "/healthz", environment):
        yield port


def keys(site: Site) -> Keys:
    """What there is to ask for on the site: targets and pairs in no telling order, the ten economies with most."""

    def place(slug: str) -> bytes:
        return blake2b(slug.encode()).digest()

    with site.connected() as database:

        def all_of(query: str) -> list[Any]:
            return [row[0] for row in database.execute(query).fetchall()]

        listed = "FROM targets_judgement WHERE is_verdict AND NOT replaced"
        return Keys(
            targets=sorted(all_of("SELECT slug FROM targets_target"), key=place),
            pairs=sorted(
                all_of("SELECT DISTINCT p.slug FROM targets_countrypair p JOIN targets_target t ON t.pair_id = p.id"),
                key=place,
            ),
            economies=all_of(
                "SELECT code FROM targets_economy e JOIN targets_countrypair p ON code IN (p.first_id, p.second_id) "
                "JOIN targets_target t ON t.pair_id = p.id GROUP BY code ORDER BY count(*) DESC, code LIMIT 10"
            ),
            last=-(-all_of(f"SELECT count(*) {listed}")[0] // 40),
        )


class Measured:
    """One page, round by round: the large site, Datasette, and the small site beside the large one."""

    def __init__(self, page: Page, large: Keys, small: Keys) -> None:
        self.page = page
        self.ours, self.small = page.ours(large), page.ours(small)
        self.theirs = page.theirs(large) if page.theirs else None
        self.again = next(self.ours)
        self.rates: dict[str, list[Load]] = {"repeated": [], "made anew": [], "Datasette": []}
        self.times: dict[str, list[float]] = {"large": [], "small": [], "first": [], "first, small": []}

    def first(self, ports: list[int]) -> None:
        """The page as the first reader after a change of the data gets it."""
        for name, port, addresses in (("first", ports[0], self.ours), ("first, small", ports[1], self.small)):
            self.times[name].append(load([port], addresses, 60, connections=1, most=1).median)

    def round(self, ports: list[int], peers: list[int], seconds: float) -> None:
        self.rates["made anew"].append(load(ports[:1], self.ours, seconds))
        # Each process makes the page once, before it is measured how it goes out again.
        load(ports[:1], [self.again], 20, most=4 * WORKERS * 8)
        self.rates["repeated"].append(load(ports[:1], [self.again], seconds))
        if self.theirs:
            self.rates["Datasette"].append(load(peers, self.theirs, seconds))
        for _ in range(2):
            # In turn, because a machine is not equally quick from one second to the next.
            for name, port, addresses in (("large", ports[0], self.ours), ("small", ports[1], self.small)):
                self.times[name].append(load([port], addresses, 20, connections=1, most=LATENCIES // 2).median)

    def rate(self, name: str) -> float | None:
        found = [one.rate for one in self.rates[name]]
        return statistics.median(found) if found else None

    def time(self, name: str) -> float:
        return statistics.median(self.times[name])

    @property
    def bad(self) -> list[str]:
        return [answer for loads in self.rates.values() for one in loads for answer in one.bad]


def changed(site: Site) -> None:
    """Nothing: the journal has one line more, so that whatever is remembered of the data must be made anew."""
    with site.connected() as database:
        database.execute(
            "INSERT INTO targets_auditevent (at, by_id, verb, object_kind, object_key, reason, counts) "
            "SELECT at, by_id, 'refresh', 'data', '', '', '{}' FROM targets_auditevent ORDER BY id DESC LIMIT 1"
        )
        database.commit()


def report(found: list[Measured]) -> list[str]:
    """Prints the table of pages; gives the bars that were missed, in words."""
    heads = (
        "repeated/s", "anew/s", "Datasette/s", "repeated ÷", "anew ÷", "ms anew", "ms at 300", "÷", "ms first", "at 300"
    )  # fmt: skip
    print(f"\n{'':24}" + "".join(f"{head:>12}" for head in heads))
    missed = []
    for one in found:
        repeated, anew, peer = (one.rate(name) for name in ("repeated", "made anew", "Datasette"))
        large, small = one.time("large"), one.time("small")
        ratios = [f"{rate / peer:.1f}" if rate and peer else "–" for rate in (repeated, anew)]
        cells = [f"{rate:,.0f}" if rate else "–" for rate in (repeated, anew)]
        cells += [f"{peer:,.1f}" if peer else "–", *ratios, f"{large * 1000:.0f}", f"{small * 1000:.0f}"]
        cells += [f"{large / small:.2f}", f"{one.time('first') * 1000:.0f}", f"{one.time('first, small') * 1000:.0f}"]
        print(f"{one.page.name:24}" + "".join(f"{cell:>12}" for cell in cells), flush=True)
        if peer and repeated and repeated < TIMES * peer:
            missed.append(f"{one.page.name}: {repeated / peer:.1f} times Datasette's rate, not {TIMES:.0f}")
        if large > LONGER * small:
            missed.append(f"{one.page.name}: {large / small:.2f} times its time at 300 targets, not {LONGER}")
        missed += [f"{one.page.name}: answered {bad}" for bad in one.bad[:3]]
    return missed


def report_judging(told: dict[str, Any]) -> list[str]:
    """Prints what judging took; gives the bars that were missed, in words."""
    drifted = told.pop("drifted")
    print("\njudging                               seconds   cpu s")
    for name, (seconds, busy) in told.items():
        print(f"{name:36}{seconds:9.3f}{busy:8.3f}")
    print(f"{len(drifted)} judgements differ from their figures")
    bars = [(PAIR if name == "one changed pair" else REFRESH, name, seconds) for name, (seconds, _busy) in told.items()]
    missed = [f"{name}: {seconds:.2f} s, not {bar:g}" for bar, name, seconds in bars if seconds > bar]
    return missed + ([f"judgements that drifted: {', '.join(drifted[:5])}"] if drifted else [])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--targets", type=int, default=20_000)
    parser.add_argument("--figures", type=int, default=2_400_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each measurement of a rate")
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    parser.add_argument("--judge", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.judge:
        print(json.dumps(judged()))
        return
    print(f"{options.database}, median of {options.rounds} rounds, load {os.getloadavg()[0]:.1f} of {os.cpu_count()}")
    begun = time.perf_counter()
    with contextlib.ExitStack() as stack:
        large, took = stack.enter_context(filled(options.database, options.targets, options.figures))
        missed = report_judging(took)
        small, _took = stack.enter_context(filled(options.database, *SMALL))
        large.run("manage.py", "collectstatic", "--noinput", "--verbosity=0")
        flat = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-"))) / "flat.db"
        flattened(large, flat)
        print(f"prepared in {time.perf_counter() - begun:.0f} s", flush=True)
        sites = (large, small)
        ports = [stack.enter_context(served(site)) for site in sites]
        peers = stack.enter_context(datasettes(flat, WORKERS))
        known = [keys(site) for site in sites]
        found = [Measured(page, *known) for page in PAGES if options.only in page.name]
        for one in found:
            for site in sites:
                changed(site)
            # As long as a process believes what it knows of the version.
            time.sleep(1.1)
            one.first(ports)
        for _ in range(options.rounds):
            for one in found:
                one.round(ports, peers, options.seconds)
        missed += report(found)
    print(f"\n{time.perf_counter() - begun:.0f} s in all; load {os.getloadavg()[0]:.1f}")
    for bar in missed:
        print(f"missed: {bar}")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
