"""Targets beside each other on common scales."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from targets.records.targets import TargetRecord, TargetRow
from targets.records.trade import FigureRecord, RatePoint

FEWEST, MOST = 2, 8
"""How many targets a comparison takes."""


@dataclass(frozen=True, slots=True)
class SharePoint:
    """A full year of the lead reading: its amount in the target's currency, and its share of the way from the base."""

    year: int
    amount: float
    share: float


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the targets; ``points`` from the base on, empty where the lead reading has no way from base to target."""

    row: TargetRow
    points: tuple[SharePoint, ...]
    figures: tuple[FigureRecord, ...] = ()
    """Of which the points are made."""
    closed: frozenset[tuple[str, int]] = frozenset()
    """Whose years, as series name them, have a figure that may not be passed on."""

    @property
    def target(self) -> TargetRecord:
        return self.row.target


@dataclass(frozen=True, slots=True)
class Comparison:
    targets: tuple[Compared, ...]
    """In the order asked for, each once."""
    missing: tuple[str, ...]
    """What was asked for and is no slug of a published target."""
    near: tuple[TargetRecord, ...]
    """Others that may be added: of the same pairs first, then of the same economies."""
    through: datetime | None
    """When the newest of the figures was recorded."""
    as_of: date | None = None
    """The past day that was asked for."""
    rates: tuple[RatePoint, ...] = ()
    """Of which those were taken by which figures are converted."""
