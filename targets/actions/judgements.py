"""Judgements: targets assessed anew, stored where the outcome differs, each change of verdict noted with its cause."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from operator import attrgetter

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from targets.actions import journal, reaches
from targets.actions.collector import uncollected
from targets.actions.judgement_rows import Row, difference, rows_of, stored_rows, write
from targets.models import AuditEvent, CountryPair, Judgement, Source, Target, VerdictChange
from targets.progress import Status
from targets.queries import assessed, current_figures, exchange_rates
from targets.queries.foreseen import as_if_recorded
from targets.queries.judging import Voices, dollars_of, judged_voices, prices, series_maker, voices
from targets.queries.shapes import pair_record, source_record, target_record
from targets.records import ChangeCause, FigureRow, TargetRecord, TargetRow

_TARGETS_AT_ONCE = 1000
_CHANGES_AT_ONCE = 500


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


@uncollected()
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
    that led here; without one the refresh writes its own, if it changes anything. How far the sides' own figures of
    the pairs reach is kept with it. Seven queries for up to a thousand targets, six for each further thousand, and
    the writes; one where none of the pairs has a target, as nearly all of an import's have not.
    """
    day = today or datetime.now(UTC).date()
    targets = Target.objects.select_related("superseded_by").order_by("id")
    if pairs is not None:
        pairs = with_targets(pairs)
        if not pairs:
            return Refreshed(0, 0, 0)
        targets = targets.filter(pair__in=pairs)
    # Two refreshes at once would each find no judgement and store one: the later waits for the earlier one's rows.
    found = list(targets.select_for_update(of=("self",)))
    gone: list[int] = []
    made: list[Row] = []
    changes: list[VerdictChange] = []
    reach = False
    for part, spoken in _parts(found):
        for stored, fresh in _judged(part, spoken, day):
            old, new = difference(stored, fresh)
            gone += old
            made += new
            change = _change([row for _number, row in stored], fresh, cause)
            if change:
                changes.append(change)
        reach = reaches.refresh(spoken, day) or reach
    done = Refreshed(len(found), len({row["target_id"] for row in made}), len(changes))
    if made or gone or reach:
        event = event or journal.record(
            by=by, verb="refresh", counts={"changed": done.changed, "verdicts": done.verdicts}
        )
        for change in changes:
            change.event = event
        write(gone, made, day)
        VerdictChange.objects.bulk_create(changes, batch_size=_CHANGES_AT_ONCE)
    return done


@uncollected()
def stale(*, today: date | None = None) -> list[str]:
    """Slugs of the targets of which, or of whose pair, is kept something else than the figures say on a UTC day.

    No write, and as many queries as :func:`refresh` asks.
    """
    day = today or datetime.now(UTC).date()
    targets = list(Target.objects.select_related("superseded_by").order_by("id"))
    drifted: set[str] = set()
    for part, spoken in _parts(targets):
        judged = _judged(part, spoken, day)
        moved = {fresh[0]["target_id"] for stored, fresh in judged if any(difference(stored, fresh))}
        pairs = reaches.stale(spoken, day)
        drifted |= {target.slug for target in part if target.pk in moved or target.pair_id in pairs}
    return sorted(drifted)


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
        pair.slug: pair
        for pair in CountryPair.objects.filter(targets__isnull=False).distinct()
        if (pair.first_id, pair.second_id) in wanted
    }
    if not pairs:
        return []
    found = list(Target.objects.filter(pair__in=pairs.values()).select_related("superseded_by").order_by("slug"))
    stored = dict(Judgement.objects.filter(is_verdict=True, target__in=found).values_list("target", "status"))
    judged = {(pair.first_id, pair.second_id) for pair in pairs.values()}
    figures = current_figures(pairs)
    for source, rows in said:
        mine = [row for row in rows if (row.first, row.second) in judged]
        figures = as_if_recorded(figures, mine, source_record(source), vintage)
    spoken = {pairs[slug].pk: voices(part) for slug, part in groupby(figures, attrgetter("pair"))}
    changes = []
    for row, _usd in _assessed(found, spoken, today or datetime.now(UTC).date()):
        before, after = stored.get(row.target.id), row.assessment.verdict.status
        if before != after:
            changes.append(Foreseen(row.target, before, after))
    return changes


def _parts(targets: Sequence[Target]) -> Iterator[tuple[list[Target], dict[int, Voices]]]:
    """The targets in parts, those of a pair one after the other, and the figures of their pairs (ids). A query each."""
    # In parts, so that the figures of a few pairs are in memory and not those of all.
    in_order = sorted(targets, key=attrgetter("pair_id"))
    for start in range(0, len(in_order), _TARGETS_AT_ONCE):
        part = in_order[start : start + _TARGETS_AT_ONCE]
        yield part, judged_voices({target.pair_id for target in part})


def _judged(
    targets: Sequence[Target], spoken: Mapping[int, Voices], today: date
) -> Iterator[tuple[list[tuple[int, Row]], list[Row]]]:
    """What is stored for each target, and what would be on a UTC day. Three queries."""
    stored = stored_rows([target.pk for target in targets])
    for row, dollars in _assessed(targets, spoken, today):
        yield stored.get(row.target.id, []), rows_of(row, dollars)


def _assessed(
    targets: Sequence[Target], spoken: Mapping[int, Voices], today: date
) -> Iterator[tuple[TargetRow, float | None]]:
    """The assessment of each target, in order, and its amount in US dollars at the latest rate known.

    ``spoken`` are the figures by the id of their pair. Two queries.
    """
    pairs = CountryPair.objects.select_related("first", "second").in_bulk({target.pair_id for target in targets})
    known = {number: pair_record(pair) for number, pair in pairs.items()}
    records = [(target.pair_id, target_record(target, known[target.pair_id])) for target in targets]
    figures = (figure for by_name in spoken.values() for part in by_name.values() for figure in part)
    rates = exchange_rates(figures, {record.currency for _pair, record in records})
    at_rates = prices(rates)
    latest = {currency: price for (currency, _year), price in sorted(at_rates.items())}
    series = {pair: series_maker(spoken.get(pair, {}), at_rates, today) for pair in known}
    for pair, record in records:
        row = assessed(record, series[pair](record.terms()), today)
        yield row, dollars_of(row, latest)


def _change(stored: Sequence[Row], fresh: Sequence[Row], cause: ChangeCause | None) -> VerdictChange | None:
    """The change of verdict, without its event; None when the status is what it was."""
    after = fresh[0]
    before = next((row for row in stored if row["is_verdict"]), None)
    if before is None:
        cause = ChangeCause.FIRST
    elif before["status"] == after["status"]:
        return None
    elif cause is None:
        newer = _latest(fresh) > _latest(stored)
        cause = ChangeCause.NEW_YEAR if newer else ChangeCause.REVISION
    return VerdictChange(
        target_id=after["target_id"],
        from_status=before["status"] if before else "",
        to_status=after["status"],
        cause=cause,
    )


def _latest(rows: Sequence[Row]) -> int:
    return max((row["latest_year"] or 0 for row in rows), default=0)
