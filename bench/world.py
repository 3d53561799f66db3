"""A made-up world of any size, written straight into the tables of a migrated site.

    python -m bench.world --targets 20000 --figures 2400000

Two hundred lands that do not exist trade with each other: every amount follows from a seed, the same at every run. What
grows with the size is how many pairs there are, not how much is known of one: 120 figures (60 years by both sides, the
younger years more fully) and, where there are targets, about two of them, as in the shipped catalogue. One land has a
tenth of all targets. Judgements are not written here: the site's own command makes them.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, islice
from random import Random
from typing import Any

from bench.imports import COLUMNS

FIRST_YEAR, NEWEST = 1966, 2025
A_PAIR = 120
"""Figures of a pair."""
TARGETS_A_PAIR = [1] * 77 + [2] * 35 + [3] * 33 + [4] * 16 + [5] * 4 + [6] + [7] * 2
"""How many targets the pairs of the shipped catalogue have."""
FOLLOWED = ["next_step"] * 76 + ["raised"] * 35 + ["postponed"] * 22 + ["restated"] * 11 + ["lowered"] * 7
STRENGTHS = ["commitment"] * 208 + ["aspiration"] * 81 + ["agreed_document"] * 55 + ["expectation"] * 6
MEASURES = ["unspecified_turnover"] * 7 + ["goods_turnover"] * 3
HUB_SHARE = 10
RELEASES = 4
"""Releases of each land's office: the first holds its tables, the others change some figures of them."""
PUBLISHED = datetime(2026, 1, 1, tzinfo=UTC)
AT_ONCE = 1_000


class World:
    """Lands, pairs and the trade between them, by arithmetic."""

    def __init__(self, targets: int, figures: int) -> None:
        self.random = Random(targets)  # noqa: S311
        # As many lands as have as many pairs; never fewer than the shipped catalogue names.
        wanted = figures // A_PAIR
        lands = next(number for number in range(70, 1000) if number * (number - 1) // 2 >= wanted)
        self.lands = [f"L{number:03}" for number in range(lands)]
        weight = {code: 1 / (place + 4) for place, code in enumerate(self.lands)}
        every = list(combinations(self.lands, 2))
        keyed = {pair: self.random.random() ** (1 / (weight[pair[0]] * weight[pair[1]])) for pair in every}
        self.pairs = sorted(every, key=lambda pair: -keyed[pair])[:wanted]
        self.places = {pair: place for place, pair in enumerate(self.pairs)}
        self.targets = self._promised(targets)

    def _promised(self, total: int) -> dict[tuple[str, str], int]:
        """How many targets each pair has; the first land has a tenth of all."""
        hub = [pair for pair in self.pairs if pair[0] == self.lands[0]]
        of_hub = total // HUB_SHARE
        found = {pair: of_hub // len(hub) + (place < of_hub % len(hub)) for place, pair in enumerate(hub)}
        left = total - of_hub
        for pair in self.pairs:
            if pair[0] == self.lands[0] or not left:
                continue
            found[pair] = min(left, self.random.choice(TARGETS_A_PAIR))
            left -= found[pair]
        if left:
            raise SystemExit(f"{left} targets found no pair: ask for fewer of them or for more figures")
        return {pair: number for pair, number in found.items() if number}

    def amount(self, place: int, year: int) -> int:
        """What the first side of the pair at this place says it traded in a year, in dollars: growth with waves."""
        start = 1_000_000 + place * 7_919_993 % 400_000_000
        grown = start * (1 + (place % 7 + 1) / 100) ** (year - FIRST_YEAR)
        return int(grown * (1 + (place + year) % 9 / 50))


def write(targets: int, figures: int) -> dict[str, Any]:
    """How much was written of each kind into the empty database, and in how many seconds."""
    from django.db import transaction

    start = time.perf_counter()
    world = World(targets, figures)
    with transaction.atomic():
        stored = _pairs(world)
        releases = _releases(world)
        promised = _targets(world, stored)
    with transaction.atomic(), _without_indexes("targets_turnoverfigure"):
        told = _store(_figures(world, stored, releases))
    _settle()
    return {
        "economies": len(world.lands),
        "pairs": len(world.pairs),
        "targets": promised,
        "figures": told,
        "seconds": time.perf_counter() - start,
    }


def _pairs(world: World) -> dict[tuple[str, str], int]:
    from targets.actions.releases import ensure_pairs
    from targets.models import Economy

    Economy.objects.bulk_create(
        Economy(
            code=code,
            name_en=f"Land {code[1:]}",
            name_en_text=f"Land {code[1:]}",
            name_ru=f"Страна {code[1:]}",
            name_ru_gen=f"Страны {code[1:]}",
            name_ru_ins=f"Страной {code[1:]}",
            name_ru_prep=f"Стране {code[1:]}",
        )
        for code in world.lands
    )
    return ensure_pairs(world.pairs)


def _releases(world: World) -> dict[str, list[int]]:
    """The releases of each land's office: first its tables, then those that changed some figures of them."""
    from targets.actions.desk import SYSTEM, system_account
    from targets.models import AuditEvent, ExchangeRate, Release, Source

    by = system_account(SYSTEM)
    sources = [
        Source(key=f"office-{code.lower()}", kind="national_office", grade="primary", publisher=f"Office of {code}")
        for code in world.lands
    ]
    Source.objects.bulk_create(sources)
    ExchangeRate.objects.bulk_create(
        ExchangeRate(currency="EUR", year=year, usd_per_unit=1 + year % 10 / 20, observations=255, source=sources[0])
        for year in range(FIRST_YEAR, NEWEST + 1)
    )
    releases = [
        Release(
            source=source,
            kind="revision" if number else "import",
            recorded_by=by,
            recorded_at=PUBLISHED + timedelta(hours=number),
        )
        for source in sources
        for number in range(RELEASES)
    ]
    Release.objects.bulk_create(releases)
    AuditEvent.objects.bulk_create(
        AuditEvent(
            by=by,
            verb="record",
            object_kind="release",
            object_key=str(release.pk),
            counts={"new": 0, "changed": 9} if release.kind == "revision" else {"new": 9, "changed": 0},
            at=release.recorded_at,
        )
        for release in releases
    )
    found: dict[str, list[int]] = {}
    for number, release in enumerate(releases):
        found.setdefault(world.lands[number // RELEASES], []).append(release.pk)
    return found


def _targets(world: World, stored: dict[tuple[str, str], int]) -> int:
    """Targets with their statements, and documents, all published, each with what search looks through."""
    from targets.actions.desk import SYSTEM, system_account
    from targets.actions.search import statement_texts
    from targets.models import RoadmapDocument, Source, Statement, Target
    from targets.records import search_text

    random = world.random
    seen = {"state": "published", "published_at": PUBLISHED, "published_by": system_account(SYSTEM)}
    address = "https://courier-{}.example/"
    press = [
        Source(key=f"press-{one}", kind="press", grade="agency", publisher=f"Courier {one}", url=address.format(one))
        for one in range(50)
    ]
    Source.objects.bulk_create(press)
    targets, statements, documents = [], [], []
    for pair, number in world.targets.items():
        sides = f"{pair[0]} and {pair[1]}"
        names = [
            name for code in pair for name in (code, f"Land {code[1:]}", f"Страна {code[1:]}", f"Страны {code[1:]}")
        ]
        for step, wish in enumerate(_wishes(world, pair, number), start=1):
            target = Target(pk=len(targets) + 1, pair_id=stored[pair], **seen, **wish)
            target.slug = f"{pair[0]}-{pair[1]}-{step}".lower()
            if step < number and random.random() < 0.8:
                target.superseded_by_id, target.relation = target.pk + 1, random.choice(FOLLOWED)
            said = [
                Statement(
                    **seen,
                    target=target,
                    stated_on=target.first_stated_on,
                    stated_on_precision="day",
                    speaker=f"Minister {speaker}",
                    speaker_ru=f"Министр {speaker}",
                    occasion=f"Visit {speaker % 9}",
                    occasion_ru=f"Визит {speaker % 9}",
                    summary_en=f"The trade of {sides} is to reach {target.amount}.",
                    summary_ru=f"Торговля {sides} должна достичь {target.amount}.",
                    source=random.choice(press),
                )
                for speaker in random.sample(range(1, 400), random.randint(1, 3))
            ]
            texts = [target.slug, *names, target.notes]
            for one in said:
                one.search_text = search_text(statement_texts(one))
                texts += statement_texts(one)
            target.search_text = search_text(texts)
            targets.append(target)
            statements += said
        if random.random() < 0.3:
            titles = {"title": f"Programme of {sides}", "title_ru": f"Программа {sides}"}
            paper = RoadmapDocument(**seen, pair_id=stored[pair], kind="programme", source=press[0], **titles)
            paper.search_text = search_text([paper.title, paper.title_ru])
            documents.append(paper)
    for model, rows in ((Target, targets), (Statement, statements), (RoadmapDocument, documents)):
        model.objects.bulk_create(rows, batch_size=AT_ONCE)
    return len(targets)


def _wishes(world: World, pair: tuple[str, str], number: int) -> Iterator[dict[str, Any]]:
    """The targets of a pair, the oldest first: mostly a step up within some years of what is traded."""
    random = world.random
    stated = random.randint(1999, 2012)
    for step in range(number):
        stated = min(stated + random.randint(0, 1 if number > 8 else 6), NEWEST)
        due = stated + random.randint(2, 12) if random.random() < 0.88 else None
        wanted = 1.6 * world.amount(world.places[pair], stated) * random.uniform(0.9, 2.2)
        yield {
            "measure": random.choice(MEASURES),
            "amount": max(1_000_000, round(wanted, -6)),
            "currency": "EUR" if random.random() < 0.03 else "USD",
            "deadline_year": due,
            "deadline_basis": "stated" if due else "none",
            "strength": random.choice(STRENGTHS),
            "first_stated_on": date(stated, 1 + step % 12, 1 + step % 28),
            "first_stated_on_precision": "day",
            "notes": "A made-up note." if random.random() < 0.3 else "",
        }


def _figures(world: World, stored: dict[tuple[str, str], int], releases: dict[str, list[int]]) -> Iterator[tuple]:
    """The figures as columns of their table, pair by pair: of each a few old years are missing and a few revised."""
    rest = ("USD", "fob_cif", "final", False, "")
    for place, pair in enumerate(world.pairs):
        missing = place % 8
        gap = 0.7 + place % 13 / 20
        for by, share in ((0, 1.0), (1, gap)):
            first, *revisions = releases[pair[by]]
            revised = revisions[place % len(revisions)]
            for year in range(FIRST_YEAR + (missing if by else 0), NEWEST + 1):
                traded = world.amount(place, year) * share
                flows = (int(traded * 0.6), int(traded * 0.4))
                one = (stored[pair], pair[by], "", year, 1, 12, "", "goods_turnover", flows[by], flows[1 - by], None)
                yield (first, *one, *rest)
                if not by and year > NEWEST - missing:
                    yield (revised, *one[:8], flows[by] + 1, flows[1 - by], None, *rest)


def _store(rows: Iterator[tuple]) -> int:
    from django.db import connection

    columns = ", ".join(COLUMNS)
    number = 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY targets_turnoverfigure ({columns}) FROM STDIN") as copy:
                for number, row in enumerate(rows, start=1):  # noqa: B007
                    copy.write_row(row)
            return number
        places = ", ".join(["%s"] * len(COLUMNS))
        while some := list(islice(rows, 100_000)):
            cursor.executemany(f"INSERT INTO targets_turnoverfigure ({columns}) VALUES ({places})", some)  # noqa: S608
            number += len(some)
    return number


@contextlib.contextmanager
def _without_indexes(table: str) -> Iterator[None]:
    """The table without its indexes, which are made anew at the end: that takes a third of the time."""
    from django.db import connection

    postgresql = connection.vendor == "postgresql"
    known = (
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT LIKE '%%pkey'"
        if postgresql
        else "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(known, [table])
        indexes = cursor.fetchall()
        for name, _made in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        if postgresql:
            # What is written points to what was written a moment ago: no reference has to be looked up.
            cursor.execute("SET LOCAL session_replication_role = replica")
    yield
    with connection.cursor() as cursor:
        for _name, made in indexes:
            cursor.execute(made)


def _settle() -> None:
    """Nothing: sets the counters of keys behind those given here, and has the database look at what it holds."""
    from django.core.management.color import no_style
    from django.db import connection

    from targets.models import Target

    with connection.cursor() as cursor:
        for counter in connection.ops.sequence_reset_sql(no_style(), [Target]):
            cursor.execute(counter)
        # A site does this as figures are stored, or its database does.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--targets", type=int, default=20_000)
    parser.add_argument("--figures", type=int, default=2_400_000)
    options = parser.parse_args()
    import django

    django.setup()
    print(json.dumps(write(options.targets, options.figures)))


if __name__ == "__main__":
    main()
