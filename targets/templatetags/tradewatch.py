"""What templates say and draw: ``{% load tradewatch %}``."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import RequestContext
from django.urls import reverse, translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, override

from targets import records, wording
from targets.progress import Assessment, Flag, Rail, Reading, Status, Word
from targets.records import EconomyRecord, FigureRecord, PairRecord, PartialDate, RatePoint, TargetRecord, TargetRow
from targets.templatetags import drawings

register = template.Library()


@register.filter
def money(amount: Decimal | float | None, currency: str) -> str:
    """The amount as people say it, "$133m"; a dash where there is none."""
    return "–" if amount is None else wording.money(amount, currency)


@register.filter
def about(amount: str, approximate: bool) -> str:
    """The amount in words, as an approximate one where it is that."""
    return wording.about(amount, approximate)


@register.filter
def money_exact(amount: Decimal | float | None, currency: str) -> str:
    return "–" if amount is None else wording.money_exact(amount, currency)


@register.filter
def number(value: Decimal | float | None) -> str:
    return "–" if value is None else wording.number(value)


@register.filter
def percent(fraction: float | None) -> str:
    return "–" if fraction is None else wording.percent(fraction)


@register.filter
def share(fraction: float | None) -> str:
    return "–" if fraction is None else wording.share(fraction)


@register.filter
def partial_date(when: PartialDate) -> str:
    return wording.partial_date(when)


@register.filter
def day(on: date | None) -> str:
    return "–" if on is None else wording.day(on)


@register.filter
def period(figure: FigureRecord) -> str:
    # Tables keep it on one line where there is room; on a phone it may go on in another.
    return wording.period(figure).replace("\u00a0", " ")


@register.filter
def word(member: Word | None) -> str:
    """The label of an enumeration's member in the reader's language."""
    return wording.word(member) if member else ""


@register.simple_tag
def flag_word(flag: Flag, target: TargetRecord) -> str:
    """The remark beside a target's status."""
    return wording.flag_word(flag, target)


@register.filter
def name(named: EconomyRecord | PairRecord) -> str:
    """The name that stands alone, of an economy or a pair."""
    return named.name(wording.language())


@register.simple_tag
def rate_words(rate: RatePoint) -> str:
    """A rate of exchange: "1 EUR = $1.0824 (2024)"."""
    return wording.rate_words(rate)


@register.simple_tag
def year_label(year: int | None, fiscal: str = "") -> str:
    return "–" if year is None else wording.year_label(year, fiscal)


@register.simple_tag
def side_name(pair: PairRecord, by: str) -> str:
    """Whose a figure or a reading is: the economy's name, or the compiler in words."""
    return wording.side_name(pair, by)


@register.simple_tag
def verdict_sentence(target: TargetRecord, assessment: Assessment) -> str:
    return wording.verdict_sentence(target, assessment)


@register.simple_tag
def reading_sentence(target: TargetRecord, reading: Reading) -> str:
    return wording.reading_sentence(target, reading)


@register.simple_tag
def goal_words(target: TargetRecord) -> str:
    return wording.goal_words(target)


@register.simple_tag
def target_title(target: TargetRecord) -> str:
    return wording.target_title(target)


@register.simple_tag
def in_language(english: str, russian: str) -> str | SafeString:
    """The text in the reader's language; the English one, marked as English, where no other was written."""
    text, written_in = records.in_language(english, russian, wording.language())
    if not text or written_in == wording.language():
        return text
    mark = gettext("in English")
    return format_html('<span lang="{}">{}</span> <small class="fallback">{}</small>', written_in, text, mark)


@register.simple_tag
def status_mark(status: Status) -> SafeString:
    """The status as shape and word, classed for its colour."""
    return drawings.status_mark(status)


@register.simple_tag
def rail(bar: Rail | dict[str, Any] | None, target: TargetRecord) -> SafeString:
    """The progress rail as inline SVG; nothing where there is no bar to draw."""
    return drawings.rail(bar, target)


@register.simple_tag
def sparklines(row: TargetRow) -> SafeString:
    """Both sides' full years as inline SVG; nothing where neither has one."""
    return drawings.sparklines(row.sparklines, row.target)


@register.simple_tag(takes_context=True)
def language_url(context: RequestContext, code: str) -> str:
    """The address of this page in another language, its query kept; the home page where this one has no address."""
    request: HttpRequest | None = context.get("request")
    here = request.get_full_path() if request else ""
    if here and getattr(request, "resolver_match", None):
        there = translate_url(here, code)
        if there != here or code == get_language():
            return there
    with override(code):
        return reverse("home")
