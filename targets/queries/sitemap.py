"""What search engines are told of: the pages that readers can open, and when what they say last changed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Max, Q

from targets.models import CountryPair, Judgement
from targets.queries.journal import remembered
from targets.records import ReviewState


class Listed(NamedTuple):
    """A page by its name in the address; ``changed_on`` is the day since which its judgements say what they say."""

    name: str
    changed_on: date | None


class Listing(NamedTuple):
    """The pages of targets, of the pairs and of the economies that published targets name, by their names."""

    targets: tuple[Listed, ...]
    pairs: tuple[Listed, ...]
    economies: tuple[Listed, ...]


def listing() -> Listing:
    """The pages worth finding; made once for each version of the data. Two SQL queries."""
    return remembered("sitemap", _listing)


def _listing() -> Listing:
    seen = Q(is_verdict=True, target__state=ReviewState.PUBLISHED)
    judged = Judgement.objects.filter(seen).order_by("target__slug").values_list("target__slug", "assessed_on")
    day = Max(
        "targets__judgements__assessed_on",
        filter=Q(targets__state=ReviewState.PUBLISHED, targets__judgements__is_verdict=True),
    )
    pairs = list(
        CountryPair.objects.filter(targets__state=ReviewState.PUBLISHED)
        .annotate(day=day)
        .order_by("slug")
        .values_list("slug", "first", "second", "day")
    )
    newest: dict[str, date | None] = {}
    for _slug, first, second, changed in pairs:
        for code in (first, second):
            newest[code] = max(filter(None, (newest.get(code), changed)), default=None)
    return Listing(
        targets=tuple(Listed(*one) for one in judged),
        pairs=tuple(Listed(slug, changed) for slug, _first, _second, changed in pairs),
        economies=tuple(Listed(code, newest[code]) for code in sorted(newest)),
    )
