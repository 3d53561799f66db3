"""Kyrgyzstan's National Statistical Committee: tables 4.03.00.18 (exports) and 4.03.00.20 (imports) by country.

A title and the unit in Kyrgyz, Russian and English, then a line of years, then the countries with a name in each
language. "-" means none. "2023 1" is the year with a footnote; as a spreadsheet shows it raised, the text may also be
"20231". Groups and continents stand among the countries: "Америка" is the continent.
"""

from __future__ import annotations

import re
from dataclasses import replace

from targets.importers.directory import Directory
from targets.importers.grids import Rows, beyond, grids, partner, thousands
from targets.importers.ledger import EXPORTS, IMPORTS, SHIFTED, Ledger
from targets.importers.opening import Glimpse
from targets.importers.rows import FigureFile, UnreadableFile
from targets.records import FigureRow, FigureStanding, Valuation

REPORTER = "KGZ"
TABLES = {"4.03.00.18": EXPORTS, "4.03.00.20": IMPORTS}
NAMES = 3
"""Columns of names before those of years."""
NONE = frozenset({"", "-", "–", "..."})

_TITLE = re.compile(r"\s*(4\.03\.00\.(?:18|20))\b")
_YEAR = re.compile(r"(\d{4})\s*(\d|\*)?\)?", re.ASCII)
_FOOTNOTE = re.compile(r"\s*(\d|\*)\)?[ .]?\s*(\D{6,})")


def recognises(glimpse: Glimpse) -> bool:
    return any(_TITLE.match(cell) for row in glimpse.rows for cell in row)


def read(data: bytes, name: str, directory: Directory) -> FigureFile:
    """Kyrgyzstan's exports or imports by country, in US dollars; a value read is a filled cell.

    Figures of a year with a footnote are preliminary where the footnote says so, else of unknown standing. Raises
    UnreadableFile where no sheet is one of the two tables, or one has no unit or no line of years.
    """
    account = Ledger(name, valuation=Valuation.FOB_CIF)
    footnotes: dict[int, str] = {}
    seen = False
    for rows in grids(data, name).values():
        flow = _flow(rows)
        if flow:
            seen = True
            footnotes |= _read_sheet(account, rows, flow, directory)
    if not seen:
        raise UnreadableFile(f"{name}, line 1: no title of table {' or '.join(TABLES)}")
    closed = account.close()
    return replace(
        closed,
        figures={
            dataset: tuple(_with_footnote(row, footnotes) for row in figures)
            for dataset, figures in closed.figures.items()
        },
    )


def _flow(rows: Rows) -> str:
    """What the table counts, by the number in its title; empty for another table."""
    for _line, cells in rows[:12]:
        for cell in cells:
            if found := _TITLE.match(cell):
                return TABLES[found[1]]
    return ""


def _read_sheet(account: Ledger, rows: Rows, flow: str, directory: Directory) -> dict[int, str]:
    """Enters the table; the years that have a footnote, with its text or an empty one."""
    unit = thousands(rows, account.name)
    head, years, marks = _years(rows, account.name)
    reporter = directory.code(REPORTER)
    footnotes: dict[str, str] = {}
    for line, cells in rows:
        amounts = [(column, cell) for column, cell in enumerate(cells) if column in years and cell not in NONE]
        if line <= head:
            continue
        if not amounts:
            if found := _FOOTNOTE.fullmatch(" ".join(filter(None, cells))):
                footnotes[found[1]] = found[2].strip()
            continue
        if shifted := beyond(cells, max(years) + 1):
            account.reject(line, "", shifted, SHIFTED)
            continue
        other = partner(cells[:NAMES], directory)
        for column, cell in amounts:
            year = years[column]
            amount = account.number(line, cell, "amount", str(year))
            if amount is not None:
                account.add(line, reporter, other, year, flow, amount * unit, column=str(year), field="amount")
    return {year: footnotes.get(mark, "") for year, mark in marks.items()}


def _years(rows: Rows, name: str) -> tuple[int, dict[int, int], dict[int, str]]:
    """The line of years, the year of each column, and the footnote's mark of each year that has one."""
    for line, cells in rows:
        found = {column: _YEAR.fullmatch(cell) for column, cell in enumerate(cells) if column >= NAMES and cell}
        if found and all(found.values()):
            matches = {column: match for column, match in found.items() if match}
            return (
                line,
                {column: int(match[1]) for column, match in matches.items()},
                {int(match[1]): match[2] for match in matches.values() if match[2]},
            )
    raise UnreadableFile(f"{name}, line 1: no line of years after {NAMES} columns of names")


def _with_footnote(row: FigureRow, footnotes: dict[int, str]) -> FigureRow:
    if row.year not in footnotes:
        return row
    text = footnotes[row.year]
    preliminary = re.search(r"предварит|preliminary|алдын ала", text, re.I)
    return row._replace(
        standing=FigureStanding.PRELIMINARY if preliminary else FigureStanding.UNKNOWN,
        note=row.note if preliminary else text or "The office marks this year with a footnote",
    )
