"""Targets beside each other: the page, its chart and its table. The address holds all that was chosen."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.safestring import SafeString

from targets import filters, gallery, queries
from targets.exports import svg
from targets.exports.comparison import comparison_csv
from targets.records import FEWEST, MOST, Comparison
from targets.views.cards import Asked as CardAsked
from targets.views.cards import Found as CardFound
from targets.views.cards import card_file
from targets.views.charts import Asked, Chart, Found, chart_file
from targets.views.files import as_table
from targets.views.freshness import fresh_now, utc_today
from targets.views.pages import explorable, shown
from targets.wording import comparison_head


@explorable
@fresh_now
def compare(request: HttpRequest) -> HttpResponse:
    """Two to eight targets on common scales; with fewer, how to choose more."""
    found = _found(request, filters.compared(request.GET))
    if isinstance(found, HttpResponse):
        return found
    enough = len(found.targets) >= FEWEST
    context = {
        "comparison": found,
        "chosen": [one.target for one in found.targets],
        "enough": enough,
        "room": len(found.targets) < MOST,
        "most": MOST,
        "chart_svg": SafeString(svg.inline(gallery.comparison_of(found))) if enough else "",
    }
    return shown(request, "targets/compare.html", comparison_head([one.row for one in found.targets]), context)


@partial(chart_file, comparing=True)
def chart(request: HttpRequest, asked: Asked) -> Found:
    """The targets beside each other as a chart."""
    found = _found(request, asked.compared, asked.as_of)
    return found if isinstance(found, HttpResponse) else Chart("comparison", found, gallery.comparison_of(found))


@partial(card_file, by=("t",), dated=True)
def card(request: HttpRequest, asked: CardAsked) -> CardFound | HttpResponse:
    """The targets beside each other as a share card."""
    found = _found(request, filters.compared(request.GET), asked.as_of)
    if isinstance(found, HttpResponse):
        return found
    return CardFound("comparison", gallery.card_of(found), reverse("compare"))


@fresh_now
def table(request: HttpRequest) -> HttpResponse:
    """Every reading of the targets as CSV."""
    found = _found(request, filters.compared(request.GET, FEWEST))
    if isinstance(found, HttpResponse):
        return found
    return as_table(comparison_csv(found), "comparison", "csv")


def _found(request: HttpRequest, slugs: tuple[str, ...], as_of: date | None = None) -> Comparison | HttpResponse:
    """What the address compares, or the way to the present address of what has moved.

    Raises BadParameter for a slug that no published target has or had.
    """
    found = queries.comparison(slugs, today=utc_today(), as_of=as_of)
    present = {slug: queries.target_slug_redirect(slug) for slug in found.missing}
    for slug, now in present.items():
        if not now:
            raise filters.BadParameter("t", slug, filters.comparable())
    if not present:
        return found
    query = request.GET.copy()
    query.setlist("t", [present.get(slug, slug) for slug in slugs])
    return HttpResponsePermanentRedirect(f"{request.path}?{query.urlencode()}")
