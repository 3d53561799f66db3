"""Share cards: the picture of a page that networks show beside a link to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial, wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from targets import filters, gallery, queries
from targets.exports import cards, svg
from targets.records import NARROWING
from targets.views.charts import Kept, kept, path_of
from targets.views.files import as_file
from targets.views.freshness import View, fresh, utc_today
from targets.views.pages import list_words, moved_economy, moved_target
from targets.wording import (
    Head,
    about_head,
    changes_head,
    coverage_head,
    deadlines_head,
    economies_head,
    language,
    list_head,
    methodology_head,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for beside the page: the look of the card, the day, what the page is narrowed to."""

    size: str
    theme: str
    today: date
    as_of: date | None
    narrowed: tuple[tuple[str, str], ...]

    @property
    def query(self) -> str:
        """What the page is narrowed to, as its address says it."""
        return f"?{urlencode(self.narrowed)}" if self.narrowed else ""


@dataclass(frozen=True, slots=True)
class Found:
    """A card that was found: the name of its file, the card, the path of its page without a query."""

    name: str
    card: gallery.Card
    path: str


def card_file(find: Callable[..., Found | HttpResponse], *, by: tuple[str, ...] = (), dated: bool = False) -> View[...]:
    """The view of a card, out of the function that finds it; ``by`` are the parameters that make its page another one.

    ``dated``: whether there is one of each past day, which not every page can be asked for.

    400 for a size, theme or day that there is not, before anything is read.
    """

    @fresh
    @wraps(find)
    def view(request: HttpRequest, /, **named: str) -> HttpResponse:
        today = utc_today()
        if not dated:
            filters.of_the_present(request.GET)
        asked = Asked(
            size=filters.choice(request.GET, "size", tuple(cards.SIZES)),
            theme=filters.choice(request.GET, "theme", svg.THEMES),
            today=today,
            as_of=filters.past_day(request.GET, today) if dated else None,
            narrowed=tuple((name, value) for name in by for value in request.GET.getlist(name) if value),
        )

        def made() -> Kept | HttpResponse:
            found = find(request, asked, **named)
            if isinstance(found, HttpResponse):
                return found
            address = request.build_absolute_uri(found.path + asked.query)
            day = asked.as_of or today
            return found.name, cards.png(found.card, address=address, day=day, size=asked.size, theme=asked.theme)

        answer = kept(request, asked, made)
        if isinstance(answer, HttpResponse):
            return answer
        name, content = answer
        size = "" if asked.size == "social" else asked.size
        return as_file(content, "png", f"{name}-card", size=size, theme=asked.theme)

    return view


by_day = partial(card_file, by=("as_of",), dated=True)


@card_file
def home(request: HttpRequest, asked: Asked) -> Found:
    """The home page: what became of all targets."""
    return Found("home", gallery.card_of(queries.home_page(today=asked.today)), reverse("home"))


@by_day
def target(request: HttpRequest, asked: Asked, slug: str) -> Found | HttpResponse:
    """A target: its verdict and its rail."""
    page = queries.target_page(slug, today=asked.today, as_of=asked.as_of)
    if page is None:
        return moved_target(request, slug)
    return Found(slug, gallery.card_of(page), path_of(page))


@by_day
def pair(request: HttpRequest, asked: Asked, slug: str) -> Found:
    """A pair: its goals with their rails."""
    page = queries.pair_page(slug, today=asked.today, as_of=asked.as_of)
    if page is None:
        raise Http404(_("No pair of economies has this address."))
    return Found(slug, gallery.card_of(page), path_of(page))


@partial(card_file, dated=True)
def economy(request: HttpRequest, asked: Asked, code: str) -> Found | HttpResponse:
    """An economy: what became of its targets."""
    page = queries.economy_page(code, language(), today=asked.today, as_of=asked.as_of)
    if page is None:
        return moved_economy(request, code)
    return Found(code, gallery.card_of(page), path_of(page))


@partial(card_file, by=NARROWING)
def target_list(request: HttpRequest, asked: Asked) -> Found:
    """The list of targets: how many pass the filters of the address."""
    # The reader's own words are left out: nobody shall write on a picture that bears the name of the site.
    given = request.GET.copy()
    for name in set(given) - set(NARROWING):
        del given[name]
    form = filters.TargetFilterForm(given, queries.economies(language(), given.get("economy", "")))
    wanted, _page = form.asked()
    found = queries.target_list(wanted)
    words = list_words(form, wanted, found.total if found else 0)
    return Found("targets", gallery.card_of(list_head(words, narrowed=form.narrowed)), reverse("targets"))


@partial(card_file, by=("year",))
def deadlines(request: HttpRequest, asked: Asked) -> Found:
    """The deadlines of all years or of one."""
    year, _page = filters.due(request.GET)
    if year and queries.deadlines_page(today=asked.today, year=year) is None:
        raise Http404(_("Nothing is due in %(year)s.") % {"year": year})
    return Found("deadlines", gallery.card_of(deadlines_head(year)), reverse("deadlines"))


@partial(card_file, by=("economy",))
def coverage(request: HttpRequest, asked: Asked) -> Found:
    """Who reports what, or what one economy reports."""
    known = {economy.code: economy for economy in queries.economies(language())}
    code = filters.choice(request.GET, "economy", ("", *sorted(known)))
    return Found("coverage", gallery.card_of(coverage_head(known.get(code))), reverse("coverage"))


def plain(name: str, head: Callable[[], Head]) -> View[...]:
    """The card of a page whose address is its name alone: title and what it shows."""

    def find(request: HttpRequest, asked: Asked) -> Found:
        return Found(name, gallery.card_of(head()), reverse(name))

    return card_file(find)


economies = plain("economies", economies_head)
changes = plain("changes", changes_head)
methodology = plain("methodology", methodology_head)
about = plain("about", about_head)
