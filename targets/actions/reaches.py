"""How far each side's own figures reach, kept for pairs with targets: written by the refresh of judgements alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from targets.actions.storing import store
from targets.models import CountryPair, Reach
from targets.progress import SourceRank, last_full_year
from targets.queries.judging import Voices

_Row = tuple[int, str, str, bool, int, int, int]
"""Pair (id), economy (code), measure, whether it was only told, first and last year, how many it gave itself."""

_COLUMNS = ("pair_id", "economy_id", "measure", "told", "first", "last", "figures")


def refresh(spoken: Mapping[int, Voices], today: date) -> bool:
    """Whether what is kept for these pairs (ids) had to become something else on a UTC day; needs a transaction.

    ``spoken`` is all that stands for each of them. Two queries, and the writes.
    """
    stored, fresh = _compared(spoken, today)
    gone = [number for row, number in stored.items() if row not in fresh]
    made = sorted(fresh - stored.keys())
    if gone:
        Reach.objects.filter(pk__in=gone).delete()
    if made:
        store(Reach, _COLUMNS, made)
    return bool(gone or made)


def stale(spoken: Mapping[int, Voices], today: date) -> set[int]:
    """Those of the pairs (ids) of which is kept something else than what stands says. Queries as :func:`refresh`."""
    stored, fresh = _compared(spoken, today)
    return {row[0] for row in stored.keys() ^ fresh}


def _compared(spoken: Mapping[int, Voices], today: date) -> tuple[dict[_Row, int], set[_Row]]:
    """What is kept for the pairs, by its number, and what their figures say."""
    kept = Reach.objects.filter(pair__in=spoken.keys()).order_by().values_list(*_COLUMNS, "pk")
    stored = {(pair, by, str(measure), *rest): number for pair, by, measure, *rest, number in kept}
    sides = CountryPair.objects.filter(pk__in=spoken.keys()).order_by().values_list("pk", "first", "second")
    return stored, {row for pair, *both in sides for row in _rows(pair, both, spoken[pair], today)}


def _rows(pair: int, sides: Collection[str], spoken: Voices, today: date) -> Iterator[_Row]:
    """A row for each side and measure, apart for what was only told, of full years that are over on a UTC day."""
    years: defaultdict[tuple[str, str, bool], list[int]] = defaultdict(list)
    given: Counter[tuple[str, str, bool]] = Counter()
    for (reporter, by), figures in spoken.items():
        # A bloc named as compiler of its own trade is its reporter, though the figures are the compiler's.
        if not reporter and by not in sides:
            continue
        for figure in figures:
            year = figure.year_label
            if year is None or not figure.full_year or year > last_full_year(today, figure.fiscal):
                continue
            whose = (by, str(figure.measure), figure.rank > SourceRank.COMPILATION)
            years[whose].append(year)
            given[whose] += reporter
    for whose, known in years.items():
        yield (pair, *whose, min(known), max(known), given[whose])
