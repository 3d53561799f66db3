"""The table of figures as it leaves the site and comes back: its columns, and texts that no spreadsheet runs."""

from __future__ import annotations

from targets.progress import Measure
from targets.records.words import FigureStanding, Valuation

FIGURE_FIELDS = (
    "pair",
    "reporter",
    "partner",
    "year",
    "from_month",
    "through_month",
    "fiscal",
    "measure",
    "exports",
    "imports",
    "turnover",
    "currency",
    "valuation",
    "standing",
    "approximate",
    "vintage",
    "source",
    "source_url",
    "note",
)
"""The columns of a table of figures; their names are a promise to those who read them by name."""

OF_THE_SOURCE = ("vintage", "source", "source_url")
"""What a figure takes over from the release it is in: shown in files, said once and for all where one is imported."""

TEMPLATE_FIELDS = tuple(field for field in FIGURE_FIELDS if field not in OF_THE_SOURCE)
"""The columns of the table that is filled in and imported."""

COMPILER = "compiler: "
"""Begins the note of a figure that no side reports; the compiler's name follows, then "; " and what else is noted."""

CHOICES = {
    "measure": tuple(measure.value for measure in Measure),
    "valuation": tuple(valuation.value for valuation in Valuation),
    "standing": tuple(standing.value for standing in FigureStanding),
    "approximate": ("true", "false"),
}
"""What may stand in the columns that leave no other choice."""

ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is run as a formula by spreadsheets."""


def neutral(text: str) -> str:
    """The text as a cell that no spreadsheet runs: with an apostrophe before what would begin a formula.

    A text that already has the apostrophe gets another, so that :func:`original` gives back exactly what was there.

    >>> neutral("=1+1"), neutral("'=1+1"), neutral("1+1")
    ("'=1+1", "''=1+1", '1+1')
    """
    return f"'{text}" if text.lstrip("'").startswith(ACTIVE) else text


def original(cell: str) -> str:
    """The text that :func:`neutral` made this cell of.

    >>> original("'=1+1"), original("'tis so")
    ('=1+1', "'tis so")
    """
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(ACTIVE) else cell
