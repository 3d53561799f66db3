"""Kazakhstan's Bureau of National Statistics: "Main indicators of foreign trade" by country, one period a sheet.

In Russian: a title, the period ("2023 год", "январь–сентябрь 2024 года"), the unit, a header of two lines, then the
countries among sums of groups, with turnover, exports and imports, each followed by its share in per cent. The file
is a workbook of the old kind (.xls). "Америка" is the continent.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from targets.importers.directory import Directory
from targets.importers.grids import Rows, beyond, grids, partner, thousands
from targets.importers.ledger import EXPORTS, IMPORTS, SHIFTED, TURNOVER, Ledger
from targets.importers.opening import Glimpse
from targets.importers.rows import FigureFile, UnreadableFile
from targets.records import FigureStanding, Valuation

REPORTER = "KAZ"
HEADINGS = {"товарооборот": TURNOVER, "экспорт": EXPORTS, "импорт": IMPORTS}
MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
NONE = frozenset({"", "-", "–", "x", "х"})
ROUNDING = Decimal("0.2")
"""Thousands by which the printed total may differ from the printed parts."""

_PERIOD = re.compile(rf"(?:({'|'.join(MONTHS)})(?:\s*[-–—]\s*({'|'.join(MONTHS)}))?\s+)?(\d{{4}})\s*год", re.I)


def recognises(glimpse: Glimpse) -> bool:
    cells = [cell.lower() for row in glimpse.rows for cell in row]
    return any("республики казахстан" in cell for cell in cells) and HEADINGS.keys() <= set(cells)


def read(data: bytes, name: str, directory: Directory) -> FigureFile:
    """Kazakhstan's exports and imports by country, in US dollars; a value read is a filled cell, shares aside.

    Raises UnreadableFile where no sheet has the headings, or one does not say its period or unit.
    """
    found = {title: rows for title, rows in grids(data, name).items() if _columns(rows)}
    if not found:
        raise UnreadableFile(f"{name}, line 1: no line has the headings {', '.join(HEADINGS)}")
    account = Ledger(name, valuation=Valuation.FOB_CIF)
    preliminary = set()
    for title, rows in found.items():
        period = _period(rows, f"{name}, sheet {title}" if title else name)
        if any("предварит" in cell.lower() for _line, cells in rows for cell in cells):
            preliminary.add(period)
        _read_sheet(account, rows, period, directory, title if len(found) > 1 else "")
    closed = account.close()
    if not preliminary:
        return closed
    return replace(
        closed,
        figures={
            dataset: tuple(
                row._replace(standing=FigureStanding.PRELIMINARY)
                if (row.year, row.from_month, row.through_month) in preliminary
                else row
                for row in figures
            )
            for dataset, figures in closed.figures.items()
        },
    )


def _columns(rows: Rows) -> tuple[int, dict[str, int]] | None:
    """The line of the headings, and the column of each of the three amounts."""
    for line, cells in rows:
        named = {cell.lower(): column for column, cell in enumerate(cells)}
        if HEADINGS.keys() <= named.keys():
            return line, {amount: named[heading] for heading, amount in HEADINGS.items()}
    return None


def _period(rows: Rows, where: str) -> tuple[int, int, int]:
    """Year, first and last month, from the lines above the headings."""
    head, _columns_of = _columns(rows) or (0, {})
    for line, cells in rows:
        for cell in cells if line < head else ():
            if found := _PERIOD.search(cell):
                first, last = found[1], found[2] or found[1]
                if first is None:
                    return int(found[3]), 1, 12
                return int(found[3]), MONTHS.index(first.lower()) + 1, MONTHS.index(last.lower()) + 1
    raise UnreadableFile(f'{where}, line 1: no line above the headings says the period, as "2023 год"')


def _read_sheet(account: Ledger, rows: Rows, period: tuple[int, int, int], directory: Directory, title: str) -> None:
    unit = thousands(rows, account.name)
    reporter = directory.code(REPORTER)
    head, columns = _columns(rows) or (0, {})
    year, *months = period
    for line, cells in rows:
        texts = {amount: cells[column] if column < len(cells) else "" for amount, column in columns.items()}
        if line <= head or not re.search(r"\d", "".join(texts.values())):
            continue
        # A share stands right of each amount.
        if shifted := beyond(cells, max(columns.values()) + 2):
            account.reject(line, "", shifted, SHIFTED)
            continue
        amounts = {flow: account.number(line, text, flow, title) for flow, text in texts.items() if text not in NONE}
        if None in amounts.values():
            for amount in amounts.values():
                if amount is not None:
                    account.skip(line, "another cell of the line cannot be read")
            continue
        known = {flow: amount for flow, amount in amounts.items() if amount is not None}
        total = known.get(TURNOVER)
        parts = [known[flow] for flow in (EXPORTS, IMPORTS) if flow in known]
        if total is not None and parts:
            del known[TURNOVER]
            account.skip(line, "the total beside its parts")
            if len(parts) == 2 and abs(sum(parts) - total) > ROUNDING:
                account.warn(f"Line {line}: exports and imports of {cells[0]} do not add up to the turnover beside.")
        for flow, amount in known.items():
            account.add(
                line, reporter, partner(cells[:1], directory), year, flow, amount * unit,
                months=(months[0], months[1]), column=title, field=flow,
            )  # fmt: skip
