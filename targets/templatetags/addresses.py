"""The addresses that a page gives of itself to search engines: ``{% load addresses %}``."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template.context import RequestContext
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from targets import filters
from targets.records import NARROWING
from targets.wording import SITE, day

register = template.Library()

_PARTS = {
    "targets": frozenset({"page"}),
    "deadlines": frozenset({"year", "page"}),
    "changes": frozenset({"page"}),
    "coverage": frozenset({"economy", "page"}),
}
"""By the name of the address, the parameters that make another page of it and not another view of the same."""

_VIEWS = frozenset({"as_of", "view", "sort"})
"""Parameters that show the same content otherwise or on another day; any other one is a question of the reader's."""

_ANSWERS = frozenset({"search", "compare"})
"""Pages that answer what a reader put together: there is no end of them, so with a question they are not listed."""

_TOOLS = frozenset({"target-share", "pair-share"})
"""Pages that are of use only to who stands on another page."""

_SHARED = {
    "target": ("as_of",),
    "pair": ("as_of",),
    "compare": ("t",),
    "deadlines": ("year",),
    "coverage": ("economy",),
    "targets": NARROWING,
}
"""By the name of the address, the parameters without which a shared page would be another one; its card takes them."""

_LOCALES = {"en": "en_GB", "ru": "ru_RU"}
"""Languages as Open Graph names them; the English of the site is that of Britain."""


@register.simple_tag(takes_context=True)
def page_links(context: RequestContext) -> SafeString:
    """The elements that name the page's own address, the one in each language and the one for all other readers.

    A filtered or reordered list is a view of the whole list, and a page as of a day one of the present page. The answer
    to a reader's own question is to be followed and not listed, nor is a tool that belongs to another page.
    """
    request: HttpRequest | None = context.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or match is None:
        return SafeString("")
    if match.url_name in _TOOLS or (match.url_name in _ANSWERS and request.GET):
        return format_html('<meta name="robots" content="{}">', "noindex, follow")
    root = f"{request.scheme}://{request.get_host()}"
    here = request.path + _own_query(request.GET, _PARTS.get(match.url_name or "", frozenset()))
    own = {code: root + translate_url(here, code) for code, _name in settings.LANGUAGES}
    others = [*own.items(), ("x-default", own[settings.LANGUAGE_CODE])]
    return format_html(
        '<link rel="canonical" href="{}">{}',
        own[get_language() or settings.LANGUAGE_CODE],
        format_html_join(
            "", '<link rel="alternate" hreflang="{}" href="{}">', ((code, address) for code, address in others)
        ),
    )


@register.simple_tag(takes_context=True)
def page_shared(context: RequestContext) -> SafeString:
    """What networks show of a page that is shared: title, sentence, address, and the card in the page's language.

    Nothing for a page without a card, and for the answer to words that a reader put together: nobody shall write under
    the name of the site. The card's address has the version of the data, so that a network fetches the new one.
    """
    request: HttpRequest | None = context.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or match is None or "data_version" not in context or request.GET.get("q", "").strip():
        return SafeString("")
    head = context["head"]
    root = f"{request.scheme}://{request.get_host()}"
    name = match.url_name or ""
    asked = _pinned(request.GET, _SHARED.get(name, ()))
    here = _pinned(request.GET, dict.fromkeys((*_SHARED.get(name, ()), *sorted(_PARTS.get(name, ())))))
    version = "" if "as_of" in asked else f"{'&' if asked else ''}v={context['data_version']}"
    card = reverse(f"{match.view_name}-card", kwargs=match.kwargs)
    image = f"{root}{card}?{asked}{version}"
    spoken = get_language() or settings.LANGUAGE_CODE
    said = [
        ("og:type", "website"),
        ("og:site_name", SITE),
        ("og:title", head.title),
        ("og:description", head.description),
        ("og:url", f"{root}{request.path}{'?' if here else ''}{here}"),
        ("og:locale", _LOCALES[spoken]),
        *(("og:locale:alternate", locale) for code, locale in _LOCALES.items() if code != spoken),
        ("og:image", image),
        ("og:image:type", "image/png"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", head.pictured),
    ]
    repeated = [
        ("twitter:card", "summary_large_image"),
        ("twitter:title", head.title),
        ("twitter:description", head.description),
        ("twitter:image", image),
        ("twitter:image:alt", head.pictured),
    ]
    return format_html(
        "{}{}",
        format_html_join("", '<meta property="{}" content="{}">', said),
        format_html_join("", '<meta name="{}" content="{}">', repeated),
    )


@register.simple_tag(takes_context=True)
def oembed_link(context: RequestContext, title: str) -> SafeString:
    """The element by which a publishing system that was given the page's address finds the code that embeds it."""
    request: HttpRequest = context["request"]
    page = request.build_absolute_uri(request.path + filters.query(as_of=request.GET.get("as_of")))
    return format_html(
        '<link rel="alternate" type="application/json+oembed" href="{}" title="{}">',
        request.build_absolute_uri(reverse("oembed") + filters.query(url=page, format="json")),
        title,
    )


@register.simple_tag(takes_context=True)
def page_printed(context: RequestContext) -> str:
    """Where a printed page came from and when: its whole address and the UTC day."""
    request: HttpRequest = context["request"]
    return f"{request.build_absolute_uri()} · {day(timezone.now().date())}"


def _own_query(asked: QueryDict, parts: frozenset[str]) -> str:
    given = {name for name, values in asked.lists() if any(values)}
    if given - parts - _VIEWS:
        return ""
    own = asked.copy()
    for name in set(own) - parts | {name for name in own if name == "page" and own[name] == "1"}:
        del own[name]
    return f"?{own.urlencode()}" if own else ""


def _pinned(asked: QueryDict, names: Iterable[str]) -> str:
    """The query with these parameters alone, without empty ones."""
    own = QueryDict(mutable=True)
    for name in names:
        values = [value for value in asked.getlist(name) if value.strip()]
        if values:
            own.setlist(name, values)
    return own.urlencode()
