"""Two sides beside each other: mirror figures, and a target judged by its other wordings. No SQL query here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from targets import progress
from targets.progress import Measure, Terms
from targets.queries.judging import SeriesFor, series_on
from targets.records import (
    FigureRecord,
    MeasureBasis,
    MirrorRecord,
    PairRecord,
    RatePoint,
    RewordedRecord,
    TargetRecord,
)

COMPARED = (Measure.GOODS_TURNOVER, Measure.GOODS_SERVICES_TURNOVER, Measure.NON_OIL_TURNOVER)
"""Measures in which a pair's sides are compared, the first that both know."""

_PLAIN = Terms(
    measure=Measure.GOODS_TURNOVER,
    amount=None,
    amount_high=None,
    currency="USD",
    factor=None,
    baseline_year=None,
    baseline_amount=None,
    stated=None,
    deadline=None,
    cumulative=False,
)


def mirror_on(
    pair: PairRecord, terms: Terms, figures: Sequence[FigureRecord], rates: Sequence[RatePoint], today: date
) -> MirrorRecord:
    """Both sides' calendar years that are over on ``today``, in the measure and currency of the terms."""
    sides = (pair.first.code, pair.second.code)
    calendar = [figure for figure in figures if not figure.fiscal and figure.by in sides]
    first, second = series_on(replace(terms, first=sides[0], second=sides[1]), calendar, rates, today)
    fiscal = {figure.by for figure in figures if figure.fiscal and figure.full_year}
    return MirrorRecord(
        pair=pair,
        measure=terms.measure,
        currency=terms.currency or "USD",
        first=first,
        second=second,
        years=progress.mirror_years(first, second),
        fiscal=tuple(code for code in sides if code in fiscal),
    )


def pair_mirror(
    pair: PairRecord, figures: Sequence[FigureRecord], rates: Sequence[RatePoint], today: date
) -> MirrorRecord:
    """Both sides of a pair in US dollars: goods, or what else both know where they do not both know goods."""
    found = [mirror_on(pair, replace(_PLAIN, measure=measure), figures, rates, today) for measure in COMPARED]
    return next((one for one in found if one.years), found[0])


def reworded(target: TargetRecord, series: SeriesFor, today: date) -> tuple[RewordedRecord, ...]:
    """The target judged by the other ways to read its words, on a UTC day."""
    said = target.measure_basis is MeasureBasis.EXPLICIT
    return tuple(
        RewordedRecord(
            wording=other.wording,
            assessment=progress.assess(other.terms, series(other.terms), today),
            amount=other.terms.amount,
        )
        for other in progress.rewordings(target.terms(), measure_said=said)
    )
