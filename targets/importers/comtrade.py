"""UN Comtrade since 2022: records of the API as JSON, and the table that comtradeplus.un.org hands out.

Both name the same fields; the table comes in small letters with capitals inside (2025) or in capitals with the
publisher's own slips, ``Prtner2Code`` among them (2023), in Latin-1, each line of data with an empty cell too many.
The total of a reporter, partner and year is repeated for single commodities, second partners, customs procedures and
means of transport: only the record that sums over all of them becomes a figure. Exports contain re-exports.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from targets.importers.directory import Directory
from targets.importers.documents import json_document
from targets.importers.ledger import EXPORTS, IMPORTS, Ledger, number
from targets.importers.opening import UTF8_OR_LATIN1, Glimpse, named, table
from targets.importers.rows import FigureFile, UnreadableFile
from targets.records import Valuation

REQUIRED = ("refyear", "reportercode", "flowcode", "partnercode", "cmdcode", "primaryvalue")
ALSO_CALLED = {"prtner2code": "partner2code", "atlqty": "altqty"}
FLOWS = {"X": EXPORTS, "M": IMPORTS}
PREVIEW = 500
"""Records at which the free preview of the API stops without a word."""

COMMODITY = "a single commodity, not the total"
MONTHS = "months; only years become figures"
OTHER_FLOW = "another flow than exports and imports, mostly part of them"

_WHOLE = {
    "typecode": ({"", "C"}, "services, not goods"),
    "freqcode": ({"", "A"}, MONTHS),
    "flowcode": (set(FLOWS), OTHER_FLOW),
    "cmdcode": ({"TOTAL"}, COMMODITY),
    "partner2code": ({"", "0"}, "one second partner, part of the total"),
    "customscode": ({"", "C00"}, "one customs procedure, part of the total"),
    "motcode": ({"", "0"}, "one means of transport, part of the total"),
    "moscode": ({"", "0"}, "one mode of supply, part of the total"),
}
"""By field: the values that the total bears, and what a record with another is."""


def recognises_json(glimpse: Glimpse) -> bool:
    """Whether the first record bears Comtrade's field names."""
    return glimpse.kind == "json" and all(f'"{name}"' in glimpse.start for name in ("cmdCode", "primaryValue"))


def recognises_csv(glimpse: Glimpse) -> bool:
    """Whether the header names Comtrade's fields, in either spelling."""
    return glimpse.kind == "table" and glimpse.header().issuperset(REQUIRED)


def read_json(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The figures of an answer of the API: a list of records, bare or under ``data``. Plain US dollars.

    Raises UnreadableFile for another document, an answer that tells of an error, and single commodities without
    totals.
    """
    found = json_document(data, name)
    ledger = Ledger(name, Valuation.FOB_CIF, unit="record")
    records = found
    if isinstance(found, dict):
        if found.get("error"):
            raise UnreadableFile(f"{name}, line 1: the answer tells of an error: {str(found['error'])[:200]}")
        records, count = found.get("data"), found.get("count")
        if isinstance(records, list) and isinstance(count, int) and count > len(records):
            ledger.warn(f"The answer counts {count:,} records and holds {len(records):,}: some are missing.")
    if not isinstance(records, list):
        raise UnreadableFile(f"{name}, line 1: neither a list of records nor an answer with one under data")
    for place, record in enumerate(records, 1):
        if isinstance(record, dict):
            _enter(ledger, directory, place, {key.lower(): _text(value) for key, value in record.items()})
        else:
            ledger.reject(place, "", _text(record), "must be a record with Comtrade's fields")
    return _closed(ledger)


def read_csv(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The figures of a downloaded table. Plain US dollars.

    From the documented header, not seen in the wild. Raises UnreadableFile for another table, and for one of single
    commodities without totals.
    """
    ledger = Ledger(name, Valuation.FOB_CIF)
    for line, cells in ledger.sound(named(table(data, name, UTF8_OR_LATIN1), name, REQUIRED, ALSO_CALLED)):
        _enter(ledger, directory, line, cells)
    return _closed(ledger)


def _enter(ledger: Ledger, directory: Directory, line: int, record: Mapping[str, str]) -> None:
    for field in REQUIRED:
        if not record.get(field):
            ledger.reject(line, field, "", "the record lacks it")
            return
    for field, (total, reason) in _WHOLE.items():
        if record.get(field, "") not in total:
            ledger.skip(line, reason, record[field] if field in ("flowcode", "partner2code") else "")
            return
    year = ledger.year(line, record["refyear"], "refYear")
    if year is None:
        return
    if record.get("period", "") not in ("", str(year)):
        ledger.skip(line, MONTHS)
        return
    amount = ledger.number(line, record["primaryvalue"], "primaryValue")
    if amount is None:
        return
    reporter = directory.m49(record["reportercode"], name=record.get("reporterdesc", ""))
    partner = directory.m49(record["partnercode"], name=record.get("partnerdesc", ""))
    valuation = None
    if record["flowcode"] == "M" and not number(record.get("cifvalue", "")) and number(record.get("fobvalue", "")):
        # Some reporters value their imports without freight and insurance; the record then has no CIF value.
        valuation = Valuation.FOB
    ledger.add(
        line, reporter, partner, year, FLOWS[record["flowcode"]], amount, field="primaryValue", valuation=valuation
    )


def _closed(ledger: Ledger) -> FigureFile:
    commodities = ledger.left_out(COMMODITY)
    if not ledger.read:
        raise UnreadableFile(f"{ledger.name}, line 1: not one record")
    if commodities and commodities + ledger.left_out(OTHER_FLOW) == ledger.read:
        raise UnreadableFile(
            f"{ledger.name}, {ledger.unit} 1: only single commodities ({commodities:,} {ledger.unit}s) and no totals, "
            "of which alone figures are made; download it again with the commodity code TOTAL"
        )
    if ledger.read == PREVIEW:
        ledger.warn(f"Exactly {PREVIEW} records, where the free preview cuts off: others may be missing.")
    return ledger.close()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()
