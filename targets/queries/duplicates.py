"""What is known already: targets that say the same, and sources at the same address."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from targets.models import Source, Statement, Target

_TRACKING = ("utm_", "fbclid", "gclid", "yclid")


def same_goal(target: Target) -> tuple[Target, ...]:
    """The other targets of its pair with the same amount (or multiple) and currency, the newest first. One SQL query.

    Whatever their deadline: a deadline that moved is what a restated target most often differs in.
    """
    goal = {"amount": target.amount, "currency": target.currency}
    if target.amount is None:
        goal = {"amount": None, "factor": target.factor}
    given = {name: value for name, value in goal.items() if value is not None}
    found = Target.objects.filter(pair=target.pair_id, **given).exclude(pk=target.pk)
    if target.amount is None:
        found = found.filter(amount__isnull=True)
    return tuple(found.select_related("pair__first", "pair__second").order_by("-first_stated_on", "-id"))


def source_at(url: str) -> Source | None:
    """The source whose address leads to the same page; None for a new address and for none. One SQL query."""
    page = _page(url)
    if not page:
        return None
    host = page.partition("/")[0]
    return next(
        (one for one in Source.objects.filter(url__icontains=host).order_by("id") if _page(one.url) == page), None
    )


def statements_of(source: Source, pair: int | None = None) -> tuple[Statement, ...]:
    """The statements read in a source, of all targets or those of one pair (id), the newest first. One SQL query."""
    found = Statement.objects.filter(source=source)
    if pair is not None:
        found = found.filter(target__pair=pair)
    return tuple(found.select_related("target").order_by("-id"))


def _page(url: str) -> str:
    """The address without what does not change the page: scheme, "www.", tracking, the last slash.

    >>> _page("http://WWW.News.example/a/?utm_source=x&id=7#top")
    'news.example/a?id=7'
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
    if not host:
        return ""
    asked = [(name, value) for name, value in parse_qsl(parts.query) if not name.lower().startswith(_TRACKING)]
    return f"{host}{parts.path.rstrip('/')}" + (f"?{urlencode(asked)}" if asked else "")
