"""The panel from which the charts of a target or a pair are taken, as a page of its own; for htmx what it gives."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from targets import filters, queries
from targets.records import PairPage, TargetPage
from targets.views.freshness import fresh, utc_today, wants_part
from targets.views.pages import moved_target
from targets.views.taking import asked_of, charts_of, panel
from targets.wording import language, target_title


@fresh
def target(request: HttpRequest, slug: str) -> HttpResponse:
    """The chart of a target in the format, size, language and colours asked for, and the code that embeds it."""
    today = utc_today()
    page = queries.target_page(slug, today=today, as_of=filters.past_day(request.GET, today), whole=False)
    if page is None:
        return moved_target(request, slug)
    return _panel(request, page, target_title(page.target), reverse("target", args=[slug]), today)


@fresh
def pair(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for the charts of a pair."""
    today = utc_today()
    page = queries.pair_page(slug, today=today, as_of=filters.past_day(request.GET, today))
    # A pair of which too little is known for a chart has nothing to take.
    if page is None or not charts_of(page):
        raise Http404(_("No pair of economies has this address."))
    return _panel(request, page, page.pair.name(language()), reverse("pair", args=[slug]), today)


def _panel(request: HttpRequest, page: TargetPage | PairPage, name: str, path: str, today: date) -> HttpResponse:
    taking = panel(request, page, asked_of(request, page), today)
    context = {"page": page, "name": name, "path": path, "taking": taking}
    template = "targets/partials/taken.html" if wants_part(request) else "targets/share.html"
    return render(request, template, context | {"part": wants_part(request)})
