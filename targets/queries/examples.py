"""Examples for the page about the method: for each rule a published target that shows it at present."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from targets import progress
from targets.progress import Assessment, Flows, MirrorYear, Reading
from targets.progress.series import SERVING, last_full_year
from targets.queries import lines
from targets.queries.entering import flows_of
from targets.queries.figures import current_figures, exchange_rates
from targets.queries.journal import remembered
from targets.queries.judging import prices, series_maker, voices
from targets.queries.lines import Line
from targets.queries.sides import reworded
from targets.records import (
    OF_A_READING,
    OF_A_VERDICT,
    Case,
    Example,
    FigureRecord,
    MethodPage,
    RatePoint,
    ServedFigure,
    ShownDoubt,
    TargetRecord,
    TargetRow,
    WidestGap,
)

MOST = 500
"""Targets among which examples are looked for."""

_Choice = tuple[TargetRecord, str]
"""A target and whose reading of it shows a rule; nobody's where the verdict does."""


def method_page(*, today: date) -> MethodPage:
    """What the page about the method shows of the data, judged on a UTC day; made once for each version of them.

    Of several targets that show a rule it is the one of the largest amount in dollars; those whose latest figure is
    approximate or converted come last. Looked for among the five hundred largest amounts. At most five SQL queries.
    """
    return remembered(("method", today), lambda: _page(today))


def _page(today: date) -> MethodPage:
    (rows,) = lines.rows_of(_largest())
    chosen, gap = _chosen(rows)
    slugs = sorted({target.pair.slug for target, _by in chosen.values()})
    by_pair: defaultdict[str, list[FigureRecord]] = defaultdict(list)
    for figure in current_figures(slugs):
        by_pair[figure.pair].append(figure)
    known = [figure for figures in by_pair.values() for figure in figures]
    rates = exchange_rates(known, {target.currency for target, _by in chosen.values()})
    examples = {
        rule: example
        for rule, (target, by) in chosen.items()
        if (example := _example(rule, target, by, by_pair[target.pair.slug], rates, today))
    }
    weathers = {
        f"weather-{example.opinion.weather}": example
        for example in reversed([*examples.values()])
        if example.by and example.opinion
    }
    return MethodPage(
        examples={**examples, **weathers},
        served=_served(examples.values()),
        shown=_not_counted(examples.values(), today),
        doubts=_doubts(examples.values(), rates),
        gap=gap,
        among=MOST if len(rows) == MOST else None,
    )


def _chosen(rows: Iterable[TargetRow]) -> tuple[dict[str, _Choice], WidestGap | None]:
    """For each rule the target that shows it best, by what is stored; and the widest gap between two sides."""
    best: dict[str, _Choice] = {}
    less: dict[str, _Choice] = {}
    gap: WidestGap | None = None
    for row in rows:
        case = Case(row.target, row.assessment)
        lead = row.assessment.lead
        for rule in [rule for rule in OF_A_VERDICT if rule not in best]:
            if OF_A_VERDICT[rule](case):
                (best if lead is None or _exact(lead) else less).setdefault(rule, (row.target, ""))
        for reading in () if row.target.replaced else row.assessment.readings:
            case = Case(row.target, row.assessment, reading)
            for rule in [rule for rule in OF_A_READING if rule not in best]:
                if OF_A_READING[rule](case):
                    (best if _exact(reading) else less).setdefault(rule, (row.target, reading.by))
        gap = max(filter(None, (gap, _gap(row))), key=_width, default=None)
    return {**less, **best}, gap


def _largest() -> list[Line]:
    """The published targets with the largest amounts, those first, as many as a reader may wait for."""
    return sorted(lines.lines(), key=lambda line: (line.dollars is None, -(line.dollars or 0.0)))[:MOST]


def _exact(reading: Reading) -> bool:
    return not (reading.latest_approximate or reading.converted)


def _gap(row: TargetRow) -> WidestGap | None:
    sides = [one for one in row.assessment.readings if one.reporter and not one.fiscal and _exact(one)]
    amounts = [one.latest_amount for one in sides if one.latest_amount]
    if len(amounts) != 2 or sides[0].latest_year != sides[1].latest_year or row.target.measure.one_way:
        return None
    year = MirrorYear(sides[0].latest_year or 0, *amounts)
    return WidestGap(row.target.pair, year, row.target.currency or "USD")


def _width(gap: WidestGap) -> float:
    return abs(gap.year.mirror_gap_share or 0.0)


def _example(
    rule: str,
    target: TargetRecord,
    by: str,
    figures: Sequence[FigureRecord],
    rates: Sequence[RatePoint],
    today: date,
) -> Example | None:
    """The target judged anew by its figures; None where it does not show the rule any more."""
    series_of = series_maker(voices(figures), prices(rates), today)
    series = series_of(target.terms())
    assessment = progress.assess(target.terms(), series, today)
    if not _shows(rule, target, assessment, by):
        return None
    other = reworded(target, series_of, today) if rule.startswith(("ambiguity-", "wording-")) else ()
    return Example(target, assessment, by, series, tuple(figures), tuple(rates), other)


def _shows(rule: str, target: TargetRecord, assessment: Assessment, by: str) -> bool:
    if not by:
        return OF_A_VERDICT[rule](Case(target, assessment))
    reading = assessment.reading(by)
    return reading is not None and OF_A_READING[rule](Case(target, assessment, reading))


def _served(examples: Iterable[Example]) -> dict[str, ServedFigure]:
    """For each rank of a source a figure of that rank that served, best one with others of its year beside it.

    ``sum`` is a figure whose two flows were added although it states a total too, ``flows`` one with both flows.
    """
    found: dict[str, ServedFigure] = {}
    beside: dict[str, ServedFigure] = {}
    for example in examples:
        if example.target.measure.one_way:
            continue
        by_id = {figure.id: figure for figure in example.figures}
        for one in example.series:
            for point in reversed(one.points):
                figure = by_id[int(point.key)]
                rank = f"rank-{point.rank.name.lower()}"
                both = figure.exports is not None and figure.imports is not None
                sum_of = ("flows" if figure.stated_turnover is None else "sum") if both else ""
                if rank in beside and (not sum_of or sum_of in found):
                    continue
                served = ServedFigure(example.target, figure, _others(example, figure))
                (beside if served.others else found).setdefault(rank, served)
                if sum_of:
                    found.setdefault(sum_of, served)
    return {**found, **beside}


def _others(example: Example, figure: FigureRecord) -> tuple[FigureRecord, ...]:
    """Other sources' figures by the same side for the same full year that could serve the target."""
    return tuple(
        one
        for one in example.figures
        if one.id != figure.id
        and (one.by, one.year, one.fiscal) == (figure.by, figure.year, figure.fiscal)
        and one.full_year
        and one.measure in SERVING[example.target.measure]
        and one.turnover is not None
        and one.source.key != figure.source.key
    )


def _not_counted(examples: Iterable[Example], today: date) -> dict[str, tuple[TargetRecord, FigureRecord]]:
    """Figures that are shown and never judged by: of a part of a year, of no stated year, of a year not over."""
    found: dict[str, tuple[TargetRecord, FigureRecord]] = {}
    for example in examples:
        for figure in reversed(example.figures):
            label = figure.for_progress().year_label
            why = (
                "level"
                if label is None
                else "partial"
                if not figure.full_year
                else "not-over"
                if label > last_full_year(today, figure.fiscal)
                else ""
            )
            if why:
                found.setdefault(why, (example.target, figure))
    return found


def _doubts(examples: Iterable[Example], rates: Sequence[RatePoint]) -> dict[str, ShownDoubt]:
    """For each kind of doubt one that figures of these pairs would raise if they were entered today."""
    prices = {(rate.currency, rate.year): rate.usd_per_unit for rate in rates}
    found: dict[str, ShownDoubt] = {}
    pairs = {example.target.pair.slug: example for example in examples}
    for example in pairs.values():
        groups: defaultdict[tuple[object, ...], list[FigureRecord]] = defaultdict(list)
        for figure in example.figures:
            if not figure.measure.one_way:
                groups[figure.measure, figure.currency, figure.fiscal, figure.by].append(figure)
        for (measure, currency, fiscal, by), figures in groups.items():
            sides = {example.target.pair.first.code, example.target.pair.second.code}
            other = groups.get((measure, currency, fiscal, next(iter(sides - {by}))), []) if by in sides else []
            named = {figure.source.key: figure.source.publisher for figure in example.figures}
            for doubt in _raised(figures, other, str(currency), prices):
                shown = ShownDoubt(example.target.pair, str(by), str(currency), doubt, named, str(fiscal))
                for name in (f"suspicion-{doubt.suspicion}", f"against-{doubt.against}"):
                    if name not in found or _weight(shown) > _weight(found[name]):
                        found[name] = shown
    return found


def _weight(shown: ShownDoubt) -> float:
    """How far the two amounts of a doubt lie apart: the plainest example is the one furthest off."""
    entered, other = shown.doubt.entered, shown.doubt.other
    return abs(math.log(entered / other)) if entered and other else 0.0


def _raised(
    figures: Sequence[FigureRecord],
    other: Sequence[FigureRecord],
    currency: str,
    prices: Mapping[tuple[str, int], Decimal],
) -> Iterator[progress.Doubt]:
    """The doubts about each source's figures beside the others' by the same side and the other side's."""

    def flows(some: Iterable[FigureRecord]) -> list[Flows]:
        return [one for figure in some if (one := flows_of(figure, currency, prices))]

    for source in dict.fromkeys(figure.source.key for figure in figures):
        mine = [figure for figure in figures if figure.source.key == source]
        rest = [figure for figure in figures if figure.source.key != source]
        yield from progress.doubts(flows(mine), flows(rest), flows(other))
