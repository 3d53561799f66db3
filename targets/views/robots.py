"""What search engines may read, and the pages that they are told of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from targets import queries
from targets.queries import Listed
from targets.views.freshness import fresh

ADDRESSES_A_FILE = 5_000
"""With the other languages of each about two megabytes, a tenth of what search engines take in one file."""

PLAIN = ("home", "targets", "economies", "deadlines", "changes", "coverage", "methodology", "about")
"""Pages whose address is their name alone."""


class _InEachLanguage(Sitemap):  # type: ignore[type-arg]  # no generic where it runs
    """Pages that exist in every language, each naming the others."""

    i18n = alternates = x_default = True
    limit = ADDRESSES_A_FILE
    name, argument = "", ""

    def location(self, item: Listed) -> str:
        return reverse(self.name, kwargs={self.argument: item.name})

    def lastmod(self, item: Listed) -> date | None:
        return item.changed_on


class _Pages(_InEachLanguage):
    def items(self) -> Sequence[Listed]:
        return [Listed(name, None) for name in PLAIN]

    def location(self, item: Listed) -> str:
        return reverse(item.name)


class _Targets(_InEachLanguage):
    name, argument = "target", "slug"

    def items(self) -> Sequence[Listed]:
        return queries.listing().targets


class _Pairs(_InEachLanguage):
    name, argument = "pair", "slug"

    def items(self) -> Sequence[Listed]:
        return queries.listing().pairs


class _Economies(_InEachLanguage):
    name, argument = "economy", "code"

    def items(self) -> Sequence[Listed]:
        return queries.listing().economies


SECTIONS = {"pages": _Pages, "targets": _Targets, "pairs": _Pairs, "economies": _Economies}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything but the desk, in the format of robots.txt, and where the list of pages is."""
    lines = ["User-agent: *"]
    for code, _name in settings.LANGUAGES:
        with override(code):
            lines.append(f"Disallow: {reverse('admin:index')}")
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@fresh
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the lists of pages, as sitemaps.org wants it."""
    return sitemaps.index(request, SECTIONS, sitemap_url_name="sitemap-part").render()


@fresh
def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    """The pages of one kind in every language; ``p`` is the number of the file where they fill several."""
    return sitemaps.sitemap(request, SECTIONS, section).render()
