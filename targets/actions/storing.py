"""Rows into their table as fast as the database takes them: ``COPY`` on PostgreSQL, one prepared ``INSERT`` else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import Model

from targets.models import Release, TurnoverFigure
from targets.records import FigureRow

Progress = Callable[[str, int, int], None]
"""Told the step ("read", "compare", "store", "judge"), how much of it is done, and of how much."""

Values = tuple[Any, ...]

_AT_ONCE = 5_000
_COLUMNS = (
    "release_id",
    "pair_id",
    "reporter_id",
    "compiler",
    "year",
    "from_month",
    "through_month",
    "fiscal",
    "measure",
    "exports",
    "imports",
    "turnover",
    "currency",
    "valuation",
    "standing",
    "approximate",
    "note",
)


def store_figures(
    fresh: Sequence[tuple[Release, Sequence[FigureRow]]],
    pairs: Mapping[tuple[str, str], int],
    progress: Progress | None = None,
) -> int:
    """How many figures were stored. ``pairs`` are the ids of the rows' pairs, by codes; needs a transaction."""
    rows: list[Values] = []
    for release, part in fresh:
        # In the order of the unique index, or nearly: a tree grows faster at one end than in the middle.
        rows += sorted([_values(release.pk, pairs[row[:2]], row) for row in part], key=itemgetter(1))
    store(TurnoverFigure, _COLUMNS, _counted(rows, progress))
    _look()
    return len(rows)


def store(model: type[Model], columns: Sequence[str], rows: Iterable[Values]) -> None:
    """Stores rows of these columns in the model's table; needs a transaction around it.

    Ten times as fast as ``bulk_create``, which makes an object of each row and a placeholder of each value. The
    table's own rules hold all the same: every constraint is the database's.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    named = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:  # type: ignore[attr-defined]
                for values in rows:
                    copy.write_row(values)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({places})", rows)  # noqa: S608


def _look() -> None:
    """Has SQLite look at how many rows there are of what: PostgreSQL does so by itself.

    Without it the way to the figures of some pairs leads through all releases, ten times as long among millions. A
    sample is enough, and takes milliseconds.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 400")
            cursor.execute("ANALYZE")


def _counted(rows: Sequence[Values], progress: Progress | None) -> Iterator[Values]:
    for start in range(0, len(rows), _AT_ONCE):
        if progress is not None:
            progress("store", start, len(rows))
        yield from rows[start : start + _AT_ONCE]


def _values(release: int, pair: int, row: FigureRow) -> Values:
    """What the row has for each of the columns, in their order.

    Words and amounts go as texts: both databases make their own number of one, exactly.
    """
    exports, imports, turnover = row.exports, row.imports, row.turnover
    return (
        release,
        pair,
        row.reporter or None,
        row.compiler,
        row.year,
        row.from_month,
        row.through_month,
        row.fiscal,
        str(row.measure),
        None if exports is None else str(exports),
        None if imports is None else str(imports),
        None if turnover is None else str(turnover),
        row.currency,
        str(row.valuation),
        str(row.standing),
        row.approximate,
        row.note,
    )
