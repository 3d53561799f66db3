"""What is stored. Only `queries` reads it and `actions` writes it; the admin's own lists are the exception."""

from targets.models.economies import CountryPair, Economy, ExchangeRate
from targets.models.figures import Reach, Release, TurnoverFigure
from targets.models.journal import AuditEvent
from targets.models.judgements import Judgement, VerdictChange
from targets.models.sources import Source
from targets.models.targets import RoadmapDocument, RoadmapMeasure, SlugRedirect, Statement, Target
from targets.models.uploads import Upload

__all__ = [
    "AuditEvent",
    "CountryPair",
    "Economy",
    "ExchangeRate",
    "Judgement",
    "Reach",
    "Release",
    "RoadmapDocument",
    "RoadmapMeasure",
    "SlugRedirect",
    "Source",
    "Statement",
    "Target",
    "TurnoverFigure",
    "Upload",
    "VerdictChange",
]
