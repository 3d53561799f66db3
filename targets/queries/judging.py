"""Assessments: worked out of figures for one pair, or put together again from what is stored for a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Expression, ExpressionWrapper, F, Field, FloatField, QuerySet
from django.db.models.functions import Cast

from targets import progress
from targets.models import Judgement
from targets.progress import Assessment, Flag, Measure, Reading, Series, Terms, Verdict
from targets.queries.figures import newest, standing
from targets.queries.shapes import target_record
from targets.records import (
    FigureRecord,
    FigureStanding,
    RatePoint,
    ReviewState,
    SourceKind,
    TargetRecord,
    TargetRow,
    rank_of,
)

Voices = dict[tuple[bool, str], list[progress.Figure]]
"""The figures of one pair by who speaks: whether it is a reporter, and its code or the compiler's name."""

SeriesFor = Callable[[Terms], tuple[Series, ...]]
"""What gives the series by which terms are judged."""

SPARKLINE = (96.0, 24.0)
"""Width and height of the sparklines' box, in the units of its SVG."""

TARGET_OF = ("target__pair__first", "target__pair__second", "target__superseded_by")
"""What a stored judgement needs beside itself to give the record of its target."""

_MEASURES = {measure.value: measure for measure in Measure}

READING_COLUMNS = tuple(name for name in Reading._fields if name not in {"flags", "measures", "reason"})
"""The fields of a reading that a stored judgement holds as they are."""


def series_for(
    target: TargetRecord, figures: Iterable[FigureRecord], rates: Iterable[RatePoint], today: date
) -> tuple[Series, ...]:
    """The series by which a target is judged, as :func:`series_on` makes them. No SQL query."""
    return series_on(target.terms(), figures, rates, today)


def series_on(
    terms: Terms, figures: Iterable[FigureRecord], rates: Iterable[RatePoint], today: date
) -> tuple[Series, ...]:
    """The series that :func:`series_among` makes of figures and rates as records. No SQL query."""
    return series_among(terms, voices(figures), prices(rates), today)


def series_maker(spoken: Voices, rates: progress.Rates, today: date) -> SeriesFor:
    """What gives the series of :func:`series_among` for the terms of one pair's targets. No SQL query.

    Most of a pair's targets are judged by the same series, which are made once.
    """
    # Nothing else of the terms makes a difference to series, and the deadline only where there are several calendars.
    fiscal = any(figure.fiscal for figures in spoken.values() for figure in figures)
    made: dict[tuple[object, ...], tuple[Series, ...]] = {}

    def series(terms: Terms) -> tuple[Series, ...]:
        key = (terms.measure, terms.currency, terms.first, terms.second, terms.deadline if fiscal else None)
        if key not in made:
            made[key] = series_among(terms, spoken, rates, today)
        return made[key]

    return series


def series_among(terms: Terms, spoken: Voices, rates: progress.Rates, today: date) -> tuple[Series, ...]:
    """The series of both sides in the order of the pair, then of each compiler that has full years. No SQL query.

    Only years that are over on ``today``, a UTC day: what is judged is what is shown as used. ``rates`` are those of
    :func:`prices`.
    """
    sides = (terms.first, terms.second)

    def series(name: str, reporter: bool) -> Series:
        figures = spoken.get((reporter, name), [])
        if reporter:
            # A bloc named as compiler of its own trade speaks for itself.
            figures = [*figures, *spoken.get((False, name), [])]
        return progress.series_of(terms, name, reporter, figures, rates, today)

    compilers = sorted(name for reporter, name in spoken if not reporter and name not in sides)
    compiled = [series(name, reporter=False) for name in compilers]
    return (*(series(code, reporter=True) for code in sides), *(one for one in compiled if one.points or one.skipped))


def voices(figures: Iterable[FigureRecord]) -> Voices:
    """The figures of one pair by who speaks. No SQL query."""
    spoken: Voices = {}
    for figure in figures:
        spoken.setdefault((figure.reporter != "", figure.by), []).append(figure.for_progress())
    return spoken


def judged_voices(pairs: Collection[int]) -> dict[int, Voices]:
    """What stands for each of the pairs (ids) now, as :func:`voices`, with nothing that judging does not look at.

    One SQL query. Records, which pages show, take more than twice as long, and all targets are judged at once.
    """
    amounts = [_as_it_is(Cast(name, FloatField())) for name in ("exports", "imports", "turnover")]
    words = [_as_it_is(F(name)) for name in ("standing", "release__source__kind", "measure", "approximate")]
    figures = newest(standing().filter(pair__in=pairs)).order_by()
    ranks: dict[tuple[str, str], progress.SourceRank] = {}
    found: dict[int, Voices] = {pair: {} for pair in pairs}
    for pair, reporter, compiler, *period, exports, imports, stated, stands, kind, measure, near, currency, on, key in (
        figures.values_list(
            "pair_id", "reporter_id", "compiler", "year", "from_month", "through_month", "fiscal", *amounts, *words,
            "currency", "release__vintage", "pk",
        )
    ):  # fmt: skip
        rank = ranks.get((stands, kind))
        if rank is None:
            rank = ranks[stands, kind] = rank_of(FigureStanding(stands), SourceKind(kind))
        figure = progress.Figure(
            *period, _MEASURES[measure], exports, imports, stated, currency, rank, on, bool(near), key
        )
        found[pair].setdefault((reporter is not None, reporter or compiler), []).append(figure)
    return found


def _as_it_is(told: Expression | F) -> ExpressionWrapper:
    """What the database says, as it says it: turning each value into what its field gives takes longer than asking."""
    return ExpressionWrapper(told, output_field=Field())


def prices(rates: Iterable[RatePoint]) -> progress.Rates:
    """US dollars for one unit of a currency by currency and year, as the maths wants them. No SQL query."""
    return {(rate.currency, rate.year): float(rate.usd_per_unit) for rate in rates}


def assessed(target: TargetRecord, series: Sequence[Series], today: date) -> TargetRow:
    """The target judged by these series on a UTC day, with rail and sparklines. No SQL query.

    This is what the action that refreshes judgements stores, and what a target's own page shows.
    """
    assessment = progress.assess(target.terms(), series, today)
    rail = progress.rail(assessment)
    return TargetRow(
        target=target,
        assessment=assessment,
        rail=_drawn(rail) if rail else {},
        sparklines=_lines(assessment, series),
    )


def _lines(assessment: Assessment, series: Sequence[Series]) -> tuple[tuple[str, str], ...]:
    """The lines of both sides' full years, or of the compiler's whose figures stand for the target where none has."""
    by = {(one.by, one.reporter): one.points for one in series if one.points}
    sides = [reading for reading in assessment.readings if reading.reporter and (reading.by, True) in by]
    shown = sides or [reading for reading in assessment.readings if reading.by == assessment.verdict.lead]
    drawn = progress.sparklines([by.get((one.by, one.reporter), ()) for one in shown], *SPARKLINE)
    return tuple((reading.by, path) for reading, path in zip(shown, drawn, strict=True) if path)


def _drawn(rail: progress.Rail) -> dict[str, object]:
    """The rail as it comes back from the database. ``asdict`` gives tuples for lists, and takes ten times as long."""
    plain = {name: getattr(rail, name) for name in rail.__slots__}
    return plain | {"marks": [{name: getattr(mark, name) for name in mark.__slots__} for mark in rail.marks]}


def newest_prices(rates: Iterable[RatePoint]) -> dict[str, float]:
    """What a unit of each currency is worth in US dollars by the newest of the rates."""
    return {currency: price for (currency, _year), price in sorted(prices(rates).items())}


def dollars_of(row: TargetRow, prices: Mapping[str, float]) -> float | None:
    """The amount of a judged target in US dollars; None where it has none, or its currency no price."""
    target, lead = row.target, row.assessment.lead
    amount = float(target.amount) if target.amount is not None else lead.target_amount if lead else None
    price = 1.0 if target.currency in ("", "USD") else prices.get(target.currency)
    return None if amount is None or price is None else amount * price


def verdicts() -> QuerySet[Judgement]:
    """The stored verdicts of published targets, with what :func:`target_rows` needs. No SQL query yet."""
    return Judgement.objects.filter(is_verdict=True, target__state=ReviewState.PUBLISHED).select_related(*TARGET_OF)


def target_rows(*lists: Sequence[Judgement]) -> tuple[tuple[TargetRow, ...], ...]:
    """The lists of verdicts as lists of rows, in the order given. One SQL query for all, none for empty lists."""
    wanted = {verdict.target_id for verdicts in lists for verdict in verdicts}
    readings: defaultdict[int, list[Reading]] = defaultdict(list)
    if wanted:
        for stored in Judgement.objects.filter(target__in=wanted, is_verdict=False).order_by():
            readings[stored.target_id].append(reading_record(stored))
    return tuple(tuple(_row(verdict, readings[verdict.target_id]) for verdict in verdicts) for verdicts in lists)


def lines_stored(lines: Iterable[tuple[str, str]]) -> str:
    """The sparklines as one text: path data, a tab and whose they are, a line of text for each."""
    return "\n".join(f"{path}\t{by}" for by, path in lines)


def _lines_of(stored: str) -> tuple[tuple[str, str], ...]:
    """The sparklines out of their text; one that names nobody was stored before both sides had one."""
    parts = (line.partition("\t") for line in stored.split("\n") if line)
    return tuple((by, path) for path, _tab, by in parts)


def _row(stored: Judgement, readings: list[Reading]) -> TargetRow:
    target = target_record(stored.target)
    return TargetRow(
        target=target,
        assessment=_assessment(target.terms(), stored, readings),
        rail=stored.rail,
        sparklines=_lines_of(stored.sparkline),
    )


def _assessment(terms: Terms, stored: Judgement, readings: list[Reading]) -> Assessment:
    readings = in_order(readings)
    verdict = Verdict(
        status=stored.status,
        reason=stored.reason or None,
        flags=tuple(Flag(flag) for flag in stored.flags),
        voters=tuple(stored.voters),
        abstained=tuple(stored.abstained),
        lead=stored.by or None,
    )
    return Assessment(terms, tuple(readings), verdict, stored.assessed_on)


def in_order(readings: Iterable[Reading]) -> list[Reading]:
    """The readings of a target in the order of ``progress.assess``; databases disagree on that of texts."""
    return sorted(readings, key=lambda reading: (not reading.reporter, reading.by))


def reading_record(stored: Judgement) -> Reading:
    """The reading as it was stored. No SQL query."""
    return Reading(
        **{name: getattr(stored, name) for name in READING_COLUMNS},
        reason=stored.reason or None,
        flags=tuple(Flag(flag) for flag in stored.flags),
        measures=tuple(Measure(measure) for measure in stored.measures),
    )
