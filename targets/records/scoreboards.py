"""What became of targets, summed up: outcomes, moves of the goalposts, open promises against today's trade."""

from __future__ import annotations

from dataclasses import dataclass

from targets.progress import Measure
from targets.records.goalposts import GoalHistory
from targets.records.targets import TargetRow
from targets.records.trade import RatePoint
from targets.records.words import Omission, Outcome, Relation

Tally = tuple[tuple[Outcome, int], ...]
"""How many targets had which outcome, in the order of the outcomes, without those that none had."""

Moves = tuple[tuple[Relation, int], ...]
"""How often goals were raised, lowered, postponed …, in the order of the relations; next steps are no moves."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A target on a scoreboard; ``dollars`` is its amount in US dollars, None where it cannot be worked out."""

    row: TargetRow
    outcome: Outcome
    dollars: float | None


@dataclass(frozen=True, slots=True)
class PromiseFigure:
    """One side's figure for a promise: what was promised and what is traded, by that side, in US dollars."""

    promised: float
    traded: float
    year: int
    fiscal: str


@dataclass(frozen=True, slots=True)
class Promise:
    """An open promise that counts for its pair, in US dollars.

    ``own`` is by the economy's figures, ``other`` by its partner's; None where that side has no usable figure.
    """

    row: TargetRow
    dollars: float
    own: PromiseFigure | None
    other: PromiseFigure | None


@dataclass(frozen=True, slots=True)
class Sum:
    """Promises and trade over the same pairs by one side's figures, in US dollars; the years their figures are of."""

    pairs: int
    promised: float
    traded: float
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class OpenPromises:
    """An economy's promises that are still to be kept, one for each pair, the largest first."""

    counted: tuple[Promise, ...]
    left_out: tuple[tuple[TargetRow, Omission], ...]
    own: Sum | None
    """Over the pairs for which the economy itself has a figure."""
    other: Sum | None
    """Over the pairs for which the partner has one."""
    rates: tuple[RatePoint, ...]
    """By which amounts in other currencies were converted: the newest year of each."""

    number: int = 0
    """Promises in the sum; ``counted`` names the largest."""
    dollars: float = 0.0
    measures: tuple[tuple[Measure, int], ...] = ()
    """How many of the counted promises count what, in the order of the measures."""
    number_left_out: int = 0
    """Promises that are not in the sum; ``left_out`` names the largest."""


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """An economy's targets, replaced versions too: what became of them, and how their goals moved."""

    tally: Tally
    targets: tuple[Scored, ...]
    """Those stated last: the earliest deadline first, those without one last."""
    moved: tuple[GoalHistory, ...]
    """The goals that were restated most often, those first that were so most."""
    moves: Moves
    promises: OpenPromises
    number: int = 0
    """All of its targets; ``targets`` are as many as a chart holds."""
    number_moved: int = 0
    """All goals that were restated."""
