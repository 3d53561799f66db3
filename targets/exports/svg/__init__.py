"""Plotly figures as SVG, drawn by ourselves: real text, described for readers who cannot see it, themed by the page.

Drawn is the subset of Plotly that ``targets.charts`` uses: scatter traces of lines and marks, rectangles and lines as
shapes, annotations, two linear axes. Colours stand in presentation attributes and in class names after the part they
play (``f-`` to fill, ``s-`` to stroke), because the policy of the site refuses ``<style>`` and ``style``: the page's
style sheet overrides the attributes, a file that leaves the site keeps them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from targets.exports.svg.drawing import Drawing
from targets.exports.svg.frame import NARROW, PAPER, SIZES, WIDE, Figure, Size, framed
from targets.exports.svg.imprint import Imprint, facts

THEMES = ("light", "dark")
_EXTENT = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')

__all__ = ["SIZES", "THEMES", "extent", "inline", "on_paper", "render"]


def render(
    figure: Figure, *, size: str = "web", theme: str = "light", imprint: Imprint | None = None, reserve: bool = True
) -> str:
    """The figure as one SVG document that stands alone, with title, key, sources and its colours.

    ``size`` is one of :data:`SIZES`, ``theme`` one of :data:`THEMES`; raises ValueError for others. With an ``imprint``
    the drawing says where it is from, in its picture and in its metadata. Without ``reserve`` its texts keep no room
    for another typeface than ours. The same figure gives the same bytes.
    """
    if size not in SIZES:
        raise ValueError(f"size: {size!r} is not one of {', '.join(SIZES)}")
    if theme not in THEMES:
        raise ValueError(f"theme: {theme!r} is not one of {', '.join(THEMES)}")
    # What stands on white paper needs no ground; what is light on dark brings its own.
    kept = replace(SIZES[size], reserve=reserve, background=SIZES[size].background or theme == "dark")
    return _drawn(figure, kept, theme, size, imprint)


def extent(drawing: str) -> tuple[float, float]:
    """Width and height of a drawing that :func:`render` made, in its own units."""
    found = _EXTENT.search(drawing)
    if found is None:
        raise ValueError("this is no drawing of ours: it has no view box")
    return float(found[1]), float(found[2])


def inline(figure: Figure) -> str:
    """The figure for a page: a wide and a narrow drawing, of which the style sheet shows the one that fits.

    Without a visible title, because the page says it, and without a ground, because the page has one.
    """
    return _drawn(figure, WIDE, "light", "wide") + _drawn(figure, NARROW, "light", "narrow")


def on_paper(figure: Figure) -> str:
    """The figure for a printed page that says the rest around it: without title, imprint and ground, 18 cm wide."""
    return _drawn(figure, PAPER, "light", "paper")


def _drawn(figure: Figure, size: Size, theme: str, name: str, imprint: Imprint | None = None) -> str:
    meta: Mapping[str, Any] = figure["layout"]["meta"]
    told = "\n".join((meta["title"], meta["description"], name, theme))
    mark = f"c{zlib.crc32(told.encode()):08x}"
    frame = framed(figure, size, imprint.printed if imprint else ())
    metadata = facts(figure, imprint).rdf if imprint else ""
    return Drawing(figure, frame, meta["palette"], theme).document(mark, name, metadata)
