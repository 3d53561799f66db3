"""The pieces of a Plotly figure that the charts put together, as plain dicts. Texts are Plotly's: see :func:`plain`."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from targets.charts.theme import FONT_STACK, LIGHT

Chart = dict[str, Any]
"""A whole figure: ``data`` (traces) and ``layout``; JSON as it stands."""

Piece = dict[str, Any]
"""A trace, a shape or an annotation."""

BAR = 0.7
"""How much of its year a bar takes."""

TEXT_SIZE = 13
SMALL = 12

BASE_LAYOUT: Mapping[str, Any] = {
    "font": {"family": FONT_STACK, "size": TEXT_SIZE, "color": LIGHT.muted},
    "paper_bgcolor": LIGHT.paper,
    "plot_bgcolor": LIGHT.paper,
    "showlegend": False,
    "hovermode": "closest",
    "margin": {"l": 64, "r": 96, "t": 96, "b": 72},
}
"""What every chart has in common. Labels stand beside what they name, so there is no legend."""

YEARS: Mapping[str, Any] = {
    "tickformat": "d",
    "showgrid": False,
    "zeroline": False,
    "linecolor": LIGHT.axis,
    "tickcolor": LIGHT.axis,
    "ticks": "outside",
}
"""What every axis of years has in common."""


ACCENTED = frozenset("ĈĉĔĕĜĝĤĥĨĩĬĭĴĵŎŏŜŝŢţŨũŬŭ")
"""Letters of the Latin alphabet's first pages that the shipped typeface lacks."""

BEYOND = 0x180
"""From here on it has no accented Latin letters, of Vietnamese for one."""

UNCHANGED = (range(0x400, 0x500), range(0x2000, 0x2300))
"""Cyrillic letters, punctuation and signs, which stand as they are."""


def plain(text: str) -> str:
    """The text as Plotly must be given it: Plotly reads tags and entities in texts, ours may come from anywhere.

    Letters that the typeface lacks stand without their accents, because some renderers draw nothing for them.

    >>> plain("Thời Đại & more")
    'Thoi Đai &amp; more'
    """
    return html.escape("".join(map(_set, text)), quote=False)


def _set(letter: str) -> str:
    if letter == "\u02bb":
        # The sign of Uzbek letters, as in the name of the country.
        return "\u2018"
    code = ord(letter)
    if letter in ACCENTED or (code >= BEYOND and not any(code in page for page in UNCHANGED)):
        return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
    return letter


def heading(title: str, subtitle: str) -> Piece:
    """The title of a chart and what stands small beneath it."""
    return {
        "text": plain(title),
        "subtitle": {"text": plain(subtitle)},
        "font": {"color": LIGHT.ink},
        "x": 0,
        "xanchor": "left",
    }


def below(text: str) -> Piece:
    """The line beneath a chart: sources, the day, who made it."""
    return {
        "name": "footer",
        "text": plain(text),
        "x": 0,
        "y": 0,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "yshift": -34,
        "showarrow": False,
        "align": "left",
    }


def line(
    xs: Sequence[float],
    ys: Sequence[float | None],
    *,
    name: str,
    role: str,
    colour: str,
    width: float,
    dash: str = "solid",
    by: str = "",
) -> Piece:
    """A trace of one line without marks; it breaks where an amount is None and does not answer to the pointer."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": plain(name),
        "x": list(xs),
        "y": list(ys),
        "connectgaps": False,
        "line": {"color": colour, "width": width, "dash": dash},
        "hoverinfo": "skip",
        "meta": {"role": role, "by": by},
    }


def marks(
    xs: Sequence[float],
    ys: Sequence[float | None],
    *,
    name: str,
    role: str,
    colour: str,
    symbol: str | Sequence[str],
    size: float | Sequence[float],
    told: Sequence[str],
    opacity: float = 1.0,
    by: str = "",
) -> Piece:
    """A trace of marks; ``told`` is what each says under the pointer. Symbol and size: one for all or one for each."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plain(name),
        "x": list(xs),
        "y": list(ys),
        "marker": {
            "symbol": symbol if isinstance(symbol, str) else list(symbol),
            "size": list(size) if isinstance(size, Sequence) else size,
            "color": colour,
            "opacity": opacity,
        },
        "text": [plain(text) for text in told],
        "hovertemplate": "%{text}<extra></extra>",
        "meta": {"role": role, "by": by},
    }


def marked_line(marked: Piece, *, width: float, dash: str = "solid") -> Piece:
    """The trace of marks joined by a line that leaves gaps open."""
    return marked | {
        "mode": "lines+markers",
        "connectgaps": False,
        "line": {"color": marked["marker"]["color"], "width": width, "dash": dash},
    }


def bars(
    xs: Sequence[float],
    ys: Sequence[float | None],
    *,
    name: str,
    role: str,
    colour: str,
    told: Sequence[str],
    yaxis: str,
    by: str = "",
) -> Piece:
    """A trace of bars from zero, one a year, on the axis of amounts named; none where an amount is None."""
    return {
        "type": "bar",
        "name": plain(name),
        "x": list(xs),
        "y": list(ys),
        "yaxis": yaxis,
        "width": BAR,
        "marker": {"color": colour},
        "text": [plain(text) for text in told],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
        "meta": {"role": role, "by": by},
    }


def label(
    name: str,
    *lines: str,
    x: float,
    y: float,
    colour: str,
    xanchor: str = "left",
    yanchor: str = "middle",
    xshift: float = 0,
    yshift: float = 0,
    yref: str = "y",
    strong: bool = False,
) -> Piece:
    """A text beside the point it names. ``strong`` sets the first line in bold.

    ``name`` says what it labels ("last:KGZ"); a renderer that has no room for all labels may tell by it which to keep.
    """
    texts = [plain(text) for text in lines]
    if strong:
        texts[0] = f"<b>{texts[0]}</b>"
    return {
        "name": name,
        "text": "<br>".join(texts),
        "x": x,
        "y": y,
        "xref": "x",
        "yref": yref,
        "xanchor": xanchor,
        "yanchor": yanchor,
        "xshift": xshift,
        "yshift": yshift,
        "align": xanchor,
        "showarrow": False,
        "font": {"color": colour, "size": SMALL},
    }
