"""Invariants over all that is stored: each function gives what breaks one of them, in words without a language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Case, Count, F, Q, QuerySet, When

from targets.models import Release, RoadmapDocument, Statement, Target, TurnoverFigure
from targets.queries.figures import SAME_FIGURE, newest, standing
from targets.records import ReviewState

EARLIEST = 1900
TENFOLD = 10

_LABEL = ("pair__slug", "reporter_id", "compiler", "year", "release_id")


def orphans() -> Iterator[str]:
    """Figures by an economy that is neither side of their pair. One SQL query."""
    sides = Q(reporter=F("pair__first")) | Q(reporter=F("pair__second"))
    found = TurnoverFigure.objects.filter(reporter__isnull=False).exclude(sides)
    yield from map(_figure, found.order_by("id").values_list(*_LABEL))


def duplicates() -> Iterator[str]:
    """Figures of the same thing that one release holds more than once. One SQL query."""
    same = ("release_id", *(name for name in SAME_FIGURE if name != "release__source_id"))
    found = TurnoverFigure.objects.order_by().values(*same).annotate(number=Count("id")).filter(number__gt=1)
    yield from map(_figure, found.values_list(*_LABEL))


def impossible_years(today: date) -> Iterator[str]:
    """Figures of years before statistics, and of periods of which nobody can know on the day. One SQL query.

    Of this year those are no whole years and no months to come: what an entry takes (``importers.unfinished``).
    """
    whole = Q(from_month=1, through_month=12)
    ahead = Q(year__gt=today.year) | Q(year=today.year) & (whole | Q(through_month__gt=today.month, fiscal=""))
    found = TurnoverFigure.objects.filter(Q(year__lt=EARLIEST) | ahead)
    yield from map(_figure, found.order_by("id").values_list(*_LABEL))


def undated_publications() -> Iterator[str]:
    """Published records that do not say when and by whom, and others that do. Three SQL queries."""
    said = Q(published_at__isnull=False, published_by__isnull=False)
    unsaid = Q(published_at__isnull=True, published_by__isnull=True)
    wrong = (Q(state=ReviewState.PUBLISHED) & ~said) | (~Q(state=ReviewState.PUBLISHED) & ~unsaid)
    for model in (Target, Statement, RoadmapDocument):
        for key in model.objects.filter(wrong).order_by("pk").values_list("pk", flat=True):
            yield f"{model._meta.model_name} {key}"


def parts_above_wholes() -> Iterator[str]:
    """The first months of a year with more turnover than the year, by the same reporter and source. One SQL query."""
    wholes, parts = {}, []
    columns = (*SAME_FIGURE, "pair__slug", "total")
    for *key, slug, amount in _totals(from_month=1).values_list(*columns):
        source, _pair, reporter, _compiler, year, _from, through, *rest = key
        one = (slug, reporter, year, source, *rest)
        if through == 12:
            wholes[one] = amount
        else:
            parts.append((one, through, amount))
    for one, through, amount in sorted(parts, key=lambda part: [str(word) for word in part[0]]):
        if one in wholes and amount > wholes[one]:
            yield f"{one[0]} {one[1]} {one[2]}, 1-{through}: {_plain(amount)} > {_plain(wholes[one])}"


def mirror_gaps() -> Iterator[str]:
    """Full calendar years in which one side's turnover is more than ten times the other's. One SQL query.

    Of several sources of both sides the two figures that lie nearest to each other are compared.
    """
    years: defaultdict[tuple, dict[str, list]] = defaultdict(lambda: defaultdict(list))
    rows = _totals(from_month=1, through_month=12, fiscal="").filter(total__gt=0)
    columns = ("pair__slug", "year", "measure", "currency", "reporter_id", "total")
    for slug, year, measure, currency, reporter, amount in rows.values_list(*columns):
        years[slug, year, measure, currency][reporter].append(amount)
    for (slug, year, *_rest), sides in sorted(years.items(), key=lambda item: [str(word) for word in item[0]]):
        if len(sides) == 2:
            (first, ones), (second, others) = sorted(sides.items())
            # One odd source beside a sound one is another matter.
            least = min(max(one, other) / min(one, other) for one in ones for other in others)
            if least > TENFOLD:
                yield f"{slug} {year}: {first} {_plain(ones[0])}, {second} {_plain(others[0])}"


def empty_releases() -> Iterator[str]:
    """Releases that hold no figure. One SQL query."""
    found = Release.objects.filter(figures__isnull=True).order_by("id")
    yield from (f"no. {key}" for key in found.values_list("id", flat=True))


def unsupported_targets() -> Iterator[str]:
    """Published targets that no published statement states. One SQL query."""
    stated = Statement.objects.filter(state=ReviewState.PUBLISHED, context_only=False)
    found = Target.objects.filter(state=ReviewState.PUBLISHED).exclude(pk__in=stated.values("target"))
    yield from found.order_by("slug").values_list("slug", flat=True)


def _totals(**period: object) -> QuerySet[TurnoverFigure]:
    """The current figures of reporters with a turnover, ``total``: the sum of both flows, else the total as stated."""
    # What stands is found first: a figure that lost its turnover must not let the one before it stand again.
    current = newest(standing().filter(reporter__isnull=False, **period)).values("pk")
    both = When(exports__isnull=False, imports__isnull=False, then=F("exports") + F("imports"))
    found = TurnoverFigure.objects.filter(pk__in=current).annotate(total=Case(both, default=F("turnover")))
    return found.filter(total__isnull=False).order_by()


def _figure(row: tuple) -> str:
    slug, reporter, compiler, year, release = row
    return f"{slug} {reporter or compiler} {year or '-'} (release {release})"


def _plain(amount: object) -> str:
    return f"{amount:.0f}"
