"""The progress rail as one picture of a fixed width, for paper."""

from __future__ import annotations

import html
from collections.abc import Mapping

from targets.progress import Rail
from targets.records import TargetRecord
from targets.wording import rail_ends

WIDTH, HEIGHT = 720.0, 46.0
START, END, UNDER, OVER = 24.0, 650.0, 9.0, 690.0
"""Where base and target stand, and the marks of what lies below the one or above the other."""
MIDDLE, BAR = 14.0, 10.0
STACK = 30.0
"""The height in which marks that share a place stand above each other."""

MARKS = {
    "first": '<circle cx="{x}" cy="{y}" r="6.5" fill="{colour}" stroke="#fff" stroke-width="1.5"/>',
    "second": '<path d="M{x} {y}m0-8 8 8-8 8-8-8z" fill="#fff" stroke="{colour}" stroke-width="2.5"/>',
    "other": '<path d="M{x} {y}m0-7.5 7 13h-14z" fill="{colour}" stroke="#fff" stroke-width="1.5"/>',
}
"""As on the site: a filled disc, a hollow diamond, a triangle, told apart without colour."""


def rail_svg(bar: Rail, target: TargetRecord, palette: Mapping[str, str]) -> str:
    """The rail as an SVG document, with the amounts at both ends."""
    filled = min((mark.share for mark in bar.marks), default=0.0)
    parts = [_bar(filled, palette) if bar.from_base else _left(filled, palette)]
    if bar.notch is not None:
        x = _at(bar.notch)
        parts.append(
            f'<path d="M{x} {MIDDLE - 11}v22" stroke="{palette["path"]}" stroke-width="1.6" stroke-dasharray="2.5 2"/>'
        )
    parts.append(f'<path d="M{END} {MIDDLE - 12}v24" stroke="{palette["target"]}" stroke-width="3.5"/>')
    for mark, height in reversed(bar.stacked):
        x = UNDER if mark.under else OVER if mark.over else _at(mark.share)
        side = target.pair.side(mark.by)
        colour = palette["compiler" if side == "other" else side]
        parts.append(MARKS[side].format(x=x, y=MIDDLE + STACK * height, colour=colour))
    start, goal = rail_ends(bar, target)
    parts.append(_amount(END, "end", goal, palette["ink"], bold=True))
    if bar.from_base:
        parts.append(_amount(START, "start", start, palette["muted"]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="Tradewatch Sans" font-size="12">{"".join(parts)}</svg>'
    )


def _bar(filled: float, palette: Mapping[str, str]) -> str:
    top = MIDDLE - BAR / 2
    return (
        f'<path d="M{START} {top}H{END}v{BAR}H{START}z" fill="{palette["band"]}"/>'
        f'<path d="M{START} {top}H{_at(filled)}v{BAR}H{START}z" fill="{palette["axis"]}"/>'
    )


def _left(filled: float, palette: Mapping[str, str]) -> str:
    """Without a base there is no way to fill: a thin line for what is left."""
    return f'<path d="M{_at(filled)} {MIDDLE}H{END}" stroke="{palette["axis"]}" stroke-dasharray="1 4" fill="none"/>'


def _amount(x: float, anchor: str, text: str, colour: str, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x}" y="{HEIGHT - 6}" text-anchor="{anchor}" fill="{colour}"{weight}>{html.escape(text)}</text>'


def _at(fraction: float) -> float:
    return round(START + (END - START) * min(max(fraction, 0.0), 1.0), 1)
