"""Loads what is shipped: the catalogue, exchange rates and the open trade extract, beside what people have edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from targets.actions import journal, judgements, loading, releases, search
from targets.actions.desk import CATALOGUE, ensure_desk_groups, system_account
from targets.actions.loading import Counts, Shipped
from targets.actions.releases import Batch, ensure_pairs
from targets.importers import (
    EXTRACT,
    FIGURES,
    Parcel,
    ShippedEconomy,
    ShippedTarget,
    read_parcel,
    unfinished,
)
from targets.models import (
    Economy,
    ExchangeRate,
    RoadmapDocument,
    Source,
    Statement,
    Target,
    TurnoverFigure,
)
from targets.records import ChangeCause, DatePrecision, FigureRow, Rejection, ReleaseKind, ReviewState

KIND_OF_FILE = {
    "economies.json": "economies",
    "sources.json": "sources",
    "exchange_rates.csv": "exchange rates",
    "targets.json": "targets",
    FIGURES: "figures",
    Path(EXTRACT).name: "trade figures",
    "datasets.json": "trade figures",
}
KINDS = (
    "economies",
    "sources",
    "exchange rates",
    "targets",
    "links",
    "statements",
    "documents",
    "figures",
    "trade figures",
)


@dataclass(slots=True)
class Loaded:
    """What became of everything, by kind in order of loading, and each record that was not taken."""

    counts: dict[str, Counts] = field(default_factory=lambda: {kind: Counts() for kind in KINDS})
    rejections: list[Rejection] = field(default_factory=list)
    verdicts: int = 0
    """Verdicts that became another."""


def load(*, folder: Path, today: date | None = None) -> Loaded:
    """What became of each shipped record, in the name of the account "catalogue".

    ``folder`` holds the catalogue, in a folder of that name or itself, and may hold exchange rates and a trade extract
    beside it. Everything is stored in one transaction, or nothing; a record that cannot be taken does not keep the
    others out. Loading again changes nothing, and never what a person edited since, deleted or withdrew. Raises
    UnreadableFile for a file that cannot be read at all.
    """
    parcel = read_parcel(folder)
    with transaction.atomic():
        ensure_desk_groups()
        by = system_account(CATALOGUE)
        # Two loads at once would both find nothing and both store everything: the second waits for the first.
        get_user_model().objects.select_for_update().get(pk=by.pk)
        return _Loading(parcel, by, today or datetime.now(UTC).date()).run()


class _Loading:
    """One load: the parcel, in whose name and when, and what is known of the records stored so far."""

    def __init__(self, parcel: Parcel, by: AbstractBaseUser, today: date) -> None:
        self.parcel = parcel
        self.by = by
        self.today = today
        self.now = timezone.now()
        self.loaded = Loaded(rejections=list(parcel.rejections))
        self.early: list[Rejection] = []
        self.sources: dict[str, Source] = {}
        self.pairs: dict[tuple[str, str], int] = {}
        self.targets: dict[str, Target] = {}

    def run(self) -> Loaded:
        counts = self.loaded.counts
        counts["economies"] += self._economies()
        counts["sources"] += self._sources()
        counts["exchange rates"] += self._rates()
        self.pairs = ensure_pairs([(target.first, target.second) for target in self.parcel.catalogue.targets])
        counts["targets"] += self._targets()
        counts["statements"] += self._statements()
        counts["documents"] += self._documents()
        figures = [
            Batch(self.sources[key], self._over(FIGURES, rows), _vintage(self.sources[key]))
            for key, rows in self.parcel.catalogue.figures.items()
            if key in self.sources
        ]
        counts["figures"] += self._figures(figures, ReleaseKind.CATALOGUE)
        trade = [
            Batch(
                self.sources[self.parcel.datasets[name].source.key],
                self._over(Path(EXTRACT).name, rows),
                sha256=self.parcel.digest,
            )
            for name, rows in self.parcel.trade.items()
        ]
        counts["trade figures"] += self._figures(trade, ReleaseKind.IMPORT)
        self.loaded.rejections += self.early
        for kind, places in self._rejected().items():
            counts[kind].rejected = places
        written = {kind: asdict(count) for kind, count in counts.items() if count.written}
        if written:
            search.refresh_search_text()
            event = journal.record(by=self.by, verb="load", counts=written)
            refreshed = judgements.refresh(
                by=self.by,
                today=self.today,
                event=event,
                cause=None if self._figures_only(written) else ChangeCause.TARGET,
            )
            self.loaded.verdicts = refreshed.verdicts
        return self.loaded

    # Kinds of records, in the order in which they refer to each other

    def _economies(self) -> Counts:
        rows = self.parcel.catalogue.economies
        names = ("code", "kind", "iso2", "m49", "name_en", "name_en_text", "name_ru", "name_ru_gen", "name_ru_ins")
        shipped = [
            Shipped(
                key=(row.code,),
                columns={
                    **{name: getattr(row, name) for name in (*names, "name_ru_prep")},
                    "other_names": "\n".join(row.other_names),
                    "members_known": row.members is not None,
                },
                related={"members": frozenset(row.members or ())},
            )
            for row in rows
        ]
        loading.match(Economy, shipped, ("code",), self.by)
        self._same_number(rows, shipped)
        loading.create(Economy, shipped, self.by, self.now)
        return loading.store(Economy, shipped, self.by, self.now)

    def _same_number(self, rows: Sequence[ShippedEconomy], shipped: Sequence[Shipped]) -> None:
        """An economy that a person entered under another code keeps its number; the shipped one goes without."""
        taken = dict(Economy.objects.filter(m49__isnull=False).values_list("m49", "code"))
        for row, one in zip(rows, shipped, strict=True):
            other = taken.get(row.m49 or 0)
            if other not in (None, row.code) and one.record is not None and not one.edited:
                one.columns["m49"] = None
                reason = f"the economy {other} of this site has this number, so {row.code} is loaded without it"
                self.loaded.rejections.append(Rejection("economies.json", row.place, "m49", str(row.m49), reason))
                self.loaded.counts["economies"].rejected += 1

    def _sources(self) -> Counts:
        rows = [*self.parcel.catalogue.sources, *(one.source for one in self.parcel.datasets.values())]
        if self.parcel.rates_source:
            rows.append(self.parcel.rates_source)
        shipped = [Shipped(key=(row.key,), columns=_columns(row, "place")) for row in rows]
        loading.match(Source, shipped, ("key",), self.by)
        self._same_address(shipped)
        loading.create(Source, shipped, self.by, self.now)
        counts = loading.store(Source, shipped, self.by, self.now)
        self.sources = {one.key[0]: one.record for one in shipped if one.record is not None}
        return counts

    def _same_address(self, shipped: Sequence[Shipped]) -> None:
        """A source that a person entered under another key is the shipped one, if its address is the same."""
        taken = dict(Source.objects.exclude(url="").values_list("url", "pk"))
        entered = Source.objects.in_bulk([taken[one.columns["url"]] for one in shipped if one.columns["url"] in taken])
        for one in shipped:
            other = entered.get(taken.get(one.columns["url"], 0))
            if other is not None and (one.record is None or one.record.pk != other.pk):
                one.record, one.new, one.edited = other, False, True

    def _rates(self) -> Counts:
        source = self.parcel.rates_source and self.sources.get(self.parcel.rates_source.key)
        if not source:
            return Counts()
        shipped = [
            Shipped(key=(row.currency, row.year), columns={**_columns(row, "place"), "source_id": source.pk})
            for row in self.parcel.rates
        ]
        loading.match(ExchangeRate, shipped, ("currency", "year"), self.by)
        loading.create(ExchangeRate, shipped, self.by, self.now)
        return loading.store(ExchangeRate, shipped, self.by, self.now)

    def _targets(self) -> Counts:
        rows = self.parcel.catalogue.targets
        apart = ("first", "second", "statements", "documents", "superseded_by", "relation", "publish", "place")
        shipped = [
            Shipped(
                key=(row.slug,),
                columns={
                    **_columns(row, *apart),
                    "sectors": list(row.sectors),
                    "pair_id": self.pairs[row.first, row.second],
                    "state": _state(row.publish),
                },
            )
            for row in rows
        ]
        loading.match(Target, shipped, ("slug",), self.by)
        loading.create(Target, shipped, self.by, self.now)
        self.targets = {one.key[0]: one.record for one in shipped if one.record is not None}
        self._link(rows, shipped)
        return loading.store(Target, shipped, self.by, self.now)

    def _link(self, rows: Sequence[ShippedTarget], shipped: Sequence[Shipped]) -> None:
        """Adds to each target what follows it, where that could be loaded and closes no circle."""
        after = dict(Target.objects.values_list("pk", "superseded_by_id"))
        for row, one in zip(rows, shipped, strict=True):
            if one.record is None:
                continue
            successor = self.targets.get(row.superseded_by)
            lost = row.superseded_by and successor is None
            if lost:
                why = "was rejected" if row.superseded_by in self.parcel.catalogue.lost else "was deleted here"
                self._no_link(row, f"the target that follows {why}, so the link to it is left out")
            elif successor is not None and not one.edited and one.record.pk in _way(successor.pk, after):
                self._no_link(row, "the links that people have set here would run in a circle with it")
            else:
                one.columns["superseded_by_id"] = successor.pk if successor else None
                one.columns["relation"] = row.relation or ""
                if not one.edited:
                    after[one.record.pk] = one.columns["superseded_by_id"]

    def _no_link(self, row: ShippedTarget, reason: str) -> None:
        self.loaded.rejections.append(Rejection("targets.json", row.place, "superseded_by", row.superseded_by, reason))
        self.loaded.counts["links"].rejected += 1

    def _statements(self) -> Counts:
        shipped = []
        deleted = 0
        for row in self.parcel.catalogue.targets:
            target = self.targets.get(row.slug)
            for said in row.statements:
                source = self.sources.get(said.source)
                if target is None or source is None:
                    deleted += 1  # a person took out the target or the source, and the statement with it
                    continue
                columns = {
                    **_columns(said, "sides", "source"),
                    "target_id": target.pk,
                    "source_id": source.pk,
                    "state": _state(row.publish),
                }
                key = (target.pk, source.pk, said.stated_on, said.speaker)
                shipped.append(Shipped(key, columns, {"sides": frozenset(said.sides)}))
        loading.match(Statement, shipped, ("target_id", "source_id", "stated_on", "speaker"), self.by)
        loading.create(Statement, shipped, self.by, self.now)
        counts = loading.store(Statement, shipped, self.by, self.now)
        counts.kept += deleted
        return counts

    def _documents(self) -> Counts:
        shipped: dict[tuple[Any, ...], Shipped] = {}
        deleted = 0
        for row in self.parcel.catalogue.targets:
            target = self.targets.get(row.slug)
            for paper in row.documents:
                source = self.sources.get(paper.source)
                if target is None or source is None:
                    deleted += 1
                    continue
                key = (target.pair_id, paper.kind, paper.title)
                columns = {**_columns(paper, "source"), "pair_id": target.pair_id, "source_id": source.pk}
                one = shipped.setdefault(
                    key, Shipped(key, columns | {"state": _state(row.publish)}, {"targets": frozenset()})
                )
                one.related["targets"] |= {target.pk}
                if row.publish:  # one published target is enough to show the document
                    one.columns["state"] = _state(True)
        found = list(shipped.values())
        loading.match(RoadmapDocument, found, ("pair_id", "kind", "title"), self.by)
        loading.create(RoadmapDocument, found, self.by, self.now)
        counts = loading.store(RoadmapDocument, found, self.by, self.now)
        counts.kept += deleted
        return counts

    def _figures(self, batches: Sequence[Batch], kind: ReleaseKind) -> Counts:
        """Records what people have neither replaced nor withdrawn; one release a source."""
        counts = Counts()
        sources = [batch.source.pk for batch in batches]
        current, mine = releases.current_figures_of(sources), self._own(sources)
        taken = []
        for batch in batches:
            rows = []
            for row in batch.rows:
                key = (batch.source.pk, *row.key)
                if self._is_kept(row, current.get(key), mine.get(key)):
                    counts.kept += 1
                else:
                    rows.append(row)
            if rows:
                taken.append(replace(batch, rows=rows))
        done = releases.record_releases(
            by=self.by,
            batches=taken,
            kind=kind,
            reason=loading.REASON,
            recorded_at=self.now,
            today=self.today,
            refresh=False,
        )
        for one in done:
            counts += Counts(new=one.new, changed=one.changed, unchanged=one.unchanged)
        return counts

    def _over(self, file: str, rows: Sequence[FigureRow]) -> list[FigureRow]:
        """The rows whose period is over; the others are rejected as too early."""
        taken = []
        for row in rows:
            wrong = unfinished(row, self.today)
            if wrong:
                self.early.append(Rejection(file, row.place, *wrong))
            else:
                taken.append(row)
        return taken

    def _own(self, sources: Sequence[int]) -> dict[tuple[Any, ...], TurnoverFigure]:
        """The figure that this account recorded last for each key, withdrawn ones too."""
        mine = TurnoverFigure.objects.filter(release__source__in=sources, release__recorded_by=self.by)
        return releases.by_source_and_key(mine)

    def _is_kept(self, row: FigureRow, current: TurnoverFigure | None, mine: TurnoverFigure | None) -> bool:
        if current is not None and releases.values_of(current) == row.values:
            return False
        if mine is not None and mine.release.withdrawn_at and releases.values_of(mine) == row.values:
            return True  # a person withdrew just this
        return current is not None and current.release.recorded_by_id != self.by.pk

    def _rejected(self) -> dict[str, int]:
        """Records not taken, by kind; one record may have several faults. Links are counted where they are made."""
        places: dict[str, set[str]] = {}
        for rejection in (*self.parcel.rejections, *self.early):
            places.setdefault(KIND_OF_FILE[rejection.file], set()).add(rejection.place)
        return {kind: len(found) for kind, found in places.items()}

    @staticmethod
    def _figures_only(written: Mapping[str, Any]) -> bool:
        return written.keys() <= {"figures", "trade figures", "exchange rates", "sources"}


def _columns(row: Any, *apart: str) -> dict[str, Any]:
    """The fields of a shipped row by name, save those that are no columns of the table."""
    return {name: getattr(row, name) for name in row.__dataclass_fields__ if name not in apart}


def _vintage(source: Source) -> date | None:
    """The day the source said it; None where only the month or year is known, which a day would make finer."""
    return source.published_on if source.published_on_precision is DatePrecision.DAY else None


def _state(publish: bool) -> ReviewState:
    return ReviewState.PUBLISHED if publish else ReviewState.DRAFT


def _way(start: int, after: Mapping[int, int | None]) -> set[int]:
    """All targets that follow this one, itself included."""
    seen: set[int] = set()
    here: int | None = start
    while here is not None and here not in seen:
        seen.add(here)
        here = after.get(here)
    return seen
