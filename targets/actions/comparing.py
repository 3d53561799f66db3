"""What rows of a source say beside what it said before: new, different, or known already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from targets.importers import merged, objection
from targets.models import CountryPair, Release, TurnoverFigure
from targets.queries.figures import newest, standing
from targets.records import FigureRow

Key = tuple[object, ...]

VALUES = ("exports", "imports", "turnover", "valuation", "standing", "approximate", "note")
"""What a source may say differently about the same figure."""

_PERIOD = ("year", "from_month", "through_month", "fiscal")
_KEY = ("pair__first_id", "pair__second_id", "reporter_id", "compiler", *_PERIOD, "measure", "currency")
_FEW = 500
"""Pairs that are named in a query one by one; of more the whole source is read."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a source says of one figure before a release: its :data:`VALUES`, and the vintage they are of."""

    values: Key
    vintage: date | None


@dataclass(frozen=True, slots=True)
class Fault:
    """Rows that cannot be stored, with the field concerned, its value and the reason."""

    rows: tuple[FigureRow, ...]
    field: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows of one source by what they would do; a changed one with what stands.

    ``kept`` were taken from the very same file before and replaced by somebody since: they stay as they are.
    """

    new: tuple[FigureRow, ...]
    changed: tuple[tuple[FigureRow, Known], ...]
    unchanged: int
    kept: int

    @property
    def fresh(self) -> tuple[FigureRow, ...]:
        """The rows to be stored."""
        return (*self.new, *(row for row, _known in self.changed))


def compared(batches: Sequence[tuple[int, Sequence[FigureRow], str]]) -> list[Compared]:
    """The rows of each source (id) beside what it says now, with the SHA-256 of the file they come from or "".

    One or two queries, two more for each file that was taken before and differs now.
    """
    known = known_of([source for source, _rows, _digest in batches], _pairs(row for one in batches for row in one[1]))
    return [_compared(source, rows, digest, known) for source, rows, digest in batches]


def _compared(source: int, rows: Sequence[FigureRow], sha256: str, known: dict[Key, Known]) -> Compared:
    new: list[FigureRow] = []
    different: list[tuple[FigureRow, Known]] = []
    for row in rows:
        before = known.get((source, *row.key))
        if before is None:
            new.append(row)
        elif before.values != values(row):
            different.append((row, before))
    unchanged = len(rows) - len(new) - len(different)
    earlier = _taken_before(source, sha256) if sha256 and different else None
    if earlier is None:
        return Compared(tuple(new), tuple(different), unchanged, 0)
    then = known_of([source], _pairs(row for row, _now in different), until=earlier)
    changed = []
    for row, now in different:
        said = then.get((source, *row.key))
        if said is None or said.values != values(row):
            changed.append((row, now))
    return Compared(tuple(new), tuple(changed), unchanged, len(different) - len(changed))


def known_of(
    sources: Collection[int], pairs: Collection[tuple[str, str]] | None = None, *, until: Release | None = None
) -> dict[Key, Known]:
    """What the sources (ids) say, by source and ``FigureRow.key``; of these pairs (codes) at least, else of all.

    ``until`` asks what they said when that release had been recorded. One query, two for few pairs.
    """
    figures = standing().filter(release__source__in=sources)
    if pairs is not None and len(pairs) <= _FEW:
        named = Q(*(Q(first=first, second=second) for first, second in pairs), _connector=Q.OR)
        figures = figures.filter(pair__in=list(CountryPair.objects.filter(named).values_list("pk", flat=True)))
    if until is not None:
        figures = figures.filter(
            Q(release__recorded_at__lt=until.recorded_at)
            | Q(release__recorded_at=until.recorded_at, release__lte=until.pk)
        )
    found = newest(figures).order_by().values_list("release__source_id", *_KEY, *VALUES, "release__vintage")
    key, end = slice(4, len(_KEY) + 1), len(_KEY) + 1
    return {
        (*row[:3], row[3] or "", *row[key]): Known(row[end:-1], row[-1])  # a compiler's figure has no reporter
        for row in found
    }


def values(figure: FigureRow | TurnoverFigure) -> Key:
    """The :data:`VALUES` of a row or of a stored figure."""
    return (
        figure.exports,
        figure.imports,
        figure.turnover,
        figure.valuation,
        figure.standing,
        figure.approximate,
        figure.note,
    )


def distinct(rows: Iterable[FigureRow]) -> tuple[list[FigureRow], list[Fault]]:
    """The rows that can be stored, those of one figure as one, and what is wrong with the others."""
    faults: list[Fault] = []
    same: defaultdict[Key, list[FigureRow]] = defaultdict(list)
    for row in rows:
        wrong = objection(row)
        if wrong:
            faults.append(Fault((row,), *wrong))
        else:
            same[row.key].append(row)
    sound: list[FigureRow] = []
    for group in same.values():
        one = group[0] if len(group) == 1 else merged(group)
        if one is None:
            faults.append(Fault(tuple(group), "", "", "two different figures for the same period"))
        else:
            sound.append(one)
    return sound, faults


def _pairs(rows: Iterable[FigureRow]) -> set[tuple[str, str]]:
    return {(row.first, row.second) for row in rows}


def _taken_before(source: int, sha256: str) -> Release | None:
    """The last release of the source that holds figures of this very file and counts."""
    same = Release.objects.filter(source=source, sha256=sha256, withdrawn_at__isnull=True)
    return same.order_by("-recorded_at", "-id").first()
