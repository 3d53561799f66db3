"""What a comparison of targets draws, and the addresses that hold what was chosen: ``{% load comparing %}``."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from targets import filters
from targets.records import Compared, Comparison, TargetRecord
from targets.wording import deciding_growth, percent

register = template.Library()

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
"""The colours of the targets in their order, as the style sheet names them."""

START, END = 4.0, 96.0
"""Both ends of the scale of growth, in per cent of the picture's width."""


@register.simple_tag
def compare_query(chosen: Iterable[TargetRecord], add: str = "", leave: str = "") -> str:
    """The query that names these targets, one more added and one left out."""
    slugs = [target.slug for target in chosen if target.slug != leave]
    return filters.query(t=[*slugs, *([add] if add and add not in slugs else [])])


@register.simple_tag
def number_mark(number: int) -> SafeString:
    """The number of a target in the colour that it has in the chart."""
    return format_html('<span class="number-mark number-{}">{}</span>', NUMBERS[number - 1], number)


@register.simple_tag
def paces(comparison: Comparison, one: Compared) -> SafeString:
    """Growth needed and growth had on the scale that all targets of the comparison share; nothing without either."""
    needed, had = _needed(one), _had(one)
    shown = [rate for rate in (needed, had) if rate is not None]
    if not shown:
        return SafeString("")
    every = [rate for other in comparison.targets for rate in (_needed(other), _had(other)) if rate is not None]
    low, high = min(0.0, *every), max(0.0, *every)
    span = (high - low) or 1.0

    def at(rate: float) -> float:
        return round(START + (END - START) * (rate - low) / span, 1)

    return format_html(
        '<svg class="paces" width="100%" height="24" role="img" focusable="false"><title>{}</title>'
        '<line class="paces-zero" x1="{zero}%" x2="{zero}%" y1="2" y2="22" stroke="#888"/>'
        '<line class="paces-way" x1="{left}%" x2="{right}%" y1="12" y2="12" stroke="#888" stroke-width="2"/>{}{}</svg>',
        _told(needed, had),
        SafeString("") if needed is None else _mark("needed", at(needed), '<path d="M0-6.5 6.5 0 0 6.5-6.5 0z"/>'),
        SafeString("") if had is None else _mark("had", at(had), '<circle r="5"/>'),
        zero=at(0.0),
        left=at(min(shown)),
        right=at(max(shown)),
    )


def _needed(one: Compared) -> float | None:
    lead = one.row.assessment.lead
    return None if lead is None or deciding_growth(one.target, lead) is None else lead.catch_up_growth


def _had(one: Compared) -> float | None:
    grew = deciding_growth(one.target, one.row.assessment.lead)
    return grew.rate if grew else None


def _mark(kind: str, place: float, shape: str) -> SafeString:
    return format_html(
        '<svg class="paces-{}" x="{}%" y="12" overflow="visible" width="1" height="1">{}</svg>',
        kind,
        place,
        SafeString(shape),
    )


def _told(needed: float | None, had: float | None) -> str:
    parts = []
    if needed is not None:
        parts.append(gettext("needs %(rate)s a year") % {"rate": percent(needed)})
    if had is not None:
        parts.append(gettext("grew %(rate)s a year") % {"rate": percent(had)})
    return "; ".join(parts)
