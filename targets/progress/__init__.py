"""How a target stands: pure functions over plain numbers, standard library only.

``series_of`` makes a series of a reporter's figures, ``assess`` judges a target by its series, ``doubts`` asks about
figures before they are stored; the rest explains.
"""

from targets.progress.assessment import assess
from targets.progress.doubts import Against, Doubt, Flows, Suspicion
from targets.progress.growth import (
    GrowthUndefined,
    cagr,
    growth_ratio,
    path_amount,
    recent_growth,
    required_growth,
    required_path,
    share_of_way,
    step_to,
)
from targets.progress.plausibility import adds_up, doubts
from targets.progress.rail import Rail, RailMark, rail, sparkline
from targets.progress.second_opinion import SixPoint, second_opinion, six_point
from targets.progress.series import series_of
from targets.progress.shapes import Assessment, Figure, Point, Reading, Series, Terms, Verdict
from targets.progress.status import over, pace
from targets.progress.vocabulary import Flag, Measure, Reason, SourceRank, Status, Weather, Word

__all__ = [
    "Against",
    "Assessment",
    "Doubt",
    "Figure",
    "Flag",
    "Flows",
    "GrowthUndefined",
    "Measure",
    "Point",
    "Rail",
    "RailMark",
    "Reading",
    "Reason",
    "Series",
    "SixPoint",
    "SourceRank",
    "Status",
    "Suspicion",
    "Terms",
    "Verdict",
    "Weather",
    "Word",
    "adds_up",
    "assess",
    "cagr",
    "doubts",
    "growth_ratio",
    "over",
    "pace",
    "path_amount",
    "rail",
    "recent_growth",
    "required_growth",
    "required_path",
    "second_opinion",
    "series_of",
    "share_of_way",
    "six_point",
    "sparkline",
    "step_to",
]
