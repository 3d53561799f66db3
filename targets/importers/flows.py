"""Yearly flows as a plain table: ``year,reporter,partner,flow,value_usd``, one line a direction.

The shipped extract names its columns ``reporter_iso3`` and ``partner_iso3`` and adds ``dataset``; both are read, plain
or compressed by gzip. Exports and imports of one reporter, partner and year become one figure.
"""

from __future__ import annotations

import re
from decimal import Decimal

from targets.importers.acceptance import LARGEST, YEARS
from targets.importers.directory import Directory, Party
from targets.importers.ledger import EXPORTS, IMPORTS, Ledger, number
from targets.importers.opening import Glimpse, named, table
from targets.importers.rows import FigureFile

COLUMNS = ("year", "reporter", "partner", "flow", "value_usd")
ALSO_CALLED = {"reporter_iso3": "reporter", "partner_iso3": "partner"}
FLOWS = {"export": EXPORTS, "exports": EXPORTS, "import": IMPORTS, "imports": IMPORTS}

_YEAR = re.compile(r"\d{4}", re.ASCII)
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")


def recognises(glimpse: Glimpse) -> bool:
    """Whether the header names the columns, and no product, whose lines would not be totals."""
    header = {ALSO_CALLED.get(name, name) for name in glimpse.header()}
    return glimpse.kind == "table" and header.issuperset(COLUMNS) and "product" not in header


def read(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The figures of a table of flows, by dataset in order of their first line.

    Amounts are US dollars, rounded to the cent. Lines that repeat a flow with another value are all rejected, as
    nobody can tell which is right. Raises UnreadableFile for bytes that are not such a table.
    """
    ledger = Ledger(name)
    # What was found sound once is not looked at again: a hundred thousand lines name some thousand pairs.
    years: dict[str, int] = {}
    sides: dict[tuple[str, str], tuple[Party, Party]] = {}
    for line, cells in named(table(data, name), name, COLUMNS, ALSO_CALLED):
        value = number(cells["value_usd"])
        who = (cells["reporter"], cells["partner"])
        year, parties, flow = years.get(cells["year"]), sides.get(who), FLOWS.get(cells["flow"].lower())
        if year is None or parties is None or flow is None or value is None or not 0 <= value <= LARGEST:
            wrong = _objection(cells, value)
            if wrong:
                ledger.reject(line, *wrong)
                continue
            year = years[cells["year"]] = int(cells["year"])
            parties = sides[who] = (directory.code(who[0], groups=True), directory.code(who[1], groups=True))
        flow, amount = flow or "", value or Decimal(0)  # both are there: nothing was objected to
        ledger.add(line, *parties, year, flow, amount, dataset=cells.get("dataset", ""), field="value_usd")
    return ledger.close()


def _objection(cells: dict[str, str], value: Decimal | None) -> tuple[str, str, str] | None:
    year = cells["year"]
    if not _YEAR.fullmatch(year) or int(year) not in YEARS:
        return "year", year, f"must be a year between {YEARS[0]} and {YEARS[-1]}"
    for side in ("reporter", "partner"):
        if not _CODE.fullmatch(cells[side]):
            return side, cells[side], "must be a code of two to eight capital letters and digits, as KGZ"
    if cells["reporter"] == cells["partner"]:
        return "partner", cells["partner"], "an economy does not trade with itself"
    if cells["flow"].lower() not in FLOWS:
        return "flow", cells["flow"], "must be export or import"
    if value is None or not 0 <= value <= LARGEST:
        told = "must be a plain number of US dollars, not below zero, with a point for decimals"
        return "value_usd", cells["value_usd"], told
    return None
