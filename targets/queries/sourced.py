"""A whole list of targets, however long, with the sources of what their readings say: for a table to take away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from targets.models import Judgement, Source, Target, TurnoverFigure
from targets.progress import Reading
from targets.queries import lines
from targets.queries.economies import economy_records
from targets.queries.figures import standing
from targets.queries.judging import READING_COLUMNS, in_order
from targets.queries.shapes import SOURCE_COLUMNS, source_record_of, target_record
from targets.records import (
    PairRecord,
    ReviewState,
    SourcedReading,
    SourcedTarget,
    SourceRecord,
    TargetFilter,
    TargetRecord,
)

_FEW = 500
"""So many are asked for by their numbers; of more all that are published are read, which is no slower."""

_AT_ONCE = 2_000


def sourced_targets(asked: TargetFilter) -> tuple[SourcedTarget, ...]:
    """Every published target that passes the filter, in the order of ``target_list``, all its pages.

    Four or five SQL queries beside those of ``lines.matching``, however many they are.
    """
    found, _left_out = lines.matching(asked)
    wanted = {line.target for line in found}
    if not wanted:
        return ()
    targets = _targets(wanted)
    verdicts, readings = _judged(wanted)
    sources = _sources({one.latest_figure for part in readings.values() for one in part})
    closed = _closed(wanted)
    return tuple(
        SourcedTarget(
            target=targets[number],
            status=verdicts[number].status,
            lead=verdicts[number].by,
            readings=tuple(
                SourcedReading(
                    one, sources.get(one.latest_figure), closed=(targets[number].pair.slug, one.by) in closed
                )
                for one in readings.get(number, ())
            ),
        )
        for number in (line.target for line in found)
        # What is published no more since the lines were read is left out.
        if number in targets and number in verdicts
    )


def _targets(wanted: Collection[int]) -> dict[int, TargetRecord]:
    """The records of these published targets. One SQL query: names of economies are remembered."""
    economies = economy_records()
    pairs: dict[str, PairRecord] = {}
    found = {}
    few = Q(pk__in=wanted) if len(wanted) <= _FEW else Q()
    stored = Target.objects.filter(few, state=ReviewState.PUBLISHED).select_related("pair", "superseded_by").order_by()
    for target in stored.iterator(chunk_size=_AT_ONCE):
        if target.pk not in wanted:
            continue
        own = target.pair
        pair = pairs.get(own.slug)
        if pair is None:
            pair = pairs[own.slug] = PairRecord(own.slug, economies[own.first_id], economies[own.second_id])
        found[target.pk] = target_record(target, pair)
    return found


def _judged(wanted: Collection[int]) -> tuple[dict[int, Reading], dict[int, list[Reading]]]:
    """The verdicts, as their lead reading, and the readings of these targets, in the order of pages. One SQL query."""
    verdicts: dict[int, Reading] = {}
    readings: defaultdict[int, list[Reading]] = defaultdict(list)
    few = Q(target__in=wanted) if len(wanted) <= _FEW else Q(target__state=ReviewState.PUBLISHED)
    stored = Judgement.objects.filter(few).order_by().values_list("target_id", "is_verdict", *READING_COLUMNS)
    for number, verdict, *told in stored.iterator(chunk_size=_AT_ONCE):
        if number not in wanted:
            continue
        reading = Reading(**dict(zip(READING_COLUMNS, told, strict=True)))
        if verdict:
            verdicts[number] = reading
        else:
            readings[number].append(reading)
    return verdicts, {number: in_order(part) for number, part in readings.items()}


def _sources(figures: Collection[int | str | None]) -> dict[int | str | None, SourceRecord]:
    """The sources of the figures of these numbers. One SQL query."""
    of_source = [f"release__source__{name}" for name in SOURCE_COLUMNS]
    told = Judgement.objects.filter(target__state=ReviewState.PUBLISHED, latest_figure__isnull=False)
    few = [figure for figure in figures if figure is not None]
    stored = TurnoverFigure.objects.filter(
        pk__in=few if len(few) <= _FEW else told.order_by().values("latest_figure")
    ).order_by()
    sources: dict[int, SourceRecord] = {}
    found: dict[int | str | None, SourceRecord] = {}
    for figure, number, *row in stored.values_list("pk", "release__source_id", *of_source).iterator(
        chunk_size=_AT_ONCE
    ):
        source = sources.get(number)
        if source is None:
            source = sources[number] = source_record_of(row)
        found[figure] = source
    return found


def _closed(wanted: Collection[int]) -> set[tuple[str, str]]:
    """The pairs (slugs) of these targets, each with whose figures of it may in part not be passed on.

    Two SQL queries; one where everything may be passed on, which spares a look at all figures.
    """
    sources = list(Source.objects.filter(shareable=False).values_list("pk", flat=True))
    if not sources:
        return set()
    few = Q(pk__in=wanted) if len(wanted) <= _FEW else Q(state=ReviewState.PUBLISHED)
    kept = standing().filter(release__source__in=sources, pair__in=Target.objects.filter(few).values("pair"))
    whose = kept.order_by().values_list("pair__slug", "reporter_id", "compiler").distinct()
    return {(pair, reporter or compiler) for pair, reporter, compiler in whose}
