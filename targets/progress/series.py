"""From published figures to one amount a year: which figure serves, in which column, at which exchange rate.

A series belongs to one reporter or compiler and never mixes two of them, nor calendar with fiscal years; gaps stay.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from targets.progress.shapes import Figure, Point, Series, Terms
from targets.progress.vocabulary import Measure

Rates = Mapping[tuple[str, int], float]
"""US dollars for one unit of a currency, average of a year, by ``(currency, year)``."""

DOLLAR = "USD"

SERVING: Mapping[Measure, tuple[Measure, ...]] = {
    Measure.GOODS_TURNOVER: (Measure.GOODS_TURNOVER, Measure.UNSPECIFIED_TURNOVER),
    Measure.UNSPECIFIED_TURNOVER: (Measure.GOODS_TURNOVER, Measure.UNSPECIFIED_TURNOVER),
    Measure.GOODS_SERVICES_TURNOVER: (Measure.GOODS_SERVICES_TURNOVER,),
    Measure.NON_OIL_TURNOVER: (Measure.NON_OIL_TURNOVER,),
    Measure.EXPORTS_FIRST_TO_SECOND: (
        Measure.EXPORTS_FIRST_TO_SECOND,
        Measure.GOODS_TURNOVER,
        Measure.UNSPECIFIED_TURNOVER,
    ),
    Measure.EXPORTS_SECOND_TO_FIRST: (
        Measure.EXPORTS_SECOND_TO_FIRST,
        Measure.GOODS_TURNOVER,
        Measure.UNSPECIFIED_TURNOVER,
    ),
}
"""Measures of figures that can serve a target of each measure, the preferred first."""


class _Candidate(NamedTuple):
    """A figure that could stand for its year: its amount and what ranks it among others of the year."""

    figure: Figure
    year: int
    amount: float
    computed: bool

    def order(self, preferred: tuple[Measure, ...]) -> tuple[object, ...]:
        """Sorting key, best first: rank, newer vintage, measure, computed, exact, then the key for a stable choice."""
        figure = self.figure
        return (
            figure.rank,
            -(figure.vintage or date.min).toordinal(),
            preferred.index(figure.measure),
            not self.computed,
            figure.approximate,
            type(figure.key).__name__,
            figure.key,
        )


def last_full_year(today: date, fiscal: str = "") -> int:
    """The newest year that counts as over on a UTC day: of calendar years the last one, of fiscal years the one that
    ends in this calendar year.

    >>> last_full_year(date(2026, 11, 22)), last_full_year(date(2026, 11, 22), "IND")
    (2025, 2026)
    """
    return today.year if fiscal else today.year - 1


def turnover(figure: Figure) -> tuple[float, bool] | None:
    """Turnover of a figure and whether it was computed from its own two flows; None when neither way is open.

    The sum of both flows goes before a stated total that stands beside them. Currency units of the figure.
    """
    if figure.exports is not None and figure.imports is not None:
        return figure.exports + figure.imports, True
    return None if figure.turnover is None else (figure.turnover, False)


def one_way(figure: Figure, terms: Terms, by: str, reporter: bool) -> tuple[float, bool] | None:
    """Exports in the target's direction out of a figure: the exporter's exports, the importer's imports.

    A figure that itself counts this direction may state its amount as a total. A compiler's exports and imports are
    nobody's and serve only in such a figure. Currency units of the figure.
    """
    exporter, importer = (
        (terms.first, terms.second) if terms.measure is Measure.EXPORTS_FIRST_TO_SECOND else (terms.second, terms.first)
    )
    column: float | None = None
    if reporter and by == exporter:
        column = figure.exports
    elif reporter and by == importer:
        column = figure.imports
    elif figure.measure is terms.measure:
        column = figure.exports if figure.exports is not None else figure.imports
    if column is not None:
        return column, True
    if figure.measure is terms.measure and figure.turnover is not None:
        return figure.turnover, False
    return None


def exchange(amount: float, currency: str, into: str, year: int, rates: Rates) -> float | None:
    """The amount in another currency at the year's average rates, or None without a usable rate.

    >>> exchange(100.0, "EUR", "USD", 2020, {("EUR", 2020): 1.25})
    125.0
    """
    if currency == into:
        return amount
    price = 1.0 if currency == DOLLAR else rates.get((currency, year), 0.0)
    price_into = 1.0 if into == DOLLAR else rates.get((into, year), 0.0)
    if not (0 < price < math.inf and 0 < price_into < math.inf):
        return None
    return amount * price / price_into


def series_of(
    terms: Terms, by: str, reporter: bool, figures: Iterable[Figure], rates: Rates, today: date | None = None
) -> Series:
    """The series of one reporter or compiler for a target: one amount a full year, in the target's currency.

    ``figures`` are all of theirs for the pair, in any order; ``by`` is the reporter's code or the compiler's name. Of
    several figures for a year serves the one of the best source rank, then the newer vintage, then goods before
    unspecified trade, computed before stated, exact before approximate. Partial periods and figures without a year are
    left out, and so are years that are not over on ``today``, a UTC day (None: every year counts as over): a forecast
    is no figure. A year whose only figures lack an exchange rate is listed in ``skipped``. Amounts of a fiscal year are
    converted at the rate of the calendar year in which it starts, in which most of it lies. A pure multiple without a
    currency is judged in US dollars.

    Fiscal years are a series of their own; the calendar series serves if its newest year is at least as new. Either
    serves before the other if it alone knows the deadline year: a target is not "without a figure" beside its figure.
    A bloc or country named as compiler of its own trade is its reporter.
    """
    into = terms.currency or DOLLAR
    reporter = reporter or (by != "" and by in (terms.first, terms.second))
    preferred = SERVING[terms.measure]
    directed = terms.measure.one_way
    candidates: dict[str, list[_Candidate]] = {}
    unpriced: dict[str, set[int]] = {}
    for figure in figures:
        year, label = figure.year, figure.year_label
        if year is None or label is None or not figure.full_year or figure.measure not in preferred:
            continue
        if today is not None and label > last_full_year(today, figure.fiscal):
            continue
        found = one_way(figure, terms, by, reporter) if directed else turnover(figure)
        if found is None:
            continue
        amount = exchange(found[0], figure.currency, into, year, rates)
        if amount is None:
            unpriced.setdefault(figure.fiscal, set()).add(label)
        elif math.isfinite(amount):
            candidate = _Candidate(figure, label, amount, found[1])
            candidates.setdefault(figure.fiscal, []).append(candidate)
    built = [
        _built(by, reporter, fiscal, candidates.get(fiscal, []), unpriced.get(fiscal, set()), preferred, into)
        for fiscal in sorted(candidates.keys() | unpriced.keys())
    ]
    return _choose(built, terms.deadline) if built else Series(by=by, reporter=reporter, fiscal="", points=())


def alone(
    terms: Terms, by: str, reporter: bool, figure: Figure, rates: Rates, today: date | None = None
) -> Point | None:
    """A figure counted by itself as if it covered its whole year; None where it cannot serve the target.

    The arguments are those of :func:`series_of`.
    """
    points = series_of(terms, by, reporter, [figure._replace(from_month=1, through_month=12)], rates, today).points
    return points[0] if points else None


def _built(
    by: str,
    reporter: bool,
    fiscal: str,
    candidates: list[_Candidate],
    unpriced: set[int],
    preferred: tuple[Measure, ...],
    into: str,
) -> Series:
    """The series of one calendar: the best candidate of every year, ascending."""
    best: dict[int, _Candidate] = {}
    for candidate in candidates:
        other = best.setdefault(candidate.year, candidate)
        if other is not candidate and candidate.order(preferred) < other.order(preferred):
            best[candidate.year] = candidate
    points = tuple(
        Point(
            year=year,
            amount=chosen.amount + 0.0,
            approximate=chosen.figure.approximate,
            measure=chosen.figure.measure,
            converted_from="" if chosen.figure.currency == into else chosen.figure.currency,
            key=chosen.figure.key,
            rank=chosen.figure.rank,
        )
        for year, chosen in sorted(best.items())
    )
    return Series(by, reporter, fiscal, points, tuple(sorted(unpriced - best.keys())))


def _choose(built: list[Series], deadline: int | None) -> Series:
    """The one of a reporter's calendars that is read.

    One that knows the deadline year goes before one that does not; then the newest, of equally new ones the calendar
    year, the longer series, the name.
    """
    return max(
        built,
        key=lambda series: (
            any(point.year == deadline for point in series.points),
            series.points[-1].year if series.points else -math.inf,
            not series.fiscal,
            len(series.points),
            series.fiscal,
        ),
    )
