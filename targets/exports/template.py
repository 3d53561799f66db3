"""The empty table for figures, to be filled in and imported: as CSV, and as XLSX that explains itself."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import xlsxwriter
from django.utils.translation import gettext as _

from targets.exports.tables import BOM
from targets.records import CHOICES, COMPILER, TEMPLATE_FIELDS

ROWS = 10_000
"""As far down as the sheet offers its choices."""

WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""One moment for all, so that the same template has the same bytes."""


def template_csv() -> bytes:
    """The header alone; UTF-8 with a byte order mark, CR LF."""
    text = io.StringIO()
    text.write(BOM)
    csv.writer(text, lineterminator="\r\n").writerow(TEMPLATE_FIELDS)
    return text.getvalue().encode()


def template_xlsx() -> bytes:
    """A workbook whose first sheet has the header and offers choices; the second explains each column.

    The explanations are in the active language, the names of columns and values are not translated.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": "Tradewatch", "created": WRITTEN})
    heading = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    # Codes such as "IND" stay text, and a year does not become a date.
    text = book.add_format({"num_format": "@"})
    amount = book.add_format({"num_format": "#,##0.##"})
    sheet = book.add_worksheet("figures")
    sheet.freeze_panes(1, 0)
    for column, field in enumerate(TEMPLATE_FIELDS):
        plain = text if field in ("pair", "reporter", "partner", "fiscal", "currency", "note") else None
        sheet.set_column(column, column, 16, amount if field in ("exports", "imports", "turnover") else plain)
        sheet.write_string(0, column, field, heading)
        if field in CHOICES:
            sheet.data_validation(1, column, ROWS, column, {"validate": "list", "source": list(CHOICES[field])})
    words = book.add_worksheet("fields")
    words.set_column(0, 0, 16, wrapped)
    words.set_column(1, 1, 70, wrapped)
    words.set_column(2, 2, 30, wrapped)
    for column, title in enumerate((_("Column"), _("What to write"), _("Values"))):
        words.write_string(0, column, title, heading)
    for line, (field, said) in enumerate(_explained().items(), 1):
        words.write_string(line, 0, field, wrapped)
        words.write_string(line, 1, said, wrapped)
        words.write_string(line, 2, "\n".join(CHOICES.get(field, ())), wrapped)
    book.close()
    return file.getvalue()


def _explained() -> dict[str, str]:
    """What to write in each column, in the active language."""
    told = {
        "pair": _("The codes of both economies, in alphabetical order, as blr-kgz. May stay empty beside a reporter."),
        "reporter": _("The code of the economy whose statistics these are. Empty for figures that a compiler gives."),
        "partner": _("The code of the other economy. May stay empty where the pair is given."),
        "year": _("The calendar year, or the one in which the fiscal year begins."),
        "from_month": _("The first month: 1 for a whole year. Both months empty: a level, not a sum over months."),
        "through_month": _("The last month: 12 for a whole year."),
        "fiscal": _("For a fiscal year the code of whose it is, as IND; months then count from its first."),
        "measure": _("What is counted. Empty: trade in goods."),
        "exports": _("As the reporter sees them, in whole units of the currency: not thousands, not millions."),
        "imports": _("As the reporter sees them, in the same units."),
        "turnover": _("Exports plus imports. Needed only where one of the two is not known."),
        "currency": _("Three capital letters. Empty: USD."),
        "valuation": _("How goods are valued. Empty: unknown."),
        "standing": _("How sure the figure is. Empty: unknown."),
        "approximate": _("Whether the figure was rounded by who gave it. Empty: false."),
        "note": _("What a reader should know. Begins with %(compiler)s and a name where a compiler gives the figure.")
        % {"compiler": COMPILER.strip()},
    }
    return {field: told[field] for field in TEMPLATE_FIELDS}
