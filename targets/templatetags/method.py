"""What the page about the method is made of: ``{% load method %}``."""

from __future__ import annotations

from collections import defaultdict
from enum import IntEnum
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from targets import progress, records, wording
from targets.progress import Measure, Reading
from targets.progress.series import SERVING
from targets.records import Example, MethodPage, TargetRecord
from targets.wording import limits, method

register = template.Library()


@register.simple_tag
def thresholds() -> dict[str, dict[str, SafeString]]:
    """The thresholds in words, by module and name of the constant; each is marked with its value for machines."""
    found: defaultdict[str, dict[str, SafeString]] = defaultdict(dict)
    for name, (value, words) in limits.limits().items():
        module, _dot, constant = name.partition(".")
        found[module][constant] = format_html('<data data-limit="{}" value="{}">{}</data>', name, value, words)
    return dict(found)


@register.simple_tag
def example(page: MethodPage, rule: str) -> SafeString:
    """A target that shows the rule, and what it shows; else that none does."""
    found = page.examples.get(rule)
    if found is None:
        if rule.startswith("weather-"):
            return _none(gettext("None of the targets on this page has this sign at present."))
        if page.among is None:
            return _none(gettext("No published target shows this at present."))
        told = gettext("None of the %(number)s targets of the largest amounts shows this at present.")
        return _none(told % {"number": wording.number(page.among)})
    return _shown(rule, found.target, method.example_sentence(rule, found))


@register.simple_tag
def served(page: MethodPage, rule: str) -> SafeString:
    """A figure that serves by the rule."""
    found = page.served.get(rule)
    if found is None:
        return _none(gettext("None of the figures behind this page shows this at present."))
    told = method.flows_sentence(found) if rule in ("flows", "sum") else method.served_sentence(found)
    return _shown(rule, found.target, told)


@register.simple_tag
def uncounted(page: MethodPage, rule: str) -> SafeString:
    """A figure that is shown and never judged by."""
    found = page.shown.get(rule)
    if found is None:
        return _none(gettext("None of the figures behind this page shows this at present."))
    return _shown(rule, found[0], method.uncounted_sentence(*found))


@register.simple_tag
def doubted(page: MethodPage, rule: str) -> SafeString:
    """A doubt that figures which stand would raise if they were entered today."""
    found = page.doubts.get(rule)
    if found is None:
        return _none(gettext("None of the figures behind this page raises this doubt at present."))
    link = format_html(
        '<a href="{}">{}</a>', reverse("pair", args=[found.pair.slug]), found.pair.name(wording.language())
    )
    return format_html('<p class="example" data-example="{}">{}. {}</p>', rule, link, method.shown_doubt(found))


@register.simple_tag
def words_of(vocabulary: str) -> list[dict[str, Any]]:
    """The members of a vocabulary of the rules: value and label of each."""
    held = getattr(progress, vocabulary, None) or getattr(records, vocabulary)
    if issubclass(held, IntEnum):
        return [{"value": one.name.lower(), "member": one} for one in held]
    return [{"value": one.value, "member": one} for one in held]


@register.simple_tag
def serving(measure: Measure) -> str:
    """The measures of figures that can serve a target of this one, the preferred first."""
    return wording.listed(gettext(one.label) for one in SERVING[measure])


@register.simple_tag
def worked(page: MethodPage) -> Example | None:
    """The example whose numbers are worked out: the best pace that there is."""
    paces = ("open-on_track", "open-too_slow", "open-far_too_slow", "open-moving_away")
    return next((page.examples[rule] for rule in paces if rule in page.examples), None)


@register.simple_tag
def path_now(target: TargetRecord, reading: Reading) -> float | None:
    """Where the required path stands in the latest year."""
    return method.path_now(target, reading)


@register.filter
def millions(amount: float | None) -> str:
    """The amount in millions, with one decimal: exact enough to be worked with."""
    return "–" if amount is None else wording.number(round(amount / 1e6, 1), 1)


def _shown(rule: str, target: TargetRecord, sentence: str) -> SafeString:
    return format_html(
        '<p class="example" data-example="{}"><a href="{}">{}</a>. {}</p>',
        rule,
        reverse("target", args=[target.slug]),
        wording.target_title(target),
        sentence,
    )


def _none(words: str) -> SafeString:
    return format_html('<p class="example muted">{}</p>', words)
