"""Jumps: amounts that lie several times off those of neighbouring years, alone or a whole table of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from targets.progress.doubts import COLUMNS, Against, Doubt, Flows, Suspicion

JUMP = 0.7
"""Decimal logarithm of the least jump against neighbouring years that is doubted: five-fold."""
FAR = 2.0
"""The same against the other side's figures, which honestly differ by a factor of several."""
ALIKE = 0.1
"""Below it two sources mean the same amount: a fourth more."""
MOST = 2 / 3
"""The part of a table that must lie off in one direction for its unit to be doubted."""
NEAR = 3
"""Years up to which figures are neighbours."""

STRAIGHT = {column: column for column in COLUMNS}
CROSSED = {"exports": "imports", "imports": "exports", "turnover": "turnover"}
"""What the other side calls each column."""


@dataclass(frozen=True, slots=True)
class _Jump:
    """How far an amount lies from what it was compared with."""

    log: float
    entered: Decimal
    other: Decimal


_Row = Mapping[str, _Jump]
"""A row's amounts beside what they were compared with, by column."""


def jumps(rows: Sequence[Flows], own: Sequence[Flows], mirror: Sequence[Flows]) -> list[Doubt]:
    """Rows that stand out from the other rows; then, without them, rows that lie off what is known."""
    dated = [row for row in rows if row.year is not None]
    beside = {row.year: _compared(row, [one for one in dated if one is not row], STRAIGHT, least=2) for row in dated}
    odd = {year: compared for year, compared in beside.items() if _large(compared, JUMP)}
    # What another source says of the same year is no slip, and no measure for the years beside it.
    confirmed = {row.year for row in dated if row.year in odd and _confirmed(row, _large(odd[row.year], JUMP), own)}
    own = [one for one in own if one.year not in confirmed]
    found = [
        doubt
        for row in dated
        if row.year in odd and row.year not in confirmed
        for doubt in _told([row], [odd[row.year]], JUMP, Against.BLOCK)
    ]
    rest = [row for row in dated if row.year not in odd]
    by_own = {row.year: compared for row in rest if (compared := _compared(row, own, STRAIGHT))}
    if by_own:
        return found + _off(rest, by_own, JUMP, Against.OWN)
    by_mirror = {row.year: compared for row in rest if (compared := _compared(row, mirror, CROSSED))}
    if by_mirror:
        return found + _off(rest, by_mirror, FAR, Against.MIRROR)
    # Two years that contradict each other with nothing else to go by: the later one is asked about.
    if len(rest) == 2:
        found += _told(rest[1:], [_compared(rest[1], rest[:1], STRAIGHT)], JUMP, Against.BLOCK)
    return found


def _confirmed(row: Flows, large: _Row, own: Sequence[Flows]) -> bool:
    """Whether somebody else says about the same of the year in every column that jumps."""
    said = [one for one in own if one.year == row.year and one.span == row.span]
    return all(
        any(abs(math.log10(jump.entered / amount)) < ALIKE for one in said if (amount := one.amount(column)))
        for column, jump in large.items()
    )


def _off(rows: Sequence[Flows], compared: Mapping[int | None, _Row], border: float, against: Against) -> list[Doubt]:
    """One doubt for all rows where most lie off in the same direction; else one for each that does."""
    off = {year: large for year, row in compared.items() if (large := _large(row, border))}
    ups = sum(1 for large in off.values() if next(iter(large.values())).log > 0)
    most = MOST * len(compared)
    if len(rows) > 1 and off and (ups >= most or len(off) - ups >= most):
        return _told(rows, [compared[year] for year in off], border, against, Suspicion.UNIT)
    return [doubt for row in rows if row.year in off for doubt in _told([row], [compared[row.year]], border, against)]


def _told(
    rows: Sequence[Flows],
    compared: Sequence[_Row],
    border: float,
    against: Against,
    suspicion: Suspicion = Suspicion.JUMP,
) -> list[Doubt]:
    """The jumps as one doubt about whole rows where all that was compared jumps alike, else as one a column."""
    columns = [column for column in COLUMNS if any(column in row for row in compared)]
    logs = {column: [row[column].log for row in compared if column in _large(row, border)] for column in columns}
    powers = {column: round(median(found)) for column, found in logs.items() if found}
    whole = len(powers) == len(columns) and len(set(powers.values())) == 1 and "turnover" in powers
    if not whole and len(powers) > 1:
        # A total follows the flow that jumps, and says nothing of its own.
        powers.pop("turnover", None)
    told = []
    for column in ["turnover"] if whole else list(powers):
        last = next(row[column] for row in reversed(compared) if column in _large(row, border))
        told.append(
            Doubt(
                suspicion,
                tuple(row.year for row in rows),
                "" if whole else column,
                against,
                last.entered,
                last.other,
                power=powers[column],
                span=rows[-1].span,
            )
        )
    return told


def _compared(row: Flows, known: Sequence[Flows], columns: Mapping[str, str], *, least: int = 1) -> dict[str, _Jump]:
    """The row beside figures of its own and neighbouring years, by column; ``columns`` names theirs.

    Columns with fewer than ``least`` figures to compare with are left out.
    """
    found = {}
    for column, theirs in columns.items():
        near = neighbours(row.year, known, theirs, row.span)
        if len(near) >= least and (jump := _jump(row.amount(column), near)):
            found[column] = jump
    return found


def neighbours(
    year: int | None, others: Iterable[Flows], column: str, span: tuple[int | None, int | None]
) -> list[Decimal]:
    """Amounts of up to four figures of the same months in the nearest years."""
    if year is None:
        return []
    near = [
        (abs(one.year - year), amount)
        for one in others
        if one.year is not None and abs(one.year - year) <= NEAR and one.span == span and (amount := one.amount(column))
    ]
    return [amount for _distance, amount in sorted(near)[:4]]


def _jump(amount: Decimal | None, near: Sequence[Decimal]) -> _Jump | None:
    if not amount or not near:
        return None
    usual = Decimal(median(near))
    return _Jump(math.log10(amount / usual), amount, usual)


def _large(compared: _Row, border: float) -> dict[str, _Jump]:
    return {column: jump for column, jump in compared.items() if abs(jump.log) >= border}
