"""One entry point: a target, the series of both sides and a day become readings and a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from targets.progress.shapes import Assessment, Reading, Series, Terms
from targets.progress.status import read
from targets.progress.verdict import verdict_over


def assess(terms: Terms, series: Sequence[Series], today: date) -> Assessment:
    """The target judged by every series on a UTC day, and the verdict over the readings.

    Both economies of the pair have a reading, also when nothing is known of their figures; theirs come first, in the
    order of the pair, then the compilers' by name. The order of ``series`` does not matter and no finite input raises.
    """
    sides = [code for code in (terms.first, terms.second) if code]
    known = {one.by for one in series if one.reporter}
    missing = [Series(by=code, reporter=True, fiscal="", points=()) for code in sides if code not in known]

    def place(reading: Reading) -> tuple[bool, int, str, str]:
        at = sides.index(reading.by) if reading.reporter and reading.by in sides else len(sides)
        return (not reading.reporter, at, reading.by, repr(reading))

    readings = tuple(sorted((read(terms, one, today) for one in [*series, *missing]), key=place))
    return Assessment(terms, readings, verdict_over(terms, readings, today), today)
