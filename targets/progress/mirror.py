"""The mirror gap: how far two sides lie apart that count the same trade."""

from __future__ import annotations

from dataclasses import dataclass

from targets.progress.growth import GrowthUndefined, finite
from targets.progress.shapes import Assessment, Series


@dataclass(frozen=True, slots=True)
class MirrorYear:
    """A year for which both sides' amounts are known, in one currency; first and second as in the pair."""

    year: int
    first: float
    second: float
    first_approximate: bool = False
    second_approximate: bool = False

    @property
    def approximate(self) -> bool:
        """Whether the gap is no surer than a rounded amount."""
        return self.first_approximate or self.second_approximate

    @property
    def mirror_gap(self) -> float:
        """The first side's amount less the second's, in the unit of both."""
        return self.first - self.second + 0.0

    @property
    def mirror_gap_share(self) -> float | None:
        """The same as a share of their mean, -2 to 2; None where both are nothing."""
        try:
            return mirror_gap_share(self.first, self.second)
        except GrowthUndefined:
            return None


def mirror_gap_share(first: float, second: float) -> float:
    """How far two amounts of the same trade lie apart, as a share of their mean: above zero where the first is larger.

    Raises GrowthUndefined where they have no mean above zero.

    >>> mirror_gap_share(30, 10), mirror_gap_share(10, 30), mirror_gap_share(5, 0)
    (1.0, -1.0, 2.0)
    """
    # Halves keep the sum of two huge amounts inside the range of floats.
    mean = first / 2 + second / 2
    if min(first, second) < 0 or mean <= 0:
        raise GrowthUndefined(f"no gap between {first} and {second}: they have no mean above zero")
    return finite((first - second) / mean, f"the gap between {first} and {second}")


def mirror_years(first: Series, second: Series) -> tuple[MirrorYear, ...]:
    """The years that both series know, ascending; none where one counts calendar and the other fiscal years.

    >>> from targets.progress import Measure, Point, SourceRank
    >>> def by(name, **amounts):
    ...     kept = (Measure.GOODS_TURNOVER, "", "", SourceRank.PRESS)
    ...     return Series(name, True, "", tuple(Point(int(y[1:]), a, False, *kept) for y, a in amounts.items()))
    >>> found = mirror_years(by("AAA", y2019=4.0, y2020=6.0), by("BBB", y2020=2.0))
    >>> [(one.year, one.first, one.second) for one in found]
    [(2020, 6.0, 2.0)]
    """
    if first.fiscal != second.fiscal:
        return ()
    other = {point.year: point for point in second.points}
    return tuple(
        MirrorYear(one.year, one.amount, same.amount, one.approximate, same.approximate)
        for one in first.points
        if (same := other.get(one.year)) is not None
    )


def sides_differ(assessment: Assessment) -> bool:
    """Whether both sides vote and their figures give different answers, disputed or not."""
    votes = {
        reading.status
        for reading in assessment.readings
        if reading.reporter and reading.by in assessment.verdict.voters
    }
    return len(votes) > 1
