"""What is known and what is not: who reports which years of what, and which texts are in one language only."""

from __future__ import annotations

from dataclasses import dataclass

from targets.progress import Measure, Word
from targets.progress.vocabulary import gettext_noop
from targets.records.targets import TargetRecord
from targets.records.trade import EconomyRecord, PairRecord

SILENT_AFTER = 3
"""A side whose newest full year is more than this many years ago counts as silent, as figures too old to judge by."""


class TextKind(Word):
    """Texts of the data that readers see, by what they are about."""

    NOTES = "notes", gettext_noop("notes on targets")
    DEADLINE_NOTE = "deadline_note", gettext_noop("notes on deadlines")
    SECTORS = "sectors", gettext_noop("sectors that targets name")
    SPEAKER = "speaker", gettext_noop("speakers")
    ROLE = "role", gettext_noop("speakers’ offices")
    OCCASION = "occasion", gettext_noop("occasions")
    SUMMARY = "summary", gettext_noop("what was said, retold")
    TITLE = "title", gettext_noop("titles of documents")
    MEASURE = "measure", gettext_noop("measures of roadmaps")
    FIGURE_NOTE = "figure_note", gettext_noop("notes on figures")


@dataclass(frozen=True, slots=True)
class Years:
    """From the first to the last full year known; ``number`` of them, where it was counted."""

    first: int
    last: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class ReporterRow:
    """What one economy's own figures cover of the pairs for which it has published targets."""

    economy: EconomyRecord
    pairs: int
    known: int
    """Of these pairs, those with a full-year figure of its own."""
    current: int
    """Of these pairs, those whose newest own figure is not too old."""
    tables: Years | None
    """Years in tables of a statistics office or an international compilation."""
    words: Years | None
    """Years that officials or the press gave."""
    measures: tuple[Measure, ...]

    @property
    def last(self) -> int | None:
        """The newest full year of any kind."""
        return max((years.last for years in (self.tables, self.words) if years), default=None)

    def silent(self, year: int) -> bool:
        """Whether in that year its newest figure is too old."""
        return self.last is not None and year - self.last > SILENT_AFTER

    def without_tables(self, year: int) -> bool:
        """Whether in that year its tables are too old, while officials or the press give newer years."""
        return self.tables is not None and year - self.tables.last > SILENT_AFTER and not self.silent(year)


@dataclass(frozen=True, slots=True)
class TextRow:
    """How many texts of a kind there are, and how many are in one language only."""

    kind: TextKind
    texts: int
    without_russian: int
    without_english: int


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """Full years of one measure that one economy has from one publisher for one pair."""

    pair: PairRecord
    measure: Measure | None
    """None where nothing of its own is known for the pair."""
    publisher: str
    years: Years | None


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """A page of the partners of one economy, each with all of its rows."""

    rows: tuple[SeriesRow, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class CoveragePage:
    year: int
    """The present year, by which silence is told."""
    reporters: tuple[ReporterRow, ...]
    """All of them."""
    rows: tuple[ReporterRow, ...]
    """Those on this page of the table."""
    page: int
    pages: int
    texts: tuple[TextRow, ...]
    untranslated: tuple[TargetRecord, ...]
    """Targets with a text of their own or of a statement in one language only; the first of them."""

    @property
    def silent(self) -> tuple[ReporterRow, ...]:
        return tuple(row for row in self.reporters if row.silent(self.year))

    @property
    def without_tables(self) -> tuple[ReporterRow, ...]:
        return tuple(row for row in self.reporters if row.without_tables(self.year))

    @property
    def never(self) -> tuple[ReporterRow, ...]:
        return tuple(row for row in self.reporters if row.last is None)
