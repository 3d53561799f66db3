"""Economies: the list of them, and one with its targets and its partners."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from targets.models import CountryPair, Economy, Target, TurnoverFigure
from targets.progress import Measure, Status
from targets.queries.figures import figure_records, standing
from targets.queries.home import counted
from targets.queries.judging import target_rows, verdicts
from targets.queries.shapes import economy_record, pair_record
from targets.records import EconomyPage, EconomyRecord, EconomyRow, FigureRecord, PairRecord, ReviewState, folded

HEADLINE = (Measure.GOODS_TURNOVER, Measure.UNSPECIFIED_TURNOVER)
"""Measures of the figure that stands for a pair's trade, the better first."""


def economies(language: str, asked: str = "") -> tuple[EconomyRecord, ...]:
    """The economies that published targets name, and the one asked for by its code, by their name in the language.

    One SQL query.
    """
    named = Target.objects.filter(Q(pair__first=OuterRef("pk")) | Q(pair__second=OuterRef("pk")))
    # PostgreSQL refuses a text with a zero byte; no code has one.
    chosen = Economy.objects.filter(
        Q(Exists(named.filter(state=ReviewState.PUBLISHED))) | Q(code=asked.replace("\0", ""))
    )
    return _by_name(map(economy_record, chosen.order_by()), language)


def economy_rows(language: str) -> tuple[EconomyRow, ...]:
    """The economies that published targets name, by their name in the language. Two SQL queries.

    Versions that a later one replaced are not counted.
    """
    groups = (
        verdicts()
        .select_related(None)
        .order_by()
        .values_list("target__pair__first", "target__pair__second", "status", "replaced")
    )
    statuses: defaultdict[str, Counter[Status]] = defaultdict(Counter)
    for first, second, status, replaced, number in groups.annotate(targets=Count("pk")):
        for code in (first, second):
            statuses[code][status] += 0 if replaced else number
    return tuple(
        EconomyRow(
            economy=economy,
            targets=statuses[economy.code].total(),
            statuses=tuple((status, number) for status in Status if (number := statuses[economy.code][status])),
        )
        for economy in economies(language)
        if economy.code in statuses
    )


def economy_page(code: str, language: str) -> EconomyPage | None:
    """All that an economy's page shows; None for an unknown code. Six SQL queries.

    Members and blocs by their name in the language.
    """
    economy = Economy.objects.filter(code=code).prefetch_related("members", "blocs").first()
    if economy is None:
        return None
    involved = Q(target__pair__first=code) | Q(target__pair__second=code)
    newest_first = (F("target__first_stated_on").desc(nulls_last=True), "target__slug")
    (rows,) = target_rows(verdicts().filter(involved).order_by(*newest_first))
    shown = tuple(row for row in rows if not row.target.replaced)
    return EconomyPage(
        economy=economy_record(economy),
        members=_by_name(map(economy_record, economy.members.all()), language),
        blocs=_by_name(map(economy_record, economy.blocs.all()), language),
        targets=shown,
        replaced=len(rows) - len(shown),
        statuses=counted(row.assessment.verdict.status for row in shown),
        latest=_latest(code),
    )


def _latest(code: str) -> tuple[tuple[PairRecord, tuple[FigureRecord, ...]], ...]:
    """For each partner the newest full-year figure of each reporter, the largest turnover first. Two SQL queries."""
    figures = figure_records(_newest_years(standing().filter(Q(pair__first=code) | Q(pair__second=code))))
    best: defaultdict[str, dict[str, FigureRecord]] = defaultdict(dict)
    for figure in sorted(figures, key=_preference):
        best[figure.pair].setdefault(figure.reporter, figure)
    if not best:
        return ()
    pairs = CountryPair.objects.filter(slug__in=best).select_related("first", "second")
    found = [(pair_record(pair), _in_order(best[pair.slug])) for pair in pairs]
    return tuple(sorted(found, key=lambda partner: (-_largest(partner[1]), partner[0].slug)))


def _newest_years(figures: QuerySet[TurnoverFigure]) -> QuerySet[TurnoverFigure]:
    """Of each pair and reporter the full calendar years' figures of the newest year that has any."""
    years = {"measure__in": HEADLINE, "from_month": 1, "through_month": 12, "fiscal": "", "reporter__isnull": False}
    own = standing().filter(pair=OuterRef("pair"), reporter=OuterRef("reporter"), **years)
    newest_year = own.order_by().values("pair", "reporter").annotate(newest=Max("year")).values("newest")
    return figures.filter(**years).filter(year=Subquery(newest_year))


def _preference(figure: FigureRecord) -> tuple[int, int, int]:
    """What makes one of a reporter's figures for a year stand for it: the source, the vintage, the measure."""
    vintage = figure.vintage.toordinal() if figure.vintage else 0
    return (figure.rank, -vintage, HEADLINE.index(figure.measure))


def _in_order(figures: dict[str, FigureRecord]) -> tuple[FigureRecord, ...]:
    return tuple(figures[reporter] for reporter in sorted(figures))


def _largest(figures: Iterable[FigureRecord]) -> Decimal:
    """The largest turnover in US dollars; amounts in other currencies cannot be compared and count as nothing."""
    amounts = [figure.turnover for figure in figures if figure.currency == "USD" and figure.turnover is not None]
    return max(amounts, default=Decimal(0))


def _by_name(economies: Iterable[EconomyRecord], language: str) -> tuple[EconomyRecord, ...]:
    # Sorted here, because databases disagree on the order of Cyrillic and of accents.
    return tuple(sorted(economies, key=lambda economy: (folded(economy.name(language)), economy.code)))
