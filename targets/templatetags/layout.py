"""What the pages' layout needs beyond words: ``{% load layout %}``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from targets import filters, progress, wording
from targets.progress import Assessment, MirrorYear, Point, Reading, Series, SixPoint, Status
from targets.records import (
    OF_A_PAGE,
    FigureRecord,
    MirrorRecord,
    ReporterRow,
    TargetPage,
    TargetRecord,
    Years,
)
from targets.templatetags import drawings
from targets.wording import number, status_word

register = template.Library()
register.simple_tag(filters.query, name="query")


@register.simple_tag
def status_bar(statuses: Sequence[tuple[Status, int]], each: int | None = None, most: int | None = None) -> SafeString:
    """One bar cut in proportion to how many targets stand how.

    Over the whole width, or so many pixels for ``each``, or as long as they are many beside the ``most`` of its like.
    """
    total = sum(count for _, count in statuses)
    if not total:
        return SafeString("")
    ends = accumulate(count for _, count in statuses)
    said = [_counted(status, count) for status, count in statuses]
    parts = format_html_join(
        "",
        '<rect class="status-{}" x="{}" width="{}" height="10" fill="currentColor"><title>{}</title></rect>',
        (
            (status.value, end - count, count, words)
            for end, words, (status, count) in zip(ends, said, statuses, strict=True)
        ),
    )
    return format_html(
        '<svg class="status-bar" role="img" aria-label="{}" width="{}" height="14" viewBox="0 0 {} 10" '
        'preserveAspectRatio="none" focusable="false">{}</svg>',
        "; ".join(said),
        total * each if each else f"{max(1.0, round(100 * total / (most or total), 1)):g}%",
        total,
        parts,
    )


@register.simple_tag
def rail_of(assessment: Assessment, target: TargetRecord) -> SafeString:
    """The progress rail of a target that was judged for this page."""
    return drawings.rail(progress.rail(assessment), target)


@register.simple_tag
def sides(assessment: Assessment, target: TargetRecord) -> SafeString:
    """What each side's figures say of a target in a list."""
    return drawings.sides(assessment, target, reverse("target", args=[target.slug]))


@register.simple_tag
def mirror_sentences(mirror: MirrorRecord) -> tuple[str, ...]:
    """How far the two sides' figures lie apart, sentence by sentence."""
    return wording.mirror_sentences(mirror)


class MirrorRow(NamedTuple):
    """One year of the mirror table: both sides' amounts where known, and the gap of a year that both know."""

    year: int
    first: Point | None
    second: Point | None
    both: MirrorYear | None


@register.simple_tag
def mirror_rows(mirror: MirrorRecord) -> list[MirrorRow]:
    """Every year that a side knows, newest first."""
    both = {one.year: one for one in mirror.years}
    return [
        MirrorRow(year, mirror.point(mirror.first.by, year), mirror.point(mirror.second.by, year), both.get(year))
        for year in reversed(mirror.known)
    ]


@register.filter
def absolute(amount: float) -> float:
    return abs(amount)


@register.filter
def gap(one: MirrorYear) -> str:
    """The gap without its direction, as a share of the mean of both."""
    return wording.gap_words(one)


@register.simple_tag
def latest_gap(figures: Sequence[FigureRecord]) -> str:
    """The gap between two sides' figures of one and the same period and currency; "" where they cannot be compared."""
    if len(figures) != 2 or any(figure.turnover is None for figure in figures):
        return ""
    one, other = figures
    if (one.year, one.fiscal, one.currency) != (other.year, other.fiscal, other.currency):
        return ""
    return wording.gap_words(MirrorYear(one.year or 0, float(one.turnover or 0), float(other.turnover or 0)))


@register.filter
def years_span(years: Years | None) -> str:
    """From the first to the last year; a dash for none."""
    return wording.years_span(years)


@register.simple_tag
def silence_words(row: ReporterRow, year: int) -> str:
    """Since when an economy is silent in that year."""
    return wording.silence_words(row, year)


@register.simple_tag
def rail_key(target: TargetRecord, assessment: Assessment) -> tuple[wording.Standing, ...]:
    """What the marks of the rail of a target stand for, and why a side with figures has none."""
    return wording.rail_key(target, assessment)


@register.simple_tag
def used_figures(series: Sequence[Series]) -> frozenset[int | str]:
    """The ids of the figures by which a target was judged."""
    return frozenset(point.key for one in series for point in one.points)


@register.simple_tag
def basis_sentences(target: TargetRecord, assessment: Assessment) -> tuple[str, ...]:
    """How the target was judged, sentence by sentence."""
    return wording.basis_sentences(target, assessment)


@register.simple_tag
def measure_words(target: TargetRecord) -> str:
    """What the target counts; exports one way with both their ends."""
    return wording.measure_words(target)


@register.simple_tag
def deciding_growth(target: TargetRecord, reading: Reading | None) -> wording.Growth | None:
    """The growth that the status speaks of, where there is one."""
    return wording.deciding_growth(target, reading)


@register.simple_tag
def other_growth(target: TargetRecord, reading: Reading) -> wording.Growth | None:
    """The recent growth where it is not the deciding one."""
    return wording.other_growth(target, reading)


@register.simple_tag
def base_label(target: TargetRecord, reading: Reading) -> str:
    """The year a reading starts from, as its sentences name it."""
    return wording.base_label(target, reading)


@register.simple_tag
def first_note(page: TargetPage) -> str:
    """What is to be said beside the date on which the target was first stated."""
    return wording.first_note(page)


@register.simple_tag
def aim_approximate(target: TargetRecord, reading: Reading) -> bool:
    """Whether the amount that a reading says is to be reached is no exact one."""
    return wording.aim_approximate(target, reading)


class Goalpost(NamedTuple):
    """One version of a goal; ``here`` on its own page; ``noted`` the version whose note tells why there are two."""

    version: TargetRecord
    here: bool
    noted: TargetRecord | None


@register.simple_tag
def goalposts(page: TargetPage) -> list[Goalpost]:
    """The versions that led to the target, the target, the later one.

    Where a version and the one that follows it bear the same date, the date cannot tell how the goal moved: the earlier
    one's note has to, or else the follower's.
    """
    versions = [*page.earlier, page.target, *([page.later] if page.later else [])]
    followers = {version.slug: version for version in versions}
    return [
        Goalpost(version, version is page.target, _telling(version, followers.get(version.successor)))
        for version in versions
    ]


def _telling(version: TargetRecord, follower: TargetRecord | None) -> TargetRecord | None:
    if follower is None or version.first_stated.on is None or version.first_stated != follower.first_stated:
        return None
    return version if version.notes else follower


@register.simple_tag
def second_opinions(page: TargetPage) -> list[tuple[str, SixPoint]]:
    """Whose figures say what by the six-point rule, where it says anything."""
    terms = page.assessment.terms
    opinions = ((one.by, progress.second_opinion(terms, one)) for one in page.series)
    return [(by, opinion) for by, opinion in opinions if opinion is not None]


@register.simple_tag
def chart_buttons() -> str:
    """Plotly's names of the buttons over an explored chart, each with its name in the reader's language, as JSON."""
    words = {
        "Zoom": pgettext("button over the chart", "Zoom"),
        "Pan": pgettext("button over the chart", "Pan"),
        "Zoom in": pgettext("button over the chart", "Zoom in"),
        "Zoom out": pgettext("button over the chart", "Zoom out"),
        "Reset axes": pgettext("button over the chart", "Reset axes"),
    }
    return json.dumps(words, ensure_ascii=False)


@register.simple_tag
def why(assessment: Assessment, reading: Reading | None = None) -> SafeString:
    """A link to the rule by which a status came about: the reading's, else the verdict's."""
    judged = reading or assessment.verdict
    over = assessment.today is not None and progress.over(assessment.terms, assessment.today)
    if judged.reason is not None and judged.status in (Status.NOT_ASSESSABLE, Status.TOO_EARLY):
        rule = f"reason-{judged.reason}"
    elif over and judged.status in (Status.MET, Status.MET_THEN_LOST):
        rule = f"over-{judged.status}"
    else:
        rule = f"status-{judged.status}"
    return format_html(
        '<a class="why" href="{}#{}">{}<span class="visually-hidden"> {}</span></a>',
        reverse("methodology"),
        rule,
        gettext("Why?"),
        status_word(judged.status),
    )


@register.simple_tag
def status_named(value: str) -> SafeString:
    """The status of that code as shape and word."""
    return drawings.status_mark(Status(value))


@register.simple_tag
def statuses() -> tuple[Status, ...]:
    """Every status, in the order in which bars show them."""
    return tuple(Status)


@register.simple_tag
def contact() -> str:
    """The mail address of those who run the site, where they gave one."""
    return str(settings.CONTACT)


@register.simple_tag
def cards_where(laid_out: str = "") -> str:
    """On what media rows are cards: where there is little room and on paper, or wherever they were asked for."""
    return {"cards": "all", "table": "print"}.get(laid_out, "(max-width: 61.99rem), print")


@register.simple_tag(takes_context=True)
def page_without(context: RequestContext, name: str) -> str:
    """The path of the page with its query, but for one parameter; Django's own tag leaves a bare "?" of nothing."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query.pop(name, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


@register.simple_tag(takes_context=True)
def table_of_list(context: RequestContext) -> str:
    """The address of the table with every target of this list."""
    query = context["request"].GET.copy()
    for key in [key for key in query if key in OF_A_PAGE or not any(query.getlist(key))]:
        del query[key]
    address = reverse("targets-table")
    return f"{address}?{query.urlencode()}" if query else address


@register.simple_tag(takes_context=True)
def query_without(context: RequestContext, keys: Sequence[str]) -> str:
    """The page's query without these keys, from the list's first page on; its bare address where nothing is left."""
    query = context["request"].GET.copy()
    for key in ("page", *keys):
        query.pop(key, None)
    return f"?{query.urlencode()}" if query else context["request"].path


def _counted(status: Status, count: int) -> str:
    targets = ngettext("%(number)s target", "%(number)s targets", count) % {"number": number(count)}
    return gettext("%(status)s: %(targets)s") % {"status": status_word(status), "targets": targets}
