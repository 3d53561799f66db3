"""Coverage in words: from when until when, and who fell silent."""

from __future__ import annotations

from django.utils.translation import gettext

from targets.records import ReporterRow, Years
from targets.wording.numbers import language


def years_span(years: Years | None) -> str:
    """The years from the first to the last: "1994–2023", "2017"; a dash for none."""
    if years is None:
        return "–"
    return str(years.last) if years.first == years.last else f"{years.first}–{years.last}"


def silence_words(row: ReporterRow, year: int) -> str:
    """Since when an economy is silent in that year, or has no tables any more; "" where it is neither.

    "Cuba: no full year after 2017".
    """
    words = {"economy": row.economy.name(language()), "last": row.last}
    if row.silent(year):
        return gettext("%(economy)s: no full year after %(last)s") % words
    if row.tables is not None and row.without_tables(year):
        words["tables"] = row.tables.last
        return (
            gettext("%(economy)s: tables until %(tables)s, then only what officials or the press said, until %(last)s")
            % words
        )
    return ""
