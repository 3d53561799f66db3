"""The figures behind a target as XLSX: the figures, their sources, and what they are about, a sheet each."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from targets.exports.tables import SOURCE_FIELDS, About, Cell, Table, shared, source_values, values
from targets.records import FIGURE_FIELDS, FigureRecord

WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""One moment for all, so that the same figures have the same bytes."""

OPTIONS = {
    "constant_memory": True,
    # A text stays a text: no formula, no link, no number comes of it.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDTHS = {
    **dict.fromkeys(("exports", "imports", "turnover"), 20),
    **dict.fromkeys(("measure", "title", "terms"), 28),
    **dict.fromkeys(("source", "source_url", "note", "url", "publisher"), 44),
}
NARROW = 12


def figures_xlsx(figures: Iterable[FigureRecord], about: About) -> Table:
    """The rows of ``figures_csv`` with numbers as numbers, and two more sheets: ``sources`` and ``about``."""
    given = list(figures)
    told = shared(given)
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    book.set_properties({"title": about.title, "author": "Tradewatch", "created": WRITTEN})
    _sheet(book, "figures", FIGURE_FIELDS, [values(figure) for figure in told])
    _sheet(book, "sources", SOURCE_FIELDS, source_values(told))
    _about(book, about, len(given) - len(told))
    book.close()
    return Table(file.getvalue(), len(told), len(given) - len(told))


def _sheet(book: Workbook, name: str, fields: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> None:
    """A table with its header, which stays in sight."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    heading, amount = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "#,##0"})
    for column, field in enumerate(fields):
        sheet.set_column(column, column, WIDTHS.get(field, NARROW))
        sheet.write_string(0, column, field, heading)
    for line, row in enumerate(rows, 1):
        for column, field in enumerate(fields):
            _write(sheet, line, column, row[field], amount)


def _write(sheet: xlsxwriter.worksheet.Worksheet, line: int, column: int, value: Cell, amount: Format) -> None:
    match value:
        case None | "":
            pass
        case bool():
            sheet.write_boolean(line, column, value)
        case int():
            sheet.write_number(line, column, value)
        case Decimal():
            sheet.write_number(line, column, float(value), amount)
        case str():
            sheet.write_string(line, column, value)


def _about(book: Workbook, about: About, withheld: int) -> None:
    """Of what the figures are, as of when, and what to mind."""
    sheet = book.add_worksheet("about")
    heading = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28, heading)
    sheet.set_column(1, 1, 100, wrapped)
    lines: dict[str, str | int] = {
        _("Target"): about.title,
        _("Verdict"): about.verdict,
        _("Address"): about.address,
        _("As of"): about.day.isoformat(),
        _("Data version"): about.data_version,
        _("Left out"): withheld,
        _("Amounts"): _(
            "In whole units of the currency beside them, at current prices; exports and imports as the reporter sees "
            "them. An empty cell means that the number is not known."
        ),
    }
    for line, (label, value) in enumerate(lines.items()):
        sheet.write_string(line, 0, label, heading)
        if isinstance(value, int):
            sheet.write_number(line, 1, value, wrapped)
        else:
            sheet.write_string(line, 1, value, wrapped)
