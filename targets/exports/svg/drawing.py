"""One drawing: a figure in its frame becomes SVG elements, from the ground up to the labels."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from targets.exports.svg.frame import LEADING, MAKER, SMALL, TITLE_LEADING, Figure, Frame, heading_height, years
from targets.exports.svg.ink import FAINT, STRONG, THIN, Ink
from targets.exports.svg.labels import Placed, placed
from targets.exports.svg.marks import Point, dots, num, pair, polyline, runs, symbol
from targets.exports.svg.text import width

LEADER = 0.8
"""How thick the line is that ties a label to its point."""

OUTSTANDING = frozenset({"series", "target", "target-pole"})
"""Roles of lines on which labels should stand least."""

DASHES = {"dot": (1, 3), "dash": (5, 4), "dashdot": (5, 3, 1, 3)}


class Drawing:
    """Writes the elements of one figure. ``theme`` names the palette's scheme whose colours stand in the attributes."""

    def __init__(self, figure: Figure, frame: Frame, palette: Mapping[str, Mapping[str, str]], theme: str) -> None:
        self.figure = figure
        self.frame = frame
        self.layout: Mapping[str, Any] = figure["layout"]
        self.roles = {colour: role for role, colour in palette["light"].items()}
        self.colours = palette[theme]
        self.ink = Ink(frame)

    def document(self, mark: str, name: str, metadata: str = "") -> str:
        """The whole SVG element; ``mark`` makes its ids its own, ``name`` its class; ``metadata`` is XML."""
        frame, meta = self.frame, self.layout["meta"]
        across, down = num(frame.size.width), num(frame.height)
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart-{name}" viewBox="0 0 {across} {down}" '
            f'width="{across}" height="{down}" role="img" aria-labelledby="{mark}t {mark}d" '
            f'lang="{_text(meta["language"])}" font-family="{_text(self.layout["font"]["family"])}" '
            f'font-size="{num(frame.size.text)}">',
            f'<title id="{mark}t">{_text(meta["title"])}</title>',
            f'<desc id="{mark}d">{_text(meta["description"])}</desc>',
            f"<metadata>{metadata}</metadata>" if metadata else "",
            self._ground(),
            *self._heading(),
            *(self._shape(shape) for shape in self.layout["shapes"]),
            *self._axes(),
            *(element for trace in self.figure["data"] for element in self._trace(trace)),
            *(self._label(label) for label in placed(self.layout["annotations"], frame, self.ink)),
            *self._key(),
            *self._footer(),
            "</svg>",
        ]
        return "".join(parts)

    def _fill(self, colour: str) -> str:
        return self._paint("fill", colour, "")

    def _stroke(self, colour: str, width: float, dash: str = "solid") -> str:
        """Attributes of a line; the width is the page's, thicker in larger formats."""
        scaled = width * self.frame.size.stroke
        broken = ""
        if dash in DASHES:
            lengths = " ".join(num(length * scaled * (1 if width > 1.4 else 1.4)) for length in DASHES[dash])
            broken = f' stroke-dasharray="{lengths}"'
        return f'{self._paint("stroke", colour, "")} stroke-width="{num(scaled)}"{broken}'

    def _paint(self, what: str, colour: str, more: str) -> str:
        """The colour of a part, with the class by which a page recolours it; a colour of no part stays as it is."""
        role = self.roles.get(colour)
        if role is None:
            return f'{what}="{_text(colour)}"'
        return f'class="{what[0]}-{role}{more}" {what}="{self.colours[role]}"'

    def _role(self, role: str) -> str:
        return next(colour for colour, name in self.roles.items() if name == role)

    def _ground(self) -> str:
        size = self.frame.size
        if not size.background:
            return ""
        paper = self._fill(self.layout["paper_bgcolor"])
        return f'<path {paper} d="M0 0h{num(size.width)}v{num(self.frame.height)}H0z"/>'

    def _heading(self) -> Iterable[str]:
        frame = self.frame
        at = frame.size.pad
        if frame.title:
            ink = self._fill(self.layout["title"]["font"]["color"])
            baselines = [at + frame.title_size * (0.95 + TITLE_LEADING * row) for row in range(len(frame.title))]
            attributes = f'{ink} font-size="{num(frame.title_size)}" font-weight="600"'
            yield self._lines(frame.size.pad, baselines, frame.title, attributes)
            at += heading_height(frame.title, frame.title_size)
        baselines = [at + frame.size.text * (1.0 + LEADING * row) for row in range(len(frame.subtitle))]
        yield self._lines(frame.size.pad, baselines, frame.subtitle, self._fill(self.layout["font"]["color"]))

    def _axes(self) -> Iterable[str]:
        """Grid lines with their amounts, the base line, and the years."""
        frame, size = self.frame, self.frame.size
        muted = self._fill(self.layout["font"]["color"])
        for name in frame.panels:
            yield from self._amounts(name, muted)
        axis = self._stroke(self.layout["xaxis"]["linecolor"], 1)
        written = self._written()
        tick = size.text * 0.4
        zeros = "".join(f"M{pair(frame.left, panel.y(0))}H{num(frame.right)}" for panel in frame.panels.values())
        spikes = "".join(f"M{pair(frame.x(at), frame.bottom)}v{num(tick)}" for at, _, _ in written)
        if self.layout["xaxis"].get("showgrid"):
            uprights = "".join(f"M{pair(frame.x(at), frame.bottom)}V{num(frame.top)}" for at, _, _ in written)
            yield f'<path {self._stroke(self.layout["xaxis"]["gridcolor"], 1)} fill="none" d="{uprights}"/>'
        yield f'<path {axis} fill="none" d="{zeros}{spikes}"/>'
        yield f'<g {muted} text-anchor="middle">'
        for at, text, due in written:
            strong = f' {self._fill(self._role("ink"))} font-weight="600"' if due else ""
            half = width(text, size.text, due, size.reserve) / 2
            x = max(half, min(frame.x(at), size.width - half))
            yield f'<text x="{num(x)}" y="{num(frame.bottom + size.text * 1.45)}"{strong}>{_text(text)}</text>'
        yield "</g>"

    def _written(self) -> list[tuple[float, str, bool]]:
        """What is written under the plot: where, what, and True for years that had to be there."""
        axis = self.layout["xaxis"]
        if "ticktext" in axis:
            return [
                (at, html.unescape(text), False) for at, text in zip(axis["tickvals"], axis["ticktext"], strict=True)
            ]
        due = [x for trace in self.figure["data"] if trace["meta"]["role"] == "target" for x in _flags(trace)]
        return [(year, str(year), had_to) for year, had_to in years(self.frame, due)]

    def _amounts(self, name: str, muted: str) -> Iterable[str]:
        """Grid lines of one axis of amounts, and the amounts."""
        frame, size = self.frame, self.frame.size
        axis = self.layout[f"yaxis{name[1:]}"]
        ticks = list(zip(axis["tickvals"], axis["ticktext"], strict=True))
        grid = "".join(f"M{pair(frame.left, frame.y(value, name))}H{num(frame.right)}" for value, _ in ticks if value)
        if grid:
            yield f'<path {self._stroke(axis["gridcolor"], 1)} fill="none" d="{grid}"/>'
        yield f'<g {muted} text-anchor="end">'
        for value, text in ticks:
            y = frame.y(value, name) + size.text * 0.35
            yield f'<text x="{num(frame.left - size.text * 0.6)}" y="{num(y)}">{_text(html.unescape(text))}</text>'
        yield "</g>"

    def _shape(self, shape: Mapping[str, Any]) -> str:
        """A band or a straight line of the layout; raises ValueError for another shape."""
        (x0, y0), (x1, y1) = self.frame.point(shape, "0"), self.frame.point(shape, "1")
        if shape["type"] == "rect":
            left, top = min(x0, x1), min(y0, y1)
            box = f"M{pair(left, top)}h{num(abs(x1 - x0))}v{num(abs(y1 - y0))}h{num(-abs(x1 - x0))}z"
            return f'<path {self._fill(shape["fillcolor"])} d="{box}"/>'
        if shape["type"] == "line":
            self.ink.line([(x0, y0), (x1, y1)], THIN if shape["line"]["color"] == self._role("axis") else FAINT)
            stroke = self._stroke(shape["line"]["color"], shape["line"]["width"], shape["line"].get("dash", "solid"))
            return f'<path {stroke} fill="none" d="M{pair(x0, y0)} {pair(x1, y1)}"/>'
        raise ValueError(f"no drawing for the shape {shape['type']!r}; known: rect, line")

    def _trace(self, trace: Mapping[str, Any]) -> Iterable[str]:
        """The line and then the marks of a scatter trace, or bars; raises ValueError for another kind of trace."""
        if trace["type"] not in ("scatter", "bar"):
            raise ValueError(f"no drawing for the trace {trace['type']!r}; known: scatter, bar")
        frame, axis = self.frame, trace.get("yaxis", "y")
        points: list[Point | None] = [
            None if y is None else (frame.x(x), frame.y(y, axis)) for x, y in zip(trace["x"], trace["y"], strict=True)
        ]
        if trace["type"] == "bar":
            yield from self._bars(trace, [point for point in points if point], frame.y(0, axis))
            return
        modes = trace["mode"].split("+")
        if "lines" in modes:
            for run in runs(points):
                self.ink.line(run, STRONG if trace["meta"]["role"] in OUTSTANDING else FAINT)
            data = polyline(points)
            if data:
                line = trace["line"]
                stroke = self._stroke(line["color"], line["width"], line.get("dash", "solid"))
                yield f'<path {stroke} fill="none" stroke-linejoin="round" d="{data}"/>'
        if "markers" in modes:
            yield from self._marks(trace["marker"], points)

    def _bars(self, trace: Mapping[str, Any], tops: Sequence[Point], foot: float) -> Iterable[str]:
        """Bars from the zero line, all as one path."""
        wide = (self.frame.x(trace["width"]) - self.frame.x(0)) or 1.0
        for x, y in tops:
            for at in (x - wide / 2, x, x + wide / 2):
                self.ink.line([(at, y), (at, foot)], STRONG)
        if tops:
            data = "".join(f"M{pair(x - wide / 2, y)}h{num(wide)}V{num(foot)}h{num(-wide)}z" for x, y in tops)
            yield f'<path {self._fill(trace["marker"]["color"])} d="{data}"/>'

    def _marks(self, marker: Mapping[str, Any], points: Sequence[Point | None]) -> Iterable[str]:
        """All marks of one shape and size as one path."""
        scale = self.frame.size.stroke
        alike: dict[tuple[str, float], list[Point]] = {}
        for number, point in enumerate(points):
            if point is not None:
                name, size = _one(marker["symbol"], number), _one(marker["size"], number)
                alike.setdefault((name, size), []).append(point)
                self.ink.mark(*point, size * scale / 2 + 1)
        colour = marker["color"]
        faint = f' opacity="{marker["opacity"]:g}"' if marker.get("opacity", 1) != 1 else ""
        for (name, size), chosen in alike.items():
            if name == "circle":
                paint = f'{self._paint("stroke", colour, "")} stroke-width="{num(size * scale)}" stroke-linecap="round"'
                yield f'<path {paint} fill="none"{faint} d="{dots(chosen)}"/>'
                continue
            data = "".join(symbol(name, x, y, size * scale) for x, y in chosen)
            if name.endswith("-open"):
                paper = f" f-{self.roles[self.layout['plot_bgcolor']]}"
                ground = self.colours[self.roles[self.layout["plot_bgcolor"]]]
                stroke = f'{self._paint("stroke", colour, paper)} stroke-width="{num(1.6 * scale)}"'
                yield f'<path {stroke} fill="{ground}"{faint} d="{data}"/>'
            else:
                yield f'<path {self._fill(colour)}{faint} d="{data}"/>'

    def _label(self, label: Placed) -> str:
        """A label with a rim of paper, so that it can be read where it crosses a line."""
        paper = self.roles[self.layout["plot_bgcolor"]]
        rim = f'stroke="{self.colours[paper]}" stroke-width="{num(3.5 * self.frame.size.stroke)}" paint-order="stroke"'
        fill = self._paint("fill", label.colour, f" s-{paper}")
        anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
        spans = []
        for row, line in enumerate(label.lines):
            bold = ' font-weight="600"' if line.bold else ""
            down = label.y + row * label.size * LEADING
            spans.append(f'<tspan x="{num(label.x)}" y="{num(down)}"{bold}>{_text(line.text)}</tspan>')
        attributes = f'{fill} {rim} stroke-linejoin="round" font-size="{num(label.size)}"{anchor}'
        return self._leader(label) + f"<text {attributes}>{''.join(spans)}</text>"

    def _leader(self, label: Placed) -> str:
        """A thin line from what a label names to the label, where that had to go elsewhere."""
        if not label.leader:
            return ""
        start, end = label.leader
        stroke = self._stroke(label.colour, LEADER)
        return f'<path data-part="leader" {stroke} fill="none" d="M{pair(*start)} {pair(*end)}"/>'

    def _key(self) -> Iterable[str]:
        frame = self.frame
        if not frame.key:
            return
        small = frame.size.text * SMALL
        base = frame.bottom + frame.size.text * 1.9 + small * (LEADING * 0.8 + 0.3)
        yield f'<g {self._fill(self.layout["font"]["color"])} font-size="{num(small)}">'
        for row, entries in enumerate(frame.key):
            y = base + row * small * LEADING
            for shape, role, text, x in entries:
                if shape:
                    yield self._sign(shape, role, x + small * 0.45, y - small * 0.33, small * 0.62)
                yield f'<text x="{num(x + small * 1.2)}" y="{num(y)}">{_text(text)}</text>'
        yield "</g>"

    def _sign(self, shape: str, role: str, x: float, y: float, size: float) -> str:
        colour = self._role(role)
        if shape.endswith("-open"):
            stroke = f'{self._paint("stroke", colour, "")} stroke-width="{num(1.5 * self.frame.size.stroke)}"'
            return f'<path {stroke} fill="none" d="{symbol(shape, x, y, size)}"/>'
        if shape == "circle-faint":
            return f'<path {self._fill(colour)} opacity="0.45" d="{symbol("circle", x, y, size)}"/>'
        return f'<path {self._fill(colour)} d="{symbol(shape, x, y, size)}"/>'

    def _footer(self) -> Iterable[str]:
        frame = self.frame
        small, pad = frame.size.text * SMALL, frame.size.pad
        last = frame.height - pad - small * 0.25
        count = len(frame.footer) + len(frame.imprint)
        baselines = [last - (count - 1 - row) * small * LEADING for row in range(count)]
        attributes = f'{self._fill(self.layout["font"]["color"])} font-size="{num(small)}"'
        if frame.imprint:
            rule = self._stroke(self.layout["yaxis"].get("gridcolor", self._role("rule")), 1)
            start = pair(pad, baselines[0] - small * 1.5)
            yield f'<path {rule} fill="none" d="M{start}H{num(frame.size.width - pad)}"/>'
        yield self._lines(pad, baselines, frame.footer, attributes)
        yield self._lines(pad, baselines[len(frame.footer) :], frame.imprint, attributes)
        if frame.imprint:
            ink = f'{self._fill(self._role("ink"))} font-size="{num(small)}" font-weight="600" text-anchor="end"'
            yield f'<text x="{num(frame.size.width - pad)}" y="{num(last)}" {ink}>{MAKER}</text>'

    def _lines(self, x: float, baselines: Sequence[float], lines: Sequence[str], attributes: str) -> str:
        """Lines of text as one element, so that they are selected and read as one."""
        if not lines:
            return ""
        at = baselines[: len(lines)]
        if len(lines) == 1:
            return f'<text x="{num(x)}" y="{num(baselines[0])}" {attributes}>{_text(lines[0])}</text>'
        # The space at the end of a line keeps the words apart when the text is read or copied.
        spans = "".join(
            f'<tspan x="{num(x)}" y="{num(y)}">{_text(text)} </tspan>' for y, text in zip(at, lines, strict=True)
        )
        return f"<text {attributes}>{spans}</text>"


def _flags(trace: Mapping[str, Any]) -> list[float]:
    """The years that a trace of single marks stands at."""
    return [x for x in trace["x"] if math.isfinite(x)] if trace["mode"] == "markers" else []


def _one(value: Any, number: int) -> Any:
    """A marker's property that is one for all or one for each."""
    return value if isinstance(value, str | int | float) else value[number]


def _text(text: str) -> str:
    """The text as XML: escaped, without characters that XML cannot hold."""
    return html.escape("".join(letter for letter in text if letter >= " " or letter in "\t\n"))
