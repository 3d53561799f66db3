"""What is known of a pair before figures are entered, and what the new ones would do: doubts, changes, verdicts.

One read, :func:`entry_basis`; everything else here is arithmetic over it and stores nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from targets import progress
from targets.models import CountryPair, Target
from targets.progress import Doubt, Flows, Measure
from targets.queries.figures import current_figures, exchange_rates
from targets.queries.foreseen import as_if_recorded
from targets.queries.judging import assessed, series_for
from targets.queries.shapes import pair_record, target_record
from targets.records import (
    FigureRecord,
    FigureRow,
    PairRecord,
    RatePoint,
    SourceRecord,
    TargetPage,
    TargetRecord,
    TargetRow,
)

ALIKE = (Measure.GOODS_TURNOVER, Measure.UNSPECIFIED_TURNOVER)
"""Measures that are compared with each other: trade not said of what is goods as a rule."""


@dataclass(frozen=True, slots=True)
class EntryBasis:
    """The pair with its current figures, the rates for them, and its targets in any state, newest statement first."""

    pair: PairRecord
    figures: tuple[FigureRecord, ...]
    rates: tuple[RatePoint, ...]
    targets: tuple[TargetRecord, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The rows of a source beside what it says now; a changed one with what stands."""

    new: tuple[FigureRow, ...]
    changed: tuple[tuple[FigureRow, FigureRecord], ...]
    unchanged: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """How a target stands, how it would with the new figures, and its page as it would then be."""

    before: TargetRow
    after: TargetRow
    page: TargetPage


def entry_basis(pair: CountryPair, currencies: Iterable[str] = ()) -> EntryBasis:
    """All that is known of the pair; ``currencies`` are those of the new figures. At most three SQL queries."""
    figures = current_figures([pair.slug])
    stored = Target.objects.filter(pair=pair).select_related("superseded_by")
    record = pair_record(pair)
    targets = [target_record(target, record) for target in stored]
    rates = exchange_rates(figures, {*currencies, *(target.currency for target in targets)})
    newest_first = sorted(
        targets, key=lambda one: (one.replaced, -(one.first_stated.on or date.min).toordinal(), one.id)
    )
    return EntryBasis(record, figures, rates, tuple(newest_first))


def known_figures(
    basis: EntryBasis, like: FigureRow, source: str = "", *, mirror: bool = False
) -> dict[int | None, FigureRecord]:
    """By year the figure that stands for it among those comparable with a row: the source's own, else the best known.

    With ``mirror`` the other side's. No SQL query.
    """
    by = _partner(like) if mirror else like.reporter or like.compiler
    found: dict[int | None, FigureRecord] = {}
    for figure in basis.figures:
        span = (figure.from_month, figure.through_month, figure.fiscal)
        if figure.by != by or span != (like.from_month, like.through_month, like.fiscal):
            continue
        if not _comparable(figure.measure, like.measure):
            continue
        before = found.get(figure.year)
        if before is None or (figure.source.key == source and before.source.key != source):
            found[figure.year] = figure
    return found


def doubts(basis: EntryBasis | None, rows: Sequence[FigureRow], source: str = "") -> tuple[Doubt, ...]:
    """What speaks against the rows, which are of one reporter or compiler, measure, currency and calendar.

    ``source`` is the key of theirs; without a basis they are compared with each other only. Amounts in other currencies
    are compared by the rates of their years. No SQL query.
    """
    if not rows:
        return ()
    like = rows[0]
    prices = {(rate.currency, rate.year): rate.usd_per_unit for rate in (basis.rates if basis else ())}
    entered = {row.year for row in rows}
    own, mirror = [], []
    for figure in basis.figures if basis else ():
        flows = flows_of(figure, like.currency, prices)
        if flows is None or not _comparable(figure.measure, like.measure):
            continue
        if figure.by == (like.reporter or like.compiler):
            # What a rate made of a figure is not what another source said of the year.
            if figure.fiscal == like.fiscal and (figure.currency == like.currency or figure.year not in entered):
                own.append(flows)
        elif figure.by == _partner(like):
            mirror.append(flows)
        elif not like.reporter and figure.reporter and not like.measure.one_way:
            # A compiler's flows are nobody's exports: only the size can be compared.
            mirror.append(replace(flows, exports=None, imports=None, turnover=flows.amount("turnover")))
    return progress.doubts([_flows_of_row(row, source) for row in rows], own, mirror)


def changes(basis: EntryBasis, rows: Sequence[FigureRow], source: str) -> Changes:
    """The rows beside the current figures of their source (key). No SQL query."""
    known = {_key(figure): figure for figure in basis.figures if figure.source.key == source}
    new, changed, unchanged = [], [], []
    for row in rows:
        figure = known.get(_key(row))
        if figure is None:
            new.append(row)
        elif _says(row) != _says(figure):
            changed.append((row, figure))
        else:
            unchanged.append(row)
    return Changes(tuple(new), tuple(changed), tuple(unchanged))


def expected(
    basis: EntryBasis, rows: Sequence[FigureRow], source: SourceRecord, today: date, vintage: date | None = None
) -> tuple[Expected, ...]:
    """The pair's targets as they stand and as they would with these rows of the source. No SQL query."""
    figures = as_if_recorded(basis.figures, rows, source, vintage)
    rows_before = [assessed(one, series_for(one, basis.figures, basis.rates, today), today) for one in basis.targets]
    series = [series_for(one, figures, basis.rates, today) for one in basis.targets]
    rows_after = [assessed(one, own, today) for one, own in zip(basis.targets, series, strict=True)]
    return tuple(
        Expected(before, after, _page(basis, after, own, rows_after, figures))
        for before, after, own in zip(rows_before, rows_after, series, strict=True)
    )


def flows_of(figure: FigureRecord, currency: str, prices: Mapping[tuple[str, int], Decimal]) -> Flows | None:
    """The figure's trade in that currency; None without a rate for its year."""
    price = Decimal(1)
    if figure.currency != currency:
        rates = [
            Decimal(1) if one == "USD" else prices.get((one, figure.year or 0)) for one in (figure.currency, currency)
        ]
        if not all(rates):
            return None
        price = rates[0] / rates[1]  # type: ignore[operator]  # both are there
    amounts = (figure.exports, figure.imports, figure.stated_turnover)
    return Flows(
        figure.year,
        *(None if amount is None else amount * price for amount in amounts),
        figure.from_month,
        figure.through_month,
        figure.source.key,
    )


def _flows_of_row(row: FigureRow, source: str) -> Flows:
    return Flows(row.year, row.exports, row.imports, row.turnover, row.from_month, row.through_month, source)


def _comparable(one: Measure, other: Measure) -> bool:
    return one is other or (one in ALIKE and other in ALIKE)


def _partner(row: FigureRow) -> str:
    """The other side of a reporter; empty for a compiler."""
    return "" if not row.reporter else row.second if row.reporter == row.first else row.first


def _key(one: FigureRow | FigureRecord) -> tuple[object, ...]:
    return (
        one.reporter,
        one.compiler,
        one.year,
        one.from_month,
        one.through_month,
        one.fiscal,
        one.measure,
        one.currency,
    )


def _says(one: FigureRow | FigureRecord) -> tuple[object, ...]:
    total = one.turnover if isinstance(one, FigureRow) else one.stated_turnover
    return (one.exports, one.imports, total, one.valuation, one.standing, one.approximate, one.note)


def _page(
    basis: EntryBasis,
    row: TargetRow,
    series: tuple[progress.Series, ...],
    rows: Sequence[TargetRow],
    figures: tuple[FigureRecord, ...],
) -> TargetPage:
    """What a chart of the target needs; statements and documents are none of its business."""
    leading = {row.target.slug}
    while more := {one.slug for one in basis.targets if one.successor in leading} - leading:
        leading |= more
    earlier = [one for one in reversed(basis.targets) if one.slug in leading and one.slug != row.target.slug]
    return TargetPage(
        target=row.target,
        assessment=row.assessment,
        figures=figures,
        statements=(),
        documents=(),
        earlier=tuple(earlier),
        later=next((one for one in basis.targets if one.slug == row.target.successor), None),
        siblings=tuple(one for one in rows if one.target.id != row.target.id),
        rates=basis.rates,
        as_of=None,
        data_version=0,
        through=None,
        series=series,
    )
