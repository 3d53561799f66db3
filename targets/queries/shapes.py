"""Rows of the database as the frozen records that leave this package. No function here asks the database anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter
from typing import Any

from targets.models import (
    CountryPair,
    Economy,
    ExchangeRate,
    RoadmapDocument,
    RoadmapMeasure,
    Source,
    Statement,
    Target,
    TurnoverFigure,
)
from targets.records import (
    DocumentRecord,
    EconomyRecord,
    FigureRecord,
    PairRecord,
    PartialDate,
    RatePoint,
    ReviewState,
    RoadmapMeasureRecord,
    SourceRecord,
    StatementRecord,
    TargetRecord,
    is_replaced,
)

SOURCE_COLUMNS = (
    "key", "kind", "grade", "publisher", "title", "url", "language", "published_on", "published_on_precision", "terms",
    "shareable",
)  # fmt: skip
FIGURE_COLUMNS = (
    "pk", "pair__slug", "pair__first_id", "pair__second_id", "reporter_id", "compiler",
    "year", "from_month", "through_month", "fiscal", "measure", "exports", "imports", "turnover", "currency",
    "valuation", "standing", "approximate", "release__vintage", "note", "release_id", "release__recorded_at",
)  # fmt: skip
"""What records of sources and figures are made of, as queries name it: five objects for each of thousands of figures
would take four times as long."""

AsOf = date | datetime
"""What may be asked for instead of the present: a UTC day, which means its end, or a moment, itself included."""

_of_source = attrgetter(*SOURCE_COLUMNS)
_of_figure = attrgetter(*(name.replace("__", ".") for name in FIGURE_COLUMNS))


def end_of(as_of: AsOf) -> datetime:
    """The first moment, UTC, that no longer belongs to the day; of a moment the next one."""
    if isinstance(as_of, datetime):
        return as_of + timedelta(microseconds=1)
    return datetime.combine(as_of, time.min, UTC) + timedelta(days=1)


def judged_on(today: date, as_of: AsOf | None) -> date:
    """The UTC day on which targets are judged: the day asked for, else ``today``; a moment says only what was known."""
    return today if as_of is None or isinstance(as_of, datetime) else as_of


def day_asked(as_of: AsOf | None) -> date | None:
    """The past day that a page says it is of; None for the present, and for a moment that a chart was made at."""
    return None if isinstance(as_of, datetime) else as_of


def economy_record(economy: Economy) -> EconomyRecord:
    """The economy with its names."""
    return EconomyRecord(
        code=economy.code,
        kind=economy.kind,
        name_en=economy.name_en,
        name_en_text=economy.name_en_text,
        name_ru=economy.name_ru,
        name_ru_gen=economy.name_ru_gen,
        name_ru_ins=economy.name_ru_ins,
        name_ru_prep=economy.name_ru_prep,
    )


def pair_record(pair: CountryPair) -> PairRecord:
    """The pair; needs ``first`` and ``second`` to be loaded."""
    return PairRecord(slug=pair.slug, first=economy_record(pair.first), second=economy_record(pair.second))


def source_record(source: Source) -> SourceRecord:
    """The source, with the address as stored; the record itself decides what may be linked."""
    return source_record_of(_of_source(source))


def source_record_of(row: Sequence[Any]) -> SourceRecord:
    """The source with these :data:`SOURCE_COLUMNS`."""
    key, kind, grade, publisher, title, url, language, published_on, precision, terms, shareable = row
    return SourceRecord(
        key=key,
        kind=kind,
        grade=grade,
        publisher=publisher,
        title=title,
        url=url,
        language=language,
        published=PartialDate(published_on, precision),
        terms=terms,
        shareable=shareable,
    )


def figure_record(figure: TurnoverFigure, source: SourceRecord) -> FigureRecord:
    """The figure; needs ``pair`` and ``release`` to be loaded."""
    return figure_record_of(_of_figure(figure), source)


def figure_record_of(row: Sequence[Any], source: SourceRecord) -> FigureRecord:
    """The figure with these :data:`FIGURE_COLUMNS`. A compiler's figure has no partner."""
    pk, slug, first, second, reporter, compiler, *period_to_turnover = row[:15]
    year, from_month, through_month, fiscal, measure, exports, imports, turnover, currency = period_to_turnover
    valuation, standing, approximate, vintage, note, release, recorded_at = row[15:]
    return FigureRecord(
        id=pk,
        pair=slug,
        reporter=reporter or "",
        compiler=compiler,
        partner=(second if reporter == first else first) if reporter else "",
        year=year,
        from_month=from_month,
        through_month=through_month,
        fiscal=fiscal,
        measure=measure,
        exports=exports,
        imports=imports,
        stated_turnover=turnover,
        currency=currency,
        valuation=valuation,
        standing=standing,
        approximate=approximate,
        vintage=vintage,
        note=note,
        source=source,
        release_id=release,
        recorded_at=recorded_at,
    )


def rate_point(rate: ExchangeRate) -> RatePoint:
    """The yearly average of one currency; needs ``source`` to be loaded."""
    return RatePoint(
        currency=rate.currency, year=rate.year, usd_per_unit=rate.usd_per_unit, source=source_record(rate.source)
    )


def was_published(target: Target, as_of: AsOf | None) -> bool:
    """Whether readers could see the target: now, or by then."""
    if target.state is not ReviewState.PUBLISHED or target.published_at is None:
        return False
    return as_of is None or target.published_at < end_of(as_of)


def target_record(target: Target, pair: PairRecord | None = None, as_of: AsOf | None = None) -> TargetRecord:
    """The target; needs ``superseded_by`` and, where no pair is given, ``pair`` with both economies to be loaded.

    A successor that readers cannot see leaves no trace: neither its slug nor the relation to it.
    """
    successor = target.superseded_by
    if successor is not None and not was_published(successor, as_of):
        successor = None
    relation = None if successor is None else (target.relation or None)
    stated_next = successor.first_stated_on.year if successor and successor.first_stated_on else None
    return TargetRecord(
        id=target.pk,
        slug=target.slug,
        pair=pair or pair_record(target.pair),
        measure=target.measure,
        measure_basis=target.measure_basis,
        amount=target.amount,
        amount_high=target.amount_high,
        currency=target.currency,
        factor=target.factor,
        baseline_year=target.baseline_year,
        baseline_amount=target.baseline_amount,
        cumulative=target.cumulative,
        deadline_year=target.deadline_year,
        deadline_basis=target.deadline_basis,
        deadline_note=target.deadline_note,
        deadline_note_ru=target.deadline_note_ru,
        strength=target.strength,
        first_stated=PartialDate(
            target.first_stated_on, target.first_stated_on_precision, target.first_stated_on_inferred
        ),
        sectors=tuple(target.sectors),
        notes=target.notes,
        notes_ru=target.notes_ru,
        successor=successor.slug if successor else "",
        successor_id=successor.pk if successor else None,
        relation=relation,
        replaced=is_replaced(relation, target.deadline_year, stated_next),
    )


def statement_record(statement: Statement) -> StatementRecord:
    """The statement; needs ``source`` and ``sides`` to be loaded."""
    return StatementRecord(
        id=statement.pk,
        stated=PartialDate(statement.stated_on, statement.stated_on_precision, statement.stated_on_inferred),
        speaker=statement.speaker,
        speaker_ru=statement.speaker_ru,
        role=statement.role,
        role_ru=statement.role_ru,
        sides=tuple(sorted(side.code for side in statement.sides.all())),
        occasion=statement.occasion,
        occasion_ru=statement.occasion_ru,
        hedged=statement.hedged,
        quote=statement.quote,
        quote_language=statement.quote_language,
        summary_en=statement.summary_en,
        summary_ru=statement.summary_ru,
        context_only=statement.context_only,
        source=source_record(statement.source),
    )


def document_record(document: RoadmapDocument) -> DocumentRecord:
    """The document with its measures; needs ``source`` and ``measures`` to be loaded."""
    return DocumentRecord(
        id=document.pk,
        kind=document.kind,
        title=document.title,
        title_ru=document.title_ru,
        signed=PartialDate(document.signed_on, document.signed_on_precision, document.signed_on_inferred),
        valid_until=document.valid_until,
        language=document.language,
        source=source_record(document.source),
        signatories=document.signatories,
        measures=tuple(_measure_record(measure) for measure in document.measures.all()),
        pages=document.pages if document.file else None,
    )


def _measure_record(measure: RoadmapMeasure) -> RoadmapMeasureRecord:
    return RoadmapMeasureRecord(text=measure.text, text_ru=measure.text_ru, due_on=measure.due_on, state=measure.state)
