"""A second opinion on a target's pace: the six-point rule of the German Federal Statistical Office (Destatis).

Destatis judges the indicators of the German sustainable development strategy by the average change over the last six
values and shows a weather sign. It looks at linear change where the growth ratio looks at compound growth, and at the
recent past where the ratio looks back to the base; it is shown beside the status under its own name, never instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from targets.progress.base import footing
from targets.progress.growth import GrowthUndefined, at_least, finite, rounded
from targets.progress.shapes import Series, Terms
from targets.progress.vocabulary import Weather

VALUES = 6
VALUES_AT_LEAST = 4
SUN_ABOVE = 0.95
SUN_AND_CLOUD_FROM = 0.80


@dataclass(frozen=True, slots=True)
class SixPoint:
    """The weather sign and, while the target is not reached, the share of the remaining way that the trend covers."""

    weather: Weather
    ratio: float | None


def six_point(values: Sequence[tuple[int, float]], target_year: int, target: float) -> SixPoint:
    """The sign over the last six ``(year, amount)`` values, ascending by year; years between may be missing.

    With the average change ``a = (last - first) / (years between)``, latest year ``Y`` and amount ``yY``:
    ``ratio = a * (T - Y) / (yT - yY)``; above 0.95 sun, from 0.80 sun and cloud, above 0 cloud, else storm. A target
    already reached shows sun, or sun and cloud while values fall. Raises GrowthUndefined with fewer than four values
    or when the target year is not ahead of the latest value.

    >>> six_point([(2015, 10.0), (2016, 12.0), (2017, 13.0), (2018, 16.0)], 2024, 30.0)
    SixPoint(weather=<Weather.SUN_AND_CLOUD: 'sun_and_cloud'>, ratio=0.8571428571428571)
    """
    last_six = values[-VALUES:]
    if len(last_six) < VALUES_AT_LEAST:
        raise GrowthUndefined(f"{len(last_six)} values are too few for the six-point rule")
    (first_year, first), (last_year, last) = last_six[0], last_six[-1]
    if target_year <= last_year:
        raise GrowthUndefined(f"the target year {target_year} is not ahead of {last_year}")
    change = finite((last - first) / (last_year - first_year), f"the change from {first} to {last}")
    if at_least(last, target):
        return SixPoint(Weather.SUN_AND_CLOUD if rounded(change) < 0 else Weather.SUN, None)
    ratio = finite(change * (target_year - last_year) / (target - last), "the six-point ratio")
    return SixPoint(_weather(rounded(ratio)), ratio)


def second_opinion(terms: Terms, series: Series) -> SixPoint | None:
    """The six-point rule over a series, or None where it says nothing.

    That is: no deadline or one not ahead of the latest year, an unknown or cumulative amount, fewer than four values.
    """
    target = footing(terms, series).target
    if target is None or terms.deadline is None or terms.cumulative:
        return None
    try:
        return six_point([(point.year, point.amount) for point in series.points], terms.deadline, target)
    except GrowthUndefined:
        return None


def _weather(ratio: float) -> Weather:
    """The sign of a rounded ratio of a target not yet reached."""
    if ratio > SUN_ABOVE:
        return Weather.SUN
    if ratio >= SUN_AND_CLOUD_FROM:
        return Weather.SUN_AND_CLOUD
    return Weather.CLOUD if ratio > 0 else Weather.STORM
