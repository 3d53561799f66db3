"""Deadlines: how many targets are due in each year and how they stand, and those of one year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Count, F

from targets.progress import Status
from targets.queries.judging import target_rows, verdicts
from targets.records import DeadlinesPage, DeadlineYear

ROWS_A_PAGE = 40


def deadlines_page(*, today: date, year: int | None = None, page: int = 1) -> DeadlinesPage | None:
    """The deadlines as they stand on a UTC day; None for a year in which nothing is due and beyond the last page.

    Replaced versions are left out. Without a ``year`` the nearest to come is listed, else the latest past one. Three
    SQL queries.
    """
    shown = verdicts().filter(replaced=False)
    groups = shown.select_related(None).order_by().values_list("target__deadline_year", "status")
    found: defaultdict[int | None, dict[Status, int]] = defaultdict(dict)
    for due, status, number in groups.annotate(targets=Count("pk")):
        found[due][status] = number
    undated = sum(found.pop(None, {}).values())
    years = [
        DeadlineYear(due, tuple((status, statuses[status]) for status in Status if status in statuses))
        for due, statuses in sorted(found.items(), key=lambda item: item[0] or 0)
        if due is not None
    ]
    coming = [one for one in years if one.year >= today.year]
    past = [one for one in reversed(years) if one.year < today.year]
    listed = _listed(coming, past, year)
    if (listed is None and (year is not None or page > 1)) or page < 1:
        return None
    pages = max(1, -(-listed.targets // ROWS_A_PAGE)) if listed else 1
    if page > pages:
        return None
    start = (page - 1) * ROWS_A_PAGE
    order = (F("amount_usd").desc(nulls_last=True), "target__slug")
    stored = (
        shown.filter(target__deadline_year=listed.year).order_by(*order)[start : start + ROWS_A_PAGE] if listed else ()
    )
    (rows,) = target_rows(list(stored))
    return DeadlinesPage(
        coming=tuple(coming),
        past=tuple(past),
        undated=undated,
        year=listed.year if listed else None,
        rows=rows,
        total=listed.targets if listed else 0,
        page=page,
        pages=pages,
    )


def _listed(coming: Sequence[DeadlineYear], past: Sequence[DeadlineYear], year: int | None) -> DeadlineYear | None:
    """The year asked for, None where nothing is due in it; without one the nearest to come, else the latest past."""
    return next((one for one in (*coming, *past) if year in (None, one.year)), None)
