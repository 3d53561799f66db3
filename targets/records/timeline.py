"""Deadlines by year, and what changed lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from targets.progress import Status, Word
from targets.progress.vocabulary import gettext_noop
from targets.records.targets import TargetRecord, TargetRow
from targets.records.trade import PairRecord
from targets.records.words import ChangeCause, Relation


@dataclass(frozen=True, slots=True)
class DeadlineYear:
    """The targets due in a year, replaced versions left out, and how they stand."""

    year: int
    statuses: tuple[tuple[Status, int], ...]

    @property
    def targets(self) -> int:
        return sum(number for _status, number in self.statuses)


@dataclass(frozen=True, slots=True)
class DeadlinesPage:
    coming: tuple[DeadlineYear, ...]
    """This year and later ones, the nearest first."""
    past: tuple[DeadlineYear, ...]
    """Years that are over, the latest first."""
    undated: int
    """Targets without a deadline."""
    year: int | None
    """The year whose targets are listed; None where no target has a deadline."""
    rows: tuple[TargetRow, ...]
    """Those targets, the largest amount first."""
    total: int
    page: int
    pages: int

    @property
    def most(self) -> int:
        """The most targets due in one year."""
        return max((one.targets for one in (*self.coming, *self.past)), default=0)


class ChangeKind(Word):
    """What changed."""

    VERDICT = "verdict", gettext_noop("verdict")
    TARGET = "target", gettext_noop("new target")
    RESTATED = "restated", gettext_noop("restated target")
    FIGURES = "figures", gettext_noop("revised figures")


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """One change that readers could see. Which fields are there depends on the kind."""

    kind: ChangeKind
    at: datetime
    target: TargetRecord | None = None
    """Of figures none; of a restatement the version that was replaced."""
    before: Status | None = None
    after: Status | None = None
    cause: ChangeCause | None = None
    relation: Relation | None = None
    successor: TargetRecord | None = None
    publisher: str = ""
    pair: PairRecord | None = None
    """Whose figures; with ``others`` one of several pairs."""
    others: bool = False
    figures: int = 0
    """How many figures say something else than before; of a withdrawal how many were taken back, 0 for not counted."""
    withdrawn: bool = False
    ours: bool = False
    """We erred; else the source said something else."""
    merged_from: str = ""
    """Of a verdict: the former address of the target of which it was, where that became part of this one."""

    @property
    def on(self) -> date:
        return self.at.date()


@dataclass(frozen=True, slots=True)
class ChangeList:
    rows: tuple[ChangeRecord, ...]
    """The newest first."""
    page: int
    older: bool
    """Whether another page follows."""
