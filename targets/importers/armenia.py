"""Armstat's foreign trade by country, as gathered from its site into one table: thousand US dollars.

``country,export,import_consigment,import_origin,timeperiod,year`` (the spelling is the table's), "-" where there is
none. Imports are counted twice, by the country the goods come from and by the one that sent them: two counts of the
same goods, never to be added. Each is a format of its own, so that one source never holds both.

``timeperiod`` is a month or ``Year``. The line called ``Year`` adds up the months so far: the one seen for 2023 held
January only. How far a year goes is therefore told by the months that the table has of it.
"""

from __future__ import annotations

import re

from targets.importers.directory import Directory
from targets.importers.ledger import EXPORTS, IMPORTS, Ledger
from targets.importers.opening import Glimpse, named, table
from targets.importers.rows import FigureFile
from targets.records import Valuation

REPORTER = "ARM"
COLUMNS = ("country", "export", "import_consigment", "import_origin", "timeperiod", "year")
ALSO_CALLED = {"import_consignment": "import_consigment"}
BY_ORIGIN = {"export": EXPORTS, "import_origin": IMPORTS}
BY_CONSIGNMENT = {"import_consigment": IMPORTS}
OTHERS = {
    "export": "exports: they come with the format armenia",
    "import_origin": "imports by country of origin: another count of the same goods, it comes with the format armenia",
    "import_consigment": "imports by country of consignment: another count of the same goods, "
    "it comes with the format armenia-consignment",
}
UNIT = 1_000
NONE = frozenset({"", "-", "–"})


def recognises(glimpse: Glimpse) -> bool:
    header = {ALSO_CALLED.get(column, column) for column in glimpse.header()}
    return glimpse.kind == "table" and header >= set(COLUMNS)


def read(data: bytes, name: str, directory: Directory) -> FigureFile:
    """Armenia's exports and its imports by country of origin, in US dollars; a value read is a filled cell.

    Raises UnreadableFile for bytes that are no such table.
    """
    return _read(data, name, directory, BY_ORIGIN)


def read_consignment(data: bytes, name: str, directory: Directory) -> FigureFile:
    """Armenia's imports by country of consignment, in US dollars; see :func:`read`."""
    return _read(data, name, directory, BY_CONSIGNMENT)


def _read(data: bytes, name: str, directory: Directory, columns: dict[str, str]) -> FigureFile:
    account = Ledger(name, valuation=Valuation.FOB_CIF)
    reporter = directory.code(REPORTER)
    lines = list(account.sound(named(table(data, name), name, COLUMNS, ALSO_CALLED)))
    newest: dict[str, int] = {}
    for _line, cells in lines:
        if re.fullmatch(r"[1-9]|1[0-2]", cells["timeperiod"]):
            newest[cells["year"]] = max(newest.get(cells["year"], 0), int(cells["timeperiod"]))
    for line, cells in lines:
        filled = [column for column in OTHERS if cells[column] not in NONE]
        for column in filled:
            if cells["timeperiod"].lower() != "year":
                account.skip(line, "a month: the line of the year is taken")
            elif column not in columns:
                account.skip(line, OTHERS[column])
            else:
                year = account.year(line, cells["year"])
                amount = None if year is None else account.number(line, cells[column], column)
                if year is None or amount is None:
                    continue
                months = (1, newest.get(cells["year"], 12))
                account.add(
                    line, reporter, directory.name(cells["country"]), year, columns[column], amount * UNIT,
                    months=months, field=column,
                )  # fmt: skip
    summed = {cells["year"] for _line, cells in lines if cells["timeperiod"].lower() == "year"}
    for year_said, month in newest.items():
        if month < 12 and year_said in summed:
            account.warn(f"The year {year_said} goes as far as month {month} in this table and is taken as that.")
    return account.close()
