"""Every chart: which query feeds it, which function draws it. Page, file, image and JSON all ask here."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from targets import charts, queries
from targets.charts.theme import SHAPES, STATUS_LIGHT
from targets.records import (
    MOST,
    SHEET,
    ChartCode,
    Comparison,
    Counts,
    EconomyPage,
    Edition,
    HomePage,
    PairPage,
    PairRecord,
    TargetPage,
    TargetRow,
    economy_code,
    economy_number,
    edition,
    rates_used,
)
from targets.wording import Head, language

Figure = dict[str, Any]
"""A Plotly figure as a plain dict: ``exports.svg`` draws it on the server, plotly.js in the browser."""

Card = dict[str, Any]
"""A share card as a plain dict: ``exports.cards`` lays it out."""


AsOf = date | datetime
"""A past day, which means its end, or a moment."""

Page = TargetPage | PairPage | EconomyPage | Comparison
"""What a chart is drawn from."""


def trajectory(slug: str, *, today: date, as_of: AsOf | None = None) -> tuple[TargetPage, Figure] | None:
    """A published target, without what only its page shows, and its main chart; None for any other slug. At most 4
    SQL queries."""
    page = queries.target_page(slug, today=today, as_of=as_of, whole=False)
    return None if page is None else (page, trajectory_of(page))


def sheet(slug: str, *, today: date, as_of: AsOf | None = None) -> tuple[TargetPage, Figure] | None:
    """A published target whole, for its fact sheet, and its main chart. As many SQL queries as the page."""
    page = queries.target_page(slug, today=today, as_of=as_of)
    return None if page is None else (page, trajectory_of(page))


def trajectory_of(page: TargetPage) -> Figure:
    """The main chart of a target whose page has been read already. No SQL query."""
    return charts.trajectory(page)


def goalposts(slug: str, *, today: date, as_of: AsOf | None = None) -> tuple[PairPage, Figure] | None:
    """The page of a pair and the chart of its goalposts, None for any other slug. As many SQL queries as the page."""
    page = queries.pair_page(slug, today=today, as_of=as_of)
    return None if page is None else (page, goalposts_of(page))


def goalposts_of(page: PairPage) -> Figure:
    """The goalposts of a pair whose page has been read already. No SQL query."""
    return charts.goalposts(page)


def scoreboard(code: str, *, today: date, as_of: AsOf | None = None) -> tuple[EconomyPage, Figure] | None:
    """The page of an economy and its scoreboard, None for any other code. As many SQL queries as the page."""
    page = queries.economy_page(code, language(), today=today, as_of=as_of)
    return None if page is None else (page, scoreboard_of(page))


def scoreboard_of(page: EconomyPage) -> Figure:
    """The scoreboard of an economy whose page has been read already. No SQL query."""
    return charts.scoreboard(page)


def mirror(slug: str, *, today: date, as_of: AsOf | None = None) -> tuple[PairPage, Figure] | None:
    """The page of a pair and its mirror chart, None for any other slug. As many SQL queries as the page."""
    page = queries.pair_page(slug, today=today, as_of=as_of)
    return None if page is None else (page, mirror_of(page))


def mirror_of(page: PairPage) -> Figure:
    """The mirror chart of a pair whose page has been read already. No SQL query."""
    return charts.mirror(page)


def comparison_of(comparison: Comparison) -> Figure:
    """The chart of targets beside each other that have been read already. No SQL query."""
    return charts.compared(comparison)


def card_of(page: Page | HomePage | Head) -> Card:
    """The share card of a page that has been read already, or of one that only has a head. No SQL query."""
    return charts.card(page)


def kind_of(figure: Figure) -> str:
    """Which chart it is, one of ``records.KINDS``."""
    return str(figure["layout"]["meta"]["kind"])


def edition_of(kind: str, page: Page) -> Edition:
    """What the chart of this kind was drawn from, of a page that has been read already. No SQL query."""
    match page:
        case TargetPage():
            own = TargetRow(page.target, page.assessment, rail={})
            if kind == SHEET:
                versions = (*page.earlier, page.later) if page.later else page.earlier
                said = (*page.statements, *page.documents)
                return edition(
                    figures=page.figures,
                    targets=versions,
                    rows=[own],
                    rates=page.rates,
                    said=said,
                    printed=page.target,
                )
            drawn = [mark.figure for one in charts.evidence(page) for mark in one.marks]
            rates = rates_used(page.rates, drawn, page.target.currency)
            return edition(figures=drawn, targets=page.earlier, rows=[own], rates=rates)
        case PairPage() if kind == "mirror":
            sides = (page.mirror.first, page.mirror.second)
            used = {int(point.key) for one in sides for point in one.points}
            drawn = [one for one in page.figures if one.id in used]
            return edition(figures=drawn, rates=rates_used(page.rates, drawn, page.mirror.currency))
        case PairPage():
            return edition(rows=page.targets)
        case EconomyPage():
            board = page.board
            rows = (one.row for one in board.targets)
            return edition(rows=rows, scored=board.targets, counts=Counts(page.economy, board.tally))
        case Comparison():
            return edition(
                figures=(figure for one in page.targets for figure in one.figures),
                rows=(one.row for one in page.targets),
                rates=(
                    rate for one in page.targets for rate in rates_used(page.rates, one.figures, one.target.currency)
                ),
            )


def code_of(page: Page, kind: str, *, day: date, version: int) -> ChartCode:
    """The code of a chart judged on a UTC day, by a version of the data or, with 0, by the end of that day."""
    match page:
        case TargetPage():
            subjects: tuple[int, ...] = (page.target.id,)
        case PairPage():
            subjects = (economy_number(page.pair.first.code), economy_number(page.pair.second.code))
        case EconomyPage():
            subjects = (economy_number(page.economy.code),)
        case Comparison():
            subjects = tuple(one.target.id for one in page.targets)
    return ChartCode(kind, subjects, day, version, edition_of(kind, page).state)


def drawn_again(code: ChartCode, *, today: date, as_of: AsOf | None = None) -> tuple[Page, Figure] | None:
    """The chart that a code names, of now or as of then; None where there is nothing of it that readers may see."""
    ask: dict[str, Any] = {"today": today, "as_of": as_of}
    match code.kind:
        case "mirror" | "goalposts" if len(code.subjects) == 2:
            slug = "-".join(map(economy_code, code.subjects)).lower()
            return mirror(slug, **ask) if code.kind == "mirror" else goalposts(slug, **ask)
        case "scoreboard" if len(code.subjects) == 1:
            return scoreboard(economy_code(code.subjects[0]), **ask)
        case "trajectory" | "comparison" | "factsheet" if len(set(code.subjects)) == len(code.subjects) <= MOST:
            slugs = queries.published_slugs(code.subjects)
            if slugs is None:
                return None
            if code.kind != "comparison":
                draw = sheet if code.kind == SHEET else trajectory
                return draw(slugs[0], **ask) if len(slugs) == 1 else None
            found = queries.comparison(slugs, **ask)
            return None if found.missing else (found, comparison_of(found))
    return None


def signs() -> dict[str, tuple[str, str]]:
    """Every status by its code: the path data of one stroke, 16 by 16, and its colour on paper."""
    return {status.value: (path, STATUS_LIGHT[status]) for status, path in SHAPES.items()}


def pairs_of(page: Page) -> tuple[PairRecord, ...]:
    """The pairs that a page is about."""
    match page:
        case TargetPage():
            return (page.target.pair,)
        case PairPage():
            return (page.pair,)
        case EconomyPage():
            return tuple(one.row.target.pair for one in page.board.targets)
        case Comparison():
            return tuple(one.target.pair for one in page.targets)


def as_json(figure: Figure) -> str:
    """The figure as JSON that every parser takes: no NaN, letters as they are, nothing between the tokens."""
    return json.dumps(figure, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
