"""Where a reading starts from and what it is measured against: its base and its target amount.

The base is needed for pace only and comes from the reading's own series; a multiple ("double") is a multiple of that
base, so two readings of one target may have two target amounts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from targets.progress.shapes import Point, Series, Terms

BASE_YEARS_BACK = 3
"""How far before the first statement a base year may lie."""


@dataclass(frozen=True, slots=True)
class Footing:
    """Target amount, base year and base amount of one reading, None where unknown.

    ``base_stated`` tells that the base amount is the statement's, because the series lacks the year it names.
    """

    target: float | None
    base_year: int | None = None
    base_amount: float | None = None
    base_stated: bool = False
    base_approximate: bool = False


def footing(terms: Terms, series: Series) -> Footing:
    """The footing of a reading by this series, in the target's currency.

    The base is, in this order: the year that the target names, if the series has it; for a pure multiple with a named
    year the stated amount; the ordinary base (:func:`ordinary_base`); the stated amount of the named year. A base lies
    before the deadline. A pure multiple without any base falls back on its stated baseline amount without a year.
    """
    points = [point for point in series.points if terms.deadline is None or point.year < terms.deadline]
    pure = terms.amount is None
    own = next((point for point in points if point.year == terms.baseline_year), None)
    if own is None and not (pure and terms.baseline_year is not None):
        own = ordinary_base(points, terms.stated, pure)
    if own is not None:
        target = _target(terms, own.amount)
        return Footing(target, own.year, own.amount, base_approximate=own.approximate)
    if terms.baseline_amount is None:
        return Footing(None if terms.amount is None else terms.amount + 0.0)
    target = _target(terms, terms.baseline_amount)
    if terms.baseline_year is None or (terms.deadline is not None and terms.baseline_year >= terms.deadline):
        return Footing(target)
    return Footing(target, terms.baseline_year, terms.baseline_amount, base_stated=True)


def ordinary_base(points: list[Point], stated: int | None, pure: bool) -> Point | None:
    """The latest full year before the first statement, at most three back; else the first year from it on.

    A pure multiple takes no base more than three years after its statement either: doubling from there would be another
    target. None when the target is undated or the series has no such year.
    """
    if stated is None:
        return None
    before = [point for point in points if stated - BASE_YEARS_BACK <= point.year < stated]
    if before:
        return before[-1]
    horizon = stated + BASE_YEARS_BACK if pure else math.inf
    return next((point for point in points if stated <= point.year <= horizon), None)


def _target(terms: Terms, base: float) -> float | None:
    """The target amount: the one stated, else the multiple of the base, None when unknown or beyond computing."""
    if terms.amount is not None:
        return terms.amount + 0.0
    if terms.factor is None:
        return None
    product = terms.factor * base + 0.0
    return product if math.isfinite(product) else None
