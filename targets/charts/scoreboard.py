"""The scoreboard of an economy: all its targets by deadline and size, and what became of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from targets.charts.outcomes import Place, colour_of, outcome_key, outcome_marks
from targets.charts.theme import LIGHT, PALETTE
from targets.charts.traces import BASE_LAYOUT, YEARS, Chart, Piece, below, heading, label, plain
from targets.records import EconomyPage, Outcome, Scored
from targets.wording import day, language, money, number, status_word, tally_words, target_title, word

NAMED = 60
"""How many of the largest targets that stand are named where there is room."""

LANE = 0.45
"""The height of a lane, in rows of a chart of rows: a mark and its name, no more."""

APART = 0.05
"""Marks nearer than this share of the axis would touch on a phone: they take lanes of their own."""

AIR = 0.04
"""What the axis of amounts has left of its first line, and right of the largest amount, as a share of its length."""


@dataclass(frozen=True, slots=True)
class Row:
    """The targets of one deadline: ``year`` is None for those without; each lane is a line of marks, the first on top.

    ``y`` is where the first lane stands; lanes are one apart.
    """

    year: int | None
    lanes: tuple[tuple[Scored, ...], ...]
    y: float


@dataclass(frozen=True, slots=True)
class Amounts:
    """The axis of amounts by tens: ``lowest`` is the power of ten at zero, ``span`` how many powers above it end it."""

    lowest: int
    span: float

    def of(self, one: Scored) -> float:
        return round(math.log10(one.dollars or 1.0) - self.lowest, 3)


def scoreboard(page: EconomyPage) -> Chart:
    """The chart as a Plotly figure: a mark for each target in the row of its deadline, at its amount in US dollars.

    The x axis counts powers of ten from the lowest upright line on, the y axis lanes from the foot up. A row has as
    many lanes as its marks need to stand apart; the oldest deadline is on top, targets without one come last.
    ``layout.meta`` has kind, economy (code), rows (the height, in rows of a chart of rows), language, title,
    description, key and palette.
    """
    shown = [one for one in page.board.targets if one.dollars]
    amounts = _amounts(shown)
    rows, lanes = _rows(shown, amounts)
    places = [
        (one, Place(amounts.of(one), row.y - number, one.outcome, _told(one)))
        for row in rows
        for number, lane in enumerate(row.lanes)
        for one in lane
    ]
    title = tally_words(page.economy, page.board.tally)
    powers = range(math.floor(amounts.span) + 1)
    return {
        "data": outcome_marks([place for _, place in places]),
        "layout": {
            **BASE_LAYOUT,
            "title": heading(title, _subtitle(page, shown)),
            "xaxis": {
                **YEARS,
                "range": [round(-AIR * amounts.span, 3), round(amounts.span * (1 + AIR), 3)],
                "tickvals": list(powers),
                "ticktext": [plain(money(10 ** (amounts.lowest + power), "USD")) for power in powers],
                "showgrid": True,
                "gridcolor": LIGHT.rule,
            },
            "yaxis": {
                "range": [0, max(lanes, 1)],
                "tickvals": [row.y for row in rows],
                "ticktext": [gettext("no deadline") if row.year is None else str(row.year) for row in rows],
                "gridcolor": LIGHT.rule,
                "zeroline": False,
            },
            "shapes": [],
            "annotations": [*_names(page, places), below(_footer(page))],
            "meta": {
                "kind": "scoreboard",
                "economy": page.economy.code,
                "rows": round(max(lanes, 1) * LANE, 2),
                "language": language(),
                "title": title,
                "description": _description(page),
                "key": outcome_key(one.outcome for one in shown),
                "palette": {name: dict(colours) for name, colours in PALETTE.items()},
            },
        },
    }


def _amounts(shown: Sequence[Scored]) -> Amounts:
    amounts = [one.dollars for one in shown if one.dollars] or [1e9]
    lowest = math.floor(math.log10(min(amounts)))
    return Amounts(lowest, round(max(math.log10(max(amounts)) - lowest, 1.0), 3))


def _rows(shown: Sequence[Scored], amounts: Amounts) -> tuple[list[Row], int]:
    """A row for each deadline that occurs, and how many lanes there are in all."""
    by_year: defaultdict[int | None, list[Scored]] = defaultdict(list)
    for one in shown:
        by_year[one.row.target.deadline_year].append(one)
    years = sorted(by_year, key=lambda year: (year is None, year))
    filled = {year: _lanes(by_year[year], amounts) for year in years}
    total = sum(map(len, filled.values()))
    rows, above = [], 0
    for year in years:
        rows.append(Row(year, filled[year], total - above - 0.5))
        above += len(filled[year])
    return rows, total


def _lanes(alike: Sequence[Scored], amounts: Amounts) -> tuple[tuple[Scored, ...], ...]:
    """The targets of a row, each in the first lane where no other stands too near; what is decided comes first."""
    lanes: list[list[Scored]] = []
    order = list(Outcome)
    for one in sorted(alike, key=lambda one: (order.index(one.outcome), -(one.dollars or 0), one.row.target.slug)):
        near = APART * amounts.span
        free = (lane for lane in lanes if all(abs(amounts.of(one) - amounts.of(other)) >= near for other in lane))
        lane = next(free, None)
        if lane is None:
            lanes.append([one])
        else:
            lane.append(one)
    return tuple(map(tuple, lanes))


def _told(one: Scored) -> str:
    stands = status_word(one.row.assessment.verdict.status)
    words = [target_title(one.row.target), word(one.outcome) if one.row.target.replaced else stands]
    return " · ".join(words)


def _subtitle(page: EconomyPage, shown: Sequence[Scored]) -> str:
    told = gettext("Targets by deadline and amount in US dollars; each upright line is ten times the one before")
    if page.board.number > len(page.board.targets):
        part = gettext("the %(shown)s targets stated last, of %(total)s")
        told = f"{told} – {part % {'shown': number(len(page.board.targets)), 'total': number(page.board.number)}}"
    missing = len(page.board.targets) - len(shown)
    if not missing:
        return told
    more = ngettext(
        "%(count)s target is not drawn: its amount is not known.",
        "%(count)s targets are not drawn: their amounts are not known.",
        missing,
    )
    return f"{told}. {more % {'count': missing}}"


def _names(page: EconomyPage, places: Sequence[tuple[Scored, Place]]) -> list[Piece]:
    """The partners of the largest targets that were not replaced."""
    standing = [(one, place) for one, place in places if not one.row.target.replaced]
    pieces = []
    for one, place in sorted(standing, key=lambda item: (-item[1].x, -item[1].y))[:NAMED]:
        pair = one.row.target.pair
        partner = pair.second if pair.first.code == page.economy.code else pair.first
        pieces.append(
            label(
                f"name:{one.row.target.slug}",
                partner.name(language()),
                x=place.x,
                y=place.y,
                colour=colour_of(place.outcome),
                xshift=8,
            )
        )
    return pieces


def _footer(page: EconomyPage) -> str:
    return " ".join([gettext("As of %(day)s.") % {"day": day(page.day).removesuffix(".")}, "Tradewatch"])


def _description(page: EconomyPage) -> str:
    """Between which years the deadlines lie, and how many targets have none."""
    years = [year for one in page.board.targets if (year := one.row.target.deadline_year) is not None]
    endless = len(page.board.targets) - len(years)
    told = []
    if years:
        told.append(gettext("Deadlines from %(first)s to %(last)s.") % {"first": min(years), "last": max(years)})
    if endless:
        more = ngettext("%(count)s target without a deadline.", "%(count)s targets without a deadline.", endless)
        told.append(more % {"count": endless})
    return " ".join(told)
