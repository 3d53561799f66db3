"""The line of one side's full years, the same on every chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from targets.charts.evidence import Mark
from targets.charts.scale import Scale
from targets.charts.traces import Piece, marked_line, marks

FIRM_SIZE = 4.5
SOFT_SIZE = 8.5


def series_line(
    series: Sequence[Mark],
    scale: Scale,
    *,
    name: str,
    colour: str,
    by: str,
    told: Callable[[Mark], str],
    reporter: bool = True,
) -> list[Piece]:
    """A line with a mark for every year, another shape for figures that are not firm, gaps left open; none of nothing.

    ``series`` ascends by year; ``told`` is what a mark says under the pointer.
    """
    if not series:
        return []
    by_year = {round(mark.x): mark for mark in series}
    years = list(range(min(by_year), max(by_year) + 1))
    there = [by_year.get(year) for year in years]
    trace = marks(
        years,
        [scale.of(mark.amount) if mark else None for mark in there],
        name=name,
        role="series",
        colour=colour,
        symbol=["circle" if mark is None or mark.firm else "diamond" for mark in there],
        size=[FIRM_SIZE if mark is None or mark.firm else SOFT_SIZE for mark in there],
        told=[told(mark) if mark else "" for mark in there],
        by=by,
    )
    return [marked_line(trace, width=2.25 if reporter else 1.25, dash="solid" if reporter else "dot")]
