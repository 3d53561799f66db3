"""What became of targets, as marks: one shape and one colour for each outcome, the same on every chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from targets.charts.theme import LIGHT, OUTCOMES, PALETTE
from targets.charts.traces import Piece, marks
from targets.records import Outcome
from targets.wording import word

SYMBOLS = {
    Outcome.KEPT: "circle",
    Outcome.LOST: "circle-open",
    Outcome.MISSED: "x",
    Outcome.DISPUTED: "diamond",
    Outcome.PENDING: "square",
    Outcome.UNASSESSABLE: "square-open",
    Outcome.REPLACED: "diamond-open",
}
"""Told apart without colour: kept and lost are round, missed is crossed, what is open is square, the rest pointed."""

SIZES = {Outcome.MISSED: 9.0, Outcome.DISPUTED: 9.0, Outcome.PENDING: 7.5, Outcome.UNASSESSABLE: 7.5}
SIZE = 8.5


@dataclass(frozen=True, slots=True)
class Place:
    """Where a target's mark stands, and what it says under the pointer."""

    x: float
    y: float
    outcome: Outcome
    told: str


def colour_of(outcome: Outcome) -> str:
    return PALETTE["light"][OUTCOMES[outcome]]


def outcome_marks(places: Sequence[Place]) -> list[Piece]:
    """One trace for each outcome that occurs, in the order of the outcomes."""
    return [
        # A mark at the edge of the plot is drawn whole.
        {"cliponaxis": False}
        | marks(
            [place.x for place in chosen],
            [place.y for place in chosen],
            name=word(outcome),
            role="outcome",
            colour=colour_of(outcome),
            symbol=SYMBOLS[outcome],
            size=SIZES.get(outcome, SIZE),
            told=[place.told for place in chosen],
        )
        for outcome in Outcome
        if (chosen := [place for place in places if place.outcome is outcome])
    ]


def outcome_key(outcomes: Iterable[Outcome]) -> list[dict[str, str]]:
    """What the shapes mean, of those that occur."""
    there = set(outcomes)
    return [
        {"symbol": SYMBOLS[outcome], "role": OUTCOMES[outcome], "text": word(outcome)}
        for outcome in Outcome
        if outcome in there
    ]


def upright(name: str, x: float) -> Piece:
    """A thin dotted line from the foot of the plot to its top."""
    return {
        "type": "line",
        "name": name,
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "xref": "x",
        "yref": "paper",
        "line": {"color": LIGHT.axis, "width": 1, "dash": "dot"},
        "layer": "below",
    }
