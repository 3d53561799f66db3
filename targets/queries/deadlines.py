"""Deadlines: how many targets are due in each year and how they stand, and those of one year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from targets.queries import lines
from targets.queries.home import counted
from targets.queries.journal import remembered
from targets.queries.lines import Line
from targets.records import DeadlinesPage, DeadlineYear

ROWS_A_PAGE = 20
"""Fewer than in the list of targets: the years above them are what the page is about."""


def deadlines_page(*, today: date, year: int | None = None, page: int = 1) -> DeadlinesPage | None:
    """The deadlines as they stand on a UTC day; None for a year in which nothing is due and beyond the last page.

    Replaced versions are left out. Without a ``year`` the nearest to come is listed, else the latest past one. Two SQL
    queries, and one more after each change of the data.
    """
    due, years = remembered("due", _due)
    undated = len(due.get(None, ()))
    coming = [one for one in years if one.year >= today.year]
    past = [one for one in reversed(years) if one.year < today.year]
    listed = _listed(coming, past, year)
    if listed is None and year is not None:
        return None
    found = due[listed.year] if listed else []
    pages = max(1, -(-len(found) // ROWS_A_PAGE))
    if not 1 <= page <= pages:
        return None
    start = (page - 1) * ROWS_A_PAGE
    (rows,) = lines.rows_of(found[start : start + ROWS_A_PAGE])
    return DeadlinesPage(
        coming=tuple(coming),
        past=tuple(past),
        undated=undated,
        year=listed.year if listed else None,
        rows=rows,
        total=len(found),
        page=page,
        pages=pages,
    )


def _due() -> tuple[dict[int | None, list[Line]], list[DeadlineYear]]:
    """The targets due in each year, without replaced versions, the largest amount first; and how they stand."""
    due: dict[int | None, list[Line]] = {}
    for line in sorted(lines.lines(), key=lambda line: (line.dollars is None, -(line.dollars or 0.0))):
        if not line.replaced:
            due.setdefault(line.deadline, []).append(line)
    years = sorted(year for year in due if year is not None)
    return due, [DeadlineYear(year, counted(line.status for line in due[year])) for year in years]


def _listed(coming: Sequence[DeadlineYear], past: Sequence[DeadlineYear], year: int | None) -> DeadlineYear | None:
    """The year asked for, None where nothing is due in it; without one the nearest to come, else the latest past."""
    return next((one for one in (*coming, *past) if year in (None, one.year)), None)
