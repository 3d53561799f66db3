"""The addresses that a page gives of itself to search engines: ``{% load addresses %}``."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template.context import RequestContext
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from targets.wording import day, number

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
def oembed_link(context: RequestContext, title: str) -> SafeString:
    """The element by which a publishing system that was given the page's address finds the code that embeds it."""
    request: HttpRequest = context["request"]
    day = request.GET.get("as_of", "")
    page = request.build_absolute_uri(request.path + (f"?as_of={day}" if day else ""))
    asked = urlencode({"url": page, "format": "json"})
    return format_html(
        '<link rel="alternate" type="application/json+oembed" href="{}?{}" title="{}">',
        request.build_absolute_uri(reverse("oembed")),
        asked,
        title,
    )


@register.simple_tag(takes_context=True)
def page_named(context: RequestContext) -> str:
    """What tells a later page of a list from the first one in its title: ", page 2"."""
    asked = context["request"].GET.get("page", "")
    if not asked.isdecimal() or int(asked) < 2:
        return ""
    return gettext(", page %(number)s") % {"number": number(int(asked))}


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
