"""Uzbekistan's statistics agency: tables 1105 and 1176 of its SDMX service as CSV, years across, thousand US dollars.

``Code,Klassifikator,Klassifikator_ru,Klassifikator_en,2010,…``. Nothing in the table says which way the goods went:
only its number does, 1105 exports and 1176 imports, and the number stands in the name of the file as downloaded
(``sdmx_data_1105.csv``). Partners are told by their M49 code, with its leading zeros; the names are not to be trusted,
some lines have the Russian and the English one the wrong way round. Partners kept secret are summed as "other".
"""

from __future__ import annotations

import re

from targets.importers.directory import Directory
from targets.importers.ledger import EXPORTS, IMPORTS, Ledger
from targets.importers.opening import Glimpse, named, table
from targets.importers.rows import FigureFile, UnreadableFile
from targets.records import Valuation

REPORTER = "UZB"
COLUMNS = ("code", "klassifikator")
TABLES = {"1105": EXPORTS, "1176": IMPORTS}
UNIT = 1_000
NONE = frozenset({"", "-", "–"})


def recognises(glimpse: Glimpse) -> bool:
    return glimpse.kind == "table" and glimpse.header() >= frozenset(COLUMNS)


def read(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The exports or imports of Uzbekistan in US dollars, which of them by the number in the file's name.

    A value read is a filled cell. Raises UnreadableFile for a name without the number, and for what is no such table.
    """
    numbers = [number for number in TABLES if re.search(rf"(?<!\d){number}(?!\d)", name)]
    if len(numbers) != 1:
        raise UnreadableFile(
            f"{name}, line 1: the table does not say whether it holds exports or imports, nor does the file's name; "
            "name the file by the number of its table (1105 exports, 1176 imports), or choose the format "
            "uzbekistan-exports or uzbekistan-imports"
        )
    return _read(data, name, directory, TABLES[numbers[0]])


def read_exports(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The table as exports, whatever the file is called; see :func:`read`."""
    return _read(data, name, directory, EXPORTS)


def read_imports(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The table as imports, whatever the file is called; see :func:`read`."""
    return _read(data, name, directory, IMPORTS)


def _read(data: bytes, name: str, directory: Directory, flow: str) -> FigureFile:
    account = Ledger(name, valuation=Valuation.FOB_CIF)
    reporter = directory.code(REPORTER)
    for line, cells in account.sound(named(table(data, name), name, COLUMNS)):
        partner = directory.m49(
            cells["code"], name=cells.get("klassifikator_en") or cells["klassifikator"], trade=False
        )
        for column, cell in cells.items():
            if not re.fullmatch(r"\d{4}", column, re.ASCII) or cell in NONE:
                continue
            amount = account.number(line, cell, column, column)
            if amount is not None:
                account.add(line, reporter, partner, int(column), flow, amount * UNIT, column=column, field=column)
    return account.close()
