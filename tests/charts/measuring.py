"""What is wrong with a drawing to the eye, measured: texts cut off, on each other, under lines, far from what they
name; marks on marks.

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
from targets.exports.svg.text import lines_of
from tests.exports.svgs import SVG, Text, block_of, box, font, measured, root, texts

GROUND = frozenset({"rule", "axis", "band", "paper"})
"""What labels may lie on: the grid, axes and bands behind everything."""

WRONG = frozenset(
    {"cut off", "on another text", "no glyph", "under a leader", "leaders cross", "leader from elsewhere"}
    | {"far from its point"}
)
"""Kinds of flaws that no drawing of any chart may have."""

APART = frozenset({"goalposts", "scoreboard"})
"""Charts on which a mark stands for a target: none may hide another, and no label may lie on one."""

TOUCH = 4.0
"""So many units of a line under a label are a touch at its rim, more are a crossing."""

RIM = 2.0
"""So far a text may reach over the edge of a mark, whose box is a little larger than its shape."""

HIDDEN = 0.25
"""How much of a mark's width another may cover: shapes with corners do not fill their boxes."""

FAR = 2.0
"""A label without a leader may stand so many lines of text from the point that it names."""

NAMES_A_POINT = frozenset({"last", "first", "target", "earlier"})
"""Labels that name one mark or flag, by the beginning of their names."""

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
    label: int = 0
    """Of a leader, the block of the label that it leads to."""

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
    tied = leaders(image)
    found = [*_cut(told, box(image)), *_on_each_other(told), *_crossed(told, strokes), *_missing(told)]
    found += [*_under_leaders(told, tied), *_crossing(told, tied), *_far(figure, image, told, tied)]
    if figure["layout"]["meta"]["kind"] in APART:
        own = [mark for mark in marks if mark.y <= _foot(image)]
        found += [*_hidden(own), *_on_marks(told, own)]
    if figure["layout"]["meta"]["kind"] == "mirror":
        found += _on_marks(told, [mark for mark in marks if abs(mark.across - mark.down) > RIM])
    return found


def leaders(image: str) -> list[Stroke]:
    """The thin lines from points to labels that stand apart from them; each is painted right before its label."""
    elements = list(enumerate(root(image)))
    return [
        Stroke(_role(element, "s-"), tuple(map(tuple, _runs(element.get("d", "")))), block_of(0, number + 1))
        for number, element in elements
        if _leads(element)
    ]


def _leads(element: Any) -> bool:
    return element.get("data-part") == "leader"


def _role(element: Any, part: str) -> str:
    return next((name[2:] for name in element.get("class", "").split() if name.startswith(part)), "")


def drawn(image: str) -> tuple[list[Stroke], list[Mark]]:
    """The lines and the marks of a drawing, grounds and leaders left out, in the order in which they were painted."""
    strokes: list[Stroke] = []
    marks: list[Mark] = []
    for element in root(image).iter(SVG + "path"):
        stroke, fill = _role(element, "s-"), _role(element, "f-")
        runs = _runs(element.get("d", ""))
        if element.get("stroke-linecap") == "round":
            half = float(element.get("stroke-width", 0)) / 2
            marks += [Mark(stroke, *run[0], half, half) for run in runs]
        elif (stroke or fill) in GROUND or _leads(element):
            continue
        elif element.get("d", "").endswith("z"):
            marks += [_mark(stroke or fill, run) for run in runs]
        elif element.get("fill") == "none":
            strokes.append(Stroke(stroke, tuple(map(tuple, runs))))
    return strokes, marks


def _foot(image: str) -> float:
    """The lower edge of the plot; the signs of the key stand below it."""
    return max((y for run in _lines(image, "s-axis") for _, y in run[:1]), default=math.inf)


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


def _under_leaders(told: Sequence[Text], tied: Iterable[Stroke]) -> Iterator[Flaw]:
    """Labels over which a leader runs, of whatever colour, their own leader too: it ends where its label begins."""
    for leader in tied:
        points = list(leader.points())
        for text in told if points else ():
            if text.label and sum(text.left < x < text.right and text.top < y < text.bottom for x, y in points) > TOUCH:
                yield Flaw("under a leader", text.text, _named(told, leader))


def _named(told: Iterable[Text], leader: Stroke) -> str:
    return " ".join(text.text for text in told if text.block == leader.label)


def _crossing(told: Sequence[Text], tied: Iterable[Stroke]) -> Iterator[Flaw]:
    for one, other in itertools.combinations(tied, 2):
        if _cross(one.runs[0], other.runs[0]):
            yield Flaw("leaders cross", _named(told, one), _named(told, other))


def _cross(one: Sequence[Point], other: Sequence[Point]) -> bool:
    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def _far(figure: Mapping[str, Any], image: str, told: Iterable[Text], tied: Iterable[Stroke]) -> Iterator[Flaw]:
    """Labels of points that stand away from them without a leader, and leaders that begin elsewhere than there."""
    ends = {leader.label: leader.runs[0][0] for leader in tied}
    labels = sorted((text for text in told if text.label), key=lambda text: text.block)
    points = _points(figure, image)
    for block, found in itertools.groupby(labels, key=lambda text: text.block):
        lines = list(found)
        words = "".join("".join(line.text.split()) for line in sorted(lines, key=lambda line: line.top))
        named = points.get(words, ())
        if named and block in ends and min(math.dist(ends[block], point) for point in named) > RIM:
            yield Flaw("leader from elsewhere", words)
        elif named and block not in ends and min(_away(point, lines) for point in named) > FAR:
            yield Flaw("far from its point", words)


def _away(point: Point, lines: Sequence[Text]) -> float:
    """How far the point is from these lines of text, in sizes of the text."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    near = min(max(point[0], left), right), min(max(point[1], top), bottom)
    return math.dist(point, near) / (lines[0].bottom - lines[0].top)


def _points(figure: Mapping[str, Any], image: str) -> dict[str, list[Point]]:
    """Where the points lie that labels name, by the words of the labels without spaces; read off axis and grid."""
    layout = figure["layout"]
    axis, grid = (_lines(image, role) for role in ("s-axis", "s-rule"))
    ticks = [value for value in layout["yaxis"]["tickvals"] if value]
    if not axis or not grid or not ticks:
        return {}
    (left, foot), (right, _) = axis[0][0], axis[0][-1]
    low, high = layout["xaxis"]["range"]
    rise = (grid[len(ticks) - 1][0][1] - foot) / ticks[-1]
    found: dict[str, list[Point]] = {}
    for note in layout["annotations"]:
        if note["name"].partition(":")[0] in NAMES_A_POINT:
            words = "".join("".join(line.text.split()) for line in lines_of(note["text"]))
            point = left + (note["x"] - low) / (high - low) * (right - left), foot + note["y"] * rise
            found.setdefault(words, []).append(point)
    return found


def _lines(image: str, role: str) -> list[list[Point]]:
    """The runs of the unbroken lines of axes or of the grid."""
    paths = [path for path in root(image).iter(SVG + "path") if path.get("class") == role]
    return [run for path in paths if not path.get("stroke-dasharray") for run in _runs(path.get("d", ""))]


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
