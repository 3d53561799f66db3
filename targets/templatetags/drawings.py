"""Small pictures inside the text, as SVG: the progress rail, the sparklines, the status mark.

Numbers in per cent of the width, marks in pixels: a rail stretches without its marks being distorted. Only presentation
attributes and classes, so that the policy for styles stays strict; grey by themselves, coloured by the style sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from targets.charts.theme import SHAPES
from targets.progress import Assessment, Rail, RailMark, Reading, Status
from targets.records import TargetRecord
from targets.wording import about, money, money_exact, rail_words, side_name, status_word, year_label

START, END = 6.0, 88.0
"""Where base and target stand, in per cent of the width: room for marks below the one and beyond the other."""
UNDER, OVER = 2.5, 95.0
MIDDLE, STACK = 12, 28
"""Where the bar's middle is, and the height in which marks that share a place stand above each other, in pixels."""

MARKS = {
    "first": mark_safe('<circle r="5" fill="#222" stroke="#fff" stroke-width="1.5"/>'),
    "second": mark_safe('<path d="M0-6.5 6.5 0 0 6.5-6.5 0z" fill="#fff" stroke="#222" stroke-width="2"/>'),
    "other": mark_safe('<path d="M0-6 5.5 4.5h-11z" fill="#999" stroke="#fff" stroke-width="1.5"/>'),
}
"""A filled disc, a hollow diamond, a triangle: told apart without colour."""

_THICK = {"first": 2.75, "second": 1.5}
"""Stroke of each side's sparkline: told apart without colour."""


def status_mark(status: Status) -> SafeString:
    """The status as shape and word; the class names it for the style sheet."""
    return format_html(
        '<span class="status status-{}"><svg class="status-shape" width="16" height="16" viewBox="0 0 16 16" '
        'aria-hidden="true" focusable="false"><path d="{}" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round"/></svg>{}</span>',
        status.value,
        SHAPES[status],
        status_word(status),
    )


def sparklines(lines: Sequence[tuple[str, str]], target: TargetRecord) -> SafeString:
    """A line for each side, on one scale, in a 96 by 24 box; nothing without lines.

    Decorative: what each side's figures say stands beside it. The path data are ready-made, for lists have many.
    """
    if not lines:
        return SafeString("")
    drawn = format_html_join(
        "",
        '<path class="line-{}" d="{}" fill="none" stroke="#222" stroke-width="{}" vector-effect="non-scaling-stroke"/>',
        ((kind, path, _THICK.get(kind, 2)) for by, path in lines for kind in [target.pair.side(by)]),
    )
    return format_html(
        '<svg class="sparkline" viewBox="-2 -2 100 28" width="100%" height="28" preserveAspectRatio="none" '
        'stroke-linejoin="round" stroke-linecap="round" aria-hidden="true" focusable="false">{}</svg>',
        drawn,
    )


def rail(bar: Rail | Mapping[str, Any] | None, target: TargetRecord) -> SafeString:
    """The bar from base to target: filled to the more cautious side, a notch where it should stand, marks.

    Without a base there is no way to fill: marks and target stand alone, with a thin line for what is left.
    """
    if not bar:
        return SafeString("")
    if not isinstance(bar, Rail):
        bar = Rail(
            base=bar["base"],
            target=bar["target"],
            marks=tuple(RailMark(**mark) for mark in bar["marks"]),
            notch=bar["notch"],
            # Rails stored before the key existed tell it by their base.
            from_base=bar.get("from_base", bar["base"] != 0),
            base_approximate=bar.get("base_approximate", False),
        )
    filled = min((mark.share for mark in bar.marks), default=0.0)
    return format_html(
        '<svg class="rail" width="100%" height="24" role="img" focusable="false"><title>{title}</title>'
        '{way}{notch}<line class="rail-target" x1="{end}%" x2="{end}%" y1="2" y2="22" stroke="#222" stroke-width="3"/>'
        "{marks}</svg>",
        title=rail_words(bar, target),
        way=_way(filled) if bar.from_base else _left(filled),
        end=END,
        notch=_notch(bar.notch),
        marks=format_html_join("", "{}", ((_mark(*one, target),) for one in reversed(bar.stacked))),
    )


KEYS = {
    kind: format_html(
        '<svg class="key-mark rail-{}" width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true" '
        'focusable="false">{}</svg>',
        kind,
        mark,
    )
    for kind, mark in MARKS.items()
}
"""The sign of a side inside a line of text."""


def sides(assessment: Assessment, target: TargetRecord, address: str) -> SafeString:
    """What each side's figures say of a target, one line each: whose, the latest amount, its year, the status.

    Compilers are named where they vote or their numbers stand for the target. ``address`` is the target's page, where
    converted amounts are explained.
    """
    verdict = assessment.verdict
    told = [
        reading
        for reading in assessment.readings
        if reading.reporter or reading.by in verdict.voters or reading.by == verdict.lead
    ]
    return format_html(
        '<ul class="sides">{}</ul>', format_html_join("", "{}", ((_side(one, target, address),) for one in told))
    )


def _side(reading: Reading, target: TargetRecord, address: str) -> SafeString:
    named = format_html("{}{} ", KEYS[target.pair.side(reading.by)], side_name(target.pair, reading.by))
    if reading.latest_year is None or reading.latest_amount is None:
        return format_html(
            '<li class="muted">{}<span class="sides-status">{}</span></li>', named, gettext("no full-year figures")
        )
    currency = target.currency or "USD"
    amount = money(reading.latest_amount, currency)
    converted = (
        format_html(' <small><a href="{}#converted">{}</a></small>', address, gettext("converted"))
        if reading.converted
        else ""
    )
    return format_html(
        '<li>{}<span class="nowrap"><b title="{}">{}</b> <small>{}</small></span>{} '
        '<span class="sides-status status-{}">{}</span></li>',
        named,
        money_exact(reading.latest_amount, currency),
        about(amount, reading.latest_approximate),
        year_label(reading.latest_year, reading.fiscal),
        converted,
        reading.status.value,
        status_word(reading.status),
    )


def _at(fraction: float) -> float:
    return round(START + (END - START) * min(max(fraction, 0.0), 1.0), 1)


def _way(filled: float) -> SafeString:
    return format_html(
        '<rect class="rail-bar" x="{start}%" y="8" width="{length}%" height="8" fill="#ddd"/>'
        '<rect class="rail-fill" x="{start}%" y="8" width="{filled}%" height="8" fill="#888"/>',
        start=START,
        length=END - START,
        filled=round((END - START) * filled, 1),
    )


def _left(filled: float) -> SafeString:
    return format_html(
        '<line class="rail-left" x1="{}%" x2="{}%" y1="12" y2="12" stroke="#888" stroke-dasharray="1 4"/>',
        _at(filled),
        END,
    )


def _notch(fraction: float | None) -> SafeString:
    if fraction is None:
        return SafeString("")
    return format_html(
        '<line class="rail-notch" x1="{0}%" x2="{0}%" y1="3" y2="21" stroke="#222" stroke-width="1.5" '
        'stroke-dasharray="2 1.5"/>',
        _at(fraction),
    )


def _mark(mark: RailMark, height: float, target: TargetRecord) -> SafeString:
    """A reading's mark where it stands: beyond the target when above it, left of the base when below that."""
    place = UNDER if mark.under else OVER if mark.over else _at(mark.share)
    kind = target.pair.side(mark.by)
    return format_html(
        '<svg class="rail-mark rail-{}" x="{}%" y="{}" overflow="visible" width="1" height="1">{}</svg>',
        kind,
        place,
        f"{MIDDLE + STACK * height:g}",
        MARKS[kind],
    )
