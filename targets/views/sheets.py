"""The fact sheet of a target."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from targets import filters, gallery
from targets.exports import factsheet
from targets.records import SHEET
from targets.views.charts import Chart, Kept, imprint_of, kept, version_shown
from targets.views.files import as_file
from targets.views.freshness import fresh, utc_today
from targets.views.pages import moved_target


@fresh
def fact_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """All of a target that is needed on paper, as PDF of one or two pages; of a past day where the address names it."""
    today = utc_today()
    as_of = filters.past_day(request.GET, today)
    found = kept(request, (today, as_of), lambda: _made(request, slug, today, as_of))
    return found if isinstance(found, HttpResponse) else as_file(found[1], "pdf", found[0])


def _made(request: HttpRequest, slug: str, today: date, as_of: date | None) -> Kept | HttpResponse:
    version = version_shown(as_of, today)
    drawn = gallery.sheet(slug, today=today, as_of=as_of)
    if drawn is None:
        return moved_target(request, slug)
    page, figure = drawn
    table = reverse("target-figures", args=[slug, "csv"]) + filters.query(as_of=page.as_of)
    told = factsheet.Told(
        imprint=imprint_of(request, Chart(slug, page, figure), day=as_of or today, version=version, kind=SHEET),
        table=request.build_absolute_uri(table),
        method=request.build_absolute_uri(reverse("methodology")),
        signs=gallery.signs(),
    )
    return f"{slug}-factsheet", factsheet.pdf(page, figure, told)
