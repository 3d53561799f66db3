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


def jumps(rows: Sequence[Flows], own: Sequence[Flows], mirror: Sequence[Flows]) -> list[Doubt]:
    """Rows that stand out from the other rows; then, without them, rows that lie off what is known."""
    dated = [row for row in rows if row.year is not None]
    odd = _out_of_line(dated)
    # What another source says of the same year is no slip, and no measure for the years beside it.
    confirmed = {row.year for row in dated if row.year in odd and _confirmed(row, odd[row.year], own)}
    own = [one for one in own if one.year not in confirmed]
    found = [
        doubt
        for row in dated
        if row.year in odd and row.year not in confirmed
        for doubt in _told([row], {row.year: odd[row.year]}, Against.BLOCK)
    ]
    rest = [row for row in dated if row.year not in odd]
    by_own = {row.year: jumps for row in rest if (jumps := _compared(row, own, STRAIGHT))}
    if by_own:
        return found + _off(rest, by_own, JUMP, Against.OWN)
    by_mirror = {row.year: jumps for row in rest if (jumps := _compared(row, mirror, CROSSED))}
    if by_mirror:
        return found + _off(rest, by_mirror, FAR, Against.MIRROR)
    # Two years that contradict each other with nothing else to go by: the later one is asked about.
    if len(rest) == 2 and (jumps := _large(_compared(rest[1], rest[:1], STRAIGHT), JUMP)):
        found += _told(rest[1:], {rest[1].year: jumps}, Against.BLOCK)
    return found


def _out_of_line(rows: Sequence[Flows]) -> dict[int | None, dict[str, _Jump]]:
    """The jumps, by year and column, of rows that differ from at least two other rows near them."""
    found = {}
    for row in rows:
        others = [one for one in rows if one is not row]
        jumps = {}
        for column in COLUMNS:
            near = neighbours(row.year, others, column, row.span)
            if len(near) > 1 and (jump := _jump(row.amount(column), near)):
                jumps[column] = jump
        if large := _large(jumps, JUMP):
            found[row.year] = large
    return found


def _confirmed(row: Flows, jumps: Mapping[str, _Jump], own: Sequence[Flows]) -> bool:
    """Whether somebody else says about the same of the year in every column that jumps."""
    said = [one for one in own if one.year == row.year and one.span == row.span]
    return all(
        any(abs(math.log10(jump.entered / amount)) < ALIKE for one in said if (amount := one.amount(column)))
        for column, jump in jumps.items()
    )


def _off(
    rows: Sequence[Flows], compared: Mapping[int | None, dict[str, _Jump]], border: float, against: Against
) -> list[Doubt]:
    """One doubt for all rows where most lie off in the same direction; else one for each that does."""
    off = {year: large for year, jumps in compared.items() if (large := _large(jumps, border))}
    ups = sum(1 for jumps in off.values() if next(iter(jumps.values())).log > 0)
    most = 2 * len(compared) / 3
    if len(rows) > 1 and off and (ups >= most or len(off) - ups >= most):
        return _told(rows, off, against, Suspicion.UNIT)
    return [doubt for row in rows if row.year in off for doubt in _told([row], {row.year: off[row.year]}, against)]


def _told(
    rows: Sequence[Flows],
    jumps: Mapping[int | None, dict[str, _Jump]],
    against: Against,
    suspicion: Suspicion = Suspicion.JUMP,
) -> list[Doubt]:
    """The jumps as one doubt about whole rows where every column jumps alike, else as one for each column that does."""
    columns = [column for column in COLUMNS if any(row.amount(column) is not None for row in rows)]
    powers = {
        column: round(median(found))
        for column in columns
        if (found := [one[column].log for one in jumps.values() if column in one])
    }
    whole = len(powers) == len(columns) and len(set(powers.values())) == 1
    if not whole and len(powers) > 1:
        # A total follows the flow that jumps, and says nothing of its own.
        powers.pop("turnover", None)
    years = tuple(row.year for row in rows)
    told = []
    for column in ["turnover" if "turnover" in powers else next(iter(powers))] if whole else list(powers):
        last = next(jump[column] for jump in reversed(list(jumps.values())) if column in jump)
        told.append(
            Doubt(
                suspicion,
                years,
                "" if whole else column,
                against,
                last.entered,
                last.other,
                power=powers[column],
                span=rows[-1].span,
            )
        )
    return told


def _compared(row: Flows, known: Sequence[Flows], columns: Mapping[str, str]) -> dict[str, _Jump]:
    """The row beside known figures of its own and neighbouring years, by column; ``columns`` names theirs."""
    found = {}
    for column, theirs in columns.items():
        if jump := _jump(row.amount(column), neighbours(row.year, known, theirs, row.span)):
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
        if one.year is not None and one.span == span and abs(one.year - year) <= NEAR and (amount := one.amount(column))
    ]
    return [amount for _distance, amount in sorted(near)[:4]]


def _jump(amount: Decimal | None, near: Sequence[Decimal]) -> _Jump | None:
    if not amount or not near:
        return None
    usual = Decimal(median(near))
    return _Jump(math.log10(amount / usual), amount, usual)


def _large(jumps: Mapping[str, _Jump], border: float) -> dict[str, _Jump]:
    return {column: jump for column, jump in jumps.items() if abs(jump.log) >= border}
