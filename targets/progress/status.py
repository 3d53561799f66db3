"""The status of one reading: a target judged by one reporter's or compiler's series.

The order of the questions is the order of the table in the methodology: can it be judged at all; is the deadline over;
is it met or lost; is there a deadline, are the figures recent, is there room for a pace; and then the pace itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from targets.progress.base import BASE_YEARS_BACK, Footing, footing
from targets.progress.growth import (
    GrowthUndefined,
    at_least,
    cagr,
    growth_ratio,
    or_none,
    recent_growth,
    required_growth,
    rounded,
    share_of_way,
    step_to,
)
from targets.progress.series import last_full_year
from targets.progress.shapes import Point, Reading, Series, Terms
from targets.progress.vocabulary import Flag, Measure, Reason, Status

WINDOW_WITHOUT_STATEMENT = 5
"""An undated target counts as met from this many years before its deadline."""

AWAITED_FOR = 3
"""A figure for the deadline year is awaited while the deadline is less than this many years ago."""

TOO_OLD_AFTER = 3
"""Figures of an open target are too old when the latest year is more than this many years ago."""

PACE_YEARS = 2
"""Fewer years between base and latest year make no pace."""

ON_TRACK_FROM = 0.95
TOO_SLOW_FROM = 0.60

NARROW_WITHIN = 0.05
"""An approximate figure this near to the target, as a share of it, decides narrowly."""

PACES = (Status.ON_TRACK, Status.TOO_SLOW, Status.FAR_TOO_SLOW, Status.MOVING_AWAY)
"""The statuses that are a pace, best first."""


def pace(ratio: float) -> Status:
    """The pace that a growth ratio stands for, by the cut-offs of Open SDG and Statistics Canada.

    >>> pace(0.8949392974311927).label, pace(-0.1).label
    ('too slow', 'moving away')
    """
    ratio = rounded(ratio)
    if ratio >= ON_TRACK_FROM:
        return Status.ON_TRACK
    if ratio >= TOO_SLOW_FROM:
        return Status.TOO_SLOW
    return Status.FAR_TOO_SLOW if ratio >= 0 else Status.MOVING_AWAY


def over(terms: Terms, today: date) -> bool:
    """True when the target's deadline lies before this year."""
    return terms.deadline is not None and terms.deadline < today.year


def read(terms: Terms, series: Series, today: date) -> Reading:
    """The reading of a target by one series on a UTC day; never raises for finite numbers.

    Years that are not over are left out, as :func:`series_of` leaves them out of a series made for that day.
    """
    newest = last_full_year(today, series.fiscal)
    points = tuple(point for point in series.points if point.year <= newest)
    reading = Reading(
        by=series.by,
        reporter=series.reporter,
        fiscal=series.fiscal,
        status=Status.NOT_ASSESSABLE,
        flags=(Flag.REPLACED,) if terms.replaced else (),
    )
    if not points:
        reason = Reason.NO_EXCHANGE_RATE if series.skipped else Reason.NO_FIGURES
        return reading._replace(reason=reason)
    found = footing(terms, replace(series, points=points))
    reading = _with_numbers(reading, points, found)
    if found.target is None:
        return reading._replace(reason=Reason.AMOUNT_UNKNOWN)
    if terms.cumulative:
        share = _share_summed(terms, points, found.target)
        return reading._replace(reason=Reason.CUMULATIVE, share_of_way=share)
    reading = _with_rates(reading, terms, points, found.target, today)
    if terms.deadline is not None and over(terms, today):
        reading = _closed(reading, terms, terms.deadline, series, points, found.target, today)
    else:
        reading = _open(reading, terms, points, found.target, today)
    return reading._replace(flags=_flags(reading, terms, points, found.target))


def _with_numbers(reading: Reading, points: tuple[Point, ...], found: Footing) -> Reading:
    """The reading with base, target, latest year and recent growth."""
    latest = points[-1]
    used = {point.measure for point in points}
    try:
        recent, since = recent_growth(points)
    except GrowthUndefined:
        recent, since = None, None
    return reading._replace(
        measures=tuple(measure for measure in Measure if measure in used),
        converted=any(point.converted_from for point in points),
        target_amount=found.target,
        base_year=found.base_year,
        base_amount=found.base_amount,
        base_stated=found.base_stated,
        base_approximate=found.base_approximate,
        latest_year=latest.year,
        latest_amount=latest.amount,
        latest_approximate=latest.approximate,
        latest_figure=latest.key,
        recent_cagr=recent,
        recent_since=since,
        years=len(points),
    )


def _with_rates(reading: Reading, terms: Terms, points: tuple[Point, ...], target: float, today: date) -> Reading:
    """The reading with its share of the way and, for an open target not reached, what the remaining years need."""
    latest = points[-1]
    if reading.base_year is not None and reading.base_amount is not None and reading.base_year <= latest.year:
        reading = reading._replace(share_of_way=or_none(share_of_way, reading.base_amount, latest.amount, target))
    if terms.deadline is None or over(terms, today) or at_least(latest.amount, target):
        return reading
    years = terms.deadline - latest.year
    return reading._replace(
        catch_up_growth=or_none(cagr, latest.amount, target, years),
        catch_up_step=or_none(step_to, latest.amount, target, years),
    )


def _with_pace(reading: Reading, terms: Terms, target: float, ratio: bool) -> Reading:
    """The reading with observed and required growth and, if asked for, their ratio; None where undefined."""
    base_year, base, latest_year, latest = (
        reading.base_year,
        reading.base_amount,
        reading.latest_year,
        reading.latest_amount,
    )
    if base_year is None or base is None or latest_year is None or latest is None or terms.deadline is None:
        return reading
    deadline = terms.deadline
    required = or_none(required_growth, base_year, base, deadline, target)
    return reading._replace(
        observed_cagr=None if required is None else or_none(cagr, base, latest, latest_year - base_year),
        required_cagr=required,
        growth_ratio=(or_none(growth_ratio, base_year, base, latest_year, latest, deadline, target) if ratio else None),
    )


def _closed(
    reading: Reading,
    terms: Terms,
    deadline: int,
    series: Series,
    points: tuple[Point, ...],
    target: float,
    today: date,
) -> Reading:
    """The reading of a target whose deadline is over: decided by the window up to the deadline year."""
    reading = _with_pace(reading, terms, target, ratio=False)
    start = min(deadline - WINDOW_WITHOUT_STATEMENT if terms.stated is None else terms.stated, deadline)
    window = [point for point in points if start <= point.year <= deadline]
    reached = [point.year for point in window if at_least(point.amount, target)]
    if reached:
        kept = at_least(window[-1].amount, target)
        status = Status.MET if kept else Status.MET_THEN_LOST
        return _decided(reading, window[-1])._replace(status=status, reached_in=reached[0])
    later = next((point.year for point in points if point.year > deadline and at_least(point.amount, target)), None)
    reading = reading._replace(reached_in=later)
    if window and window[-1].year == deadline:
        return _decided(reading, window[-1])._replace(status=Status.MISSED)
    unpriced = deadline in series.skipped
    if today.year - deadline < AWAITED_FOR:
        return reading._replace(status=Status.AWAITING_FIGURES, reason=Reason.NO_EXCHANGE_RATE if unpriced else None)
    return reading._replace(reason=Reason.NO_EXCHANGE_RATE if unpriced else Reason.NO_DEADLINE_FIGURE)


def _open(reading: Reading, terms: Terms, points: tuple[Point, ...], target: float, today: date) -> Reading:
    """The reading of a target whose deadline lies ahead, or which has none."""
    latest = points[-1]
    if terms.stated is not None and latest.year < terms.stated - BASE_YEARS_BACK:
        # A target is not met by a year long before anybody stated it, whatever the amount was then.
        return reading._replace(reason=Reason.FIGURES_TOO_OLD)
    reached = [
        point.year
        for point in points
        if terms.stated is not None and point.year >= terms.stated and at_least(point.amount, target)
    ]
    decided = _decided(reading, latest)._replace(reached_in=reached[0] if reached else None)
    long_enough = reading.base_year is not None and latest.year - reading.base_year >= PACE_YEARS
    if at_least(latest.amount, target):
        decided = decided._replace(status=Status.MET)
        return _with_pace(decided, terms, target, ratio=True) if long_enough else decided
    if reached:
        decided = decided._replace(status=Status.MET_THEN_LOST)
        return _with_pace(decided, terms, target, ratio=True) if long_enough else decided
    if terms.deadline is None:
        return reading._replace(status=Status.NO_DEADLINE)
    if today.year - latest.year > TOO_OLD_AFTER:
        return reading._replace(reason=Reason.FIGURES_TOO_OLD)
    if reading.base_year is None:
        return reading._replace(status=Status.TOO_EARLY, reason=Reason.NO_BASE)
    if not long_enough:
        return reading._replace(status=Status.TOO_EARLY, reason=Reason.TOO_FEW_YEARS)
    reading = _with_pace(reading, terms, target, ratio=True)
    if reading.growth_ratio is None:
        return reading._replace(reason=Reason.NO_PACE)
    return reading._replace(status=pace(reading.growth_ratio))


def _decided(reading: Reading, by: Point) -> Reading:
    """The reading with the figure that decides its status."""
    return reading._replace(decided_year=by.year, decided_amount=by.amount, decided_approximate=by.approximate)


def _share_summed(terms: Terms, points: tuple[Point, ...], target: float) -> float | None:
    """The share of a cumulative amount that the full years from the statement to the deadline add up to."""
    if terms.stated is None:
        return None
    counted = [
        point.amount
        for point in points
        if point.year >= terms.stated and (terms.deadline is None or point.year <= terms.deadline)
    ]
    return or_none(share_of_way, 0.0, sum(counted), target) if counted else None


def _flags(reading: Reading, terms: Terms, points: tuple[Point, ...], target: float) -> tuple[Flag, ...]:
    """The flags of a reading, in the order of the vocabulary."""
    flags = set(reading.flags)
    base_year, base = reading.base_year, reading.base_amount
    if base_year is not None and base is not None and at_least(base, target):
        # A first figure from the year of the statement on says nothing about the level when it was made.
        if base_year == terms.baseline_year or (terms.stated is not None and base_year < terms.stated):
            flags.add(Flag.ALREADY_THERE)
    if reading.status not in (Status.NOT_ASSESSABLE, Status.AWAITING_FIGURES):
        year = reading.latest_year if reading.decided_year is None else reading.decided_year
        deciding = next(point for point in points if point.year == year)
        apart = rounded(abs(deciding.amount - target)) <= rounded(NARROW_WITHIN * abs(target))
        if deciding.approximate and apart:
            flags.add(Flag.NARROW)
    return tuple(flag for flag in Flag if flag in flags)
