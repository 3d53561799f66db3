"""What speaks against figures before they are stored: slips of the unit, of a digit, of a column.

The borders are set by the yearly trade that ships with the code: of sound years one in sixty is doubted, of ten-fold
slips 99 in a hundred are found, of thousand-fold ones all. A doubt is a question, never a refusal: trade does jump.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import fmean, median

from targets.progress.doubts import COLUMNS, Against, Doubt, Flows, Suspicion
from targets.progress.jumps import jumps, neighbours

SWAPPED_BY_MIRROR = 0.7
SWAPPED_BY_OWN = 1.0
SWAPPED_ON_AVERAGE = 0.4
"""How much better exports and imports must fit when swapped (natural logarithm of their proportion): in one year
beside the other side's, in one year beside the reporter's own, in each of several years where it is so on average."""
AVERAGE_OVER = 3
"""Years from which an average tells anything."""

SLACK = Decimal("1.005")
"""A part of a year may be larger than the year by what rounding does."""
SAME = 0.005
"""The share up to which two sources say the same."""


def adds_up(exports: Decimal, imports: Decimal, turnover: Decimal) -> bool:
    """Whether the total is the sum of both flows, allowing each of the three one unit of its last digit.

    A whole unit rather than half of one, because many publishers cut what others round.

    >>> adds_up(Decimal(16_700_000_000), Decimal(26_700_000_000), Decimal(43_300_000_000))
    True
    >>> adds_up(Decimal(1_000), Decimal(1_000), Decimal(9_000))
    False
    """
    allowed = sum((_last_digit(amount) for amount in (exports, imports, turnover)), Decimal(0))
    return abs(exports + imports - turnover) <= allowed


def doubts(rows: Sequence[Flows], own: Sequence[Flows] = (), mirror: Sequence[Flows] = ()) -> tuple[Doubt, ...]:
    """What speaks against the rows, the gravest first; empty where nothing does.

    ``own`` are the known figures of the same reporter, ``mirror`` those of the other side as it sees them; all of one
    currency, measure and calendar. A row replaces what its own source said of the same period.
    """
    # What cannot be is for others to refuse; here it would only confuse.
    rows, own, mirror = ([one for one in table if not _negative(one)] for table in (rows, own, mirror))
    said = {(row.year, row.span, row.source) for row in rows}
    own = [one for one in own if (one.year, one.span, one.source) not in said]
    found = [*_sums(rows), *jumps(rows, own, mirror)]
    jumped = {year for doubt in found if doubt.suspicion in (Suspicion.UNIT, Suspicion.JUMP) for year in doubt.years}
    found += [*_swapped(rows, own, mirror, _slips(found)), *_parts(rows, own)]
    found += _known([row for row in rows if row.year not in jumped or row.year is None], own)
    order = list(Suspicion)
    return tuple(sorted(found, key=lambda doubt: order.index(doubt.suspicion)))


def _negative(one: Flows) -> bool:
    return any(amount is not None and amount < 0 for amount in (one.exports, one.imports, one.turnover))


def _sums(rows: Sequence[Flows]) -> Iterator[Doubt]:
    for row in rows:
        if row.exports is None or row.imports is None or row.turnover is None:
            continue
        if not adds_up(row.exports, row.imports, row.turnover):
            total = row.exports + row.imports
            yield Doubt(Suspicion.SUM, (row.year,), "turnover", entered=row.turnover, other=total, span=row.span)


def _slips(found: Sequence[Doubt]) -> dict[int | None, float]:
    """By year, how far (natural logarithm) a slip in one flow throws the proportion of both off."""
    powers: dict[int | None, dict[str, int]] = {}
    for doubt in found:
        if doubt.suspicion in (Suspicion.UNIT, Suspicion.JUMP) and doubt.column in COLUMNS[:2]:
            for year in doubt.years:
                powers.setdefault(year, {})[doubt.column] = doubt.power
    # Flows that jump against each other are what a swap of unequal ones looks like.
    return {
        year: (of.get("exports", 0) - of.get("imports", 0)) * math.log(10)
        for year, of in powers.items()
        if of.get("exports", 0) * of.get("imports", 0) >= 0
    }


def _swapped(
    rows: Sequence[Flows], own: Sequence[Flows], mirror: Sequence[Flows], slips: Mapping[int | None, float]
) -> list[Doubt]:
    """Rows whose exports and imports fit the other way round: the other side's, or else the reporter's own years.

    Only their proportion is compared, so that a wrong unit of both does not hide it. A row that fits once a slip in one
    flow is mended is not judged before that; of many rows only those are named that themselves fit better.
    """
    gains: dict[int | None, float] = {}
    by_mirror: set[int | None] = set()
    perhaps: set[int | None] = set()
    by_own: set[int | None] = set()
    for row in rows:
        ours = _proportion(row.exports, row.imports)
        seen = [one for one in mirror if one.year == row.year and one.span == row.span and row.year is not None]
        theirs = next((found for one in seen if (found := _proportion(one.imports, one.exports)) is not None), None)
        if ours is None:
            continue
        slip = slips.get(row.year, 0.0)
        if theirs is not None:
            if _mended(ours, theirs, slip):
                continue
            gains[row.year] = _gain(ours, theirs)
            if _clear(ours, theirs, SWAPPED_BY_MIRROR):
                by_mirror.add(row.year)
            if _clear(ours, theirs, SWAPPED_ON_AVERAGE):
                perhaps.add(row.year)
            continue
        beside = [
            neighbours(row.year, [one for one in own if one.exports and one.imports], flow, row.span)
            for flow in COLUMNS[:2]
        ]
        usual = _proportion(*(Decimal(median(amounts)) if amounts else None for amounts in beside))
        if usual is not None and _clear(ours, usual, SWAPPED_BY_OWN) and not _mended(ours, usual, slip):
            by_own.add(row.year)
    if len(gains) >= AVERAGE_OVER and fmean(gains.values()) > SWAPPED_ON_AVERAGE:
        by_mirror |= perhaps
    return [
        Doubt(Suspicion.SWAPPED, years, against=against, entered=last.exports, other=last.imports, span=last.span)
        for against, found in ((Against.MIRROR, by_mirror), (Against.OWN, by_own))
        if found
        for years in [tuple(row.year for row in rows if row.year in found)]
        for last in [next(row for row in reversed(rows) if row.year in found)]
    ]


def _proportion(exports: Decimal | None, imports: Decimal | None) -> float | None:
    return math.log(exports / imports) if exports and imports else None


def _gain(ours: float, theirs: float) -> float:
    """How much nearer the proportion comes to theirs by turning it round."""
    return abs(ours - theirs) - abs(ours + theirs)


def _clear(ours: float, theirs: float, border: float) -> bool:
    return _gain(ours, theirs) > border and abs(ours + theirs) < abs(ours - theirs) / 2


def _mended(ours: float, theirs: float, slip: float) -> bool:
    """Whether the proportion fits better without the slip than turned round."""
    return slip != 0 and abs(ours - slip - theirs) < abs(ours + theirs)


def _parts(rows: Sequence[Flows], own: Sequence[Flows]) -> Iterator[Doubt]:
    for row in rows:
        for one in own:
            if row.year is None or one.year != row.year or None in (*row.span, *one.span) or row.span == one.span:
                continue
            inner, outer = (one, row) if _within(one.span, row.span) else (row, one)
            if not _within(inner.span, outer.span):
                continue
            for column in ("turnover", "exports", "imports"):
                part, whole = inner.amount(column), outer.amount(column)
                if part is not None and whole is not None and part > whole * SLACK:
                    yield Doubt(
                        Suspicion.PART_LARGER,
                        (row.year,),
                        column,
                        Against.OWN,
                        row.amount(column),
                        one.amount(column),
                        source=one.source,
                        span=one.span,
                    )
                    break


def _within(inner: tuple[int | None, int | None], outer: tuple[int | None, int | None]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]  # type: ignore[operator]  # no month is missing here


def _known(rows: Sequence[Flows], own: Sequence[Flows]) -> Iterator[Doubt]:
    """For each other source, the rows it has too: those it agrees with, and those it does not."""
    same: dict[str, list[tuple[Flows, str, float]]] = {}
    other: dict[str, list[tuple[Flows, str, float]]] = {}
    theirs = {(one.source, one.year, one.span): one for one in own}
    for (source, year, span), one in theirs.items():
        row = next((row for row in rows if row.year == year and row.span == span and row.source != source), None)
        apart = [] if row is None else list(_apart(row, one))
        if row is not None and apart:
            share, column = max(apart)
            (same if share <= SAME else other).setdefault(source, []).append((row, column, share))
    for suspicion, found in ((Suspicion.KNOWN_OTHERWISE, other), (Suspicion.KNOWN_SAME, same)):
        for source, matches in found.items():
            matches.sort(key=lambda match: match[0].year or 0)
            row, column, share = max(matches, key=lambda match: match[2])
            one = theirs[source, row.year, row.span]
            # The year whose amounts are told comes last.
            years = sorted((match[0].year for match in matches if match[0] is not row), key=lambda year: year or 0)
            yield Doubt(
                suspicion,
                (*years, row.year),
                column,
                Against.OWN,
                row.amount(column),
                one.amount(column),
                share=share,
                source=source,
                span=row.span,
            )


def _apart(row: Flows, one: Flows) -> Iterator[tuple[float, str]]:
    for column in COLUMNS:
        ours, theirs = row.amount(column), one.amount(column)
        if ours is not None and theirs is not None:
            larger = max(ours, theirs)
            yield (float(abs(ours - theirs) / larger) if larger else 0.0), column


def _last_digit(amount: Decimal) -> Decimal:
    """The place of the last digit that is not zero: 100 for 43,300."""
    return Decimal(0) if not amount else Decimal(1).scaleb(int(amount.normalize().as_tuple().exponent))
