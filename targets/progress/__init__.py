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
from targets.progress.method import METHOD
from targets.progress.mirror import MirrorYear, mirror_gap_share, mirror_years, sides_differ
from targets.progress.plausibility import adds_up, doubts
from targets.progress.rail import Rail, RailMark, rail, sparklines
from targets.progress.second_opinion import SixPoint, second_opinion, six_point
from targets.progress.series import Rates, alone, last_full_year, series_of
from targets.progress.shapes import Assessment, Figure, Point, Reading, Series, Terms, Verdict
from targets.progress.status import over, pace
from targets.progress.verdict import UNDECIDED
from targets.progress.vocabulary import Flag, Measure, Reason, SourceRank, Status, Weather, Word
from targets.progress.wordings import Ambiguity, Wording, rewordings

__all__ = [
    "METHOD",
    "UNDECIDED",
    "Against",
    "Ambiguity",
    "Assessment",
    "Doubt",
    "Figure",
    "Flag",
    "Flows",
    "GrowthUndefined",
    "Measure",
    "MirrorYear",
    "Point",
    "Rail",
    "RailMark",
    "Rates",
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
    "Wording",
    "adds_up",
    "alone",
    "assess",
    "cagr",
    "doubts",
    "growth_ratio",
    "last_full_year",
    "mirror_gap_share",
    "mirror_years",
    "over",
    "pace",
    "path_amount",
    "rail",
    "recent_growth",
    "required_growth",
    "required_path",
    "rewordings",
    "second_opinion",
    "series_of",
    "share_of_way",
    "sides_differ",
    "six_point",
    "sparklines",
    "step_to",
]
