"""IMF IMTS (International Merchandise Trade Statistics) since 2025, as the portal and its API hand it out.

From the documented headers, not seen in the wild: SDMX-CSV of the API, the portal's long table with identifiers, and
its wide table with names alone and years as columns. Names of columns come with dots, blanks or underscores, and with
``labels=both`` as ``COUNTRY: Country`` over ``KAZ: Kazakhstan, Republic of``.

The trap is the scale. The portal's tables say ``Millions`` and mean it. The API says ``6``, and one reader of it found
plain dollars all the same: there the size of the values decides, and where it cannot the file is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from targets.importers.directory import Directory, Party
from targets.importers.ledger import EXPORTS, IMPORTS, Ledger
from targets.importers.opening import UTF8_OR_LATIN1, Glimpse, named, table
from targets.importers.rows import FigureFile, UnreadableFile
from targets.records import FigureStanding, Valuation

LONG = ("country", "counterpart_country", "time_period", "obs_value")
WIDE = ("country", "indicator", "counterpart_country", "frequency")
MILLION = Decimal(1_000_000)

MOST_MILLIONS = Decimal(100_000_000)
"""In millions of dollars: three times the trade of the whole world."""
LEAST_DOLLARS = Decimal(10_000_000)
"""No pair's yearly trade in millions is above it, no economy's trade with the world in dollars below it."""

_YEAR = re.compile(r"(19|20)\d\d")
_GROUP = re.compile(r"GX?\d+[A-Z]*|W00")


@dataclass(frozen=True, slots=True)
class _Value:
    line: int
    column: str
    reporter: Party
    partner: Party
    year: int
    flow: str
    amount: Decimal
    scale: str
    estimate: bool


def recognises_long(glimpse: Glimpse) -> bool:
    """Whether the header names the columns of a long table."""
    return glimpse.kind == "table" and {_plain(cell) for cell in glimpse.header()}.issuperset(LONG)


def recognises_wide(glimpse: Glimpse) -> bool:
    """Whether the header names the columns of a wide table, and years."""
    header = {_plain(cell) for cell in glimpse.header()}
    return glimpse.kind == "table" and header.issuperset(WIDE) and any(map(_YEAR.fullmatch, header))


def read_long(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The figures of the API's table or the portal's long one, by identifiers where there are any.

    Exports FOB, imports CIF. Raises UnreadableFile for another table, and where the scale cannot be told.
    """
    ledger = Ledger(name, Valuation.FOB_CIF)
    values = []
    for line, cells in ledger.sound(named(table(data, name, UTF8_OR_LATIN1), name, LONG, plain=_plain)):
        text = cells["obs_value"]
        indicator = _code(cells.get("indicator_id") or cells.get("indicator") or cells.get("trade_flow_id", ""))
        frequency, valuation = (_code(cells.get(f"{of}_id") or cells.get(of, "")) for of in ("frequency", "valuation"))
        wrong = _no_flow(indicator, frequency, valuation)
        period = _code(cells["time_period"])
        if wrong:
            ledger.skip(line, *wrong)
        elif not period or text.lower() in ("", "nan"):
            ledger.skip(line, "no value", "")
        elif not _YEAR.fullmatch(period) and re.match(r"(19|20)\d\d-?[MQS]", period):
            ledger.skip(line, "months or quarters; only years become figures", "")
        else:
            year = ledger.year(line, period, "TIME_PERIOD")
            amount = None if year is None else ledger.number(line, text, "OBS_VALUE")
            if year is not None and amount is not None:
                values.append(
                    _Value(
                        line,
                        "",
                        _party(directory, cells, "country"),
                        _party(directory, cells, "counterpart_country"),
                        year,
                        _flow(indicator),
                        amount,
                        cells.get("scale", ""),
                        _code(cells.get("status", "")).lower() == "e",
                    )
                )
    return _closed(ledger, values)


def read_wide(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The figures of the portal's wide table, by names. Exports FOB, imports CIF. Counts filled cells.

    Raises UnreadableFile for another table, and where the scale cannot be told.
    """
    ledger = Ledger(name, Valuation.FOB_CIF)
    values = []
    for line, cells in ledger.sound(named(table(data, name, UTF8_OR_LATIN1), name, WIDE, plain=_plain)):
        wrong = _no_flow(cells["indicator"], cells["frequency"])
        reporter, partner = directory.name(cells["country"]), directory.name(cells["counterpart_country"])
        for column, text in _filled(cells):
            if wrong:
                ledger.skip(line, *wrong)
                continue
            amount = ledger.number(line, text, "value", column)
            if amount is not None:
                flow, scale = _flow(cells["indicator"]), cells.get("scale", "")
                values.append(_Value(line, column, reporter, partner, int(column), flow, amount, scale, False))
    return _closed(ledger, values)


def _filled(cells: dict[str, str]) -> Iterator[tuple[str, str]]:
    for column, text in cells.items():
        if _YEAR.fullmatch(column) and text and text.lower() != "nan":
            yield column, text


def _closed(ledger: Ledger, values: list[_Value]) -> FigureFile:
    factors = {scale: _factor(ledger, scale, values) for scale in {value.scale for value in values}}
    for value in values:
        ledger.add(
            value.line,
            value.reporter,
            value.partner,
            value.year,
            value.flow,
            value.amount * factors[value.scale],
            column=value.column,
            field="OBS_VALUE",
            standing=FigureStanding.ESTIMATE if value.estimate else None,
        )
    if not ledger.read:
        raise UnreadableFile(f"{ledger.name}, line 1: not one value below the header")
    return ledger.close()


def _factor(ledger: Ledger, scale: str, values: list[_Value]) -> Decimal:
    """What a value of this scale is multiplied with to be dollars."""
    amounts = [value.amount for value in values if value.scale == scale]
    first = next(value.line for value in values if value.scale == scale)
    largest = max(amounts)
    match _code(scale).lower():
        case "" | "0" | "units":
            return Decimal(1)
        case "millions":
            if largest > MOST_MILLIONS:
                raise UnreadableFile(
                    f"{ledger.name}, line {first}: the scale is said to be millions, but {largest:,f} millions are "
                    "more than the world trades; nobody can tell what is meant"
                )
            return MILLION
        case "6":
            if largest >= LEAST_DOLLARS:
                ledger.warn("The scale is said to be 6 (millions), but by their size the values are plain dollars.")
                return Decimal(1)
            if any(value.partner.group and value.scale == scale for value in values):
                return MILLION
            raise UnreadableFile(
                f"{ledger.name}, line {first}: the scale is said to be 6 (millions), and without the trade with the "
                "world (G001) nobody can tell whether it is; download it again with that partner"
            )
    raise UnreadableFile(
        f"{ledger.name}, line {first}: the scale {scale[:40]!r} is unknown; Units and Millions are read"
    )


def _no_flow(indicator: str, frequency: str, valuation: str = "") -> tuple[str, str] | None:
    """Why a line is neither exports FOB nor imports CIF of a year, and the words that say so."""
    if frequency.lower() not in ("", "a", "annual"):
        return "months or quarters; only years become figures", frequency
    flow = _flow(indicator)
    if not flow or (flow == IMPORTS and valuation.upper() == "FOB"):
        return "another indicator than exports FOB and imports CIF", indicator
    return None


def _flow(indicator: str) -> str:
    """The flow of an indicator by its code or words; empty for imports FOB, balances and other currencies.

    >>> _flow("XG_FOB_USD"), _flow("Imports of goods, Cost insurance freight (CIF), US dollar"), _flow("MG_FOB_USD")
    ('exports', 'imports', '')
    """
    plain = indicator.lower()
    if plain in ("xg", "xg_fob_usd", "txg_fob_usd"):
        return EXPORTS
    if plain in ("mg", "mg_cif_usd", "tmg_cif_usd"):
        return IMPORTS
    if re.search(r"balance|currency|euro\b|sdr", plain):
        return ""
    if "exports" in plain and "fob" in plain:
        return EXPORTS
    return IMPORTS if "imports" in plain and "cif" in plain else ""


def _party(directory: Directory, cells: dict[str, str], side: str) -> Party:
    """The economy of a side by its identifier; the table of the API has it where the portal's has the name."""
    told = cells[side]
    code = _code(cells.get(f"{side}_id") or told)
    name = told if cells.get(f"{side}_id") else told.partition(": ")[2]
    if _GROUP.fullmatch(code):
        return Party("", f"{code} {name}".strip(), group=True)
    return directory.code(code, name=name)


def _code(cell: str) -> str:
    """What stands before the label in ``KAZ: Kazakhstan, Republic of``."""
    return cell.partition(": ")[0].strip()


def _plain(cell: str) -> str:
    """A column's name with underscores, without its label: ``country_id`` for ``COUNTRY.ID``."""
    return re.sub(r"[ .]+", "_", _code(cell).lower())
