"""Goalposts and scoreboards on the pages: ``{% load scoreboards %}``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from targets import wording
from targets.progress import Status
from targets.records import (
    EconomyPage,
    EconomyRecord,
    GoalHistory,
    Moves,
    OpenPromises,
    Outcome,
    PairRecord,
    Sum,
    Tally,
    outcome_of,
)
from targets.wording import capital, number, word

register = template.Library()

SHAPES = {
    Outcome.KEPT: '<circle cx="8" cy="8" r="5" fill="currentColor"/>',
    Outcome.LOST: '<circle cx="8" cy="8" r="4.2" fill="none" stroke="currentColor" stroke-width="2"/>',
    Outcome.MISSED: '<path d="M4 4l8 8M12 4l-8 8" fill="none" stroke="currentColor" stroke-width="2.6"/>',
    Outcome.DISPUTED: '<path d="M8 2l6 6-6 6-6-6z" fill="currentColor"/>',
    Outcome.PENDING: '<path d="M3.5 3.5h9v9h-9z" fill="currentColor"/>',
    Outcome.UNASSESSABLE: '<path d="M4 4h8v8H4z" fill="none" stroke="currentColor" stroke-width="2"/>',
    Outcome.REPLACED: '<path d="M8 3l5 5-5 5-5-5z" fill="none" stroke="currentColor" stroke-width="2"/>',
}
"""The marks of the charts, 16 by 16."""

COLUMNS = 140
"""The height of the columns, in pixels; they stretch with the page's width, their years below keep their size."""

LABELS = 22
"""Room for the years below the columns."""


@register.simple_tag
def goalposts_words(history: GoalHistory) -> str:
    """What happened to a goal, beginning like a sentence."""
    words = wording.goalposts_words(history)
    return f"{capital(words)}."


@register.simple_tag
def beginning(history: GoalHistory, histories: Sequence[GoalHistory]) -> str:
    """From what a goal began, where another of ``histories`` ends in the same one; "" elsewhere."""
    alike = [one for one in histories if one.goal.slug == history.goal.slug]
    return wording.goal_words(history.first) if len(alike) > 1 else ""


@register.simple_tag
def outcome_mark(outcome: Outcome) -> SafeString:
    """The outcome as shape and word; the class names it for the style sheet."""
    return format_html(
        '<span class="outcome outcome-{}"><svg class="status-shape" width="16" height="16" viewBox="0 0 16 16" '
        'aria-hidden="true" focusable="false">{}</svg>{}</span>',
        outcome.value,
        SafeString(SHAPES[outcome]),
        word(outcome),
    )


@register.simple_tag
def outcome_bar(tally: Tally, most: int = 0) -> SafeString:
    """One bar cut by outcome, without replaced versions: the whole width, or as long as its total beside ``most``."""
    tally = tuple((outcome, count) for outcome, count in tally if outcome is not Outcome.REPLACED)
    total = sum(count for _, count in tally)
    if not total:
        return SafeString("")
    ends = accumulate(count for _, count in tally)
    parts = format_html_join(
        "",
        '<rect class="outcome-{}" x="{}" width="{}" height="10" fill="currentColor"><title>{}</title></rect>',
        (
            (outcome.value, end - count, count, _told(outcome, count))
            for end, (outcome, count) in zip(ends, tally, strict=True)
        ),
    )
    return format_html(
        '<svg class="status-bar" role="img" aria-label="{}" width="{}%" height="14" viewBox="0 0 {} 10" '
        'preserveAspectRatio="none" focusable="false">{}</svg>',
        tally_words(tally),
        round(100 * total / most, 1) if most else 100,
        total,
        parts,
    )


@register.filter
def tally_words(tally: Tally) -> str:
    """How many had which outcome: "kept: 9; missed: 4"."""
    return "; ".join(_told(outcome, count) for outcome, count in tally)


@register.filter
def tally_total(tally: Tally) -> int:
    return sum(count for _, count in tally)


@register.filter
def most_of(groups: Iterable[tuple[object, Tally]]) -> int:
    """The largest total of these tallies, the measure of their bars."""
    return max((tally_total(tally) for _, tally in groups), default=0)


@register.filter
def count_of(counts: Iterable[tuple[object, int]], key: object) -> int:
    """How many of that outcome or move there are; nothing counted is none."""
    return dict(counts).get(key, 0)


@register.filter
def moves_total(moves: Moves) -> int:
    return sum(count for _, count in moves)


@register.simple_tag
def outcomes() -> tuple[Outcome, ...]:
    """Every outcome but replaced, in the order of bars."""
    return tuple(outcome for outcome in Outcome if outcome is not Outcome.REPLACED)


@register.simple_tag
def pending_statuses(page: EconomyPage) -> list[tuple[Status, int]]:
    """How the pending targets of an economy stand."""
    return [(status, count) for status, count in page.statuses if outcome_of(status) is Outcome.PENDING]


@register.simple_tag
def partner(economy: str, pair: PairRecord) -> str:
    """The other side of the pair, by its name."""
    return (pair.second if pair.first.code == economy else pair.first).name(wording.language())


@register.filter
def promise_sides(promises: OpenPromises, economy: EconomyRecord) -> list[tuple[Sum, str]]:
    """The sums by the economy's own figures and by its partners', as far as there are any, each with its heading."""
    own = gettext("By %(whose)s own figures") % {"whose": economy.possessive(wording.language())}
    sides = ((promises.own, own), (promises.other, gettext("By its partners' figures")))
    return [(side, label) for side, label in sides if side is not None]


@register.simple_tag
def promise_sentence(side: Sum) -> str:
    return wording.promise_sentence(side)


@register.simple_tag
def promise_bar(side: Sum) -> SafeString:
    """Today's trade as a part of what is promised; the sentence beside it says the same."""
    share = round(100 * min(side.traded / side.promised, 1.0), 1)
    return format_html(
        '<svg class="promise-bar" width="100%" height="14" aria-hidden="true" focusable="false">'
        '<rect class="rail-bar" width="100%" height="14" fill="#ddd"/>'
        '<rect class="rail-fill" width="{}%" height="14" fill="#888"/></svg>',
        share,
    )


@register.filter
def number_to(value: Decimal, decimals: int) -> str:
    """The number with at most so many decimals."""
    return number(value, decimals)


class Column(NamedTuple):
    """One column: where it begins and how wide it is in per cent, its parts from the foot up in pixels."""

    left: float
    width: float
    label: str
    told: str
    parts: list[tuple[Outcome, float, float]]


@register.simple_tag
def deadline_columns(groups: Sequence[tuple[int | None, Tally]]) -> SafeString:
    """Columns by deadline year, cut by outcome; targets without a deadline stand apart on the right."""
    dated = {year: tally for year, tally in groups if year is not None}
    if not groups:
        return SafeString("")
    endless = next((tally for year, tally in groups if year is None), ())
    first, last = min(dated, default=0), max(dated, default=0)
    slots = (last - first + 1 if dated else 0) + (3 if endless else 0)
    each = 100 / slots
    most = most_of(groups)
    columns = [_column(str(year), tally, (year - first) * each, each, most) for year, tally in dated.items()]
    texts: list[tuple[float, str, float, str]] = []
    if endless:
        columns.append(_column(gettext("no deadline"), endless, 100 - 2 * each, 2 * each, most))
        top = columns[-1].parts[-1][1] if columns[-1].parts else COLUMNS
        texts.append((100, "end", top - 5, columns[-1].label))
    texts += [
        (round((year - first + 0.5) * each, 2), "middle", COLUMNS + LABELS - 5, str(year))
        for year in range(first, last + 1)
        if year % 5 == 0 and dated
    ]
    return format_html(
        '<svg class="columns" width="100%" height="{height}" role="img" aria-label="{told}" focusable="false">'
        '{columns}<line class="columns-axis" x1="0" x2="100%" y1="{foot}" y2="{foot}" stroke="#888"/>{texts}</svg>',
        height=COLUMNS + LABELS,
        told=gettext("Targets by the year of their deadline; the table below has the numbers."),
        columns=format_html_join("", "{}", ((_drawn(column),) for column in columns)),
        foot=COLUMNS,
        texts=format_html_join("", '<text x="{}%" text-anchor="{}" y="{}">{}</text>', texts),
    )


def _column(label: str, tally: Tally, left: float, width: float, most: int) -> Column:
    parts = []
    foot = float(COLUMNS)
    for outcome, count in reversed(tally):
        tall = count / most * (COLUMNS - 20)
        foot -= tall
        parts.append((outcome, round(foot, 1), round(tall, 1)))
    return Column(round(left + width * 0.1, 2), round(width * 0.8, 2), label, tally_words(tally), parts)


def _drawn(column: Column) -> SafeString:
    parts = format_html_join(
        "",
        '<rect class="outcome-{}" x="{}%" width="{}%" y="{}" height="{}" fill="currentColor"/>',
        ((outcome.value, column.left, column.width, top, tall) for outcome, top, tall in column.parts),
    )
    return format_html("<g><title>{}: {}</title>{}</g>", column.label, column.told, parts)


def _told(outcome: Outcome, count: int) -> str:
    return gettext("%(outcome)s: %(number)s") % {"outcome": word(outcome), "number": number(count)}
