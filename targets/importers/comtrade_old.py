"""UN Comtrade until 2022: the table of the old site, in the two spellings of its header that were seen.

Names are compared without blanks and signs, so that ``Trade Value (US$)`` and ``TradeValueUS`` are one.
"""

from __future__ import annotations

import re

from targets.importers.directory import Directory
from targets.importers.ledger import EXPORTS, IMPORTS, Ledger
from targets.importers.opening import UTF8_OR_LATIN1, Glimpse, named, table
from targets.importers.rows import FigureFile, UnreadableFile
from targets.records import Valuation

REQUIRED = ("year", "period", "tradeflowcode", "reportercode", "partnercode", "commoditycode", "tradevalueus")
FLOWS = {"1": IMPORTS, "2": EXPORTS}
"""3 and 4 are re-exports and re-imports, part of the two."""

COMMODITY = "a single commodity, not the total"
OTHER_FLOW = "re-exports and re-imports, part of exports and imports"


def recognises(glimpse: Glimpse) -> bool:
    """Whether the header names the fields of the old site."""
    header = {_plain(cell) for cell in glimpse.header()}
    return glimpse.kind == "table" and header.issuperset(REQUIRED)


def read(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The figures of a table of the old site: the lines of the commodity ``TOTAL``, in plain US dollars.

    Exports FOB, imports CIF. Raises UnreadableFile for another table, and for single commodities without totals:
    their sum would be the total only if every commodity of one level was there.
    """
    ledger = Ledger(name, Valuation.FOB_CIF)
    for line, cells in ledger.sound(named(table(data, name, UTF8_OR_LATIN1), name, REQUIRED, plain=_plain)):
        wrong = _part(cells)
        if wrong:
            ledger.skip(line, *wrong)
            continue
        year = ledger.year(line, cells["year"], "Year")
        amount = None if year is None else ledger.number(line, cells["tradevalueus"], "Trade Value (US$)")
        if year is None or amount is None:
            continue
        reporter = directory.m49(cells["reportercode"], name=cells.get("reporter", ""))
        partner = directory.m49(cells["partnercode"], name=cells.get("partner", ""))
        ledger.add(line, reporter, partner, year, FLOWS[cells["tradeflowcode"]], amount, field="Trade Value (US$)")
    commodities = ledger.left_out(COMMODITY)
    if commodities and commodities + ledger.left_out(OTHER_FLOW) == ledger.read:
        raise UnreadableFile(
            f"{name}, line 2: only single commodities ({commodities:,} lines) and no totals, of which alone figures "
            "are made; the total has the commodity code TOTAL"
        )
    return ledger.close()


def _part(cells: dict[str, str]) -> tuple[str, str] | None:
    """Why a line is no total of a year, and the value that says so; None for a total."""
    if cells["tradeflowcode"] not in FLOWS:
        return OTHER_FLOW, cells.get("tradeflow", "")
    if cells["commoditycode"] != "TOTAL":
        return COMMODITY, ""
    if cells["period"] != cells["year"]:
        return "months; only years become figures", ""
    if cells.get("2ndpartnercode", "") not in ("", "0"):
        return "one second partner, part of the total", cells["2ndpartnercode"]
    if cells.get("customsproccode", "") not in ("", "C00"):
        return "one customs procedure, part of the total", ""
    if cells.get("modeoftransportcode", "") not in ("", "0"):
        return "one means of transport, part of the total", ""
    return None


def _plain(cell: str) -> str:
    return re.sub(r"[^a-z0-9]", "", cell.lower())
