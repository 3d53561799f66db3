"""The pages that other sites may frame, and no others: a chart with its verdict, sources and the way to its page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import condition, require_safe

from targets import filters, gallery
from targets.exports import svg
from targets.records import PairPage, TargetPage
from targets.views.charts import Chart, imprint_of, path_of, version_shown
from targets.views.embedding import CHARTS, THEMES
from targets.views.errors import NotRecordedYet
from targets.views.freshness import View, code_version, fresh, utc_today
from targets.views.pages import moved_target
from targets.wording import language, target_title


def framed(view: Callable[..., HttpResponse]) -> View[...]:
    """The view, whose answers any site may frame. What it refuses is said on a page as small as the embed itself.

    Such a page shows the same for a target that never was and for one that readers may not see.
    """

    @csp_replace({"frame-ancestors": ["*"]})
    @csp_update({"img-src": ["blob:"]})
    @xframe_options_exempt
    @fresh
    @wraps(view)
    def answer(request: HttpRequest, **named: str) -> HttpResponse:
        theme = THEMES[0]
        try:
            theme = filters.choice(request.GET, "theme", THEMES)
            response = view(request, theme=theme, **named)
        except filters.BadParameter as refusal:
            response = render(
                request, "targets/embed_refused.html", {"message": str(refusal), "theme": theme}, status=400
            )
        except Http404 as absent:
            # Shown to readers of another site, who did not ask for an address.
            message = _("This chart is not available. It was moved or withdrawn, or its address is not complete.")
            message = str(absent) if isinstance(absent, NotRecordedYet) else message
            response = render(request, "targets/embed_refused.html", {"message": message, "theme": theme}, status=404)
        # Sites that isolate themselves from others take only what says that they may, and that it keeps to the same.
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        response["Cross-Origin-Embedder-Policy"] = "require-corp"
        return response

    return answer


@framed
def target(request: HttpRequest, theme: str, slug: str) -> HttpResponse:
    """A target: verdict, rail, chart."""
    today = utc_today()
    as_of = filters.past_day(request.GET, today)
    version = version_shown(as_of, today)
    drawn = gallery.trajectory(slug, today=today, as_of=as_of)
    if drawn is None:
        return moved_target(request, slug)
    page, figure = drawn
    context = {
        "target": page.target,
        "name": target_title(page.target),
        "json": reverse("target-chart", args=[slug, "json"]),
        "chart_svg": SafeString(svg.inline(figure)),
        "imprint": imprint_of(request, Chart(slug, page, figure), day=as_of or today, version=version),
    }
    return _shown(request, theme, page, figure, context)


@framed
def pair(request: HttpRequest, theme: str, slug: str) -> HttpResponse:
    """A pair: both sides' figures and the gap, or with ``chart=goalposts`` all its targets over time."""
    today = utc_today()
    as_of = filters.past_day(request.GET, today)
    chart = filters.choice(request.GET, "chart", CHARTS)
    version = version_shown(as_of, today)
    draw = gallery.mirror if chart == "mirror" else gallery.goalposts
    drawn = draw(slug, today=today, as_of=as_of)
    if drawn is None:
        raise Http404
    page, figure = drawn
    known = page.mirror.known if chart == "mirror" else page.targets
    context = {
        "name": page.pair.name(language()),
        "json": reverse(f"pair-{chart}", args=[slug, "json"]),
        "chart_svg": SafeString(svg.inline(figure)) if known else "",
        "imprint": imprint_of(request, Chart(slug, page, figure), day=as_of or today, version=version),
    }
    return _shown(request, theme, page, figure, context)


@require_safe
@cache_control(public=True, max_age=24 * 60 * 60)
@condition(etag_func=lambda request: f'"{code_version()}"')
def helper(request: HttpRequest) -> HttpResponse:
    """The script that other sites run: it gives each frame the height that its page asks for.

    Under an address that stays the same, because it is printed in articles; kept for a day.
    """
    answer = HttpResponse(_helper(), content_type="text/javascript; charset=utf-8")
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _shown(
    request: HttpRequest, theme: str, page: TargetPage | PairPage, figure: gallery.Figure, told: dict[str, object]
) -> HttpResponse:
    context = {
        "theme": theme,
        "page": page,
        "heading": figure["layout"]["meta"]["title"],
        "canonical": request.build_absolute_uri(path_of(page)),
    }
    return render(request, "targets/embed.html", context | told)


@cache
def _helper() -> bytes:
    return (settings.BASE_DIR / "static" / "js" / "embed-host.js").read_bytes()
