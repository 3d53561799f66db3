"""What changed lately: verdicts, new and restated targets, figures that say something else than before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce, Greatest, JSONObject

from targets.models import AuditEvent, Release, Target, TurnoverFigure, VerdictChange
from targets.queries.journal import remembered
from targets.queries.judging import TARGET_OF
from targets.queries.shapes import target_record
from targets.records import (
    ChangeCause,
    ChangeKind,
    ChangeList,
    ChangeRecord,
    EconomyKind,
    EconomyRecord,
    PairRecord,
    ReleaseKind,
    ReviewState,
)

ROWS_A_PAGE = 40

PAGES = 100
"""So far back can be turned; beyond it a kind or an economy narrows what is looked for."""


_NAMES = tuple(field.name for field in fields(EconomyRecord))


def change_list(kind: ChangeKind | None = None, economy: str = "", page: int = 1) -> ChangeList | None:
    """A page of what readers could see change, the newest first; None beyond the last.

    At most three SQL queries, and none again while the data are the same. Of one kind and one economy's (its code)
    where asked for. Verdicts a target had before it was published, and the one it was published with, are no changes.
    """
    if not 1 <= page <= PAGES:
        return None
    return remembered(("changes", kind, economy, page), lambda: _list(kind, economy, page))


def _list(kind: ChangeKind | None, economy: str, page: int) -> ChangeList | None:
    wanted = page * ROWS_A_PAGE + 1
    found: list[ChangeRecord] = []
    if kind in (None, ChangeKind.VERDICT):
        found += _verdicts(economy, wanted)
    if kind in (None, ChangeKind.TARGET, ChangeKind.RESTATED):
        found += _targets(economy, kind, wanted)
    if kind in (None, ChangeKind.FIGURES):
        found += _figures(economy, wanted)
    # Sorting is stable, so each kind's own order stays where moments are the same.
    found.sort(key=lambda change: change.at, reverse=True)
    rows = found[wanted - 1 - ROWS_A_PAGE : wanted - 1]
    if not rows and page > 1:
        return None
    return ChangeList(tuple(rows), page, older=len(found) >= wanted and page < PAGES)


def _of(economy: str, path: str) -> Q:
    return Q((f"{path}first", economy)) | Q((f"{path}second", economy))


def _verdicts(economy: str, wanted: int) -> list[ChangeRecord]:
    """Verdicts that became others while readers could see them. One SQL query."""
    found = (
        VerdictChange.objects.filter(
            # What was merged into the target was kept only as far as readers saw it.
            Q(changed_at__gt=F("target__published_at")) | ~Q(merged_from=""),
            target__state=ReviewState.PUBLISHED,
        )
        .exclude(cause=ChangeCause.FIRST)
        .select_related(*TARGET_OF)
        .order_by("-changed_at", "-id")
    )
    if economy:
        found = found.filter(_of(economy, "target__pair__"))
    return [
        ChangeRecord(
            ChangeKind.VERDICT,
            change.changed_at,
            target=target_record(change.target),
            before=change.from_status or None,
            after=change.to_status,
            cause=change.cause,
            merged_from=change.merged_from,
        )
        for change in found[:wanted]
    ]


def _targets(economy: str, kind: ChangeKind | None, wanted: int) -> list[ChangeRecord]:
    """Targets that were published, and those of which a later version was. One SQL query.

    A target appears by the later of the two moments, so that as many targets as changes are wanted hold them all.
    """
    restated = Greatest("published_at", "superseded_by__published_at")
    moment = {
        # SQLite's greatest of something and nothing is nothing.
        None: Coalesce(restated, "published_at"),
        ChangeKind.TARGET: F("published_at"),
        ChangeKind.RESTATED: restated,
    }[kind]
    found = Target.objects.filter(state=ReviewState.PUBLISHED).annotate(moment=moment)
    if kind is ChangeKind.RESTATED:
        found = found.filter(superseded_by__state=ReviewState.PUBLISHED)
    if economy:
        found = found.filter(_of(economy, "pair__"))
    order = ("-moment", F("first_stated_on").desc(nulls_last=True), "slug")
    # Sorted by their numbers first: all targets are, and few of their wide rows are shown.
    newest = Target.objects.filter(pk__in=found.order_by(*order).values("pk")[:wanted])
    shown = newest.annotate(restated_at=restated, moment=moment).order_by(*order)
    targets = shown.select_related("pair__first", "pair__second", "superseded_by__superseded_by")
    return [change for target in targets for change in _of_target(target) if kind in (None, change.kind)]


def _of_target(target: Target) -> Iterator[ChangeRecord]:
    record = target_record(target)
    if target.published_at is not None:
        yield ChangeRecord(ChangeKind.TARGET, target.published_at, target=record)
    if record.relation and target.superseded_by is not None:
        yield ChangeRecord(
            ChangeKind.RESTATED,
            target.restated_at,  # type: ignore[attr-defined]
            target=record,
            relation=record.relation,
            successor=target_record(target.superseded_by, record.pair),
        )


def _figures(economy: str, wanted: int) -> list[ChangeRecord]:
    """Releases that say something else than their source said before, and those taken back. One SQL query."""
    own = TurnoverFigure.objects.filter(release=OuterRef("pk")).order_by("id")
    shown = own.filter(_of(economy, "pair__")) if economy else own
    journal = AuditEvent.objects.filter(
        object_kind="release", object_key=Cast(OuterRef("pk"), CharField()), verb="record"
    ).order_by("id")
    named = JSONObject(
        slug=F("pair__slug"),
        **{f"{side}_{name}": F(f"pair__{side}__{name}") for side in ("first", "second") for name in _NAMES},
    )
    order = (Coalesce("withdrawn_at", "recorded_at").desc(), "-id")
    found = Release.objects.filter(
        Q(kind__in=(ReleaseKind.CORRECTION, ReleaseKind.REVISION))
        | Q(withdrawn_at__isnull=False)
        | Exists(journal.filter(counts__changed__gt=0))
    )
    if economy:
        found = found.filter(Exists(shown))
    # What is told of each is asked for those shown alone.
    newest = (
        Release.objects.filter(pk__in=found.order_by(*order).values("pk")[:wanted])
        .annotate(
            counts=Subquery(journal.values("counts")[:1]),
            one_pair=Subquery(shown.values("pair")[:1]),
            named=Subquery(shown.annotate(named=named).values("named")[:1]),
            others=Exists(own.exclude(pair=OuterRef("one_pair"))),
        )
        .select_related("source")
        .order_by(*order)
    )
    return [change for release in newest for change in _of_release(release)]


def _of_release(release: Release) -> Iterator[ChangeRecord]:
    counts, names = release.counts or {}, release.named  # type: ignore[attr-defined]
    if names is None:
        return
    sides = (_economy({name: names[f"{side}_{name}"] for name in _NAMES}) for side in ("first", "second"))
    told: dict[str, Any] = {
        "publisher": release.source.publisher,
        "pair": PairRecord(names["slug"], *sides),
        "others": release.others,  # type: ignore[attr-defined]
    }
    if release.withdrawn_at is not None:
        number = sum(counts.get(name, 0) for name in ("new", "changed"))
        yield ChangeRecord(ChangeKind.FIGURES, release.withdrawn_at, **told, figures=number, withdrawn=True)
    if release.kind in (ReleaseKind.CORRECTION, ReleaseKind.REVISION) or counts.get("changed"):
        ours = release.kind is ReleaseKind.CORRECTION
        yield ChangeRecord(ChangeKind.FIGURES, release.recorded_at, **told, figures=counts.get("changed", 0), ours=ours)


def _economy(names: dict[str, Any]) -> EconomyRecord:
    return EconomyRecord(**names | {"kind": EconomyKind(names["kind"])})
