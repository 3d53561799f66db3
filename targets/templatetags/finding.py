"""What the page of search marks and shows: ``{% load finding %}``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from targets import records, wording
from targets.records import TextHit

register = template.Library()


@register.simple_tag
def found(text: str, words: Sequence[str]) -> SafeString:
    """The text with the beginnings of words that were asked for marked; of a long one the part around them."""
    pieces = records.marked(records.excerpt(text, words), words)
    return format_html_join("", "{}", ((_piece(piece, hit),) for piece, hit in pieces))


@register.simple_tag
def found_in_language(english: str, russian: str, words: Sequence[str]) -> SafeString:
    """The same of the text in the reader's language; the English one, marked as English, where no other was written."""
    text, written_in = records.in_language(english, russian, wording.language())
    shown = found(text, words)
    if not text or written_in == wording.language():
        return shown
    mark = gettext("in English")
    return format_html('<span lang="{}">{}</span> <small class="fallback">{}</small>', written_in, shown, mark)


class Elsewhere(NamedTuple):
    """A text that holds a word asked for and its language."""

    text: str
    language: str


@register.simple_tag
def found_elsewhere(hit: TextHit, words: Sequence[str]) -> Elsewhere | None:
    """Where a word that nothing shown of the hit has was found: at what occasion, in the quote, in the other language.

    None where all that was asked for can be seen.
    """
    spoken = wording.language()
    pairs = [(hit.speaker, hit.speaker_ru), (hit.role, hit.role_ru), (hit.text, hit.text_ru)]
    shown = [records.in_language(english, russian, spoken)[0] for english, russian in pairs]
    unseen = [word for word in words if not records.holds(" ".join([*shown, hit.pair.name(spoken)]), [word])]
    others = [Elsewhere(*records.in_language(hit.occasion, hit.occasion_ru, spoken))]
    others.append(Elsewhere(hit.quote, hit.quote_language))
    for english, russian in [*pairs, (hit.occasion, hit.occasion_ru)]:
        others += [Elsewhere(english, "en"), Elsewhere(russian, "ru")]
    return next((one for one in others if one.text and records.holds(one.text, unseen)), None)


def _piece(piece: str, hit: bool) -> SafeString:
    return format_html("<mark>{}</mark>", piece) if hit else conditional_escape(piece)
