"""What whole pages and lists show, and what a list may be asked for."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Self

from targets.progress import Assessment, Measure, Rail, Series, Status, Word, rail
from targets.progress.vocabulary import gettext_noop
from targets.records.goalposts import GoalHistory, goal_histories
from targets.records.scoreboards import Moves, Scoreboard, Tally
from targets.records.sides import Conversion, MirrorRecord, RewordedRecord, conversions
from targets.records.targets import DocumentRecord, StatementRecord, TargetRecord, TargetRow
from targets.records.trade import EconomyRecord, FigureRecord, PairRecord, RatePoint
from targets.records.words import ChangeCause, Relation, Step, Strength


@dataclass(frozen=True, slots=True)
class VerdictChangeRecord:
    """A verdict that became another; ``before`` is None for the first one.

    ``merged_from`` is the former address of the target of which it was the verdict, empty for the target's own.
    """

    changed_at: datetime
    before: Status | None
    after: Status
    cause: ChangeCause
    merged_from: str = ""


class _WithFigures:
    """A page with the ``figures`` of a pair, oldest year first; as its tables show them, newest year first.

    Within a year the order stays: first side before second, better sources before others.
    """

    __slots__ = ()
    figures: tuple[FigureRecord, ...]

    @property
    def full_years(self) -> tuple[FigureRecord, ...]:
        """The figures for whole years."""
        return tuple(figure for figure in self._newest_first() if figure.full_year)

    @property
    def partial_periods(self) -> tuple[FigureRecord, ...]:
        """The figures that are never counted as a year: parts of one, or of no stated period; those last."""
        return tuple(figure for figure in self._newest_first() if not figure.full_year)

    def _newest_first(self) -> list[FigureRecord]:
        return sorted(self.figures, key=lambda figure: figure.year or 0, reverse=True)


@dataclass(frozen=True, slots=True)
class TargetPage(_WithFigures):
    """All that a target's page, chart and files show; ``figures`` are the pair's current ones, oldest year first."""

    target: TargetRecord
    assessment: Assessment
    figures: tuple[FigureRecord, ...]
    statements: tuple[StatementRecord, ...]
    documents: tuple[DocumentRecord, ...]
    earlier: tuple[TargetRecord, ...]
    """The versions and steps that led to this target, oldest first."""
    later: TargetRecord | None
    siblings: tuple[TargetRow, ...]
    """The pair's other published targets, newest statement first."""
    rates: tuple[RatePoint, ...]
    """The yearly rates by which amounts in other currencies were converted."""
    as_of: date | None
    data_version: int
    through: datetime | None
    """When the newest of these figures was recorded."""
    series: tuple[Series, ...] = ()
    """The full years by which the target was judged, one series for each side and compiler."""
    changes: tuple[VerdictChangeRecord, ...] = ()
    """How the verdict changed since the target was published, oldest first."""
    mirror: MirrorRecord | None = None
    """Both sides' calendar years in the target's measure; None for a target judged outside of a page."""
    reworded: tuple[RewordedRecord, ...] = ()
    """The target judged by the other ways to read its words."""
    told_with: TargetRecord | None = None
    """The other target of the pair that lists a statement of the date of this one, which lists none itself."""

    @property
    def first_said(self) -> StatementRecord | None:
        """The earliest statement listed of the date on which the target was first stated."""
        return next((one for one in self._said() if self.target.first_stated.holds(one.stated)), None)

    @property
    def earliest_said(self) -> StatementRecord | None:
        """The earliest statement of the target that is listed with a date."""
        return next((one for one in self._said() if one.stated.iso), None)

    def _said(self) -> Iterator[StatementRecord]:
        return (one for one in self.statements if not one.context_only)

    @property
    def conversions(self) -> tuple[Conversion, ...]:
        """How the amounts by which the target was judged were converted, newest year first."""
        return conversions(self.series, self.figures, self.rates, self.target.currency or "USD")

    @property
    def rail(self) -> Rail | None:
        """The progress rail, None where there is no bar to draw."""
        return rail(self.assessment)

    @property
    def goals(self) -> tuple[GoalHistory, ...]:
        """The goals of which this target is a version, as far as they were restated."""
        own = TargetRow(self.target, self.assessment, rail={})
        found = goal_histories((own, *self.siblings))
        return tuple(history for history in found if history.moves and own in history.versions)


class Sort(Word):
    """Orders of a list of targets; a minus in front of the value turns it round."""

    DEADLINE = "deadline", gettext_noop("deadline")
    AMOUNT = "amount", gettext_noop("amount")
    SHARE = "share", gettext_noop("share of the way")
    NEEDED = "needed", gettext_noop("growth needed")
    STATED = "stated", gettext_noop("first stated")
    CHANCE = "chance", gettext_noop("chance")


@dataclass(frozen=True, slots=True)
class TargetFilter:
    """What a list of targets is asked for; the address bar holds all of it."""

    q: str = ""
    economy: str = ""
    status: tuple[Status, ...] = ()
    measure: tuple[Measure, ...] = ()
    strength: tuple[Strength, ...] = ()
    relation: tuple[Relation, ...] = ()
    """What the next version did; most of those it did it to are replaced ones."""
    deadline_from: int | None = None
    deadline_to: int | None = None
    replaced: bool = False
    """Whether versions that a later one replaced are listed too."""
    disagree: bool = False
    """Whether only targets are listed of which the two sides' figures give different answers."""
    sort: Sort = Sort.STATED
    descending: bool = True


OF_A_PAGE = ("page", "view", "t")
"""Parameters of a list's address that say how a page of it looks, and nothing of which targets are in the list."""

NARROWING = tuple(one.name for one in fields(TargetFilter) if one.name not in ("q", "sort", "descending"))
"""What says which targets a list is of, the reader's own words aside."""


@dataclass(frozen=True, slots=True)
class TargetList:
    rows: tuple[TargetRow, ...]
    total: int
    """Targets that pass the filter, on all pages."""
    left_out: int
    """Versions that pass it but are not listed, because a later one replaced them."""
    page: int
    pages: int
    looser: tuple[int, ...] = ()
    """Of an empty list: how many targets pass each of the looser filters that were asked about."""


@dataclass(frozen=True, slots=True)
class HomePage:
    """What is tracked and how it stands; replaced versions are left out of every count and list but ``targets``."""

    targets: int
    pairs: int
    economies: int
    figures: int
    statuses: tuple[tuple[Status, int], ...]
    due_next: tuple[TargetRow, ...]
    """Open targets that can be assessed, by deadline, the nearest first."""
    decided: tuple[TargetRow, ...]
    """Targets whose deadline has passed with a verdict, the latest deadline first."""
    through: datetime | None
    by_deadline: tuple[tuple[int | None, Tally], ...]
    """What became of the targets due in a year, the earliest first, those without a deadline last."""
    by_strength: tuple[tuple[Strength, Tally], ...]
    by_step: tuple[tuple[Step, Tally], ...]
    """By the size of the step that was asked for: amount against base."""
    moves: Moves


@dataclass(frozen=True, slots=True)
class PairPage(_WithFigures):
    pair: PairRecord
    targets: tuple[TargetRow, ...]
    """Every published target of the pair, replaced ones too, oldest statement first."""
    figures: tuple[FigureRecord, ...]
    """The current figures, oldest year first."""
    mirror: MirrorRecord
    rates: tuple[RatePoint, ...]
    as_of: date | None
    through: datetime | None

    @property
    def goals(self) -> tuple[GoalHistory, ...]:
        """Its targets as versions of goals, the earliest stated first."""
        return goal_histories(self.targets)

    @property
    def conversions(self) -> tuple[Conversion, ...]:
        """How the mirror figures were converted, newest year first."""
        sides = (self.mirror.first, self.mirror.second)
        return conversions(sides, self.figures, self.rates, self.mirror.currency)


ECONOMIES_A_PAGE = 80
"""All those with targets in the shipped catalogue."""


@dataclass(frozen=True, slots=True)
class EconomyRow:
    economy: EconomyRecord
    targets: int
    statuses: tuple[tuple[Status, int], ...]
    moves: Moves
    """How often the goals of its pairs were moved."""


class EconomyRows(tuple[EconomyRow, ...]):
    """A page of the economies, with what was written of it, as in ``TargetRow``."""

    moved: tuple[EconomyRow, ...]
    """As many of those whose goals were moved: most often moved first, page by page as the others."""
    kinds: tuple[Relation, ...]
    """The moves that occur in any row of any page, in their order."""
    page: int
    pages: int
    drawn: dict[Hashable, str]

    def __new__(cls, every: Sequence[EconomyRow], page: int = 1) -> Self:
        """The page of ``every`` row, in their order."""
        part = slice((page - 1) * ECONOMIES_A_PAGE, page * ECONOMIES_A_PAGE)
        made = super().__new__(cls, every[part])
        moved = sorted((row for row in every if row.moves), key=lambda row: -sum(number for _, number in row.moves))
        found = {relation for row in moved for relation, _ in row.moves}
        made.moved = tuple(moved[part])
        made.kinds = tuple(relation for relation in Relation if relation in found)
        made.page, made.pages = page, max(1, -(-len(every) // ECONOMIES_A_PAGE))
        made.drawn = {}
        return made


@dataclass(frozen=True, slots=True)
class EconomyPage:
    economy: EconomyRecord
    members: tuple[EconomyRecord, ...]
    blocs: tuple[EconomyRecord, ...]
    targets: tuple[TargetRow, ...]
    """The newest of its published targets without replaced versions, newest statement first."""
    replaced: int
    statuses: tuple[tuple[Status, int], ...]
    latest: tuple[tuple[PairRecord, tuple[FigureRecord, ...]], ...]
    """For each partner the newest full-year figure of each reporter, largest first, as far as the page goes."""
    board: Scoreboard
    day: date
    """The UTC day on which its targets are judged."""
    total: int = 0
    """Its published targets without replaced versions."""
    partners: int = 0
    """The partners of which a figure is known."""
    drawn: dict[Hashable, str] = field(init=False, default_factory=dict, compare=False, repr=False)
    """What was written of it, as in ``TargetRow``."""
