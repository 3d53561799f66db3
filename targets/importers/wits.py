"""World Bank WITS as tables: the trade summary of a country (CSV) and its partners in a year (XLSX).

The trade summary gives millions with years from the newest down, numbers padded with blanks, and only partners that
were among the first five in some year; its other indicators, and "..." for no partner, are left out. The workbook
gives thousands on its second sheet, the first being empty. Serbia comes under one name with what was Serbia and
Montenegro until 2005.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from targets.importers.directory import Directory, Party
from targets.importers.ledger import EXPORTS, IMPORTS, Ledger
from targets.importers.opening import UTF8_OR_LATIN1, Glimpse, named, table
from targets.importers.rows import FigureFile, UnreadableFile
from targets.importers.workbooks import sheets
from targets.records import Valuation

SUMMARY = ("reporter", "partner", "product categories", "indicator type", "indicator")
PARTNERS = ("reporter name", "partner name", "year", "trade flow")
FLOWS = {"export": EXPORTS, "import": IMPORTS}
MILLION, THOUSAND = Decimal(1_000_000), Decimal(1_000)

SERBIA_ALONE_SINCE = 2006

_VALUE = re.compile(r"trade \(us\$ mil\)(-top 5 (export|import) partner)?")
_YEAR = re.compile(r"(19|20)\d\d")


def recognises_summary(glimpse: Glimpse) -> bool:
    """Whether the header names the summary's columns and years."""
    return glimpse.kind == "table" and glimpse.header().issuperset(SUMMARY)


def recognises_partners(glimpse: Glimpse) -> bool:
    """Whether a sheet's first row names the columns of partners."""
    return glimpse.kind == "workbook" and any(
        {cell.lower() for cell in row}.issuperset(PARTNERS) for row in glimpse.rows
    )


def read_summary(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The figures of a trade summary; US$ million in the file, two decimals, so exact to ten thousand dollars.

    Exports FOB, imports CIF, as reported to Comtrade. Counts filled cells. Raises UnreadableFile for another table.
    """
    ledger = Ledger(name, Valuation.FOB_CIF)
    for line, cells in ledger.sound(named(table(data, name, UTF8_OR_LATIN1), name, SUMMARY)):
        years = [(year, cells[year]) for year in cells if _YEAR.fullmatch(year) and cells[year]]
        wrong = _no_flow(cells)
        reporter, partner = directory.name(cells["reporter"]), directory.name(cells["partner"])
        for column, text in years:
            if wrong:
                ledger.skip(line, *wrong)
                continue
            amount = ledger.number(line, text, "Trade (US$ Mil)", column)
            if amount is not None:
                flow = FLOWS[cells["indicator type"].lower()]
                year = int(column)
                sides = in_year(reporter, year), in_year(partner, year)
                ledger.add(line, *sides, year, flow, amount * MILLION, column=column)
    if not ledger.read:
        raise UnreadableFile(f"{name}, line 1: no year of the header has a value")
    return ledger.close()


def read_partners(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The figures of a workbook of partners, one flow; US$ thousand in the file.

    Exports FOB, imports CIF, as reported to Comtrade. Raises UnreadableFile for another workbook.
    """
    ledger = Ledger(name, Valuation.FOB_CIF)
    for title, lines in sheets(data, name).items():
        where = f"{name}, sheet {title}"
        for line, cells in named(lines, where, ()):
            if not cells.keys() >= set(PARTNERS):
                break
            _enter_partner(ledger, directory, line, cells)
    if not ledger.read:
        raise UnreadableFile(f"{name}: no sheet has a first row with {', '.join(PARTNERS)} and lines below it")
    return ledger.close()


def _enter_partner(ledger: Ledger, directory: Directory, line: int, cells: dict[str, str]) -> None:
    flow, told = cells["trade flow"].lower(), cells["trade flow"]
    text = cells.get(f"{flow} (us$ thousand)")
    if flow not in FLOWS or text is None:
        ledger.reject(line, "Trade Flow", told, "must be Export or Import, with a column of that name in US$ Thousand")
        return
    if not text:  # China to China, in the workbook of 2022
        ledger.skip(line, "no value", cells["partner name"])
        return
    year = ledger.year(line, cells["year"], "Year")
    amount = None if year is None else ledger.number(line, text, f"{told} (US$ Thousand)")
    if year is not None and amount is not None:
        reporter, partner = (directory.name(cells[side]) for side in ("reporter name", "partner name"))
        ledger.add(line, in_year(reporter, year), in_year(partner, year), year, FLOWS[flow], amount * THOUSAND)


def in_year(party: Party, year: int) -> Party:
    """Whom WITS means in a year: what it tells as Serbia was Serbia and Montenegro until 2005."""
    return replace(party, code="", former=True) if party.code == "SRB" and year < SERBIA_ALONE_SINCE else party


def _no_flow(cells: dict[str, str]) -> tuple[str, str] | None:
    """Why a line is not the trade with one partner in all products, and the words that say so."""
    if not _VALUE.fullmatch(cells["indicator"].lower()) or cells["indicator type"].lower() not in FLOWS:
        return "another indicator than the value of trade", cells["indicator"]
    if cells["partner"] == "...":
        return "no partner is named", ""
    if cells["product categories"].lower() != "all products":
        return "one group of products, not the total", cells["product categories"]
    return None
