"""Yearly flows as a plain table: ``year,reporter,partner,flow,value_usd``, one line a direction.

The shipped extract names its columns ``reporter_iso3`` and ``partner_iso3`` and adds ``dataset``; both are read, plain
or compressed by gzip. Exports and imports of one reporter, partner and year become one figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, partial

from targets.importers.acceptance import LARGEST, YEARS
from targets.importers.directory import Directory
from targets.importers.ledger import EXPORTS, IMPORTS, SHIFTED, Ledger, number
from targets.importers.opening import Glimpse, picked, table
from targets.importers.rows import FigureFile

COLUMNS = ("year", "reporter", "partner", "flow", "value_usd")
ALSO_CALLED = {"reporter_iso3": "reporter", "partner_iso3": "partner"}
FLOWS = {"export": EXPORTS, "exports": EXPORTS, "import": IMPORTS, "imports": IMPORTS}

_YEAR = re.compile(r"\d{4}", re.ASCII)
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_NOTHING = Decimal(0)


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
    party = cache(partial(directory.code, groups=True))
    years: dict[str, int] = {}
    sides: dict[tuple[str, str], tuple[str, str]] = {}
    for line, cells, dataset, beyond in picked(table(data, name), name, COLUMNS, "dataset", ALSO_CALLED):
        written, reporter, partner, way, amount = cells
        year, codes, flow = years.get(written), sides.get((reporter, partner)), FLOWS.get(way)
        value = number(amount)
        fits = value is not None and _NOTHING <= value <= LARGEST
        if fits and year and codes and flow and not beyond:
            ledger.enter(line, (dataset, year, 1, 12, *codes), flow, value or _NOTHING)
            continue
        wrong = _objection(cells, fits, beyond)
        if wrong:
            ledger.reject(line, *wrong)
            continue
        year = years[written] = int(written)
        one, other = party(reporter), party(partner)
        if ledger.add(
            line, one, other, year, FLOWS[way.lower()], value or _NOTHING, dataset=dataset, field="value_usd"
        ):
            sides[reporter, partner] = (one.code, other.code)
    return ledger.close()


def _objection(cells: Sequence[str], fits: bool, beyond: str) -> tuple[str, str, str] | None:
    year, reporter, partner, flow, amount = cells
    if beyond:
        return "", beyond, SHIFTED
    if not _YEAR.fullmatch(year) or int(year) not in YEARS:
        return "year", year, f"must be a year between {YEARS[0]} and {YEARS[-1]}"
    for side, code in (("reporter", reporter), ("partner", partner)):
        if not _CODE.fullmatch(code):
            return side, code, "must be a code of two to eight capital letters and digits, as KGZ"
    if reporter == partner:
        return "partner", partner, "an economy does not trade with itself"
    if flow.lower() not in FLOWS:
        return "flow", flow, "must be export or import"
    if not fits:
        return "value_usd", amount, "must be a plain number of US dollars, not below zero, with a point for decimals"
    return None
