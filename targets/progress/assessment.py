"""One entry point: a target, the series of both sides and a day become readings and a verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from targets.progress.shapes import Assessment, Reading, Series, Terms
from targets.progress.status import read
from targets.progress.verdict import verdict_over


def assess(terms: Terms, series: Sequence[Series], today: date) -> Assessment:
    """The target judged by every series on a UTC day, and the verdict over the readings.

    Both economies of the pair have a reading, also when nothing is known of their figures; theirs come first, in the
    order of the pair, then the compilers' by name. A compiler without a figure for a full year has none. Of several
    series under one name the reporter's and the newest serves. The order of ``series`` does not matter and no finite
    input raises.
    """
    sides = [code for code in (terms.first, terms.second) if code]
    found: dict[str, Series] = {}
    for one in series:
        if one.points or one.reporter:
            other = found.get(one.by)
            found[one.by] = one if other is None else max(one, other, key=_worth)
    by_name = {code: Series(by=code, reporter=True, fiscal="", points=()) for code in sides} | found

    def place(reading: Reading) -> tuple[bool, int, str]:
        return (not reading.reporter, sides.index(reading.by) if reading.by in sides else len(sides), reading.by)

    readings = tuple(sorted((read(terms, one, today) for one in by_name.values()), key=place))
    return Assessment(terms, readings, verdict_over(terms, readings, today), today)


def _worth(series: Series) -> tuple[bool, bool, float, bool, int, str]:
    """Which of several series under one name serves: the one of the greatest worth."""
    newest = series.points[-1].year if series.points else -math.inf
    return (series.reporter, bool(series.points), newest, not series.fiscal, len(series.points), repr(series))
