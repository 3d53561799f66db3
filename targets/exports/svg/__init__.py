"""Plotly figures as SVG, drawn by ourselves: real text, described for readers who cannot see it, themed by the page.

Drawn is the subset of Plotly that ``targets.charts`` uses: scatter traces of lines and marks, rectangles and lines as
shapes, annotations, two linear axes. Colours stand in presentation attributes and in class names after the part they
play (``f-`` to fill, ``s-`` to stroke), because the policy of the site refuses ``<style>`` and ``style``: the page's
style sheet overrides the attributes, a file that leaves the site keeps them.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

from targets.exports.svg.drawing import Drawing
from targets.exports.svg.frame import NARROW, SIZES, WIDE, Figure, Size, framed

THEMES = ("light", "dark")

__all__ = ["SIZES", "THEMES", "inline", "render"]


def render(figure: Figure, *, size: str = "web", theme: str = "light") -> str:
    """The figure as one SVG document that stands alone, with title, key, sources and its colours.

    ``size`` is one of :data:`SIZES`, ``theme`` one of :data:`THEMES`; raises ValueError for others. The same figure
    gives the same bytes.
    """
    if size not in SIZES:
        raise ValueError(f"size: {size!r} is not one of {', '.join(SIZES)}")
    if theme not in THEMES:
        raise ValueError(f"theme: {theme!r} is not one of {', '.join(THEMES)}")
    return _drawn(figure, SIZES[size], theme, size)


def inline(figure: Figure) -> str:
    """The figure for a page: a wide and a narrow drawing, of which the style sheet shows the one that fits.

    Without a visible title, because the page says it, and without a ground, because the page has one.
    """
    return _drawn(figure, WIDE, "light", "wide") + _drawn(figure, NARROW, "light", "narrow")


def _drawn(figure: Figure, size: Size, theme: str, name: str) -> str:
    meta: Mapping[str, Any] = figure["layout"]["meta"]
    told = "\n".join((meta["title"], meta["description"], name, theme))
    mark = f"c{zlib.crc32(told.encode()):08x}"
    return Drawing(figure, framed(figure, size), meta["palette"], theme).document(mark, name)
