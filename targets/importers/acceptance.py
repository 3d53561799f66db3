"""Which figures are taken: what one row must satisfy, and when two rows of one source can be one figure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from targets.progress import adds_up
from targets.records import FigureRow

YEARS = range(1900, 2201)
LARGEST = Decimal(10) ** 15
"""An amount above it is a slip of the keyboard in any currency."""
DIGITS = 15
"""SQLite keeps no more of a number, and no trade statistics count finer."""

_NOTHING = Decimal(0)
_CENT = Decimal("0.01")
_MAY_BE_TOO_FINE = Decimal(10) ** (DIGITS - 2)
"""Below it an amount of two decimals has no more digits than that."""

AMOUNTS = ("exports", "imports", "turnover")


def objection(row: FigureRow) -> tuple[str, str, str] | None:
    """Why a row is not taken: the field, its value and what to do; None for a sound row."""
    return _who(row) or _when(row) or _how_much(row)


def unfinished(row: FigureRow, today: date) -> tuple[str, str, str] | None:
    """Why a row is not taken yet on a UTC day, as :func:`objection`; None for one whose period is over.

    Of this year's months those are taken of which somebody may know, the present one included. Where in a year a
    fiscal calendar begins is not known here: parts of a fiscal year are taken as soon as its calendar year has begun.
    """
    if row.year is None or row.year < today.year:
        return None
    whole = (row.from_month, row.through_month) == (1, 12)
    if row.year == today.year and not whole and (row.fiscal or (row.through_month or 0) <= today.month):
        return None
    return "year", str(row.year), "this period is not over yet; give the months that are known"


def merged(rows: Iterable[FigureRow]) -> FigureRow | None:
    """The one figure that rows of one source and key make together; None when they contradict each other.

    They agree when no amount has two values: one row may give the total and another the exports. Such a figure is
    approximate if any part is, and carries every note.
    """
    first, *others = rows
    for other in others:
        amounts = {}
        for name in AMOUNTS:
            mine, theirs = getattr(first, name), getattr(other, name)
            if mine is not None and theirs is not None and mine != theirs:
                return None
            amounts[name] = theirs if mine is None else mine
        if (first.standing, first.valuation) != (other.standing, other.valuation):
            return None
        notes = dict.fromkeys(note for note in (first.note, other.note) if note)
        first = first._replace(**amounts, approximate=first.approximate or other.approximate, note="; ".join(notes))
    return first


def _who(row: FigureRow) -> tuple[str, str, str] | None:
    if row.first >= row.second:
        return "economies", f"{row.first}, {row.second}", "name two different economies in alphabetical order"
    if row.reporter and row.reporter not in (row.first, row.second):
        return (
            "reporter",
            row.reporter,
            f"the reporter must be {row.first} or {row.second}, or a compiler named instead",
        )
    if bool(row.reporter) == bool(row.compiler):
        named = f"{row.reporter} and {row.compiler}" if row.reporter else "null"
        return "reporter", named, "name either the reporter or a compiler"
    return None


def _when(row: FigureRow) -> tuple[str, str, str] | None:
    if row.year is not None and row.year not in YEARS:
        return "year", str(row.year), f"the year must lie between {YEARS[0]} and {YEARS[-1]}"
    months = (row.from_month, row.through_month)
    if None in months:
        return None if months == (None, None) else ("period", _shown(months), "give both months or neither")
    if row.year is None:
        return "year", "null", "a period of months needs a year"
    if not 1 <= months[0] <= months[1] <= 12:  # type: ignore[operator]  # neither is None here
        return "period", _shown(months), "months run from 1 to 12, the first not after the last"
    return None


def _how_much(row: FigureRow) -> tuple[str, str, str] | None:
    amounts = exports, imports, turnover = row.exports, row.imports, row.turnover
    if exports is None and imports is None and turnover is None:
        return "turnover", "null", "give exports, imports or the total"
    for name, amount in zip(AMOUNTS, amounts, strict=True):
        if amount is not None and (wrong := _unfit(amount)):
            return name, str(amount), wrong
    if len(row.currency) != 3 or not (row.currency.isascii() and row.currency.isupper()):
        return "currency", row.currency, "the currency is three capital letters, as USD"
    if exports is None or imports is None or turnover is None or row.note or row.approximate:
        return None
    if not adds_up(exports, imports, turnover):
        said = f"exports and imports, {exports:,f} + {imports:,f}, do not add up to it; say why in note"
        return "turnover", f"{turnover:,f}", said
    return None


def _unfit(amount: Decimal) -> str:
    """What is wrong with the number as such; nothing with a sound one."""
    # Nearly all amounts of long files; what is no number at all has no quantum of cents.
    if amount.same_quantum(_CENT) and _NOTHING <= amount < _MAY_BE_TOO_FINE:
        return ""
    if not amount.is_finite() or not _NOTHING <= amount <= LARGEST:
        return f"the amount must lie between 0 and {LARGEST:,.0f}"
    if not amount.same_quantum(_CENT) and amount != round(amount, 2):
        return "give no more than two decimals"
    if amount >= _MAY_BE_TOO_FINE and len(amount.normalize().as_tuple().digits) > DIGITS:
        return f"give no more than {DIGITS} digits"
    return ""


def _shown(months: tuple[int | None, int | None]) -> str:
    return "–".join("null" if month is None else str(month) for month in months)
