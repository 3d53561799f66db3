"""Figures as they would stand if rows were recorded that are not yet: for previews of an entry or an import."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from targets.queries.figures import in_order
from targets.records import FigureRecord, FigureRow, SourceRecord

NOT_STORED = 0
"""The number of the release that does not exist yet."""


def as_if_recorded(
    figures: Iterable[FigureRecord], rows: Sequence[FigureRow], source: SourceRecord, vintage: date | None = None
) -> tuple[FigureRecord, ...]:
    """The current figures with these rows of a source among them, each in place of what the source said before.

    In the order of ``current_figures``. Rows are numbered below zero. No SQL query.
    """
    now = datetime.now(UTC)
    fresh = {
        (source.key, *row.key): _record(row, -number, source, vintage, now) for number, row in enumerate(rows, start=1)
    }
    stay = (figure for figure in figures if _key(figure) not in fresh)
    return in_order([*stay, *fresh.values()])


def _key(figure: FigureRecord) -> tuple[object, ...]:
    """What makes it the same figure as a row of its source: the source's key, then as ``FigureRow.key``."""
    first, second = figure.pair.upper().split("-")
    period = (figure.year, figure.from_month, figure.through_month, figure.fiscal)
    return (
        figure.source.key,
        first,
        second,
        figure.reporter,
        figure.compiler,
        *period,
        figure.measure,
        figure.currency,
    )


def _record(
    row: FigureRow, number: int, source: SourceRecord, vintage: date | None, recorded_at: datetime
) -> FigureRecord:
    return FigureRecord(
        id=number,
        pair=f"{row.first}-{row.second}".lower(),
        reporter=row.reporter,
        compiler=row.compiler,
        partner=(row.second if row.reporter == row.first else row.first) if row.reporter else "",
        year=row.year,
        from_month=row.from_month,
        through_month=row.through_month,
        fiscal=row.fiscal,
        measure=row.measure,
        exports=row.exports,
        imports=row.imports,
        stated_turnover=row.turnover,
        currency=row.currency,
        valuation=row.valuation,
        standing=row.standing,
        approximate=row.approximate,
        vintage=vintage,
        note=row.note,
        source=source,
        release_id=NOT_STORED,
        recorded_at=recorded_at,
    )
