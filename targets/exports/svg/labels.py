"""Where labels go: beside what they name, inside the drawing, off each other, and off the lines where there is room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from targets.exports.svg.frame import HEADROOM, LEADING, ROW_WIDEST, Frame
from targets.exports.svg.text import Line, balanced, lines_of

CELL = 4.0
"""Side of the squares in which drawn ink is remembered."""

ORDER = ("row", "target", "stated", "last", "earlier", "first", "path", "gap", "name")
"""Which labels choose their place first, by the beginning of their names."""

EXPENDABLE = frozenset({"stated", "first", "earlier", "path", "gap", "name"})
"""Labels that are left out rather than put where they cannot be read; the table and the words have them too."""

TIED = "last"
"""Labels of last values are tied to their point where they have to go elsewhere."""

ROW = "row"
"""Labels of rows keep their height: each row has its own room, in which they slide past what would cross them."""

NAME = "name"
"""Names of marks stand beside them, right or left, or not at all."""

THIN, FAINT, STRONG = 1, 3, 5
"""What it costs a label to lie on a square of a hairline, of a thin line, of a line of figures or a mark."""

TIED_OVER = 12.0
"""What it costs a label if the line that ties it to its point runs over another label."""

FAR_COST = 0.35
SLIDE_COST = 0.2
ROW_OVER = 50.0
EXPENDABLE_AT_MOST = 11.0
"""Beyond this cost an expendable label is left out."""

NAME_AT_MOST = 2.0
"""The same for one of many names, each of which can be missed."""

WIDEST = 0.5
"""A label's share of the whole width, beyond which it goes on in another line."""

LEADER_FROM = 1.3
"""A label farther from its point than so many sizes of its text is tied to it by a thin line."""

TURNED = {"left": 5.0, "right": 5.0, "center": 7.0}
SLID = 8.0
"""What it costs to stand on another side of the point than wished, and half a label's width aside."""

Point = tuple[float, float]

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
    point: Point
    """What it names."""
    leader: tuple[Point, ...] = ()
    """Both ends of the thin line from the point to the label; nothing where the label is near or needs none."""


class Ink:
    """The squares of the drawing that lines and marks have touched, row by row; what lies outside costs nothing."""

    def __init__(self, frame: Frame) -> None:
        self.across = int(frame.size.width // CELL) + 1
        self.rows = [bytearray(self.across) for _ in range(int(frame.height // CELL) + 1)]

    def line(self, points: Sequence[Point], cost: int) -> None:
        for (x0, y0), (x1, y1) in pairwise(points):
            steps = max(1, math.ceil(max(abs(x1 - x0), abs(y1 - y0)) / (CELL * 0.7)))
            for step in range(steps + 1):
                share = step / steps
                self._touch(int((x0 + share * (x1 - x0)) // CELL), int((y0 + share * (y1 - y0)) // CELL), cost)

    def mark(self, x: float, y: float, radius: float) -> None:
        for across in range(int((x - radius) // CELL), int((x + radius) // CELL) + 1):
            for down in range(int((y - radius) // CELL), int((y + radius) // CELL) + 1):
                self._touch(across, down, STRONG)

    def _touch(self, across: int, down: int, cost: int) -> None:
        if 0 <= across < self.across and 0 <= down < len(self.rows) and self.rows[down][across] < cost:
            self.rows[down][across] = cost

    def under(self, box: Box) -> int:
        left, top, right, bottom = (max(0, int(edge // CELL)) for edge in box)
        return sum(sum(row[left : right + 1]) for row in self.rows[top : bottom + 1])


def placed(notes: Iterable[Mapping[str, Any]], frame: Frame, ink: Ink) -> list[Placed]:
    """The labels that found a place, in the order in which they chose it."""
    labels = sorted((note for note in notes if note.get("name") != "footer"), key=_turn)
    found: list[Placed] = []
    for note in labels:
        best = _best(note, frame, ink, [label.box for label in found])
        if best is not None:
            found.append(best)
            ink.line(best.leader, FAINT)
    return found


def _kind(note: Mapping[str, Any]) -> str:
    return str(note.get("name", "")).partition(":")[0]


def _turn(note: Mapping[str, Any]) -> int:
    kind = _kind(note)
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def _best(note: Mapping[str, Any], frame: Frame, ink: Ink, taken: Sequence[Box]) -> Placed | None:
    """The cheapest place that is free; an expendable label is left out where it would lie on much ink or far away."""
    size = round(frame.size.text * note["font"]["size"] / 13 * 1.02, 1)
    widest = frame.size.width * (ROW_WIDEST if _kind(note) == ROW else WIDEST)
    lines = tuple(
        Line(text, line.bold)
        for line in lines_of(note["text"])
        for text in balanced(line.text, widest, size, line.bold, frame.size.reserve) or [""]
    )
    wide = max(line.width(size, frame.size.reserve) for line in lines)
    tall = len(lines) * size * LEADING
    x, y = point = frame.point(note)
    tied = _kind(note) == TIED
    x += note.get("xshift", 0) * frame.size.stroke
    y -= note.get("yshift", 0) * frame.size.stroke
    cheapest: tuple[float, float, float, str] | None = None
    bound = {NAME: NAME_AT_MOST}.get(_kind(note), EXPENDABLE_AT_MOST if _kind(note) in EXPENDABLE else math.inf)
    for track in _tracks(note, x, y, wide, tall, frame):
        for cost, left, top, anchor in track:
            if cost >= bound:
                # Places on a track only become dearer.
                break
            box = (left, top, left + wide, top + tall)
            if not _inside(box, frame, note):
                continue
            over = sum(_overlap(box, other) for other in taken)
            if over and _kind(note) != ROW:
                continue
            # The words of a row are never left out.
            cost += over * ROW_OVER
            cost += ink.under((left + 1, top + 3, left + wide - 1, top + tall - 1.5))
            if tied and cost < bound:
                cost += TIED_OVER * sum(_passes(_leader(point, box, size), other) for other in taken)
            if cost < bound:
                bound, cheapest = cost, (cost, left, top, anchor)
    if cheapest is None:
        return None
    _, left, top, anchor = cheapest
    box = (left, top, left + wide, top + tall)
    return Placed(
        str(note.get("name", "")),
        lines,
        x=left + {"start": 0, "middle": wide / 2, "end": wide}[anchor],
        y=top + size * 1.03,
        anchor=anchor,
        size=size,
        colour=note["font"]["color"],
        box=box,
        point=point,
        leader=_leader(point, box, size) if tied else (),
    )


def _leader(point: Point, box: Box, size: float) -> tuple[Point, ...]:
    """From the point to the nearest edge of the label; nothing where that is near enough."""
    (x, y), (left, top, right, bottom) = point, box
    near = min(max(x, left), right), min(max(y, top + 2), bottom - 2)
    return (point, near) if math.dist(near, point) > LEADER_FROM * size else ()


def _passes(leader: Sequence[Point], box: Box) -> bool:
    """Whether the line runs through the box; looked at where it is cut into twelve."""
    if not leader:
        return False
    (x0, y0), (x1, y1) = leader
    left, top, right, bottom = box
    spots = ((x0 + (x1 - x0) * at / 12, y0 + (y1 - y0) * at / 12) for at in range(13))
    return any(left < x < right and top < y < bottom for x, y in spots)


def _sliding(left: float, top: float, wide: float, frame: Frame) -> Iterable[Place]:
    """Places in a row, the wished one first, as far as the drawing reaches."""
    edge = frame.size.pad * 0.5
    lowest, highest = edge, max(edge, frame.size.width - edge - wide)
    wished = min(max(left, lowest), highest)
    step = frame.size.text * 0.45
    for shift in range(math.ceil(frame.size.width / step)):
        for place in (wished - shift * step, wished + shift * step):
            if lowest <= place <= highest:
                yield shift * SLIDE_COST, place, top, "start"


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
    if _kind(note) == ROW:
        yield _sliding(sides[wished][0], middle, wide, frame)
        return
    if _kind(note) == NAME:
        yield ((0.1 * (side != wished), sides[side][0], middle, sides[side][1]) for side in ("left", "right"))
        return
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
    """Whether a label stands in the drawing and in the panel of its axis; a row sees to that itself."""
    if _kind(note) == ROW:
        return True
    left, top, right, bottom = box
    edge = frame.size.pad * 0.5
    panel = frame.panels.get(note.get("yref", "y"))
    highest, lowest = (panel.top, panel.bottom) if panel else (frame.top, frame.bottom)
    return (
        left >= frame.left - 0.45 * frame.size.text
        and right <= frame.size.width - edge
        and (top >= highest - HEADROOM * frame.size.text and bottom <= lowest)
    )


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] + 3 and other[0] < one[2] + 3 and one[1] < other[3] and other[1] < one[3]
