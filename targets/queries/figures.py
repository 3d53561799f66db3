"""Trade figures: which of all that was ever recorded stand, now or at the end of a past day."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from targets.models import ExchangeRate, TurnoverFigure
from targets.progress import Figure
from targets.queries.shapes import (
    FIGURE_COLUMNS,
    SOURCE_COLUMNS,
    AsOf,
    end_of,
    figure_record_of,
    rate_point,
    source_record_of,
)
from targets.records import FigureRecord, RatePoint, SourceRecord

SAME_FIGURE = (
    "release__source_id",
    "pair_id",
    "reporter_id",
    "compiler",
    "year",
    "from_month",
    "through_month",
    "fiscal",
    "measure",
    "currency",
)
"""What two figures have in common of which the later recorded one replaces the other."""


def current_figures(pairs: Collection[str] | None, *, as_of: AsOf | None = None) -> tuple[FigureRecord, ...]:
    """The figures that stand for the pairs (slugs; None: for all), by pair, oldest year first. One SQL query.

    Of each source, pair, reporter or compiler, period, measure and currency that is the one of the newest release not
    withdrawn. With ``as_of``, what was recorded by then counts, and later withdrawals do not. Within
    a year full years come before parts of it, then the better source, then the newer vintage; figures without a year
    come last.
    """
    if pairs is not None and not pairs:
        return ()
    figures = standing(as_of=as_of)
    if pairs is not None:
        figures = figures.filter(pair__slug__in=pairs)
    return figure_records(figures)


def standing(*, as_of: AsOf | None = None) -> QuerySet[TurnoverFigure]:
    """The figures of releases that count, superseded ones still among them. No SQL query yet."""
    if as_of is None:
        return TurnoverFigure.objects.filter(release__withdrawn_at__isnull=True)
    end = end_of(as_of)
    return TurnoverFigure.objects.filter(
        Q(release__withdrawn_at__isnull=True) | Q(release__withdrawn_at__gte=end), release__recorded_at__lt=end
    )


def newest(figures: QuerySet[TurnoverFigure]) -> QuerySet[TurnoverFigure]:
    """Of figures of the same thing the one recorded last. No SQL query yet; narrow the rows before, not after."""
    place = Window(
        RowNumber(),
        partition_by=[F(name) for name in SAME_FIGURE],
        order_by=[F("release__recorded_at").desc(), F("release_id").desc(), F("id").desc()],
    )
    return figures.annotate(place=place).filter(place=1)


def figure_records(figures: QuerySet[TurnoverFigure]) -> tuple[FigureRecord, ...]:
    """The newest of these figures as records, in the order of :func:`current_figures`. One SQL query."""
    of_source = [f"release__source__{name}" for name in SOURCE_COLUMNS]
    rows = newest(figures).order_by().values_list("release__source_id", *of_source, *FIGURE_COLUMNS)
    sources: dict[int, SourceRecord] = {}
    records = []
    for number, *row in rows:
        source = sources.get(number)
        if source is None:
            source = sources[number] = source_record_of(row[: len(SOURCE_COLUMNS)])
        records.append(figure_record_of(row[len(SOURCE_COLUMNS) :], source))
    return in_order(records)


def in_order(figures: Iterable[FigureRecord]) -> tuple[FigureRecord, ...]:
    """The figures in the order of :func:`current_figures`. No SQL query."""
    return tuple(sorted(figures, key=_place))


def exchange_rates(figures: Iterable[FigureRecord | Figure], currencies: Iterable[str]) -> tuple[RatePoint, ...]:
    """The yearly rates needed to compare these figures with targets in these currencies, by currency and year.

    One SQL query, none when all is in US dollars. ``currencies`` are the targets'; a pure multiple may have none.
    """
    wanted = ({figure.currency for figure in figures} | set(currencies)) - {"", "USD"}
    if not wanted:
        return ()
    rates = ExchangeRate.objects.filter(currency__in=wanted).select_related("source").order_by("currency", "year")
    return tuple(rate_point(rate) for rate in rates)


def _place(figure: FigureRecord) -> tuple[object, ...]:
    return (
        figure.pair,
        figure.year is None,
        figure.year or 0,
        not figure.full_year,
        figure.from_month or 0,
        -(figure.through_month or 0),
        figure.reporter == "",
        figure.by,
        figure.fiscal,
        figure.rank,
        -figure.vintage.toordinal() if figure.vintage else 0,
        figure.id,
    )
