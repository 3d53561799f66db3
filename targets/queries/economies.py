"""Economies: the list of them, and one with its targets and its partners."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, Value, When, Window

from targets.models import CountryPair, Economy, Target, TurnoverFigure
from targets.progress import Measure, Status
from targets.queries.figures import current_figures, exchange_rates, figure_records, newest, standing
from targets.queries.home import counted
from targets.queries.judging import assessed, dollars_of, newest_prices, series_for, target_rows, verdicts
from targets.queries.scoreboards import moves_by_economy, scoreboard
from targets.queries.shapes import AsOf, economy_record, judged_on, pair_record, target_record
from targets.queries.targets import published_targets
from targets.records import (
    EconomyKind,
    EconomyPage,
    EconomyRecord,
    EconomyRow,
    FigureRecord,
    PairRecord,
    RatePoint,
    ReviewState,
    TargetRow,
    folded,
)

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
    return by_name(map(economy_record, chosen.order_by()), language)


def something_known() -> Q:
    """What an economy is chosen by that has a page worth reading: a published target, a figure, or a bloc it is in.

    All others are there so that publishers' files find them.
    """
    pair = OuterRef("pk")
    public = Exists(Target.objects.filter(pair=pair, state=ReviewState.PUBLISHED))
    told = Exists(TurnoverFigure.objects.filter(pair=pair, release__withdrawn_at__isnull=True))
    # By either side, of which there are indexes: asked for both at once, every economy would look through all pairs.
    pairs = CountryPair.objects.filter(public | told)
    return (
        Q(Exists(pairs.filter(first=OuterRef("pk"))))
        | Q(Exists(pairs.filter(second=OuterRef("pk"))))
        | Q(Exists(Economy.members.through.objects.filter(to_economy=OuterRef("pk"))))
        | Q(kind=EconomyKind.BLOC)
    )


def economy_rows(language: str) -> tuple[EconomyRow, ...]:
    """The economies that published targets name, by their name in the language. Three SQL queries.

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
    moves = moves_by_economy()
    return tuple(
        EconomyRow(
            economy=economy,
            targets=statuses[economy.code].total(),
            statuses=tuple((status, number) for status in Status if (number := statuses[economy.code][status])),
            moves=moves.get(economy.code, ()),
        )
        for economy in economies(language)
        if economy.code in statuses
    )


def economy_page(code: str, language: str, *, today: date, as_of: AsOf | None = None) -> EconomyPage | None:
    """All that an economy's page shows on a UTC day; None for an unknown code. At most eight SQL queries.

    Members and blocs by their name in the language. ``as_of`` as in :func:`targets.queries.target_page`; the
    targets are then judged anew.
    """
    economy = Economy.objects.filter(code=code).prefetch_related("members", "blocs").first()
    if economy is None:
        return None
    day = judged_on(today, as_of)
    rows, dollars, rates = _standing_targets(code) if as_of is None else _targets_then(code, day, as_of)
    shown = tuple(row for row in rows if not row.target.replaced)
    return EconomyPage(
        economy=economy_record(economy),
        members=by_name(map(economy_record, economy.members.all()), language),
        blocs=by_name(map(economy_record, economy.blocs.all()), language),
        targets=shown,
        replaced=len(rows) - len(shown),
        statuses=counted(row.assessment.verdict.status for row in shown),
        latest=_latest(code, day, as_of),
        board=scoreboard(code, rows, dollars, rates, day),
        day=day,
    )


_Targets = tuple[Sequence[TargetRow], dict[int, float | None], tuple[RatePoint, ...]]
"""The targets of an economy, newest statement first, their amounts in US dollars, and the rates that these need."""


def _standing_targets(code: str) -> _Targets:
    """As their judgements are stored. Three SQL queries."""
    involved = Q(target__pair__first=code) | Q(target__pair__second=code)
    newest_first = (F("target__first_stated_on").desc(nulls_last=True), "target__slug")
    stored = list(verdicts().filter(involved).order_by(*newest_first))
    (rows,) = target_rows(stored)
    dollars = {verdict.target_id: verdict.amount_usd for verdict in stored}
    return rows, dollars, exchange_rates((), {row.target.currency for row in rows})


def _targets_then(code: str, day: date, as_of: AsOf) -> _Targets:
    """As they were then, judged on a UTC day. Four SQL queries."""
    stored = published_targets(Q(pair__first=code) | Q(pair__second=code), as_of=as_of)
    targets = [target_record(one, as_of=as_of) for one in stored]
    figures: defaultdict[str, list[FigureRecord]] = defaultdict(list)
    for figure in current_figures({target.pair.slug for target in targets}, as_of=as_of):
        figures[figure.pair].append(figure)
    every = [figure for own in figures.values() for figure in own]
    rates = exchange_rates(every, {target.currency for target in targets})
    rows = [assessed(one, series_for(one, figures[one.pair.slug], rates, day), day) for one in targets]
    rows.sort(key=lambda row: (-(row.target.first_stated.on or date.min).toordinal(), row.target.slug))
    prices = newest_prices(rates)
    return rows, {row.target.id: dollars_of(row, prices) for row in rows}, rates


def _latest(code: str, today: date, as_of: AsOf | None) -> tuple[tuple[PairRecord, tuple[FigureRecord, ...]], ...]:
    """For each partner the newest turnover of a full year by each reporter, the largest first. Two SQL queries.

    The year is a calendar or a fiscal one, whichever is newer.
    """
    # Both kinds of year that begin in this one are not over.
    full_years = standing(as_of=as_of).filter(
        Q(pair__first=code) | Q(pair__second=code),
        measure__in=HEADLINE,
        from_month=1,
        through_month=12,
        reporter__isnull=False,
        year__lt=today.year,
    )
    # What stands is found first: a figure that lost its turnover must not let the one before it stand again.
    whole = TurnoverFigure.objects.filter(
        Q(turnover__isnull=False) | Q(exports__isnull=False, imports__isnull=False),
        pk__in=newest(full_years).values("pk"),
    ).annotate(label=F("year") + Case(When(fiscal="", then=Value(0)), default=Value(1)))
    last = Window(Max("label"), partition_by=[F("pair"), F("reporter")])
    figures = figure_records(whole.annotate(last=last).filter(label=F("last")))
    best: defaultdict[str, dict[str, FigureRecord]] = defaultdict(dict)
    for figure in sorted(figures, key=_preference):
        best[figure.pair].setdefault(figure.reporter, figure)
    if not best:
        return ()
    pairs = CountryPair.objects.filter(slug__in=best).select_related("first", "second")
    found = [(pair_record(pair), _in_order(best[pair.slug])) for pair in pairs]
    return tuple(sorted(found, key=lambda partner: (-_largest(partner[1]), partner[0].slug)))


def _preference(figure: FigureRecord) -> tuple[bool, int, int, int]:
    """What makes one of a reporter's figures for a year stand for it: calendar, source, vintage, measure."""
    vintage = figure.vintage.toordinal() if figure.vintage else 0
    return (figure.fiscal != "", figure.rank, -vintage, HEADLINE.index(figure.measure))


def _in_order(figures: dict[str, FigureRecord]) -> tuple[FigureRecord, ...]:
    return tuple(figures[reporter] for reporter in sorted(figures))


def _largest(figures: Iterable[FigureRecord]) -> Decimal:
    """The largest turnover in US dollars; amounts in other currencies cannot be compared and count as nothing."""
    amounts = [figure.turnover for figure in figures if figure.currency == "USD" and figure.turnover is not None]
    return max(amounts, default=Decimal(0))


def by_name(economies: Iterable[EconomyRecord], language: str) -> tuple[EconomyRecord, ...]:
    """The economies by their name in the language. No SQL query."""
    # Sorted here, because databases disagree on the order of Cyrillic and of accents.
    return tuple(sorted(economies, key=lambda economy: (folded(economy.name(language)), economy.code)))
