"""Targets beside each other: the page, its chart and its table. The address holds all that was chosen."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from targets import filters, gallery, queries
from targets.exports import svg
from targets.exports.comparison import comparison_csv
from targets.records import FEWEST, MOST, Comparison
from targets.views.files import CHARTS, as_chart, as_file, look_of
from targets.views.freshness import fresh, utc_today


@fresh
def compare(request: HttpRequest) -> HttpResponse:
    """Two to eight targets on common scales; with fewer, how to choose more."""
    found = _found(request)
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
    return render(request, "targets/compare.html", context)


@fresh
def chart(request: HttpRequest, ext: str) -> HttpResponse:
    """The chart as a drawing that stands alone, or as the Plotly figure it was drawn from."""
    if ext not in CHARTS:
        raise Http404(_("There is no chart in this format."))
    look = look_of(request)
    found = _found(request, FEWEST)
    if isinstance(found, HttpResponse):
        return found
    return as_chart(gallery.comparison_of(found), ext, "comparison", look)


@fresh
def table(request: HttpRequest) -> HttpResponse:
    """Every reading of the targets as CSV."""
    found = _found(request, FEWEST)
    if isinstance(found, HttpResponse):
        return found
    return as_file(comparison_csv(found), "csv", "comparison")


def _found(request: HttpRequest, fewest: int = 0) -> Comparison | HttpResponse:
    """What the address compares, or the way to the present address of what has moved.

    Raises BadParameter for a slug that no published target has or had.
    """
    slugs = filters.compared(request.GET, fewest)
    found = queries.comparison(slugs, today=utc_today())
    present = {slug: queries.target_slug_redirect(slug) for slug in found.missing}
    for slug, now in present.items():
        if not now:
            raise filters.BadParameter("t", slug, filters.comparable())
    if not present:
        return found
    query = request.GET.copy()
    query.setlist("t", [present.get(slug, slug) for slug in slugs])
    return HttpResponsePermanentRedirect(f"{request.path}?{query.urlencode()}")
