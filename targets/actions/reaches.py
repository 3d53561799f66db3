"""How far each side's own figures reach, kept for pairs with targets: written by the refresh of judgements alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from targets.actions.storing import store
from targets.models import Reach
from targets.queries.coverage import reaches

_Row = tuple[int, str, str, bool, int, int, int]
"""Pair (id), economy (code), measure, whether it was only told, first and last year, how many figures."""

_COLUMNS = ("pair_id", "economy_id", "measure", "told", "first", "last", "figures")
_PAIRS_AT_ONCE = 1_000


def refresh(pairs: Collection[int], today: date) -> bool:
    """Whether what is kept for these pairs (ids) had to become something else on a UTC day; needs a transaction.

    Three queries for each thousand pairs, and the writes.
    """
    changed = False
    for stored, fresh in _compared(pairs, today):
        gone = [number for row, number in stored.items() if row not in fresh]
        made = sorted(fresh - stored.keys())
        if gone:
            Reach.objects.filter(pk__in=gone).delete()
        if made:
            store(Reach, _COLUMNS, made)
        changed = changed or bool(gone or made)
    return changed


def stale(pairs: Collection[int], today: date) -> set[int]:
    """Those of the pairs (ids) of which is kept something else than the figures say. Queries as :func:`refresh`."""
    return {row[0] for stored, fresh in _compared(pairs, today) for row in stored.keys() ^ fresh}


def _compared(pairs: Collection[int], today: date) -> Iterator[tuple[dict[_Row, int], set[_Row]]]:
    """What is kept for a part of the pairs, by its number, and what the figures say."""
    wanted = sorted(pairs)
    for start in range(0, len(wanted), _PAIRS_AT_ONCE):
        part = wanted[start : start + _PAIRS_AT_ONCE]
        kept = Reach.objects.filter(pair__in=part).order_by().values_list("pk", *_COLUMNS)
        stored = {_row(*row): number for number, *row in kept}
        yield stored, {_row(*row) for row in reaches(part, today)}


def _row(pair: int, economy: str, measure: str, told: bool, first: int, last: int, figures: int) -> _Row:
    """With the plain text of the measure, which is what a database takes."""
    return pair, economy, str(measure), told, first, last, figures
