"""Spots where a label may stand: beside its point, up and down from there, all around it; and what lies between."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from targets.exports.svg.frame import HEADROOM, Frame
from targets.exports.svg.marks import Point

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

Spot = tuple[float, float, float, str]
"""What the spot costs, its left and top, and SVG's text-anchor."""

STEP = 0.45
"""From one spot to the next, in sizes of the text."""

FAR_COST = 0.35
"""What each step away costs; the first few cost more than the one before."""

STEEP = 6
"""From so many steps on each costs the same: a label that is tied to its point may go where there is room."""

SLIDE_COST = 0.2
"""What each step aside costs a label in its row: less than any ink, so that it slides past what would cross it."""

TURNED = {"left": 5.0, "right": 5.0, "center": 7.0}
SLID = 8.0
"""What it costs to stand on another side of the point than wished, and half a label's width aside."""

NAME_TURNED = 0.1
"""What it costs a name to stand on the other side of its mark: next to nothing, but one side is tried first."""


def beside(note: Mapping[str, Any], x: float, y: float, wide: float, tall: float, frame: Frame) -> Mapping[str, Spot]:
    """The spots left and right of the point and across it, at the height that the label wishes for."""
    wished = note.get("xanchor", "left")
    top = {"top": y, "middle": y - tall / 2, "bottom": y - tall}[note.get("yanchor", "middle")]
    nudge = 2 * note.get("xshift", 0) * frame.size.stroke
    lefts = {
        "left": (x if wished == "left" else x - nudge, "start"),
        "right": (x - wide if wished == "right" else x - wide - nudge, "end"),
        "center": (x - wide / 2, "middle"),
    }
    return {
        side: (0.0 if side == wished else TURNED[side], left, top, anchor)
        for side, (left, anchor) in sorted(lefts.items(), key=lambda item: item[0] != wished)
    }


def tracks(spots: Iterable[Spot], wide: float, frame: Frame, *, tied: bool) -> Iterable[Iterable[Spot]]:
    """Spots in tracks that lead up and down from beside the point; on each they only become dearer."""
    for cost, left, top, anchor in spots:
        yield _track(cost, left, top, anchor, frame, tied)
        inside = min(max(left, frame.left), frame.size.width - frame.size.pad - wide)
        yield _track(cost + SLID, inside, top, anchor, frame, tied)
        # Half a width to either side gets a label past an upright line.
        yield _track(cost + SLID, left - wide / 2, top, anchor, frame, tied)
        yield _track(cost + SLID, left + wide / 2, top, anchor, frame, tied)


def _track(cost: float, left: float, top: float, anchor: str, frame: Frame, tied: bool) -> Iterable[Spot]:
    step = frame.size.text * STEP
    for shift in range(math.ceil((frame.bottom - frame.top) / step)):
        far = cost + away(shift, tied)
        yield far, left, top - shift * step, anchor
        yield far + 0.01, left, top + shift * step, anchor


def away(steps: float, tied: bool) -> float:
    """What it costs to stand so many steps away."""
    return steps * FAR_COST * (1 + (min(steps, STEEP) if tied else steps) / STEEP)


def around(point: Point, wide: float, tall: float, frame: Frame) -> list[Spot]:
    """Spots all over the plot, the cheapest first, for a label that is tied to its point by a line."""
    x, y = point
    step = frame.size.text * STEP
    found: list[Spot] = []
    highest = frame.top - HEADROOM * frame.size.text
    for row in range(math.ceil((frame.bottom - highest) / (2 * step))):
        top = highest + row * 2 * step
        down = max(top - y, y - top - tall, 0.0)
        for column in range(math.ceil((frame.size.width - frame.left) / (2 * step))):
            left = frame.left + column * 2 * step
            across = max(left - x, x - left - wide, 0.0)
            anchor = "start" if left > x else "end" if left + wide < x else "middle"
            found.append((SLID + away(math.hypot(across, down) / step, tied=True), left, top, anchor))
    return sorted(found)


def sliding(left: float, top: float, wide: float, frame: Frame) -> Iterable[Spot]:
    """Spots in a row, the wished one first, as far as the drawing reaches."""
    edge = frame.size.pad * 0.5
    lowest, highest = edge, max(edge, frame.size.width - edge - wide)
    wished = min(max(left, lowest), highest)
    step = frame.size.text * STEP
    for shift in range(math.ceil(frame.size.width / step)):
        for place in (wished - shift * step, wished + shift * step):
            if lowest <= place <= highest:
                yield shift * SLIDE_COST, place, top, "start"


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] + 3 and other[0] < one[2] + 3 and one[1] < other[3] and other[1] < one[3]


def nearest(point: Point, box: Box) -> Point:
    """The point of the box that is nearest to this one."""
    (x, y), (left, top, right, bottom) = point, box
    return min(max(x, left), right), min(max(y, top), bottom)


def passes(start: Point, end: Point, box: Box) -> bool:
    """Whether the line from the one point to the other runs through the box."""
    (x0, y0), (x1, y1), (left, top, right, bottom) = start, end, box
    if (x0 < left and x1 < left) or (x0 > right and x1 > right) or (y0 < top and y1 < top) or (y0 > bottom < y1):
        return False
    first, last = 0.0, 1.0
    for at, low, high in ((0, box[0], box[2]), (1, box[1], box[3])):
        begin, way = start[at], end[at] - start[at]
        if not way:
            if not low < begin < high:
                return False
            continue
        into, out = sorted(((low - begin) / way, (high - begin) / way))
        first, last = max(first, into), min(last, out)
    return first < last


def crossing(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two lines cross each other."""

    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
