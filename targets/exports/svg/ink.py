"""Where the lines and marks of a drawing lie, kept in coarse squares: what labels avoid to lie on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import add

from targets.exports.svg.frame import Frame
from targets.exports.svg.marks import Point
from targets.exports.svg.spots import Box

CELL = 4.0
"""Side of the squares in which drawn ink is remembered."""

THIN, FAINT, STRONG = 1, 3, 5
"""What it costs a label to lie on a square of a hairline, of a thin line, of a line of figures or a mark."""


class Ink:
    """The squares of the drawing that lines and marks have touched, row by row; what lies outside costs nothing."""

    def __init__(self, frame: Frame) -> None:
        self.across = int(frame.size.width // CELL) + 1
        self.down = int(frame.height // CELL) + 1
        self.rows = [bytearray(self.across) for _ in range(self.down)]
        self._sums: list[list[int]] = []

    def line(self, points: Sequence[Point], cost: int) -> None:
        for start, end in pairwise(points):
            for across, down in _squares(start, end):
                self._touch(across, down, cost)

    def mark(self, x: float, y: float, radius: float) -> None:
        for across in range(int((x - radius) // CELL), int((x + radius) // CELL) + 1):
            for down in range(int((y - radius) // CELL), int((y + radius) // CELL) + 1):
                self._touch(across, down, STRONG)

    def under(self, box: Box) -> int:
        """What lies under a label."""
        sums = self._sums = self._sums or self._summed()
        left, top = int(box[0] // CELL), int(box[1] // CELL)
        right, bottom = int(box[2] // CELL), int(box[3] // CELL)
        left, top = left if left > 0 else 0, top if top > 0 else 0
        right = right + 1 if right < self.across else self.across
        bottom = bottom + 1 if bottom < self.down else self.down
        if left >= right or top >= bottom:
            return 0
        above, below = sums[top], sums[bottom]
        return below[right] - above[right] - below[left] + above[left]

    def along(self, start: Point, end: Point, spared: float) -> int:
        """What a line runs over, but for so much of it at its start, where it leaves its own mark."""
        far = math.dist(start, end)
        if far <= spared:
            return 0
        (x0, y0), (x1, y1) = start, end
        steps = math.ceil((far - spared) / CELL)
        x, y, across, down = x1 / CELL, y1 / CELL, (x0 - x1) / far, (y0 - y1) / far
        there = ((int(x + step * across), int(y + step * down)) for step in range(steps))
        return sum(self.rows[j][i] for i, j in there if 0 <= i < self.across and 0 <= j < self.down)

    def _touch(self, across: int, down: int, cost: int) -> None:
        if 0 <= across < self.across and 0 <= down < self.down and self.rows[down][across] < cost:
            self.rows[down][across] = cost
            self._sums = []

    def _summed(self) -> list[list[int]]:
        """For each corner of squares all that lies above and left of it: any box is made of four of these."""
        above = [0] * (self.across + 1)
        found = [above]
        for row in self.rows:
            above = list(map(add, above, accumulate(row, initial=0)))
            found.append(above)
        return found


def _squares(start: Point, end: Point) -> set[tuple[int, int]]:
    (x0, y0), (x1, y1) = start, end
    steps = max(1, math.ceil(max(abs(x1 - x0), abs(y1 - y0)) / (CELL * 0.7)))
    x, y, across, down = x0 / CELL, y0 / CELL, (x1 - x0) / steps / CELL, (y1 - y0) / steps / CELL
    return {(math.floor(x + step * across), math.floor(y + step * down)) for step in range(steps + 1)}
