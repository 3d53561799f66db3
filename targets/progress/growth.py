"""The formulas: growth rates, their ratio, the required path, the share of the way.

Amounts are plain numbers of one currency, years whole years, rates and shares fractions (0.05 = 5 % a year).
A formula that is not defined for its numbers raises :class:`GrowthUndefined`; nothing here returns NaN or infinity.
The growth-ratio rule is that of Open SDG and Statistics Canada (progress of the Sustainable Development Goals).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import ParamSpec

from targets.progress.shapes import Point

DECIMALS = 9
"""Numbers are compared after rounding to this many decimals."""

LEAST_REQUIRED_GROWTH = 1e-6
"""Below this required growth a ratio would divide by noise."""

RECENT_YEARS = 5
RECENT_YEARS_AT_LEAST = 3

P = ParamSpec("P")


class GrowthUndefined(ValueError):
    """A growth formula was asked for numbers for which it has no value; the message names them."""


def rounded(number: float) -> float:
    """The number as it is compared: rounded to nine decimals, minus zero made zero.

    >>> rounded(-0.0), rounded(0.9500000000001)
    (0.0, 0.95)
    """
    return round(number, DECIMALS) + 0.0


def at_least(amount: float, bound: float) -> bool:
    """True when the amount reaches the bound, both rounded to nine decimals.

    >>> at_least(0.1 + 0.2, 0.3), at_least(499_999_999.99, 500_000_000)
    (True, False)
    """
    return rounded(amount) >= rounded(bound)


def finite(number: float, told: str) -> float:
    """The number itself, minus zero made zero; raises GrowthUndefined, telling what it was, if it is not finite."""
    if not math.isfinite(number):
        raise GrowthUndefined(f"{told} is beyond what can be computed")
    return number + 0.0


def or_none(formula: Callable[P, float], *args: P.args, **kwargs: P.kwargs) -> float | None:
    """What the formula gives, or None where it is undefined."""
    try:
        return formula(*args, **kwargs)
    except GrowthUndefined:
        return None


def cagr(start: float, end: float, years: int) -> float:
    """The compound annual growth rate ``(end / start) ** (1 / years) - 1``, a fraction a year.

    Serves as observed growth (base to latest), required growth (base to target) and catch-up growth (latest to target).
    Raises GrowthUndefined unless both amounts are positive and at least one year lies between them, and where the
    quotient leaves the range of floating-point numbers.

    >>> round(cagr(133e6, 500e6, 6), 3)
    0.247
    """
    if years < 1:
        raise GrowthUndefined(f"no growth over {years} years")
    if start <= 0 or end <= 0:
        raise GrowthUndefined(f"no growth from {start} to {end}: both must be above zero")
    quotient = finite(end / start, f"{end} / {start}")
    if quotient == 0:
        raise GrowthUndefined(f"{end} / {start} is below what can be computed")
    return finite(quotient ** (1 / years) - 1, f"growth from {start} to {end}")


def required_growth(base_year: int, base: float, target_year: int, target: float) -> float:
    """Growth a year that leads from the base to the target, a fraction above zero.

    Raises GrowthUndefined where there is no pace to ask for: base at or above the target, base not above zero, no year
    in between, or a required growth below one in a million.
    """
    if at_least(base, target):
        raise GrowthUndefined(f"no pace: the base {base} is not below the target {target}")
    required = cagr(base, target, target_year - base_year)
    if abs(required) < LEAST_REQUIRED_GROWTH:
        raise GrowthUndefined(f"no pace: the required growth {required} is too small")
    return required


def growth_ratio(
    base_year: int, base: float, latest_year: int, latest: float, target_year: int, target: float
) -> float:
    """Observed growth divided by required growth: 1 is exactly the pace that is needed.

    Source: Open SDG progress calculation and Statistics Canada's tracking of the Global and Canadian Indicator
    Frameworks. Raises GrowthUndefined where one of the two rates is undefined.

    >>> growth_ratio(2005, 63, 2020, 74, 2030, 85)
    0.8949392974311927
    """
    required = required_growth(base_year, base, target_year, target)
    observed = cagr(base, latest, latest_year - base_year)
    return finite(observed / required, f"the ratio of {observed} to {required}")


def step_to(latest: float, target: float, years: int) -> float:
    """What must be added every year, in equal steps, to come from the latest amount to the target.

    Raises GrowthUndefined when no year is left.

    >>> round(step_to(133e6, 500e6, 6) / 1e6, 1)
    61.2
    """
    if years < 1:
        raise GrowthUndefined(f"no step over {years} years")
    return finite((target - latest) / years, f"the step from {latest} to {target}")


def share_of_way(base: float, latest: float, target: float) -> float:
    """The part of the way from base to target that is done: below 0 after a fall, above 1 beyond the target.

    Raises GrowthUndefined when the base is at or above the target: there is no way to go.

    >>> share_of_way(100, 150, 300)
    0.25
    """
    if at_least(base, target):
        raise GrowthUndefined(f"no way to go from {base} to {target}")
    way = finite(target - base, f"the way from {base} to {target}")
    return finite(finite(latest - base, f"the way from {base} to {latest}") / way, "the share of the way")


def recent_growth(points: Sequence[Point]) -> tuple[float, int]:
    """Growth a year over the last years of the series, and the year since which it is counted.

    The span ends at the latest year and begins at the earliest known year not more than five years before it; it
    must be at least three years long. Raises GrowthUndefined when the series has no such year or is not above zero.
    """
    latest = points[-1]
    since = next((point for point in points if RECENT_YEARS_AT_LEAST <= latest.year - point.year <= RECENT_YEARS), None)
    if since is None:
        raise GrowthUndefined(f"no figure three to five years before {latest.year}")
    return cagr(since.amount, latest.amount, latest.year - since.year), since.year


def path_amount(base_year: int, base: float, target_year: int, target: float, year: int) -> float:
    """The amount of the required path in a year: ``base * (1 + required growth) ** (year - base_year)``.

    Written as a power of the whole way, so that the path ends exactly at the target. Raises GrowthUndefined where no
    growth leads from base to target, or where the path leaves the range of floating-point numbers.

    >>> path_amount(2020, 100, 2030, 400, 2025), path_amount(2020, 100, 2030, 400, 2030)
    (200.0, 400)
    """
    cagr(base, target, target_year - base_year)
    if year == target_year:
        return target
    try:
        grown = base * (target / base) ** ((year - base_year) / (target_year - base_year))
    except OverflowError:
        raise GrowthUndefined(f"the path from {base} to {target} is beyond what can be computed in {year}") from None
    return finite(grown, f"the path in {year}")


def required_path(base_year: int, base: float, target_year: int, target: float) -> list[tuple[int, float]]:
    """The required path, one ``(year, amount)`` for every year from the base year to the deadline.

    Raises GrowthUndefined where no growth leads from base to target.
    """
    return [
        (year, path_amount(base_year, base, target_year, target, year))
        for year in range(base_year, max(base_year, target_year) + 1)
    ]
