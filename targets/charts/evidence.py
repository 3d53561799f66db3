"""Who gives which amounts: the figures of a target's page, in the target's currency, ready to be drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from targets.progress import Series, Terms, alone
from targets.records import FigureRecord, FigureStanding, SourceKind, TargetPage

MONTHS = 12

Rates = Mapping[tuple[str, int], float]


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure on the chart: where on the axis of years, how much in the target's currency, and the figure itself.

    A year stands at its number (a fiscal one at the year in which it ends) and reaches half a unit to either side, so
    that a part of a year stands at its own middle, off the full years' places.
    """

    x: float
    amount: float
    figure: FigureRecord
    converted: bool

    @property
    def firm(self) -> bool:
        """Whether a statistics office or a compilation gives it as final and exact."""
        return (
            not self.figure.approximate
            and self.figure.standing in (FigureStanding.FINAL, FigureStanding.UNKNOWN)
            and self.figure.source.kind in (SourceKind.NATIONAL_OFFICE, SourceKind.COMPILATION)
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figures of one reporter or compiler: ``series`` serves the reading, the rest stands beside it.

    ``others`` are figures for full years that the series passed over, ``partial`` those for parts of a year or for no
    stated period; all ascending by ``x``.
    """

    by: str
    reporter: bool
    series: tuple[Mark, ...]
    others: tuple[Mark, ...]
    partial: tuple[Mark, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        return self.series + self.others + self.partial


def evidence(page: TargetPage) -> tuple[Evidence, ...]:
    """Whose figures the page has: both sides as the pair orders them, also where silent, then compilers by name.

    A bloc that compiles its own figures speaks for itself. Left out are figures that cannot serve the target: another
    measure, no exchange rate for their year, no year, a full year that is not over.
    """
    terms = page.target.terms()
    rates = {(rate.currency, rate.year): float(rate.usd_per_unit) for rate in page.rates}
    by: defaultdict[str, list[FigureRecord]] = defaultdict(list)
    for figure in page.figures:
        by[figure.by].append(figure)
    sides = (terms.first, terms.second)
    names = (*sides, *sorted(by.keys() - set(sides)))
    today = page.assessment.today
    return tuple(_evidence(terms, name, name in sides, by[name], page.series, rates, today) for name in names)


def _evidence(
    terms: Terms,
    by: str,
    reporter: bool,
    figures: Sequence[FigureRecord],
    series: Sequence[Series],
    rates: Rates,
    today: date | None,
) -> Evidence:
    # Reported and compiled figures of one name make two series; the reading is by the newer one.
    points = max(
        (one.points for one in series if one.by == by), key=lambda points: [p.year for p in points[-1:]], default=()
    )
    found = {figure.id: figure for figure in figures}
    used = {point.key for point in points}
    alone = [_alone(terms, by, reporter, figure, rates, today) for figure in figures if figure.id not in used]
    rest = sorted((mark for mark in alone if mark), key=lambda mark: (mark.x, mark.amount, mark.figure.id))
    return Evidence(
        by,
        reporter,
        series=tuple(
            Mark(point.year, point.amount, found[int(point.key)], point.converted_from != "") for point in points
        ),
        others=tuple(mark for mark in rest if mark.figure.full_year),
        partial=tuple(mark for mark in rest if not mark.figure.full_year),
    )


def _alone(
    terms: Terms, by: str, reporter: bool, figure: FigureRecord, rates: Rates, today: date | None
) -> Mark | None:
    """A figure that is in no series, counted as if it covered its whole year; None where it cannot serve."""
    # A part of a year that runs may be known; the whole of it is somebody's guess.
    point = alone(terms, by, reporter, figure.for_progress(), rates, today if figure.full_year else None)
    if point is None:
        return None
    first, last = figure.from_month or 1, figure.through_month or MONTHS
    middle = point.year - 0.5 + (first - 1 + last) / 2 / MONTHS
    return Mark(round(middle, 2), point.amount, figure, point.converted_from != "")
