"""oEmbed 1.0: how a publishing system turns the address of a page into the code that embeds its chart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _

from targets import filters, queries
from targets.records import PairPage, TargetPage
from targets.views.embedding import CHARTS, THEMES, WIDTH, Look, embed_code, embed_height
from targets.views.freshness import fresh, utc_today
from targets.views.taking import charts_of
from targets.wording import target_title

DAY = 24 * 60 * 60
"""Seconds for which a publishing system may keep the code: what the frame shows is up to date all the same."""

NO_LIMIT = 10**9
"""Pixels that no place for a chart exceeds."""


class _Asked(NamedTuple):
    """The page that an address is of, by the name of its view, and what the address says beside."""

    name: str
    slug: str
    language: str
    query: QueryDict


@fresh
def oembed(request: HttpRequest) -> HttpResponse:
    """The code for the page at ``url``: of a target or a pair, or of one of their embeds, on this site."""
    try:
        answer = _answered(request)
    except filters.BadParameter as refusal:
        answer = _refused(400, "bad_parameter", str(refusal), {refusal.parameter: [refusal.allowed]})
    except Http404:
        answer = _refused(404, "not_found", _("No page of this site that can be embedded has this address."))
    # Anybody's page may ask: what is told is public, and no cookie changes it.
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _answered(request: HttpRequest) -> HttpResponse:
    if request.GET.get("format", "json") != "json":
        return _refused(501, "not_implemented", _("Answers are given as JSON only."))
    width, most = _pixels(request.GET, "maxwidth"), _pixels(request.GET, "maxheight")
    asked = _asked(request)
    with override(asked.language):
        today = utc_today()
        look = Look(
            theme=filters.choice(asked.query, "theme", THEMES),
            chart=filters.choice(asked.query, "chart", CHARTS),
            as_of=filters.past_day(asked.query, today),
        )
        page = _page(asked, look, today)
        if isinstance(page, PairPage) and "chart" not in asked.query:
            # A goal alone is no chart of the page, but says more than a mirror in which nothing is known.
            look = replace(look, chart=next(iter(charts_of(page)), "goalposts"))
        height = min(embed_height(page, look), most)
        told = {
            "version": "1.0",
            "type": "rich",
            "title": target_title(page.target) if isinstance(page, TargetPage) else page.pair.name(asked.language),
            "provider_name": "Tradewatch",
            "provider_url": request.build_absolute_uri(reverse("home")),
            "cache_age": DAY,
            "html": embed_code(request, page, look, height=height),
            "width": min(WIDTH, width),
            "height": height,
        }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _asked(request: HttpRequest) -> _Asked:
    """What ``url`` names; raises Http404 for anything but a page of this site that has an embed."""
    url = request.GET.get("url", "")
    if not url:
        raise filters.BadParameter("url", "", _("the whole address of a target’s or a pair’s page"))
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Http404 from None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != request.get_host().lower():
        raise Http404
    # Readers copy it without the last slash, and the site leads them on.
    path = unquote(parts.path).rstrip("/") + "/"
    spoken = get_language_from_path(path) or settings.LANGUAGE_CODE
    try:
        with override(spoken):
            found = resolve(path)
        query = QueryDict(parts.query)
    except (Resolver404, TooManyFieldsSent):
        raise Http404 from None
    name = (found.url_name or "").removeprefix("embed-")
    if name not in ("target", "pair"):
        raise Http404
    return _Asked(name, found.kwargs["slug"], spoken, query)


def _page(asked: _Asked, look: Look, today: date) -> TargetPage | PairPage:
    """The page asked for, also under an address that it once had; raises Http404 where there is none for readers."""
    page: TargetPage | PairPage | None
    if asked.name == "pair":
        page = queries.pair_page(asked.slug, today=today, as_of=look.as_of)
    else:
        page = queries.target_page(asked.slug, today=today, as_of=look.as_of, whole=False)
        present = "" if page else queries.target_slug_redirect(asked.slug)
        page = queries.target_page(present, today=today, as_of=look.as_of, whole=False) if present else page
    if page is None:
        raise Http404
    return page


def _pixels(asked: QueryDict, name: str) -> int:
    """The most pixels that the parameter allows, more than any screen has without it. Raises BadParameter."""
    value = asked.get(name, "")
    if not value:
        return NO_LIMIT
    if not (value.isascii() and value.isdecimal() and int(value[:9])):
        raise filters.BadParameter(name, value, _("a whole number of pixels"))
    return int(value[:9])


def _refused(status: int, code: str, message: str, fields: dict[str, list[str]] | None = None) -> JsonResponse:
    error = {"code": code, "message": message, "fields": fields or {}}
    return JsonResponse({"error": error}, status=status, json_dumps_params={"ensure_ascii": False})
