"""What is wrong with a drawing to the eye, measured: texts cut off, on each other, under lines; marks on marks.

``flaws(figure, image)`` takes a figure and any drawing that ``exports.svg`` made of it, in any size, theme and
language, and gives what a careful reader would circle in red; an empty list is a clean drawing. The everyday tests
measure every layout by sample, ``make check-charts`` every chart there is.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path

from targets.exports import svg
from tests.exports.svgs import SVG, Text, box, font, measured, root, texts

GROUND = frozenset({"rule", "axis", "band", "paper"})
"""What labels may lie on: the grid, axes and bands behind everything."""

APART = frozenset({"goalposts", "scoreboard"})
"""Charts on which a mark stands for a target: none may hide another, and no label may lie on one."""

TOUCH = 4.0
"""So many units of a line under a label are a touch at its rim, more are a crossing."""

RIM = 2.0
"""So far a text may reach over the edge of a mark, whose box is a little larger than its shape."""

HIDDEN = 0.25
"""How much of a mark's width another may cover: shapes with corners do not fill their boxes."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Flaw:
    """One thing to circle: its kind, the text or mark, and what it collides with."""

    kind: str
    what: str
    other: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.what!r}" + (f" / {self.other!r}" if self.other else "")


@dataclass(frozen=True)
class Stroke:
    """A line as it was drawn: the part in whose colour, and its unbroken runs."""

    role: str
    runs: tuple[tuple[Point, ...], ...]

    def points(self) -> Iterator[Point]:
        """Points on the line, at most one unit apart."""
        for run in self.runs:
            for (x0, y0), (x1, y1) in itertools.pairwise(run):
                steps = max(1, math.ceil(math.dist((x0, y0), (x1, y1))))
                yield from ((x0 + (x1 - x0) * at / steps, y0 + (y1 - y0) * at / steps) for at in range(steps))


@dataclass(frozen=True)
class Mark:
    """One mark or bar: the part in whose colour, its middle, half its width and half its height."""

    role: str
    x: float
    y: float
    across: float
    down: float


def drawings(figure: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every size of a drawing; the two of a page as "wide" and "narrow", the one of a fact sheet as "paper"."""
    wide, narrow = svg.inline(figure).split("</svg>")[:2]
    yield "wide", wide + "</svg>"
    yield "narrow", narrow + "</svg>"
    for size in svg.SIZES:
        yield size, svg.render(figure, size=size)
    if figure["layout"]["meta"]["kind"] == "trajectory":
        yield "paper", svg.on_paper(figure)


def flaws(figure: Mapping[str, Any], image: str, measure: Callable[[str, float, bool], float] = measured) -> list[Flaw]:
    """All that is wrong with a drawing of the figure.

    ``measure`` says how wide a text is at a size, bold or not: by default in the shipped typeface.
    """
    told = texts(image, measure)
    strokes, marks = drawn(image)
    found = [*_cut(told, box(image)), *_on_each_other(told), *_crossed(told, strokes), *_missing(told)]
    if figure["layout"]["meta"]["kind"] in APART:
        own = [mark for mark in marks if mark.y <= _foot(image)]
        found += [*_hidden(own), *_on_marks(told, own)]
    if figure["layout"]["meta"]["kind"] == "mirror":
        found += _on_marks(told, [mark for mark in marks if abs(mark.across - mark.down) > RIM])
    return found


def drawn(image: str) -> tuple[list[Stroke], list[Mark]]:
    """The lines and the marks of a drawing, grounds left out, in the order in which they were painted."""
    strokes: list[Stroke] = []
    marks: list[Mark] = []
    for element in root(image).iter(SVG + "path"):
        names = element.get("class", "").split()
        stroke, fill = (next((name[2:] for name in names if name.startswith(part)), "") for part in ("s-", "f-"))
        runs = _runs(element.get("d", ""))
        if element.get("stroke-linecap") == "round":
            half = float(element.get("stroke-width", 0)) / 2
            marks += [Mark(stroke, *run[0], half, half) for run in runs]
        elif (stroke or fill) in GROUND:
            continue
        elif element.get("d", "").endswith("z"):
            marks += [_mark(stroke or fill, run) for run in runs]
        elif element.get("fill") == "none":
            strokes.append(Stroke(stroke, tuple(map(tuple, runs))))
    return strokes, marks


def _foot(image: str) -> float:
    """The lower edge of the plot; the signs of the key stand below it."""
    axes = [path.get("d", "") for path in root(image).iter(SVG + "path") if path.get("class") == "s-axis"]
    return max((y for data in axes for run in _runs(data) for _, y in run[:1]), default=math.inf)


def _runs(path: str) -> list[list[Point]]:
    pen = RecordingPen()
    parse_path(path, pen)
    found: list[list[Point]] = []
    for step, points in pen.value:
        if step == "moveTo":
            found.append([points[0]])
        elif points:
            # Of curves the ends do.
            found[-1].append(points[-1])
    return found


def _mark(role: str, run: Sequence[Point]) -> Mark:
    left, right = min(x for x, _ in run), max(x for x, _ in run)
    top, bottom = min(y for _, y in run), max(y for _, y in run)
    return Mark(role, (left + right) / 2, (top + bottom) / 2, (right - left) / 2, (bottom - top) / 2)


def _cut(told: Iterable[Text], size: tuple[float, float]) -> Iterator[Flaw]:
    width, height = size
    for text in told:
        if text.left < -0.5 or text.right > width + 0.5 or text.top < 0 or text.bottom > height:
            yield Flaw("cut off", text.text)


def _on_each_other(told: Iterable[Text]) -> Iterator[Flaw]:
    for one, other in itertools.combinations(told, 2):
        if one.block != other.block and _meet(one, other):
            yield Flaw("on another text", one.text, other.text)


def _meet(one: Text, other: Text) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def _crossed(told: Iterable[Text], strokes: Iterable[Stroke]) -> Iterator[Flaw]:
    """Labels under which a line of another colour passes. A line of the same colour belongs to what the label names."""
    lines = [(stroke.role, list(stroke.points())) for stroke in strokes]
    for text in told:
        for role, points in lines if text.label else ():
            under = sum(text.left < x < text.right and text.top < y < text.bottom for x, y in points)
            if role != text.role and under > TOUCH:
                yield Flaw("crossed", text.text, role)


def _missing(told: Iterable[Text]) -> Iterator[Flaw]:
    letters, _, _ = font(bold=False)
    for text in told:
        lacking = {letter for letter in text.text if ord(letter) not in letters}
        if lacking:
            yield Flaw("no glyph", text.text, "".join(sorted(lacking)))


def _hidden(marks: Sequence[Mark]) -> Iterator[Flaw]:
    for one, other in itertools.combinations(marks, 2):
        free = 1 - HIDDEN
        across, down = (one.across + other.across) * free, (one.down + other.down) * free
        if abs(one.x - other.x) < across and abs(one.y - other.y) < down:
            yield Flaw("mark on mark", f"{one.role} at {one.x:.0f} {one.y:.0f}", other.role)


def _on_marks(told: Iterable[Text], marks: Iterable[Mark]) -> Iterator[Flaw]:
    chosen = list(marks)
    for text in told:
        for mark in chosen if text.label else ():
            across = text.left < mark.x + mark.across - RIM and mark.x - mark.across + RIM < text.right
            if across and text.top < mark.y + mark.down - RIM and mark.y - mark.down + RIM < text.bottom:
                yield Flaw("on a mark", text.text, mark.role)
