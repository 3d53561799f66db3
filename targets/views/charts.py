"""Charts as files: each finds its figure, one wrapper answers in the format, size and theme asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from targets import filters, gallery
from targets.exports import svg
from targets.views.files import as_file
from targets.views.freshness import View, fresh, utc_today
from targets.views.pages import moved_target

FORMATS = ("svg", "json")

Found = tuple[str, gallery.Figure] | HttpResponse
"""The name of a chart's files with its figure, or where to ask for it instead."""


def chart_file(find: Callable[..., Found]) -> View[...]:
    """The view of a chart as a file, out of the function that finds the chart and knows nothing of formats.

    The address has one more part than ``find`` asks for: ``ext``, the format. 404 for a format that there is not, 400
    for a size or a theme that there is not, before anything is read.
    """

    @fresh
    @wraps(find)
    def view(request: HttpRequest, /, ext: str, **named: str) -> HttpResponse:
        if ext not in FORMATS:
            raise Http404(_("There is no chart in this format."))
        size = filters.choice(request.GET, "size", tuple(svg.SIZES))
        theme = filters.choice(request.GET, "theme", svg.THEMES)
        found = find(request, **named)
        return found if isinstance(found, HttpResponse) else _as_chart(*found, ext, size, theme)

    return view


@chart_file
def target_chart(request: HttpRequest, slug: str) -> Found:
    """The trajectory of a target."""
    today = utc_today()
    drawn = gallery.trajectory(slug, today=today, as_of=filters.past_day(request.GET, today))
    return (slug, drawn[1]) if drawn else moved_target(request, slug)


@chart_file
def pair_mirror(request: HttpRequest, slug: str) -> Found:
    """Both sides of a pair and the gap by year."""
    today = utc_today()
    drawn = gallery.mirror(slug, today=today, as_of=filters.past_day(request.GET, today))
    return f"{slug}-mirror", _known(drawn, _("No pair of economies has this address."))


@chart_file
def pair_goalposts(request: HttpRequest, slug: str) -> Found:
    """All targets of a pair over time."""
    today = utc_today()
    drawn = gallery.goalposts(slug, today=today, as_of=filters.past_day(request.GET, today))
    return f"{slug}-goalposts", _known(drawn, _("No pair of economies has this address."))


@chart_file
def economy_scoreboard(request: HttpRequest, code: str) -> Found:
    """All targets of an economy by deadline and amount."""
    drawn = gallery.scoreboard(code, today=utc_today())
    return f"{code}-scoreboard", _known(drawn, _("No economy has this code."))


def _known(drawn: tuple[object, gallery.Figure] | None, otherwise: str) -> gallery.Figure:
    """The figure of what was drawn; raises Http404 with these words where there was nothing."""
    if drawn is None:
        raise Http404(otherwise)
    return drawn[1]


def _as_chart(name: str, figure: gallery.Figure, ext: str, size: str, theme: str) -> HttpResponse:
    """The figure as a drawing that stands alone, or as the JSON that plotly.js draws, of one size."""
    content = gallery.as_json(figure) if ext == "json" else svg.render(figure, size=size, theme=theme)
    return as_file(content.encode(), ext, name if size == "web" else f"{name}-{size}")
