"""Frozen shapes that cross the borders between layers.

Money is ``Decimal`` in the currency named beside it; it becomes ``float`` only in ``FigureRecord.for_progress`` and
``TargetRecord.terms``. Days end in ``_on``, moments in ``_at``. Texts come in pairs, English and ``_ru``;
``in_language`` chooses one and says whether it had to fall back.
"""

from targets.records.coverage import (
    SILENT_AFTER,
    CoveragePage,
    ReporterRow,
    SeriesRow,
    TextKind,
    TextRow,
    Years,
)
from targets.records.interchange import ACTIVE, CHOICES, COMPILER, FIGURE_FIELDS, TEMPLATE_FIELDS, neutral, original
from targets.records.pages import (
    EconomyPage,
    EconomyRow,
    HomePage,
    PairPage,
    Sort,
    TargetFilter,
    TargetList,
    TargetPage,
    TargetRow,
    VerdictChangeRecord,
    WorkedExamples,
)
<<<<<<< HEAD
from targets.records.sides import Conversion, MirrorRecord, RewordedRecord, conversions
=======
from targets.records.search import (
    PairHit,
    SearchKind,
    SearchResults,
    TargetHit,
    TextHit,
    excerpt,
    holds,
    marked,
    search_text,
    search_words,
)
>>>>>>> 7232ed2 (Search by word over targets, pairs, economies, statements and documents, in both languages, the same on either database)
from targets.records.targets import (
    DocumentRecord,
    RoadmapMeasureRecord,
    StatementRecord,
    TargetRecord,
    in_language,
    is_replaced,
)
from targets.records.trade import (
    RANK_OF_KIND,
    EconomyRecord,
    FigureRecord,
    FigureRow,
    PairRecord,
    PartialDate,
    RatePoint,
    Rejection,
    SourceRecord,
    folded,
)
from targets.records.words import (
    ChangeCause,
    DatePrecision,
    DeadlineBasis,
    DocumentKind,
    EconomyKind,
    FigureStanding,
    Invariant,
    MeasureBasis,
    MeasureState,
    Relation,
    ReleaseKind,
    ReviewState,
    SourceGrade,
    SourceKind,
    Strength,
    UploadState,
    Valuation,
)

__all__ = [
    "ACTIVE",
    "CHOICES",
    "COMPILER",
    "FIGURE_FIELDS",
    "RANK_OF_KIND",
    "SILENT_AFTER",
    "TEMPLATE_FIELDS",
    "ChangeCause",
    "Conversion",
    "CoveragePage",
    "DatePrecision",
    "DeadlineBasis",
    "DocumentKind",
    "DocumentRecord",
    "EconomyKind",
    "EconomyPage",
    "EconomyRecord",
    "EconomyRow",
    "FigureRecord",
    "FigureRow",
    "FigureStanding",
    "HomePage",
    "Invariant",
    "MeasureBasis",
    "MeasureState",
<<<<<<< HEAD
    "MirrorRecord",
=======
    "PairHit",
>>>>>>> 7232ed2 (Search by word over targets, pairs, economies, statements and documents, in both languages, the same on either database)
    "PairPage",
    "PairRecord",
    "PartialDate",
    "RatePoint",
    "Rejection",
    "Relation",
    "ReleaseKind",
    "ReporterRow",
    "ReviewState",
    "RewordedRecord",
    "RoadmapMeasureRecord",
<<<<<<< HEAD
    "SeriesRow",
=======
    "SearchKind",
    "SearchResults",
>>>>>>> 7232ed2 (Search by word over targets, pairs, economies, statements and documents, in both languages, the same on either database)
    "Sort",
    "SourceGrade",
    "SourceKind",
    "SourceRecord",
    "StatementRecord",
    "Strength",
    "TargetFilter",
    "TargetHit",
    "TargetList",
    "TargetPage",
    "TargetRecord",
    "TargetRow",
<<<<<<< HEAD
    "TextKind",
    "TextRow",
=======
    "TextHit",
>>>>>>> 7232ed2 (Search by word over targets, pairs, economies, statements and documents, in both languages, the same on either database)
    "UploadState",
    "Valuation",
    "VerdictChangeRecord",
    "WorkedExamples",
<<<<<<< HEAD
    "Years",
    "conversions",
=======
    "excerpt",
>>>>>>> 7232ed2 (Search by word over targets, pairs, economies, statements and documents, in both languages, the same on either database)
    "folded",
    "holds",
    "in_language",
    "is_replaced",
    "marked",
    "neutral",
    "original",
    "search_text",
    "search_words",
]
