"""What the pages' layout needs beyond words: ``{% load layout %}``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import accumulate

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from targets import progress, wording
from targets.progress import Assessment, Series, SixPoint, Status
from targets.records import PairRecord, TargetPage, TargetRecord
from targets.templatetags import drawings
from targets.wording import number, side_name, status_word

register = template.Library()


@register.simple_tag
def status_bar(statuses: Sequence[tuple[Status, int]], each: int | None = None) -> SafeString:
    """One bar cut in proportion to how many targets stand how: over the whole width, or so many pixels for each."""
    total = sum(count for _, count in statuses)
    if not total:
        return SafeString("")
    ends = accumulate(count for _, count in statuses)
    parts = format_html_join(
        "",
        '<rect class="status-{}" x="{}" width="{}" height="10" fill="currentColor"><title>{}</title></rect>',
        (
            (status.value, end - count, count, _counted(status, count))
            for end, (status, count) in zip(ends, statuses, strict=True)
        ),
    )
    return format_html(
        '<svg class="status-bar" role="img" aria-label="{}" width="{}" height="14" viewBox="0 0 {} 10" '
        'preserveAspectRatio="none" focusable="false">{}</svg>',
        "; ".join(_counted(status, count) for status, count in statuses),
        total * each if each else "100%",
        total,
        parts,
    )


@register.simple_tag
def rail_of(assessment: Assessment, target: TargetRecord) -> SafeString:
    """The progress rail of a target that was judged for this page."""
    return drawings.rail(progress.rail(assessment), target)


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
def second_opinions(page: TargetPage) -> list[tuple[str, SixPoint]]:
    """Whose figures say what by the six-point rule, where it says anything."""
    terms = page.assessment.terms
    opinions = ((one.by, progress.second_opinion(terms, one)) for one in page.series)
    return [(by, opinion) for by, opinion in opinions if opinion is not None]


@register.simple_tag
def status_named(value: str) -> SafeString:
    """The status of that code as shape and word."""
    return drawings.status_mark(Status(value))


@register.simple_tag
def statuses() -> tuple[Status, ...]:
    """Every status, in the order in which bars show them."""
    return tuple(Status)


@register.simple_tag
def side_of(pair: PairRecord, by: str) -> str:
    """Whose a figure is: the economy's name, or the compiler in words."""
    return side_name(pair, by)


@register.simple_tag
def contact() -> str:
    """The mail address of those who run the site, where they gave one."""
    return str(settings.CONTACT)


@register.simple_tag
def today() -> date:
    """The UTC day it is."""
    return timezone.now().date()


@register.simple_tag
def as_of(page: TargetPage) -> str:
    """The query by which a page's files show the same day as the page; nothing for the present."""
    return f"?as_of={page.as_of.isoformat()}" if page.as_of else ""


@register.simple_tag(takes_context=True)
def query_with(context: RequestContext, key: str, value: object) -> str:
    """The page's query with one key set to one value; another list than this page's begins with its first page."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    query[key] = str(value)
    return f"?{query.urlencode()}"


def _counted(status: Status, count: int) -> str:
    targets = ngettext("%(number)s target", "%(number)s targets", count) % {"number": number(count)}
    return gettext("%(status)s: %(targets)s") % {"status": status_word(status), "targets": targets}
