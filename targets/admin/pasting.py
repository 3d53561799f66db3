"""A block of cells from a spreadsheet, put into the table in which figures are entered."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext, ngettext

from targets.actions.entry import Unit
from targets.admin.sheet import COLUMNS, EARLIEST, cell_name, column_names
from targets.importers import Pasted, UnreadableFile, read_pasted

SHOWN = 8
"""Rows left out that are named; the others are dots."""


@dataclass(slots=True)
class Filling:
    """What pasting did: the year with which the table begins now, and what to tell, each with its level."""

    from_year: int
    notices: list[tuple[str, str]] = field(default_factory=list)

    def tell(self, level: str, text: str) -> None:
        self.notices.append((level, text))


def fill(data: QueryDict, from_year: int, last_year: int) -> Filling:
    """What the block in the form did to it: its cells fill those of the table, its unit and currency become the form's.

    ``data`` is changed in place. A block that cannot be understood changes nothing and stays where it was typed. A
    block without years of its own begins with the year typed beside it, or ``from_year``.
    """
    done = Filling(from_year)
    column = data.get("block_column", "")
    try:
        block = read_pasted(data.get("block", ""), column if column in COLUMNS else COLUMNS[0])
    except UnreadableFile:
        done.tell("error", gettext("No table was found in the block: copy rows with years and amounts."))
        return done
    if block.fiscal and not data.get("fiscal"):
        done.tell("error", gettext("The years of the block are fiscal ones: choose whose fiscal years they are first."))
        return done
    begins = data.get("block_year", "")
    first = int(begins) if begins.isdecimal() and len(begins) == 4 else from_year
    left_out = list(block.left_out)
    years = []
    for place, row in enumerate(block.rows):
        year = row.year if block.dated else first + place
        if year is None or not EARLIEST <= year <= last_year:
            left_out.append(" ".join([str(year), *row.cells.values()]))
            continue
        years.append(year)
        for name, text in row.cells.items():
            data[cell_name(year, name)] = text
    if not years:
        told = gettext("No year of the block can be entered: years run from %(first)s to %(last)s.")
        done.tell("error", told % {"first": EARLIEST, "last": last_year})
        return done
    done.from_year = min(from_year, *years)
    data["block"] = ""
    _tell(done, data, block, years, left_out)
    return done


def _tell(done: Filling, data: QueryDict, block: Pasted, years: list[int], left_out: list[str]) -> None:
    """Says what was filled in and what was left out; unit and currency of the form become those of the block."""
    names = column_names()
    told = ngettext("%(count)d year filled in: %(columns)s.", "%(count)d years filled in: %(columns)s.", len(years))
    columns = ", ".join(names[name].lower() for name in block.columns)
    done.tell("success", told % {"count": len(years), "columns": columns})
    unit = next((unit for unit in Unit if unit.power == block.power), None)
    if unit is not None and data.get("unit") != unit.value:
        data["unit"] = unit.value
        told = gettext("The unit is now “%(unit)s”, as the block says.")
        done.tell("info", told % {"unit": gettext(unit.label)})
    if block.currency and data.get("currency", "").upper() != block.currency:
        data["currency"] = block.currency
        told = gettext("The currency is now %(currency)s, as the block says.")
        done.tell("info", told % {"currency": block.currency})
    if left_out:
        told = gettext("Left out: %(what)s.")
        shown = "; ".join(f"“{one[:60]}”" for one in left_out[:SHOWN]) + (" …" if len(left_out) > SHOWN else "")
        done.tell("warning", told % {"what": shown})
