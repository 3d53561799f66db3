"""Where labels go: beside what they name, inside the drawing, off each other, and off the lines where there is room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from targets.exports.svg.frame import HEADROOM, LEADING, Frame
from targets.exports.svg.text import Line, lines_of, wrapped

CELL = 7.0
"""Side of the squares in which drawn ink is remembered."""

ORDER = ("row", "target", "stated", "last", "earlier", "first", "path", "gap", "name")
"""Which labels choose their place first, by the beginning of their names."""

EXPENDABLE = frozenset({"stated", "first", "earlier", "path", "gap", "name"})
"""Labels that are left out rather than put where they cannot be read; the table and the words have them too."""

FIXED = "row"
"""Labels of rows stand where they were put, moved only to stay inside the drawing: each row has its own room."""

FAINT, STRONG = 1.0, 3.0
"""What it costs a label to lie on a square of thin or of thick ink."""

FAR_COST = 0.35
EXPENDABLE_AT_MOST = 11.0
"""Beyond this cost an expendable label is left out."""

NAME_AT_MOST = 4.0
"""The same for one of many names, each of which can be missed."""

WIDEST = 0.5
"""A label's share of the whole width, beyond which it goes on in another line."""

LEADER_FROM = 1.3
"""A label farther from its point than so many sizes of its text is tied to it by a thin line."""

TURNED = {"left": 5.0, "right": 5.0, "center": 7.0}
SLID = 8.0
"""What it costs to stand on another side of the point than wished, and half a label's width aside."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

Place = tuple[float, float, float, str]
"""Cost, left, top, and SVG's text-anchor."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A label in its place: ``x`` and the base line ``y`` of its first line, ``anchor`` as SVG's text-anchor."""

    name: str
    lines: tuple[Line, ...]
    x: float
    y: float
    anchor: str
    size: float
    colour: str
    box: Box
    point: tuple[float, float]
    """What it names."""

    @property
    def leader(self) -> tuple[float, float] | None:
        """Where a line from the point to the label ends, None where the label is near enough to need none."""
        (x, y), (left, top, right, bottom) = self.point, self.box
        near = min(max(x, left), right), min(max(y, top + 2), bottom - 2)
        return near if math.dist(near, self.point) > LEADER_FROM * self.size else None


@dataclass(slots=True)
class Ink:
    """The squares of the drawing that lines and marks have touched."""

    cells: dict[tuple[int, int], float] = field(default_factory=dict)

    def line(self, points: Sequence[tuple[float, float]], cost: float) -> None:
        for (x0, y0), (x1, y1) in pairwise(points):
            steps = max(1, math.ceil(max(abs(x1 - x0), abs(y1 - y0)) / (CELL * 0.7)))
            for step in range(steps + 1):
                share = step / steps
                self._touch(int((x0 + share * (x1 - x0)) // CELL), int((y0 + share * (y1 - y0)) // CELL), cost)

    def mark(self, x: float, y: float, radius: float) -> None:
        for across in range(int((x - radius) // CELL), int((x + radius) // CELL) + 1):
            for down in range(int((y - radius) // CELL), int((y + radius) // CELL) + 1):
                self._touch(across, down, STRONG)

    def _touch(self, across: int, down: int, cost: float) -> None:
        self.cells[across, down] = max(cost, self.cells.get((across, down), 0.0))

    def under(self, box: Box) -> float:
        left, top, right, bottom = (int(edge // CELL) for edge in box)
        return sum(
            self.cells.get((across, down), 0.0) for down in range(top, bottom + 1) for across in range(left, right + 1)
        )


def placed(notes: Iterable[Mapping[str, Any]], frame: Frame, ink: Ink) -> list[Placed]:
    """The labels that found a place, in the order in which they chose it."""
    labels = sorted((note for note in notes if note.get("name") != "footer"), key=_turn)
    found: list[Placed] = []
    for note in labels:
        best = _best(note, frame, ink, [label.box for label in found])
        if best is not None:
            found.append(best)
    return found


def _kind(note: Mapping[str, Any]) -> str:
    return str(note.get("name", "")).partition(":")[0]


def _turn(note: Mapping[str, Any]) -> int:
    kind = _kind(note)
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def _best(note: Mapping[str, Any], frame: Frame, ink: Ink, taken: Sequence[Box]) -> Placed | None:
    """The cheapest place that is free; an expendable label is left out where it would lie on much ink or far away."""
    size = round(frame.size.text * note["font"]["size"] / 13 * 1.02, 1)
    widest = frame.size.width * (1 if _kind(note) == FIXED else WIDEST)
    lines = tuple(
        Line(text, line.bold)
        for line in lines_of(note["text"])
        for text in wrapped(line.text, widest, size, line.bold, frame.size.reserve) or [""]
    )
    wide = max(line.width(size, frame.size.reserve) for line in lines)
    tall = len(lines) * size * LEADING
    x, y = frame.point(note)
    x += note.get("xshift", 0) * frame.size.stroke
    y -= note.get("yshift", 0) * frame.size.stroke
    cheapest: tuple[float, float, float, str] | None = None
    bound = {"name": NAME_AT_MOST}.get(_kind(note), EXPENDABLE_AT_MOST if _kind(note) in EXPENDABLE else math.inf)
    if _kind(note) == FIXED:
        cheapest = _fixed(note, x, y, wide, tall, frame)
    for track in () if cheapest else _tracks(note, x, y, wide, tall, frame):
        for cost, left, top, anchor in track:
            if cost >= bound:
                # Places on a track only become dearer.
                break
            box = (left, top, left + wide, top + tall)
            if not _inside(box, frame, note) or any(_overlap(box, other) for other in taken):
                continue
            cost += ink.under((left + 4, top + 4, left + wide - 4, top + tall - 4))
            if cost < bound:
                bound, cheapest = cost, (cost, left, top, anchor)
    if cheapest is None:
        return None
    _, left, top, anchor = cheapest
    return Placed(
        str(note.get("name", "")),
        lines,
        x=left + {"start": 0, "middle": wide / 2, "end": wide}[anchor],
        y=top + size * 1.03,
        anchor=anchor,
        size=size,
        colour=note["font"]["color"],
        box=(left, top, left + wide, top + tall),
        point=frame.point(note),
    )


def _fixed(note: Mapping[str, Any], x: float, y: float, wide: float, tall: float, frame: Frame) -> Place:
    """Just where the label wishes to stand, as far as the drawing reaches."""
    left = {"left": x, "right": x - wide, "center": x - wide / 2}[note.get("xanchor", "left")]
    top = {"top": y, "middle": y - tall / 2, "bottom": y - tall}[note.get("yanchor", "middle")]
    edge = frame.size.pad * 0.5
    return 0.0, min(max(left, edge), frame.size.width - edge - wide), top, "start"


def _tracks(
    note: Mapping[str, Any], x: float, y: float, wide: float, tall: float, frame: Frame
) -> Iterable[Iterable[Place]]:
    """Places for a label, in tracks that lead up and down from beside its point, the wished side first."""
    wished = note.get("xanchor", "left")
    middle = {"top": y, "middle": y - tall / 2, "bottom": y - tall}[note.get("yanchor", "middle")]
    nudge = 2 * note.get("xshift", 0) * frame.size.stroke
    sides = {
        "left": (x if wished == "left" else x - nudge, "start"),
        "right": (x - wide if wished == "right" else x - wide - nudge, "end"),
        "center": (x - wide / 2, "middle"),
    }
    for side in sorted(sides, key=lambda side: side != wished):
        left, anchor = sides[side]
        turned = 0.0 if side == wished else TURNED[side]
        yield _track(turned, left, middle, anchor, frame)
        inside = min(max(left, frame.left), frame.size.width - frame.size.pad - wide)
        yield _track(turned + SLID, inside, middle, anchor, frame)
        # Half a width to either side gets a label past an upright line.
        yield _track(turned + SLID, left - wide / 2, middle, anchor, frame)
        yield _track(turned + SLID, left + wide / 2, middle, anchor, frame)


def _track(cost: float, left: float, top: float, anchor: str, frame: Frame) -> Iterable[Place]:
    step = frame.size.text * 0.45
    for shift in range(math.ceil((frame.bottom - frame.top) / step)):
        far = cost + shift * FAR_COST * (1 + shift / 6)
        yield far, left, top - shift * step, anchor
        yield far + 0.01, left, top + shift * step, anchor


def _inside(box: Box, frame: Frame, note: Mapping[str, Any]) -> bool:
    """Whether a label stands in the drawing and in the panel of its axis."""
    left, top, right, bottom = box
    edge = frame.size.pad * 0.5
    panel = frame.panels.get(note.get("yref", "y"))
    highest, lowest = (panel.top, panel.bottom) if panel else (frame.top, frame.bottom)
    return (
        left >= frame.left - frame.size.text
        and right <= frame.size.width - edge
        and (top >= highest - HEADROOM * frame.size.text and bottom <= lowest)
    )


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] + 3 and other[0] < one[2] + 3 and one[1] < other[3] and other[1] < one[3]
