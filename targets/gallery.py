"""Every chart: which query feeds it, which function draws it. Page, file, image and JSON all ask here."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from targets import charts, queries
from targets.records import Comparison, EconomyPage, PairPage, TargetPage
from targets.wording import language

Figure = dict[str, Any]
"""A Plotly figure as a plain dict: ``exports.svg`` draws it on the server, plotly.js in the browser."""


def trajectory(slug: str, *, today: date, as_of: date | None = None) -> tuple[TargetPage, Figure] | None:
    """The page of a published target and its main chart, None for any other slug. As many SQL queries as the page."""
    page = queries.target_page(slug, today=today, as_of=as_of)
    return None if page is None else (page, trajectory_of(page))


def trajectory_of(page: TargetPage) -> Figure:
    """The main chart of a target whose page has been read already. No SQL query."""
    return charts.trajectory(page)


def goalposts(slug: str, *, today: date, as_of: date | None = None) -> tuple[PairPage, Figure] | None:
    """The page of a pair and the chart of its goalposts, None for any other slug. As many SQL queries as the page."""
    page = queries.pair_page(slug, today=today, as_of=as_of)
    return None if page is None else (page, goalposts_of(page))


def goalposts_of(page: PairPage) -> Figure:
    """The goalposts of a pair whose page has been read already. No SQL query."""
    return charts.goalposts(page)


def scoreboard(code: str, *, today: date) -> tuple[EconomyPage, Figure] | None:
    """The page of an economy and its scoreboard, None for any other code. As many SQL queries as the page."""
    page = queries.economy_page(code, language(), today=today)
    return None if page is None else (page, scoreboard_of(page))


def scoreboard_of(page: EconomyPage) -> Figure:
    """The scoreboard of an economy whose page has been read already. No SQL query."""
    return charts.scoreboard(page)


def mirror(slug: str, *, today: date, as_of: date | None = None) -> tuple[PairPage, Figure] | None:
    """The page of a pair and its mirror chart, None for any other slug. As many SQL queries as the page."""
    page = queries.pair_page(slug, today=today, as_of=as_of)
    return None if page is None else (page, mirror_of(page))


def mirror_of(page: PairPage) -> Figure:
    """The mirror chart of a pair whose page has been read already. No SQL query."""
    return charts.mirror(page)


def comparison_of(comparison: Comparison) -> Figure:
    """The chart of targets beside each other that have been read already. No SQL query."""
    return charts.compared(comparison)


def as_json(figure: Figure) -> str:
    """The figure as JSON that every parser takes: no NaN, letters as they are, nothing between the tokens."""
    return json.dumps(figure, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
