"""The progress rail and the sparklines: an assessment drawn small, as plain numbers and path data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from targets.progress.growth import GrowthUndefined, at_least, or_none, path_amount, share_of_way
from targets.progress.series import last_full_year
from targets.progress.shapes import Assessment, Point, Reading

TOUCHING = 0.03
"""Marks no farther from each other than this share of the way would lie upon each other."""


@dataclass(frozen=True, slots=True)
class RailMark:
    """Where one reading stands on the bar: its latest year's share of the way, clipped to 0–1.

    ``over`` and ``under`` tell that the share itself is above 1 or below 0; ``fiscal`` whose fiscal year the latest is.
    """

    by: str
    share: float
    over: bool
    under: bool
    latest_year: int | None
    fiscal: str = ""


@dataclass(frozen=True, slots=True)
class Rail:
    """A bar from the base amount (0) to the target amount (1), the lead reading's, in the target's currency.

    ``marks`` are the readings; ``notch`` is where the required path stands in the latest full year, or None when
    there is no pace. Without ``from_base`` the base is no figure but zero, because there is none below the target;
    ``base_approximate`` is what the figure is.
    ``dataclasses.asdict`` makes it JSON.
    """

    base: float
    target: float
    marks: tuple[RailMark, ...]
    notch: float | None
    from_base: bool = True
    base_approximate: bool = False

    @property
    def stacked(self) -> tuple[tuple[RailMark, float], ...]:
        """The marks and how far below the middle each stands, as a share of the room for marks: 0 where it is alone.

        Marks that share a place stand one below the other: all above 1, all below 0, and shares as near to each other
        as ``TOUCHING``.

        >>> above = RailMark("AAA", 1.0, over=True, under=False, latest_year=2024)
        >>> [height for _, height in Rail(0.0, 1.0, (above, above), None).stacked]
        [-0.25, 0.25]
        """
        places = [2.0 if mark.over else -1.0 if mark.under else mark.share for mark in self.marks]
        heights = [0.0] * len(places)
        for alike in _near(places):
            for turn, number in enumerate(sorted(alike)):
                heights[number] = (turn + 0.5) / len(alike) - 0.5
        return tuple(zip(self.marks, heights, strict=True))


def rail(assessment: Assessment) -> Rail | None:
    """The rail of a target, or None when no reading has both figures and an amount to reach.

    The bar begins at the lead reading's base or, when that has none below the target, at zero. Each mark is the
    reading's own share of its own way; a reading without one is placed on the lead's bar by its latest amount. Voters
    are drawn, and without voters the lead alone.
    """
    lead = assessment.lead
    if lead is None or lead.target_amount is None or lead.latest_amount is None:
        return None
    from_base = lead.share_of_way is not None and lead.base_amount is not None and not assessment.terms.cumulative
    base = lead.base_amount if from_base and lead.base_amount is not None else 0.0
    if at_least(base, lead.target_amount):
        return None
    drawn = assessment.verdict.voters or (lead.by,)
    marks = [
        mark
        for reading in assessment.readings
        if reading.by in drawn
        for mark in [_mark(reading, base, lead.target_amount, from_base, assessment.terms.cumulative)]
        if mark is not None
    ]
    notch = _notch(assessment, lead) if from_base else None
    return Rail(base + 0.0, lead.target_amount, tuple(marks), notch, from_base, from_base and lead.base_approximate)


def sparklines(lines: Sequence[Sequence[Point]], width: float, height: float) -> tuple[str, ...]:
    """SVG path data of each line, all on one scale in a box of that size, one decimal, amounts from zero up.

    Years that follow each other are joined, a gap begins a new stroke, a year alone is a stroke of no length (draw it
    with round caps). "" for a line without points.

    >>> from targets.progress import Measure, SourceRank
    >>> def at(year, amount):
    ...     return Point(year, amount, False, Measure.GOODS_TURNOVER, "", "", SourceRank.PRESS)
    >>> sparklines([[at(2019, 50.0), at(2020, 100.0), at(2023, 80.0)], [at(2021, 0.0)]], 40, 10)
    ('M0.0 5.0L10.0 0.0M40.0 2.0h0', 'M20.0 10.0h0')
    """
    known = [point for points in lines for point in points]
    if not known:
        return tuple("" for _points in lines)
    first = min(point.year for point in known)
    years = max(point.year for point in known) - first
    low = min(0.0, *(point.amount for point in known))
    high = max(0.0, *(point.amount for point in known))
    # Halves keep the span of two huge amounts of opposite sign inside the range of floats.
    span = high / 2 - low / 2

    def place(point: Point) -> str:
        x = width * (point.year - first) / years if years else width / 2
        y = height * ((high / 2 - point.amount / 2) / span) if span else height
        return f"{x:.1f} {y:.1f}"

    return tuple(_strokes(points, place) for points in lines)


def _near(places: Sequence[float]) -> list[list[int]]:
    """The numbers of the places, those together between which no gap is wider than ``TOUCHING``."""
    groups: list[list[int]] = []
    for number in sorted(range(len(places)), key=places.__getitem__):
        if not groups or places[number] - places[groups[-1][-1]] > TOUCHING:
            groups.append([])
        groups[-1].append(number)
    return groups


def _strokes(points: Sequence[Point], place: Callable[[Point], str]) -> str:
    """Path data through the places of the points, begun anew after each gap."""
    strokes: list[list[str]] = []
    before: int | None = None
    for point in points:
        if before is None or point.year - before > 1:
            strokes.append([])
        strokes[-1].append(place(point))
        before = point.year
    return "".join("M" + "L".join(stroke) + ("h0" if len(stroke) == 1 else "") for stroke in strokes)


def _mark(reading: Reading, base: float, target: float, from_base: bool, cumulative: bool) -> RailMark | None:
    """The mark of one reading, or None when its place cannot be computed."""
    if reading.latest_amount is None:
        return None
    if cumulative or (from_base and reading.share_of_way is not None):
        share = reading.share_of_way
    else:
        own_target = target if from_base or reading.target_amount is None else reading.target_amount
        share = or_none(share_of_way, base, reading.latest_amount, own_target)
    if share is None:
        return None
    return RailMark(
        by=reading.by,
        share=min(max(share, 0.0), 1.0),
        over=share > 1,
        under=share < 0,
        latest_year=reading.latest_year,
        fiscal=reading.fiscal,
    )


def _notch(assessment: Assessment, lead: Reading) -> float | None:
    """Where the lead's required path stands in the latest full year, 0–1; None without a pace."""
    deadline = assessment.terms.deadline
    if (
        assessment.today is None
        or lead.growth_ratio is None
        or deadline is None
        or lead.base_year is None
        or lead.base_amount is None
        or lead.target_amount is None
    ):
        return None
    year = min(last_full_year(assessment.today, lead.fiscal), deadline)
    try:
        amount = path_amount(lead.base_year, lead.base_amount, deadline, lead.target_amount, year)
        return min(max(share_of_way(lead.base_amount, amount, lead.target_amount), 0.0), 1.0)
    except GrowthUndefined:
        return None
