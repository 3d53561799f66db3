"""How a target stands: pure functions over plain numbers, standard library only.

``series_of`` makes a series of a reporter's figures, ``assess`` judges a target by its series; the rest explains.
"""

from targets.progress.rail import Rail, RailMark
from targets.progress.shapes import Assessment, Figure, Point, Reading, Series, Terms, Verdict
from targets.progress.vocabulary import Flag, Measure, Reason, SourceRank, Status, Weather, Word

__all__ = [
    "Assessment",
    "Figure",
    "Flag",
    "Measure",
    "Point",
    "Rail",
    "RailMark",
    "Reading",
    "Reason",
    "Series",
    "SourceRank",
    "Status",
    "Terms",
    "Verdict",
    "Weather",
    "Word",
]
