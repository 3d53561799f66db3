"""The charts of pairs and economies as files: goalposts and scoreboards."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from targets import filters, gallery
from targets.views.files import CHARTS, as_chart, look_of
from targets.views.freshness import fresh, utc_today


@fresh
def pair_goalposts(request: HttpRequest, slug: str, ext: str) -> HttpResponse:
    """The goalposts of a pair as a drawing that stands alone, or as the Plotly figure it was drawn from."""
    if ext not in CHARTS:
        raise Http404(_("There is no chart in this format."))
    look = look_of(request)
    today = utc_today()
    drawn = gallery.goalposts(slug, today=today, as_of=filters.past_day(request.GET, today))
    if drawn is None:
        raise Http404(_("No pair of economies has this address."))
    return as_chart(drawn[1], ext, f"{slug}-goalposts", look)


@fresh
def economy_scoreboard(request: HttpRequest, code: str, ext: str) -> HttpResponse:
    """The scoreboard of an economy, in the same formats."""
    if ext not in CHARTS:
        raise Http404(_("There is no chart in this format."))
    look = look_of(request)
    drawn = gallery.scoreboard(code, today=utc_today())
    if drawn is None:
        raise Http404(_("No economy has this code."))
    return as_chart(drawn[1], ext, f"{code}-scoreboard", look)
