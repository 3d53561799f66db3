"""The code that puts a chart on somebody else's page. The pages that it shows there stand in ``embeds``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from targets import filters
from targets.records import PairPage, TargetPage
from targets.wording import language, target_title

THEMES = ("auto", "light", "dark")
"""The colours of an embed; ``auto`` are those that the reader's system asks for."""

CHARTS = ("mirror", "goalposts")
"""The charts of a pair that can be embedded; a target has one."""

WIDTH = 720
"""Pixels for which a site is told the height, where it does not say how wide it is."""

HEIGHTS = {"trajectory": 800, "mirror": 800, "goalposts": 480}
"""Pixels that each chart is given until it tells its own height, and for good where the helper script is left out.

Enough for most, at whatever width; what is longer scrolls in its frame.
"""


@dataclass(frozen=True, slots=True)
class Look:
    """What an embed shows: theme, which chart of a pair, the past day that it is pinned to, the language's code.

    Without a day it shows what is known when it is read, without a language it speaks that of whoever asks for it.
    """

    theme: str = THEMES[0]
    chart: str = CHARTS[0]
    as_of: date | None = None
    language: str = ""


def embed_address(request: HttpRequest, page: TargetPage | PairPage, look: Look | None = None) -> str:
    """The whole address of the page to be framed; what it shows without being asked is left out."""
    look, usual = look or Look(), Look()
    asked = {"as_of": look.as_of, "theme": "" if look.theme == usual.theme else look.theme}
    if isinstance(page, PairPage):
        name, slug = "embed-pair", page.pair.slug
        asked["chart"] = "" if look.chart == usual.chart else look.chart
    else:
        name, slug = "embed-target", page.target.slug
    with override(look.language or language()):
        path = reverse(name, args=[slug])
    return request.build_absolute_uri(path + filters.query(**asked))


def embed_height(page: TargetPage | PairPage, look: Look | None = None) -> int:
    """The pixels that suit most embeds of this kind."""
    return HEIGHTS["trajectory" if isinstance(page, TargetPage) else (look or Look()).chart]


def embed_title(page: TargetPage | PairPage, look: Look | None = None) -> str:
    """What the embed is called to those who cannot see it. No verdict: the code stays while the verdict changes."""
    with override((look and look.language) or language()):
        if isinstance(page, TargetPage):
            return _("Chart by Tradewatch: %(name)s") % {"name": target_title(page.target)}
        name = page.pair.name(language())
        if look and look.chart == "goalposts":
            return _("Chart by Tradewatch: %(name)s, how the goals moved") % {"name": name}
        return _("Chart by Tradewatch: %(name)s, the same trade as each side counts it") % {"name": name}


def embed_code(request: HttpRequest, page: TargetPage | PairPage, look: Look | None = None, *, height: int = 0) -> str:
    """The markup to be pasted into a page: a frame as wide as its place, and the script that gives it its height.

    Until then it is ``height`` pixels high, without one as high as suits most.

    Plain text, escaped for its own purpose once: a template that shows it to be copied escapes it once more.
    ``frameborder`` stands instead of a style attribute, which a strict policy of the host would refuse.
    """
    source, title = escape(embed_address(request, page, look)), escape(embed_title(page, look))
    return (
        f'<iframe src="{source}" title="{title}" width="100%" height="{height or embed_height(page, look)}" '
        'frameborder="0" loading="lazy" allow="clipboard-write"></iframe>\n'
        f'<script src="{escape(helper_address(request))}" async></script>'
    )


def helper_address(request: HttpRequest) -> str:
    """The whole address of the helper script, the same for good."""
    return request.build_absolute_uri(reverse("embed-helper"))
