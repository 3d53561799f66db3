"""Judgements: targets assessed anew, stored where the outcome differs, each change of verdict noted with its cause."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import JSONField

from targets.actions import journal
from targets.models import AuditEvent, CountryPair, Judgement, Source, Target, VerdictChange
from targets.progress import Reading, Status
from targets.queries import assessed, current_figures, exchange_rates, series_for
from targets.queries.foreseen import as_if_recorded
from targets.queries.judging import READING_COLUMNS, lines_stored
from targets.queries.shapes import source_record, target_record
from targets.records import ChangeCause, FigureRecord, FigureRow, TargetRecord, TargetRow

_COMPARED = tuple(
    field.attname for field in Judgement._meta.concrete_fields if field.attname not in {"id", "assessed_on"}
)
_JSON = frozenset(field.attname for field in Judgement._meta.concrete_fields if isinstance(field, JSONField))
_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many targets were assessed, whose stored judgement changed at all, and whose verdict became another."""

    assessed: int
    changed: int
    verdicts: int


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A verdict that would become another; ``before`` is None for a target not judged yet."""

    target: TargetRecord
    before: Status | None
    after: Status


@transaction.atomic
def refresh(
    *,
    by: AbstractBaseUser,
    pairs: Collection[int] | None = None,
    today: date | None = None,
    cause: ChangeCause | None = None,
    event: AuditEvent | None = None,
) -> Refreshed:
    """What changed in the judgements of the targets of these pairs (ids; None: all), in every state of review.

    ``today`` is a UTC day, by default this one. Without a ``cause`` figures have changed: a verdict that moves with a
    later latest year has the new year as its cause, else the revision. ``event`` is the journal entry of the action
    that led here; without one the refresh writes its own, if it changes anything. Six queries and the writes; one
    where none of the pairs has a target, as nearly all of an import's have not.
    """
    day = today or datetime.now(UTC).date()
    targets = Target.objects.select_related("pair__first", "pair__second", "superseded_by").order_by("id")
    if pairs is not None:
        pairs = with_targets(pairs)
        if not pairs:
            return Refreshed(0, 0, 0)
        targets = targets.filter(pair__in=pairs)
    # Two refreshes at once would each find no judgement and store one: the later waits for the earlier one's rows.
    found = list(targets.select_for_update(of=("self",)))
    stored: defaultdict[int, list[Judgement]] = defaultdict(list)
    for judgement in Judgement.objects.filter(target__in=targets.order_by()):
        stored[judgement.target_id].append(judgement)
    gone: list[int] = []
    made: list[Judgement] = []
    changes: list[VerdictChange] = []
    for target, (row, dollars) in zip(found, _assessed(found, _figures(pairs), day), strict=True):
        fresh = judgements_of(row, dollars)
        old, new = _difference(stored[target.pk], fresh)
        gone += [judgement.pk for judgement in old]
        made += new
        change = _change(stored[target.pk], fresh, cause)
        if change:
            changes.append(change)
    done = Refreshed(len(found), len({judgement.target_id for judgement in made}), len(changes))
    if made or gone:
        event = event or journal.record(
            by=by, verb="refresh", counts={"changed": done.changed, "verdicts": done.verdicts}
        )
        for change in changes:
            change.event = event
        for start in range(0, len(gone), _ROWS_AT_ONCE):
            Judgement.objects.filter(pk__in=gone[start : start + _ROWS_AT_ONCE]).delete()
        Judgement.objects.bulk_create(made, batch_size=_ROWS_AT_ONCE)
        VerdictChange.objects.bulk_create(changes, batch_size=_ROWS_AT_ONCE)
    return done


def stale(*, today: date | None = None) -> list[str]:
    """Slugs of the targets whose stored judgement is not what the figures say on a UTC day. Six queries, no write."""
    targets = Target.objects.select_related("pair__first", "pair__second", "superseded_by").order_by("slug")
    found = list(targets)
    stored: defaultdict[int, list[Judgement]] = defaultdict(list)
    for judgement in Judgement.objects.order_by():
        stored[judgement.target_id].append(judgement)
    judged = _assessed(found, _figures(None), today or datetime.now(UTC).date())
    return [
        target.slug
        for target, (row, dollars) in zip(found, judged, strict=True)
        if any(_difference(stored[target.pk], judgements_of(row, dollars)))
    ]


def judgements_of(row: TargetRow, dollars: float | None) -> list[Judgement]:
    """The rows that store an assessment, not saved yet: the verdict with its lead's numbers, then the readings.

    ``dollars`` is the target's amount in US dollars, for sorting.
    """
    verdict, lead = row.assessment.verdict, row.assessment.lead
    target, day = row.target.id, row.assessment.today
    first = Judgement(target_id=target, is_verdict=True, assessed_on=day, amount_usd=dollars)
    if lead is not None:
        _copy(lead, first)
    first.by = verdict.lead or ""
    first.status = verdict.status
    first.reason = verdict.reason or ""
    first.flags = [flag.value for flag in verdict.flags]
    first.voters = list(verdict.voters)
    first.abstained = list(verdict.abstained)
    first.replaced = row.target.replaced
    first.rail = row.rail
    first.sparkline = lines_stored(row.sparklines)
    readings = []
    for reading in row.assessment.readings:
        judgement = Judgement(target_id=target, is_verdict=False, assessed_on=day)
        _copy(reading, judgement)
        readings.append(judgement)
    return [first, *readings]


def with_targets(pairs: Collection[int]) -> set[int]:
    """Those of the pairs (ids) that have targets, in any state of review. One query."""
    return set(Target.objects.order_by().values_list("pair", flat=True).distinct()).intersection(pairs)


def foreseen(
    *, said: Sequence[tuple[Source, Sequence[FigureRow]]], vintage: date | None = None, today: date | None = None
) -> list[Foreseen]:
    """The verdicts that would become another if these rows of each source were recorded today; nothing is written.

    By target, assessed as :func:`refresh` does, over the figures as they would stand. Six queries; one where none of
    the pairs has a target.
    """
    wanted = {(row.first, row.second) for _source, rows in said for row in rows}
    pairs = {
        pair.pk: (pair.first_id, pair.second_id)
        for pair in CountryPair.objects.filter(targets__isnull=False).distinct()
        if (pair.first_id, pair.second_id) in wanted
    }
    if not pairs:
        return []
    judged = set(pairs.values())
    targets = Target.objects.filter(pair__in=pairs).select_related("pair__first", "pair__second", "superseded_by")
    found = list(targets.order_by("slug"))
    stored = dict(Judgement.objects.filter(is_verdict=True, target__in=found).values_list("target", "status"))
    figures = _figures(pairs)
    for source, rows in said:
        mine = [row for row in rows if (row.first, row.second) in judged]
        figures = as_if_recorded(figures, mine, source_record(source), vintage)
    changes = []
    for row, _usd in _assessed(found, figures, today or datetime.now(UTC).date()):
        before, after = stored.get(row.target.id), row.assessment.verdict.status
        if before != after:
            changes.append(Foreseen(row.target, before, after))
    return changes


def _figures(pairs: Collection[int] | None) -> tuple[FigureRecord, ...]:
    slugs = None if pairs is None else list(CountryPair.objects.filter(pk__in=pairs).values_list("slug", flat=True))
    return current_figures(slugs)


def _assessed(
    targets: Sequence[Target], figures: Iterable[FigureRecord], today: date
) -> Iterator[tuple[TargetRow, float | None]]:
    """The assessment of each target, in order, and its amount in US dollars at the latest rate known."""
    by_pair: defaultdict[str, list[FigureRecord]] = defaultdict(list)
    for figure in figures:
        by_pair[figure.pair].append(figure)
    records = [target_record(target) for target in targets]
    rates = exchange_rates(
        (figure for part in by_pair.values() for figure in part), {record.currency for record in records}
    )
    latest = {rate.currency: float(rate.usd_per_unit) for rate in sorted(rates, key=lambda rate: rate.year)}
    for record in records:
        row = assessed(record, series_for(record, by_pair[record.pair.slug], rates, today), today)
        yield row, _dollars(record, row, latest)


def _dollars(target: TargetRecord, row: TargetRow, latest: dict[str, float]) -> float | None:
    lead = row.assessment.lead
    amount = float(target.amount) if target.amount is not None else lead.target_amount if lead else None
    price = 1.0 if target.currency in ("", "USD") else latest.get(target.currency)
    return None if amount is None or price is None else amount * price


def _copy(reading: Reading, judgement: Judgement) -> None:
    for name in READING_COLUMNS:
        setattr(judgement, name, getattr(reading, name))
    judgement.reason = reading.reason or ""
    judgement.flags = [flag.value for flag in reading.flags]
    judgement.measures = [measure.value for measure in reading.measures]


def _difference(stored: list[Judgement], fresh: list[Judgement]) -> tuple[list[Judgement], list[Judgement]]:
    """What is stored and must go, and what must be stored in its place; a row that says the same stays."""
    before = {_values(judgement): judgement for judgement in stored}
    after = {_values(judgement): judgement for judgement in fresh}
    return (
        [judgement for values, judgement in before.items() if values not in after],
        [judgement for values, judgement in after.items() if values not in before],
    )


def _values(judgement: Judgement) -> str:
    """All that a stored judgement says, save the day on which it was first so.

    Databases give JSON back as they please: keys in another order, 1e16 as a whole number, a tuple as a list.
    """
    told = [getattr(judgement, name) for name in _COMPARED]
    return repr([_plain(value) if name in _JSON else value for name, value in zip(_COMPARED, told, strict=True)])


def _plain(value: object) -> str:
    return json.dumps(json.loads(json.dumps(value), parse_int=float), sort_keys=True) if value else ""


def _change(stored: list[Judgement], fresh: list[Judgement], cause: ChangeCause | None) -> VerdictChange | None:
    """The change of verdict, without its event; None when the status is what it was."""
    after = fresh[0]
    before = next((judgement for judgement in stored if judgement.is_verdict), None)
    if before is None:
        cause = ChangeCause.FIRST
    elif before.status == after.status:
        return None
    elif cause is None:
        newer = _latest(fresh) > _latest(stored)
        cause = ChangeCause.NEW_YEAR if newer else ChangeCause.REVISION
    return VerdictChange(
        target_id=after.target_id, from_status=before.status if before else "", to_status=after.status, cause=cause
    )


def _latest(judgements: list[Judgement]) -> int:
    return max((judgement.latest_year or 0 for judgement in judgements), default=0)
