"""The frame of a drawing: its sizes, what stands above and below the plot, and where data fall inside it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from targets.exports.svg.text import lines_of, width, wrapped

Figure = Mapping[str, Any]
"""A Plotly figure as a dict: ``data`` and ``layout``."""

LEADING = 1.35
"""From one line of text to the next, in sizes of the text."""

SMALL = 0.87
"""Size of axis labels' companions: key and footer."""

HEADROOM = 1.7
"""Room for a label above the plot, in sizes of the text."""

RULED = 0.9
"""Room for the rule above sources and imprint, in sizes of their text."""

MAKER = "Tradewatch"

TITLE_LEADING = 1.22
TITLE_LINES = 3

ABOVE_EACH_OTHER = 1.4
"""How much taller a plot of two panels is than one of one."""

ROW = 1.55
"""The height of a row without its words, in sizes of the text."""

ROW_WIDEST = 0.8
"""What the words of a row take of the whole width before they go on in another line, so that lines can pass them."""

YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)


@dataclass(frozen=True, slots=True)
class Size:
    """A format, in units of the view box; a drawing grows taller to leave at least ``plot`` for the plot."""

    width: float
    height: float
    text: float
    title: float
    pad: float
    plot: float
    heading: bool = True
    """Whether the title is drawn; on a page it stands in words above the chart."""
    background: bool = True
    reserve: bool = True
    """Whether texts keep room for a fallback font; the page brings its own typeface, a file does not."""

    beside: float = 0.3
    """What labels may claim beside the plot, as a share of the whole width."""

    @property
    def stroke(self) -> float:
        """How much thicker lines and marks are than on the page."""
        return self.text / 13


SIZES: Mapping[str, Size] = {
    "web": Size(720, 480, 13, 20, 20, 240),
    "social": Size(1080, 1080, 25, 38, 44, 320, beside=0.2),
    "print": Size(720, 460, 12, 17, 8, 240, background=False),
}
"""The formats that a reader can ask for: as wide as an article, square with large letters for a feed on a phone, and as
wide as a page of A4 without its margins."""

WIDE = Size(720, 420, 13, 0, 4, 260, heading=False, background=False, reserve=False)
NARROW = Size(360, 380, 13, 0, 2, 220, heading=False, background=False, reserve=False)
PAPER = Size(720, 315, 12, 0, 1, 200, heading=False, background=False, reserve=False)


@dataclass(frozen=True, slots=True)
class Panel:
    """The part of the plot that one axis of amounts has to itself: where it stands, and its least and largest value."""

    top: float
    bottom: float
    low: float
    high: float

    def y(self, value: float) -> float:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where everything stands. ``left`` to ``right`` and ``top`` to ``bottom`` is the plot; texts come in lines."""

    size: Size
    height: float
    left: float
    right: float
    top: float
    bottom: float
    x_range: tuple[float, float]
    panels: Mapping[str, Panel]
    """By the name of its axis, "y" or "y2", from the top down."""
    title: tuple[str, ...]
    title_size: float
    subtitle: tuple[str, ...]
    key: tuple[tuple[tuple[str, str, str, float], ...], ...]
    """Rows of entries: symbol, role of the colour, text, where it begins."""
    footer: tuple[str, ...]
    imprint: tuple[str, ...]
    """Below the sources, on a line of its own; beside its last line stands who made the chart."""

    def x(self, value: float) -> float:
        low, high = self.x_range
        return self.left + (value - low) / (high - low) * (self.right - self.left)

    def y(self, value: float, axis: str = "y") -> float:
        return self.panels[axis].y(value)

    def point(self, piece: Mapping[str, Any], at: str = "") -> tuple[float, float]:
        """Where an annotation or an end of a shape lies, by data or as a share of the plot ("paper")."""
        x, y = piece[f"x{at}"], piece[f"y{at}"]
        axis = piece.get("yref", "y")
        return (
            self.left + x * (self.right - self.left) if piece.get("xref") == "paper" else self.x(x),
            self.bottom - y * (self.bottom - self.top) if axis == "paper" else self.y(y, axis),
        )


def framed(figure: Figure, size: Size, imprint: Sequence[str] = ()) -> Frame:
    """The frame that fits the figure's texts in this format; the items of the imprint stand below the sources."""
    layout = figure["layout"]
    room = size.width - 2 * size.pad
    small = size.text * SMALL
    title, title_size = _title(layout, size, room)
    subtitle = tuple(
        wrapped(_plain(layout["title"].get("subtitle", {}).get("text", "")), room, size.text, reserve=size.reserve)
    )
    footers = [note for note in layout["annotations"] if note.get("name") == "footer"]
    # Who made it stands in the imprint, where there is one.
    sources = [_plain(note["text"]).removesuffix(MAKER if imprint else "").rstrip() for note in footers]
    footer = tuple(line for text in sources for line in wrapped(text, room, small, reserve=size.reserve))
    beside = room - width(f"{MAKER}  ", small, bold=True, reserve=size.reserve)
    printed = tuple(_items(imprint, beside, small, size.reserve))
    key = _key(layout["meta"].get("key", ()), size, room)

    above = size.pad + heading_height(title, title_size) + (len(subtitle) * LEADING + HEADROOM) * size.text
    lines = len(key) * LEADING + 0.5 * bool(key) + (len(footer) + len(printed)) * LEADING + RULED * bool(printed)
    below = size.text * 1.9 + lines * small + size.pad
    axes = {name: layout[f"yaxis{name[1:]}"] for name in ("y", "y2") if f"yaxis{name[1:]}" in layout}
    rows = layout["meta"].get("rows")
    # A chart of rows is as tall as its rows are many; on a page it takes no more room than that.
    plot = size.plot * (1 if len(axes) == 1 else ABOVE_EACH_OTHER)
    if rows is not None:
        plot = (rows + 0.25) * _row(layout, size)
    least = size.height if rows is None or size.heading else 0
    height = max(least, math.ceil(above + plot + below))
    left = (
        size.pad
        + max((width(text, size.text, reserve=size.reserve) for text in _ticks(axes.values())), default=0)
        + size.text * 0.6
    )
    x_range = _range(layout["xaxis"])
    right = size.width - size.pad - _beside(layout, size, left, x_range)
    return Frame(
        size,
        height,
        left=round(left, 1),
        right=round(right, 1),
        top=round(above, 1),
        bottom=round(height - below, 1),
        x_range=x_range,
        panels={name: _panel(axis, round(above, 1), round(height - below, 1)) for name, axis in axes.items()},
        title=title,
        title_size=title_size,
        subtitle=subtitle,
        key=key,
        footer=footer,
        imprint=printed,
    )


def years(frame: Frame, wanted: Sequence[float]) -> list[tuple[int, bool]]:
    """The years to be written under the plot, ascending; True for those that had to be there."""
    low, high = frame.x_range
    label = width("2030", frame.size.text, reserve=frame.size.reserve)
    span = (frame.right - frame.left) / (high - low)
    step = next((step for step in YEAR_STEPS if step * span >= label * 1.7), YEAR_STEPS[-1])
    due = sorted({round(year) for year in wanted if low <= year <= high})
    # Of years that had to be there and stand too close, the later one stays.
    kept = [year for year in due if not any(0 < (after - year) * span < label * 1.2 for after in due)]
    even = range(math.ceil(low / step) * step, math.floor(high) + 1, step)
    free = [year for year in even if all(abs(year - one) * span >= label * 1.3 for one in kept)]
    return sorted([(year, True) for year in kept] + [(year, False) for year in free])


def heading_height(title: Sequence[str], size: float) -> float:
    """The height of the title with the space below it."""
    return (len(title) * TITLE_LEADING + 0.25) * size if title else 0.0


def _title(layout: Mapping[str, Any], size: Size, room: float) -> tuple[tuple[str, ...], float]:
    """The title in lines and its size, smaller where it would take more lines than it should."""
    text = _plain(layout["title"]["text"]) if size.heading else ""
    if not text:
        return (), 0.0
    for scale in (1.0, 0.92, 0.85, 0.78):
        lines = wrapped(text, room, size.title * scale, bold=True, reserve=size.reserve)
        if len(lines) <= TITLE_LINES:
            break
    return tuple(lines), round(size.title * scale, 1)


def _key(entries: Sequence[Mapping[str, str]], size: Size, room: float) -> tuple[Any, ...]:
    """The key's entries set into rows; a long text goes on in rows of its own, without a symbol."""
    small = size.text * SMALL
    indent, gap = small * 1.2, small * 1.4
    rows: list[list[tuple[str, str, str, float]]] = []
    at = math.inf
    for entry in entries:
        text = str(entry["text"])
        needed = indent + width(text, small, reserve=size.reserve)
        if at + needed > room:
            rows.append([])
            at = 0.0
        first, *more = wrapped(text, room - indent, small, reserve=size.reserve) or [""]
        rows[-1].append((entry["symbol"], entry["role"], first, size.pad + at))
        rows.extend([("", "", line, size.pad + at)] for line in more)
        at = math.inf if more else at + needed + gap
    return tuple(tuple(row) for row in rows)


def _items(items: Sequence[str], room: float, text: float, reserve: bool) -> list[str]:
    """The items in as few lines as hold them unbroken; one that needs more than a line is broken wherever it must."""
    lines: list[str] = []
    for item in items:
        longer = f"{lines[-1]} · {item}" if lines else item
        if lines and width(longer, text, reserve=reserve) <= room:
            lines[-1] = longer
            continue
        while width(item, text, reserve=reserve) > room:
            fits = next(end for end in range(len(item) - 1, 0, -1) if width(item[:end], text, reserve=reserve) <= room)
            lines.append(item[:fits])
            item = item[fits:]
        lines.append(item)
    return lines


def _beside(layout: Mapping[str, Any], size: Size, left: float, x_range: tuple[float, float]) -> float:
    """The room that labels of last values need to the right of the plot."""
    low, high = x_range
    least = size.text
    whole = size.width - size.pad - left
    needed = least
    for note in layout["annotations"]:
        if str(note.get("name", "")).startswith("last:"):
            reach = max(line.width(size.text * 0.95, size.reserve) for line in lines_of(note["text"]))
            reach += 0.8 * size.text
            share = (note["x"] - low) / (high - low)
            # The point moves left as the plot gives way: share * (whole - r) + reach <= whole.
            if share > 0:
                needed = max(needed, whole - (whole - reach) / share)
    return needed if needed <= size.beside * size.width else least


def _row(layout: Mapping[str, Any], size: Size) -> float:
    """The height of each row of a chart of rows: its words may need several lines."""
    words = [_plain(note["text"]) for note in layout["annotations"] if str(note.get("name", "")).startswith("row:")]
    widest = size.width * ROW_WIDEST
    lines = max((len(wrapped(text, widest, size.text, reserve=size.reserve)) for text in words), default=1)
    return (ROW + lines * LEADING) * size.text


def _panel(axis: Mapping[str, Any], top: float, bottom: float) -> Panel:
    start, end = axis.get("domain", (0.0, 1.0))
    return Panel(bottom - end * (bottom - top), bottom - start * (bottom - top), *_range(axis))


def _ticks(axes: Iterable[Mapping[str, Any]]) -> list[str]:
    return [_plain(text) for axis in axes for text in axis.get("ticktext", ())]


def _range(axis: Mapping[str, Any]) -> tuple[float, float]:
    low, high = axis["range"]
    return float(low), float(high)


def _plain(markup: str) -> str:
    return " ".join(line.text for line in lines_of(markup))
