"""Yearly flows as a plain table: ``year,reporter,partner,flow,value_usd``, one line a direction.

The shipped extract names its columns ``reporter_iso3`` and ``partner_iso3`` and adds ``dataset``; both are read, plain
or compressed by gzip. Exports and imports of one reporter, partner and year become one figure.
"""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from targets.importers.acceptance import LARGEST, YEARS, objection
from targets.importers.rows import FigureFile, UnreadableFile
from targets.progress import Measure
from targets.records import FigureRow, FigureStanding, Rejection, Valuation

COLUMNS = ("year", "reporter", "partner", "flow", "value_usd")
ALSO_CALLED = {"reporter_iso3": "reporter", "partner_iso3": "partner"}
FLOWS = {"export": "exports", "exports": "exports", "import": "imports", "imports": "imports"}

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes, uncompressed: a hundred times the largest real extract. More is a mistake, or an attack on the memory."""

_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_NUMBER = re.compile(r"\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,3})?", re.ASCII)

_Key = tuple[str, int, str, str]


def read(data: bytes, name: str) -> FigureFile:
    """The figures of a table of flows, by dataset in order of their first line.

    Amounts are US dollars, rounded to the cent. Lines that repeat a flow with another value are all rejected, as
    nobody can tell which is right. Raises UnreadableFile for bytes that are not such a table.
    """
    rejections: list[Rejection] = []
    flows: dict[_Key, dict[str, list[tuple[Decimal, int]]]] = {}
    for line, cells in _lines(data, name):
        wrong = _objection(cells)
        if wrong:
            rejections.append(Rejection(name, f"line {line}", *wrong))
            continue
        key = (cells.get("dataset", ""), int(cells["year"]), cells["reporter"], cells["partner"])
        value = round(Decimal(cells["value_usd"]), 2)
        flows.setdefault(key, {}).setdefault(FLOWS[cells["flow"].lower()], []).append((value, line))
    figures: dict[str, list[FigureRow]] = {}
    for (dataset, year, reporter, partner), found in flows.items():
        amounts: dict[str, Decimal] = {}
        for flow, values in found.items():
            if len({value for value, _ in values}) == 1:
                amounts[flow] = values[0][0]
                continue
            for value, line in values:
                others = ", ".join(str(other) for _, other in values if other != line)
                reason = f"line {others} gives another value for the same flow and year; keep one"
                rejections.append(Rejection(name, f"line {line}", "value_usd", str(value), reason))
        if amounts:
            lines = sorted(line for values in found.values() for _, line in values)
            place = f"line {lines[0]}" if len(lines) == 1 else f"lines {' and '.join(map(str, lines))}"
            figure = _figure(year, reporter, partner, amounts, place)
            wrong = objection(figure)
            if wrong:
                rejections.append(Rejection(name, place, *wrong))
            else:
                figures.setdefault(dataset, []).append(figure)
    rejections.sort(key=lambda rejection: int(rejection.place.split()[1]))
    return FigureFile({dataset: tuple(rows) for dataset, rows in figures.items()}, tuple(rejections))


def _lines(data: bytes, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line's number and its cells by column, blank lines left out."""
    text = _text(data, name)
    table = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [ALSO_CALLED.get(cell.strip().lower(), cell.strip().lower()) for cell in next(table, [])]
        missing = [column for column in COLUMNS if column not in header]
        if missing:
            raise UnreadableFile(
                f"{name}: the first line must name the columns {', '.join(COLUMNS)}; no {', '.join(missing)}"
            )
        if len(set(header)) < len(header):
            raise UnreadableFile(f"{name}: the first line names a column twice")
        for row in table:
            if any(cell.strip() for cell in row):
                # Missing cells are empty; cells beyond the last column are nobody's.
                padded = [cell.strip() for cell in row] + [""] * len(header)
                yield table.line_num, dict(zip(header, padded, strict=False))
    except csv.Error as error:
        raise UnreadableFile(
            f"{name} is not a table of comma-separated values: line {table.line_num}: {error}"
        ) from None


def _objection(cells: dict[str, str]) -> tuple[str, str, str] | None:
    year, value = cells["year"], cells["value_usd"]
    if not re.fullmatch(r"\d{4}", year, re.ASCII) or int(year) not in YEARS:
        return "year", _shown(year), f"must be a year between {YEARS[0]} and {YEARS[-1]}"
    for side in ("reporter", "partner"):
        if not _CODE.fullmatch(cells[side]):
            return side, _shown(cells[side]), "must be a code of two to eight capital letters and digits, as KGZ"
    if cells["reporter"] == cells["partner"]:
        return "partner", cells["partner"], "an economy does not trade with itself"
    if cells["flow"].lower() not in FLOWS:
        return "flow", _shown(cells["flow"]), "must be export or import"
    try:
        amount = Decimal(value) if _NUMBER.fullmatch(value) else None
    except InvalidOperation:
        amount = None
    if amount is None or amount > LARGEST:
        return (
            "value_usd",
            _shown(value),
            "must be a plain number of US dollars, not below zero, with a point for decimals",
        )
    return None


def _figure(year: int, reporter: str, partner: str, amounts: dict[str, Decimal], place: str) -> FigureRow:
    first, second = sorted((reporter, partner))
    return FigureRow(
        first=first,
        second=second,
        reporter=reporter,
        compiler="",
        year=year,
        from_month=1,
        through_month=12,
        fiscal="",
        measure=Measure.GOODS_TURNOVER,
        exports=amounts.get("exports"),
        imports=amounts.get("imports"),
        turnover=None,
        currency="USD",
        valuation=Valuation.UNKNOWN,
        standing=FigureStanding.FINAL,
        approximate=False,
        note="",
        place=place,
    )


def _text(data: bytes, name: str) -> str:
    if data.startswith(b"\x1f\x8b"):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            data = unpacker.decompress(data, LARGEST_FILE)
        except zlib.error as error:
            raise UnreadableFile(f"{name} is damaged: {error}") from None
        if unpacker.unconsumed_tail:
            raise UnreadableFile(f"{name} is larger than {LARGEST_FILE // 1024**2} MB when unpacked")
        if not unpacker.eof:
            raise UnreadableFile(f"{name} is damaged: it ends in the middle")
    if b"\0" in data:
        raise UnreadableFile(f"{name} holds zero bytes: it is not a text in UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{name} is not UTF-8: byte {error.start}") from None


def _shown(cell: str) -> str:
    return repr(cell if len(cell) <= 60 else f"{cell[:57]}…") if cell else "empty"
