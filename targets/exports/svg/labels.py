"""Where labels go: beside what they name or tied to it by a line, off each other, off the lines where there is room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, permutations
from typing import Any

from targets.exports.svg.frame import HEADROOM, LEADING, ROW_WIDEST, Frame
from targets.exports.svg.ink import Ink
from targets.exports.svg.marks import Point
from targets.exports.svg.spots import (
    NAME_TURNED,
    Box,
    Spot,
    around,
    beside,
    crossing,
    nearest,
    overlap,
    passes,
    sliding,
    tracks,
)
from targets.exports.svg.text import Line, balanced, lines_of

ORDER = ("row", "target", "stated", "last", "earlier", "first", "path", "gap", "name")
"""Which labels choose their place first, by the beginning of their names."""

EXPENDABLE = frozenset({"stated", "first", "earlier", "path", "gap", "name"})
"""Labels that are left out rather than put where they cannot be read; the table and the words have them too."""

TIED = frozenset({"target", "last", "earlier", "first", "path"})
"""Labels that a thin line ties to their point where they have to go elsewhere."""

STATED = "stated"
"""The label of an upright line stands beside it, at any height."""

ROW = "row"
"""Labels of rows keep their height: each row has its own room, in which they slide past what would cross them."""

LAST = "last"
"""Labels of last values are in each other's way, as lines end together."""

FEW = 3
"""So many of them are tried in every order."""

NAME = "name"
"""Names of marks stand beside them, right or left, or not at all."""

LEADER_FROM = 1.3
"""A label farther from its point than so many sizes of its text is tied to it by a thin line."""

LEADER_COST = 2.0
"""What it costs a label to need such a line: a place without is better."""

LEADER_OVER = 0.25
"""How much of what a label would cost on the same ink a leader costs there."""

LEADER_FREE = 8.0
"""So far from its point a leader may run over ink: its own mark and the line that leads there."""

ROW_OVER = 50.0
"""What it costs a label of a row to lie on another label: far more than to lie on lines, which it may have to."""

EXPENDABLE_AT_MOST = 11.0
"""Beyond this cost an expendable label is left out."""

LEFT_OUT, LOST = 15.0, 1000.0
"""What it costs all together that an expendable label finds no place, and that another finds none."""

NAME_AT_MOST = 2.0
"""The same for one of many names, each of which can be missed."""

CLEAN = 12.0
"""A tied label that can have no cheaper place near its point looks all over the plot."""

BAD = 24.0
"""A label that must not be left out and has no cheaper place is tried in shorter lines: this one lies on something."""

WIDEST, NARROW = 0.5, 0.34
"""A label's share of the whole width, beyond which it goes on in another line; where room is short, sooner and at any
space."""

Note = Mapping[str, Any]

Leader = tuple[Point, Point]
"""From the point to the label."""


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
    leader: Leader | None = None
    """Both ends of the thin line from the point to the label; nothing where the label is near or needs none."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A label before it has a place: ``wide`` with the reserve for another typeface, ``set_wide`` in ours."""

    number: int
    note: Note
    kind: str
    lines: tuple[Line, ...]
    size: float
    wide: float
    set_wide: float
    tall: float
    point: Point
    """What it names."""
    lefts: tuple[float, float]
    tops: tuple[float, float]
    """How far its left and its top may go: in the drawing, in the panel of its axis, beside its upright line."""

    @property
    def expendable(self) -> bool:
        return self.kind in EXPENDABLE

    @property
    def at_most(self) -> float:
        return NAME_AT_MOST if self.kind == NAME else EXPENDABLE_AT_MOST if self.expendable else math.inf

    def box(self, left: float, top: float) -> Box:
        return left, top, left + self.wide, top + self.tall

    def fits(self, left: float, top: float) -> bool:
        return self.lefts[0] <= left <= self.lefts[1] and self.tops[0] <= top <= self.tops[1]

    def leader(self, left: float, top: float, anchor: str) -> Leader | None:
        """From the point to the nearest edge of the letters; nothing where that is near enough."""
        if self.kind not in TIED:
            return None
        start = left + {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * (self.wide - self.set_wide)
        near = nearest(self.point, (start, top + 2, start + self.set_wide, top + self.tall - 2))
        return (self.point, near) if math.dist(near, self.point) > LEADER_FROM * self.size else None


def placed(notes: Iterable[Note], frame: Frame, ink: Ink) -> list[Placed]:
    """The labels that found a place, in the order in which they chose it.

    Where one that must not be left out finds no good place, other orders are tried, then shorter lines, then the first
    line alone, and the best of all counts. One that still finds none is left out: no label or leader covers another.
    """
    chosen = [note for note in notes if note.get("name") != "footer"]
    best = _best(_texts(chosen, frame), frame, ink)
    for enough, lines in ((BAD, None), (LOST, 1)):
        if best.worst >= enough:
            other = _best(_texts(chosen, frame, tight=True, lines=lines), frame, ink)
            best = min(best, other, key=lambda plan: plan.cost)
    return best.found


def _best(texts: Sequence[_Text], frame: Frame, ink: Ink) -> _Plan:
    """The cheapest plan there is for these labels."""
    ground = _Ground(frame, ink)
    best = _Plan(ground)
    best.fill(texts)
    for enough, orders in zip((CLEAN, CLEAN, BAD), _orders(texts), strict=True):
        for order in orders if best.worst > enough else ():
            plan = _Plan(ground)
            plan.fill(order, at_most=best.cost)
            if plan.cost < best.cost:
                best = plan
    return best


def _orders(texts: Sequence[_Text]) -> Iterator[Iterator[Sequence[_Text]]]:
    """Orders in which labels may choose: last values in any order, in their turn, before all expendable ones, first."""
    last = [text for text in texts if text.kind == LAST]
    turns = list(permutations(last)) if len(last) <= FEW else _swept(last)
    rest = [text for text in texts if text.kind != LAST]
    sooner = [text for text in rest if _turn(text.kind) < _turn(LAST)]
    for before in (sooner, [text for text in sooner if not text.expendable], []):
        yield ([*before, *turn, *(text for text in rest if text not in before)] for turn in turns)


def _swept(texts: Sequence[_Text]) -> list[Sequence[_Text]]:
    """Many labels: from the top down, from the foot up, from either side."""
    down = sorted(texts, key=lambda text: text.point[1])
    across = sorted(texts, key=lambda text: text.point[0])
    return [down, down[::-1], across, across[::-1]]


def _turn(kind: str) -> int:
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def _kind(note: Note) -> str:
    return str(note.get("name", "")).partition(":")[0]


def _texts(notes: Iterable[Note], frame: Frame, *, tight: bool = False, lines: int | None = None) -> list[_Text]:
    """The labels in the order of their kinds; last values with so many of their lines, None for all."""
    labels = sorted(notes, key=lambda note: _turn(_kind(note)))
    return [
        _text(number, note, frame, tight=tight, most=lines if _kind(note) == LAST else None)
        for number, note in enumerate(labels)
    ]


def _text(number: int, note: Note, frame: Frame, *, tight: bool, most: int | None) -> _Text:
    kind = _kind(note)
    size = round(frame.size.text * note["font"]["size"] / 13 * 1.02, 1)
    room = frame.size.width * (ROW_WIDEST if kind in (ROW, NAME) else NARROW if tight else WIDEST)
    reserve = frame.size.reserve
    lines = tuple(
        Line(text, line.bold)
        for line in lines_of(note["text"])[:most]
        for text in balanced(line.text.replace("\u00a0", " ") if tight else line.text, room, size, line.bold, reserve)
        or [""]
    )
    wide, tall = max(line.width(size, reserve) for line in lines), len(lines) * size * LEADING
    set_wide = max(line.width(size) for line in lines) if reserve else wide
    point = frame.point(note)
    left, top, right, bottom = _room(note, kind, frame)
    lefts, tops = (left, right - wide), (top, bottom - tall)
    if kind == STATED:
        near = LEADER_FROM * size
        lefts = max(lefts[0], point[0] - near - wide), min(lefts[1], point[0] + near)
    return _Text(number, note, kind, lines, size, wide, set_wide, tall, point, lefts, tops)


def _room(note: Note, kind: str, frame: Frame) -> Box:
    """Where in the drawing a label may stand: in the panel of its axis; a row sees to that itself."""
    if kind == ROW:
        return -math.inf, -math.inf, math.inf, math.inf
    panel = frame.panels.get(note.get("yref", "y"))
    highest, lowest = (panel.top, panel.bottom) if panel else (frame.top, frame.bottom)
    left, right = frame.left - 0.45 * frame.size.text, frame.size.width - frame.size.pad * 0.5
    return left, highest - HEADROOM * frame.size.text, right, lowest


class _Ground:
    """The drawing without labels: which spots each label could have, and what is the matter with them."""

    def __init__(self, frame: Frame, ink: Ink) -> None:
        self.frame = frame
        self.ink = ink
        self._everywhere: dict[int, list[Spot]] = {}

    def tracks(self, text: _Text) -> Iterable[Iterable[Spot]]:
        """Spots for a label, in tracks that lead away from beside its point, the wished side first."""
        x, y = text.point
        x += text.note.get("xshift", 0) * self.frame.size.stroke
        y -= text.note.get("yshift", 0) * self.frame.size.stroke
        sides = beside(text.note, x, y, text.wide, text.tall, self.frame)
        wished = next(iter(sides))
        if text.kind == ROW:
            _, left, top, _ = sides[wished]
            return [sliding(left, top, text.wide, self.frame)]
        if text.kind == NAME:
            return [[(NAME_TURNED * (side != wished), *sides[side][1:]) for side in ("left", "right")]]
        return tracks(sides.values(), text.wide, self.frame, tied=text.kind in TIED)

    def everywhere(self, text: _Text) -> list[Spot]:
        """Every spot that the label may have, with the cost of what lies under it, the cheapest first."""
        found = self._everywhere.get(text.number)
        if found is None:
            spots = chain.from_iterable(self.tracks(text))
            if text.kind in TIED:
                spots = chain(spots, around(text.point, text.wide, text.tall, self.frame))
            found = sorted((self.under(text, spot), *spot[1:]) for spot in spots if text.fits(*spot[1:3]))
            self._everywhere[text.number] = found
        return found

    def under(self, text: _Text, spot: Spot) -> float:
        """What it costs a label to stand there with what lies under it."""
        cost, left, top, _ = spot
        return cost + self.ink.under((left + 1, top + 3, left + text.wide - 1, top + text.tall - 1.5))


class _Plan:
    """Labels that choose their places one after the other, each off those before it and off their leaders."""

    def __init__(self, ground: _Ground) -> None:
        self.ground = ground
        self.found: list[Placed] = []
        self.cost = 0.0
        self.worst = 0.0
        """What the place costs that is the worst of those that must not be left out."""

    def fill(self, texts: Iterable[_Text], at_most: float = math.inf) -> None:
        """Puts each label into the cheapest place that is free then, until they cost more than matters."""
        for text in texts:
            cost = self._put(text)
            self.cost += cost
            self.worst = max(self.worst, 0.0 if text.expendable else cost)
            if self.cost >= at_most:
                break

    def _put(self, text: _Text) -> float:
        best = self._cheapest(text)
        if best is None:
            return LEFT_OUT if text.expendable else LOST
        cost, left, top, anchor = best
        self.found.append(
            Placed(
                str(text.note.get("name", "")),
                text.lines,
                x=left + {"start": 0, "middle": text.wide / 2, "end": text.wide}[anchor],
                y=top + text.size * 1.03,
                anchor=anchor,
                size=text.size,
                colour=text.note["font"]["color"],
                box=text.box(left, top),
                leader=text.leader(left, top, anchor),
            )
        )
        return cost

    def _cheapest(self, text: _Text) -> Spot | None:
        """The best spot near the point if there is a clean one; else, for what must not be left out, of all."""
        best: Spot | None = None
        bound = min(text.at_most, CLEAN)
        for track in self.ground.tracks(text):
            for spot in track:
                if spot[0] >= bound:
                    # Spots on a track only become dearer.
                    break
                if text.fits(*spot[1:3]):
                    best = self._cheaper(text, (self.ground.under(text, spot), *spot[1:]), bound) or best
                    bound = best[0] if best else bound
        if best or text.expendable:
            return best
        bound = math.inf
        for spot in self.ground.everywhere(text):
            if spot[0] >= bound:
                break
            best = self._cheaper(text, spot, bound) or best
            bound = best[0] if best else bound
        return best

    def _cheaper(self, text: _Text, spot: Spot, bound: float) -> Spot | None:
        """The spot with all that it costs, nothing if that reaches the bound."""
        cost, left, top, anchor = spot
        if cost >= bound:
            return None
        leader = text.leader(left, top, anchor)
        cost += LEADER_COST if leader else 0.0
        if cost < bound:
            cost += self._tangle(text, text.box(left, top), leader)
        if leader and cost < bound:
            cost += LEADER_OVER * self.ground.ink.along(*leader, LEADER_FREE * self.ground.frame.size.stroke)
        return (cost, left, top, anchor) if cost < bound else None

    def _tangle(self, text: _Text, box: Box, leader: Leader | None) -> float:
        """What it costs a label to stand there for the labels that have a place already; infinite where it must not."""
        over = sum(overlap(box, other.box) for other in self.found)
        if text.kind == ROW:
            # The words of a row are never left out.
            return over * ROW_OVER
        if over or any(passes(*other.leader, box) for other in self.found if other.leader):
            return math.inf
        if leader and any(passes(*leader, other.box) for other in self.found):
            return math.inf
        if leader and any(crossing(leader, other.leader) for other in self.found if other.leader):
            return math.inf
        return 0.0
