"""Charts as files: each finds its figure, one wrapper answers in the format, size and theme asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from hashlib import blake2b

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from targets import filters, gallery, queries
from targets.exports import images, svg
from targets.exports.svg.imprint import Imprint
from targets.records import FEWEST, Comparison, EconomyPage, PairPage, TargetPage
from targets.views.files import as_file
from targets.views.freshness import View, fresh, mark, utc_today
from targets.views.pages import moved_economy, moved_target
from targets.wording import PICTURES

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for beside the chart: the look of the file, and the day."""

    ext: str
    size: str
    theme: str
    today: date
    as_of: date | None
    compared: tuple[str, ...] = ()
    """The slugs that the chart is to compare, of a comparison alone."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that was found: the name of its files, and what it is drawn from."""

    name: str
    page: gallery.Page
    figure: gallery.Figure


Drawn = tuple[gallery.Page, gallery.Figure]
Found = Chart | HttpResponse
"""A chart, or where to ask for it instead."""

Kept = tuple[str, bytes]
"""The name of a file and what is in it."""


def chart_file(find: Callable[..., Found], *, comparing: bool = False) -> View[...]:
    """The view of a chart as a file, out of the function that finds the chart and knows nothing of formats.

    The address has one more part than ``find`` asks for: ``ext``, the format. 404 for a format that there is not, 400
    for a size, theme or day that there is not, before anything is read. ``comparing``: whether the address chooses
    targets too.
    """

    @fresh
    @wraps(find)
    def view(request: HttpRequest, /, ext: str, **named: str) -> HttpResponse:
        if ext not in (*PICTURES, "json"):
            raise Http404(_("There is no chart in this format."))
        today = utc_today()
        asked = Asked(
            ext=ext,
            size=filters.choice(request.GET, "size", tuple(svg.SIZES)),
            theme=filters.choice(request.GET, "theme", svg.THEMES),
            today=today,
            as_of=filters.past_day(request.GET, today),
            compared=filters.compared(request.GET, FEWEST) if comparing else (),
        )

        def made() -> Kept | HttpResponse:
            version = version_shown(asked.as_of, today)
            found = find(request, asked, **named)
            if isinstance(found, HttpResponse):
                return found
            return found.name, _content(request, asked, found, version)

        # A picture costs more to make than to read again.
        answer = kept(request, asked, made) if ext in PICTURES else made()
        if isinstance(answer, HttpResponse):
            return answer
        name, content = answer
        # The figure as JSON has the colours of both themes.
        theme = svg.THEMES[0] if ext == "json" else asked.theme
        return as_file(content, ext, name, size="" if asked.size == "web" else asked.size, theme=theme)

    return view


@chart_file
def target_chart(request: HttpRequest, asked: Asked, slug: str) -> Found:
    """The trajectory of a target."""
    drawn = gallery.trajectory(slug, today=asked.today, as_of=asked.as_of)
    return Chart(slug, *drawn) if drawn else moved_target(request, slug)


@chart_file
def pair_mirror(request: HttpRequest, asked: Asked, slug: str) -> Found:
    """Both sides of a pair and the gap by year."""
    drawn = gallery.mirror(slug, today=asked.today, as_of=asked.as_of)
    return Chart(f"{slug}-mirror", *_known(drawn, _("No pair of economies has this address.")))


@chart_file
def pair_goalposts(request: HttpRequest, asked: Asked, slug: str) -> Found:
    """All targets of a pair over time."""
    drawn = gallery.goalposts(slug, today=asked.today, as_of=asked.as_of)
    return Chart(f"{slug}-goalposts", *_known(drawn, _("No pair of economies has this address.")))


@chart_file
def economy_scoreboard(request: HttpRequest, asked: Asked, code: str) -> Found:
    """All targets of an economy by deadline and amount."""
    drawn = gallery.scoreboard(code, today=asked.today, as_of=asked.as_of)
    return Chart(f"{code}-scoreboard", *drawn) if drawn else moved_economy(request, code)


def _known(drawn: Drawn | None, otherwise: str) -> Drawn:
    """What was drawn; raises Http404 with these words where there was nothing."""
    if drawn is None:
        raise Http404(otherwise)
    return drawn


def _content(request: HttpRequest, asked: Asked, found: Chart, version: int) -> bytes:
    """The chart in the format asked for; an image says where it is from."""
    if asked.ext == "json":
        return gallery.as_json(found.figure).encode()
    imprint = imprint_of(request, found, day=asked.as_of or asked.today, version=version)
    look = {"size": asked.size, "theme": asked.theme}
    if asked.ext == "svg":
        return svg.render(found.figure, **look, imprint=imprint).encode()
    return images.MAKERS[asked.ext](found.figure, imprint, **look)


def version_shown(as_of: date | None, today: date) -> int:
    """The version of the data that a chart shows, 0 where the end of its day says which.

    To be asked before the data are read: a code may be older than its chart, never newer.
    """
    # Of a day that is not over more may be recorded: its end cannot stand for what is known of it now.
    return 0 if as_of is not None and as_of < today else queries.data_version()


def imprint_of(request: HttpRequest, found: Chart, *, day: date, version: int, kind: str = "") -> Imprint:
    """Where the chart is from: its page as of the same day, and the code under which it can be checked.

    ``kind`` is that of the code where it is printed on something else than the chart.
    """
    code = gallery.code_of(found.page, kind or gallery.kind_of(found.figure), day=day, version=version).text
    # Of the pages only those of targets and pairs can be asked for a past day.
    pinned = found.page.as_of if isinstance(found.page, TargetPage | PairPage) else None
    return Imprint(
        address=request.build_absolute_uri(path_of(found.page) + filters.query(as_of=pinned)),
        verify=request.build_absolute_uri(reverse("verify", args=[code])),
        code=code,
        day=day,
    )


def path_of(page: gallery.Page) -> str:
    """The path of the page that shows what a chart is drawn from."""
    match page:
        case TargetPage():
            return reverse("target", args=[page.target.slug])
        case PairPage():
            return reverse("pair", args=[page.pair.slug])
        case EconomyPage():
            return reverse("economy", args=[page.economy.code])
        case Comparison():
            return compare_path([one.target.slug for one in page.targets])


def compare_path(slugs: Sequence[str]) -> str:
    """The path of the page that shows the targets of these slugs beside each other."""
    return reverse("compare") + filters.query(t=slugs)


def kept(request: HttpRequest, asked: object, make: Callable[[], Kept | HttpResponse]) -> Kept | HttpResponse:
    """The file that was made for the same address and question before, else the one that is made now and kept."""
    # Another key for every page, look, day, language, name of the site, version of the program and of the data.
    told = (mark(), request.build_absolute_uri(request.path), asked)
    key = blake2b(repr(told).encode(), digest_size=16).hexdigest()
    found: Kept | None = caches["charts"].get(key)
    if found is not None:
        return found
    answer = make()
    if not isinstance(answer, HttpResponse):
        try:
            caches["charts"].set(key, answer)
        except OSError as error:
            # A full disk costs time, not the answer.
            logger.warning("a chart could not be kept: %s", error)
    return answer
