"""What rows of a source say beside what it said before: new, different, or known already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from targets.importers import merged, objection, unfinished
from targets.models import CountryPair, Release
from targets.queries.figures import newest, standing
from targets.records import FigureRow, Valuation

Key = tuple[object, ...]

VALUES = ("exports", "imports", "turnover", "valuation", "standing", "approximate", "note")
"""What a source may say differently about the same figure: the columns of ``FigureRow.values``."""

_PERIOD = ("year", "from_month", "through_month", "fiscal")
_KEY = ("pair__first_id", "pair__second_id", "reporter_id", "compiler", *_PERIOD, "measure", "currency")
"""Those of ``FigureRow.key``."""
_EACH_ITS_OWN = (
    {Valuation.FOB, Valuation.CIF},
    {Valuation.FOB, Valuation.FOB_CIF},
    {Valuation.CIF, Valuation.FOB_CIF},
)
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


@dataclass(frozen=True, slots=True)
class Said:
    """Rows of one source (id) to be compared, with the SHA-256 of the file they come from or "".

    ``partial`` rows leave an amount out because their file is not about it (exports alone, say): what the source said
    of it before goes on standing. Without it a row says all there is to say.
    """

    source: int | None
    rows: Sequence[FigureRow]
    sha256: str = ""
    partial: bool = False


def compared(batches: Sequence[Said]) -> list[Compared]:
    """The rows of each source beside what it says now.

    One or two queries, two or three more for each file that was taken before and differs now.
    """
    sources = [said.source for said in batches if said.source is not None]
    known = known_of(sources, _pairs(row for said in batches for row in said.rows)) if sources else {}
    return [_compared(said, known.get(said.source, {})) for said in batches]


def _compared(said: Said, known: Mapping[Key, Known]) -> Compared:
    if not known:
        return Compared(tuple(said.rows), (), unchanged=0, kept=0)
    new: list[FigureRow] = []
    different: list[tuple[FigureRow, Known]] = []
    for row in said.rows:
        before = known.get(row.key)
        if before is None:
            new.append(row)
        elif not _same(row, before, said.partial):
            different.append((row, before))
    unchanged = len(said.rows) - len(new) - len(different)
    earlier = _taken_before(said) if said.sha256 and different else None
    kept = 0
    if earlier is not None and said.source is not None:
        then = known_of([said.source], _pairs(row for row, _now in different), until=earlier).get(said.source, {})
        since = [
            (row, now)
            for row, now in different
            if (was := then.get(row.key)) is None or not _same(row, was, said.partial)
        ]
        kept, different = len(different) - len(since), since
    if said.partial:
        different = [(filled(row, before), before) for row, before in different]
    return Compared(tuple(new), tuple(different), unchanged, kept)


def _same(row: FigureRow, before: Known, partial: bool) -> bool:
    if row.values == before.values:
        return True
    return partial and filled(row, before).values == before.values


def filled(row: FigureRow, before: Known) -> FigureRow:
    """The row with the amounts that it leaves out and the source gave before.

    A total is taken over only where exports or imports still lack: beside both it could contradict them.
    """
    exports, imports, turnover, valuation, *_rest = before.values
    missing = {
        name: said
        for name, said in (("exports", exports), ("imports", imports))
        if getattr(row, name) is None and said is not None
    }
    if missing and {row.valuation, valuation} in _EACH_ITS_OWN:
        missing["valuation"] = Valuation.FOB_CIF
    one = row._replace(**missing) if missing else row
    if one.turnover is None and turnover is not None and None in (one.exports, one.imports):
        one = one._replace(turnover=turnover)
    # A total that fits neither of the flows known before is another account of the year: then the row says all.
    return row if objection(one) else one


def known_of(
    sources: Collection[int], pairs: Collection[tuple[str, str]] | None = None, *, until: Release | None = None
) -> dict[int | None, dict[Key, Known]]:
    """What each of the sources (ids) says by ``FigureRow.key``; of these pairs (codes) alone, None: of all.

    ``until`` asks what they said when that release had been recorded. One query, two for named pairs.
    """
    figures = standing().filter(release__source__in=sources)
    if pairs is not None:
        named = Q(*(Q(first=first, second=second) for first, second in pairs), _connector=Q.OR)
        figures = figures.filter(pair__in=list(CountryPair.objects.filter(named).values_list("pk", flat=True)))
    if until is not None:
        figures = figures.filter(
            Q(release__recorded_at__lt=until.recorded_at)
            | Q(release__recorded_at=until.recorded_at, release__lte=until.pk)
        )
    found = newest(figures).order_by().values_list("release__source_id", *_KEY, *VALUES, "release__vintage")
    end = len(_KEY)
    said: dict[int | None, dict[Key, Known]] = {source: {} for source in sources}
    for source, *told, vintage in found:
        told[2] = told[2] or ""  # a compiler's figure has no reporter
        said[source][tuple(told[:end])] = Known(tuple(told[end:]), vintage)
    return said


def distinct(rows: Iterable[FigureRow], today: date, *, accepted: bool = False) -> tuple[list[FigureRow], list[Fault]]:
    """The rows that can be stored on a UTC day, those of one figure as one, and what is wrong with the others.

    ``accepted`` rows are a reader's, who has looked at each by itself.
    """
    faults: list[Fault] = []
    same: dict[Key, FigureRow] = {}
    several: dict[Key, list[FigureRow]] = {}
    for row in rows:
        wrong = None if accepted else objection(row)
        if wrong or (wrong := unfinished(row, today)):
            faults.append(Fault((row,), *wrong))
        elif (first := same.setdefault(row.key, row)) is not row:
            several.setdefault(row.key, [first]).append(row)
    for key, group in several.items():
        one = merged(group)
        if one is None:
            faults.append(Fault(tuple(group), "", "", "two different figures for the same period"))
            del same[key]
        else:
            same[key] = one
    return list(same.values()), faults


def _pairs(rows: Iterable[FigureRow]) -> set[tuple[str, str]] | None:
    """The pairs of the rows; None for so many that all of a source is read rather than each of them named."""
    found = set()
    for row in rows:
        found.add(row[:2])
        if len(found) > _FEW:
            return None
    return found


def _taken_before(said: Said) -> Release | None:
    """The last release of the source that holds figures of this very file and counts."""
    same = Release.objects.filter(source=said.source, sha256=said.sha256, withdrawn_at__isnull=True)
    return same.order_by("-recorded_at", "-id").first()
